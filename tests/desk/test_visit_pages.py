"""Visits on the desk: who was met, what was answered, and the files of both."""

import csv
import io

import openpyxl
import pytest
from desk_pages import Window, enterprise, person

from city import DINOYO, PURWANTORO
from jembol.accounts.models import Officer
from outreach.visits_made import need, promise, referral, take_form_in, visit

pytestmark = pytest.mark.usefixtures("city")
ANSWERS = {
    "usaha-rumah": {
        "version": 1,
        "values": {"nama_usaha": "Dapur Melati", "pekerja": 99, "sektor": "makanan",
                   "alat": ["oven", "kompor"]},
        "faults": [{"name": "pekerja", "code": "constraint"}],
    }
}  # fmt: skip


@pytest.fixture
def met():
    """A visit with everything, of the field officer."""
    siti = person("Siti Contoh", DINOYO)
    shop = enterprise("Dapur Melati", DINOYO, siti)
    take_form_in(DINOYO)
    found = visit(Officer.objects.get(username="lapangan.dinoyo"), DINOYO, person=siti,
                  enterprise=shop, answers=ANSWERS)  # fmt: skip
    need(found, "tool", "oven besar")
    referral(found, "licence", "P-IRT")
    promise(found, "Antar brosur")
    return found


def lines(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_a_visit_shows_what_was_found_and_answered_with_what_does_not_fit(met):
    page = Window("lapangan.dinoyo").get("visit_detail", met.key).text

    for words in ("Siti Contoh", "oven besar", "P-IRT", "Antar brosur", "Berapa pekerja?",
                  "Antara 0 dan 50", "Makanan", "Oven, Kompor", "versi 1"):  # fmt: skip
        assert words in page


def test_the_answers_that_do_not_fit_are_found_by_a_filter(met):
    visit(met.officer, DINOYO, answers={"usaha-rumah": {"version": 1, "values": {}, "faults": []}})
    window = Window("pelatihan")

    assert window.get("visit_list").text.count("/kantor/kunjungan/0") == 2
    assert window.get("visit_list", query="?jawaban=periksa").text.count("/kantor/kunjungan/0") == 1


def test_the_file_holds_needs_referrals_promises_and_a_column_for_each_question(met):
    (row,) = lines(Window("pelatihan").get("visit_list", query="?unduh=csv"))

    assert row["Kebutuhan"] == "Alat: oven besar"
    assert row["Janji"] == "Antar brosur"
    assert row["usaha-rumah: Berapa pekerja?"] == "99"
    assert row["usaha-rumah: Alat"] == "Oven, Kompor"
    assert row["Yang tidak cocok"].startswith("usaha-rumah: pekerja")


def test_the_file_is_also_a_workbook_and_one_with_semicolons(met):
    window = Window("pelatihan")
    book = b"".join(window.get("visit_list", query="?unduh=xlsx"))
    text = b"".join(window.get("visit_list", query="?unduh=csv-titik-koma"))

    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert len(rows) == 2
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0].count(b";") > 15


def test_a_file_goes_no_further_than_the_right_to_take_it_away(met):
    assert Window("lapangan").get("visit_list", query="?unduh=csv").status_code == 403
    assert len(lines(Window("kepala").get("visit_list", query="?unduh=csv"))) == 1


def test_enterprises_met_in_an_area_lead_to_the_file_of_sidt(met):
    enterprise("Keripik", PURWANTORO, person("Painem", PURWANTORO))
    owned = enterprise("Jahit", DINOYO, person("Tini", DINOYO))
    window = Window("pelatihan")
    link = window.get("visit_list", query=f"?wilayah={DINOYO}").text
    assert f"/kantor/usaha/?kunjungan=bertemu&amp;wilayah={DINOYO}" in link

    query = f"?kunjungan=bertemu&wilayah={DINOYO}&tata=sidt&unduh=csv"
    found = [row["nama_usaha"] for row in lines(window.get("enterprise_list", query=query))]

    assert found == ["Dapur Melati"]
    visit(met.officer, DINOYO, person=owned.ownerships.get().person)
    assert len(lines(window.get("enterprise_list", query=query))) == 2

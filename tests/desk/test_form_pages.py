"""A city's own form: from its workbook, past the report, to the question that is asked."""

import io
import zipfile
from pathlib import Path

import pytest
from desk_pages import Window
from django.core.files.uploadedfile import SimpleUploadedFile

from city import DINOYO, MALANG, area
from jembol.kit.reach import Reach
from jembol.outreach.models import FormVersion, VisitForm
from jembol.outreach.queries import forms_for
from outreach.visits_made import take_form_in

pytestmark = pytest.mark.usefixtures("city")
EXAMPLE = Path(__file__).parents[2] / "examples" / "formulir-usaha-rumahan.xlsx"


def sent(window, content, name="formulir.xlsx", code=MALANG):
    return window.post("visit_form_create", file=SimpleUploadedFile(name, content), area=code)


def asked():
    return [form["form"] for form in forms_for(Reach.of([area(DINOYO).key]))]


def test_a_workbook_becomes_a_version_that_nobody_asks_yet():
    window = Window("pelatihan")

    answer = sent(window, EXAMPLE.read_bytes(), EXAMPLE.name)

    version = FormVersion.objects.get()
    page = window.client.get(answer["Location"]).text
    assert version.file.name == EXAMPLE.name
    assert "Jenenge usaha" in page
    assert "${pekerja} &gt; 0" in page
    assert asked() == []


def test_the_report_names_row_value_and_remedy_of_what_is_not_asked():
    window = Window("pelatihan")
    sent(window, EXAMPLE.read_bytes(), EXAMPLE.name)

    page = window.get("form_version_detail", FormVersion.objects.get().pk).text

    told = {(gap["row"], gap["code"]) for gap in FormVersion.objects.get().report}
    assert told == {(2, "metadata"), (11, "appearance"), (14, "type"), (15, "function")}
    for words in (
        "survey, baris 14", "<code>range</code>", "jr:choice-name()",
        "Tanyakan sebagai teks, angka, atau pilihan.", "1 pertanyaan tidak ditanyakan",
    ):  # fmt: skip
        assert words in page


def test_it_is_asked_after_one_press_and_no_longer_after_a_reason():
    window = Window("kepala")
    version = take_form_in(MALANG)

    window.send("form_publication_create", version.pk)
    assert asked() == ["usaha-rumah"]
    assert "ditanyakan" in window.get("visit_form_list").text

    window.send("form_retirement_create", version.form_id, why="usang")
    assert asked() == []


def test_a_second_publication_is_refused_in_words():
    window = Window("kepala")
    version = take_form_in(MALANG)
    window.send("form_publication_create", version.pk)

    answer = window.send("form_publication_create", version.pk)

    assert "sudah ditanyakan" in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (EXAMPLE.read_bytes()[:900], "rusak"),
        (b"Nama,HP\nSiti,0812\n", "survey"),
    ],
)
def test_what_is_no_form_is_refused_and_leaves_nothing(content, words):
    answer = sent(Window("pelatihan"), content)

    assert answer.status_code == 200
    assert words in answer.text
    assert VisitForm.objects.count() == 0


def test_a_hostile_workbook_is_refused_before_pyxform_sees_it(monkeypatch):
    monkeypatch.setattr("jembol.outreach.form_reading.workbook_to_json", None)
    bomb, good = io.BytesIO(), zipfile.ZipFile(EXAMPLE)
    with good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            entity = b'<!DOCTYPE x [<!ENTITY a "ha">]>' if name.endswith("sheet1.xml") else b""
            bad.writestr(name, entity + good.read(name))

    answer = sent(Window("pelatihan"), bomb.getvalue())

    assert answer.status_code == 200
    assert "sheet1.xml" in answer.text
    assert VisitForm.objects.count() == 0


def test_an_officer_of_one_kelurahan_takes_no_form_in_for_the_city(city):
    assert Window("lapangan.dinoyo").get("visit_form_create").status_code == 403

"""From a city's workbook to the answers of a visit, on the desk, on a narrow and a wide screen."""

import os
from pathlib import Path

import pytest

from city import DINOYO, system
from jembol.accounts.models import Officer
from jembol.outreach import actions
from jembol.outreach.models import FormVersion
from jembol.registry.actions import PersonDetails, enrol
from outreach.visits_made import need, promise, referral, visit

PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")
EXAMPLE = Path(__file__).parents[2] / "examples" / "formulir-usaha-rumahan.xlsx"
ANSWERS = {
    "usaha-rumahan": {
        "version": 1,
        "values": {"nama_usaha": "Dapur Melati", "sektor": "makanan", "alat": ["oven"],
                   "pekerja": 99, "upah": 50000, "upah_sebulan": 123750000},
        "faults": [{"name": "pekerja", "code": "constraint"}],
    }
}  # fmt: skip


def fits(page, width, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_is_taken_in_asked_and_its_answers_are_read(officers, areas, open_browser, width):
    page = open_browser("pelatihan", width=width).page
    page.goto("/kantor/formulir/baru/")
    fits(page, width, "form-upload")
    page.set_input_files("[name=file]", EXAMPLE)
    page.select_option("[name=area]", label="Kota Malang")
    page.click("form.entry .buttons button")
    page.wait_for_url("**/formulir/versi/*/")
    fits(page, width, "form-version")
    assert "survey, baris 14" in page.inner_text("#gaps")

    page.click("header.page .actions a")
    page.click("form.entry .buttons button")
    page.wait_for_url("**/formulir/versi/*/")
    assert FormVersion.objects.get().publications.filter(ends_at=None).exists()
    page.goto("/kantor/formulir/")
    fits(page, width, "form-list")

    old = Officer.objects.get(username="lapangan.dinoyo")
    siti = enrol(details=PersonDetails(name="Siti Contoh", area=areas.dinoyo), by=system())
    met = visit(old, DINOYO, person=siti, answers=ANSWERS)
    need(met, "tool", "oven besar")
    referral(met, "licence", "P-IRT")
    promise(met, "Antar brosur P-IRT")
    page.goto("/kantor/kunjungan/")
    fits(page, width, "visit-list")
    page.goto(f"/kantor/kunjungan/{met.key}/")
    fits(page, width, "visit-detail")
    assert "Antara 0 dan 50 orang" in page.inner_text("main")

    page.goto(f"/kantor/serah-terima/baru/?dari={old.pk}&wilayah={areas.dinoyo.key}")
    fits(page, width, "charge-create")
    handover = actions.hand_over(
        area=areas.dinoyo, giver=old, taker=Officer.objects.get(username="lapangan"),
        why="pindah tugas", by=system(),
    )  # fmt: skip
    page.goto(f"/kantor/serah-terima/{handover.pk}/")
    fits(page, width, "charge-detail")

"""The letterhead, the numbers and the templates of a city, on the desk."""

import pytest
from desk_pages import Window
from django.urls import reverse

from city import area, build_areas, build_officers
from jembol.papers.kinds import CERTIFICATE
from jembol.papers.models import Letterhead, PaperTemplate
from jembol.training.queries import numbering_of
from papers.printed import text_of

OWN = '#import "dasar.typ": *\n#isi.lembar.map(s => "PIAGAM " + s.nama).join()'


@pytest.fixture
def window(db):
    build_areas()
    build_officers("admin", "pelatihan", "kepala")
    return Window("pelatihan")


def test_the_letterhead_is_changed_and_shown(window):
    answer = window.send("letterhead_change", signatory_name="Dra. Wulan Uji", place="Malang")

    assert answer.status_code == 302
    assert Letterhead.objects.get().signatory_name == "Dra. Wulan Uji"
    assert "Dra. Wulan Uji" in window.get("paper_list").text


def test_a_blank_office_is_refused_in_the_form(window):
    assert window.send("letterhead_change", office=" ").status_code == 200
    assert not Letterhead.objects.exists()


def test_the_form_of_numbers_is_changed_and_tried(window):
    window.send("numbering_change", form="{kode}.{nomor}.{tahun}", code="UMKM")

    assert numbering_of(area("35.73")) == ("{kode}.{nomor}.{tahun}", "UMKM")
    assert "UMKM.001." in window.get("paper_list").text


def test_a_form_without_the_year_is_refused_in_words(window):
    answer = window.send("numbering_change", form="{nomor}", code="UMKM")

    assert "{tahun} tidak dikenal di sini, atau belum ada" in answer.text


def test_the_template_stands_in_the_form_with_what_it_may_use(window):
    page = window.get("paper_template_change", "sertifikat").text

    assert "Sertifikat pelatihan, mendatar" in page
    assert "bingkai-batik" in page


def test_an_example_is_shown_before_anything_is_saved(window):
    shown = window.get("paper_preview", "sertifikat")
    tried = window.post("paper_template_change", "sertifikat", text=OWN, pratinjau="ya")

    assert "Siti Rahayu" in text_of(shown.content)
    assert text_of(tried.content) == "PIAGAM Siti Rahayu Ningtyas"
    assert not PaperTemplate.objects.exists()


def test_a_template_is_replaced_and_the_default_can_be_taken_again(window):
    answer = window.post("paper_template_change", "sertifikat", text=OWN)

    page = window.get("paper_list").text
    again = window.get("paper_template_change", "sertifikat", query="?bawaan=ya").text
    assert answer.status_code == 302
    assert "buatan kota" in page
    assert "Sertifikat pelatihan, mendatar" in again
    assert text_of(window.get("paper_preview", "sertifikat").content).startswith("PIAGAM")


def test_a_fault_is_told_with_its_line_and_what_was_typed_stays(window):
    broken = f"{OWN}\n#salah-ketik"

    answer = window.post("paper_template_change", "sertifikat", text=broken)

    assert answer.status_code == 200
    assert "Baris 3 pada templat" in answer.text
    assert "#salah-ketik" in answer.text
    assert not PaperTemplate.objects.exists()


def test_a_template_sent_by_a_browser_with_its_line_ends_is_the_same_template(window):
    window.post("paper_template_change", "sertifikat", text=CERTIFICATE.text.replace("\n", "\r\n"))

    assert PaperTemplate.objects.get().is_default


def test_an_unknown_paper_is_not_there(window):
    assert window.get("paper_template_change", "rahasia").status_code == 404
    assert window.get("paper_preview", "rahasia").status_code == 404


def test_the_head_looks_and_changes_nothing(window):
    page = Window("kepala").get("paper_list").text

    assert reverse("desk:letterhead_change") not in page
    assert Window("admin").get("letterhead_change").status_code == 200

"""The paper says the name as it was written, a phone reads its code, and it can be drawn again."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from city import NOW, by, system
from jembol.files.shelf import open_file
from jembol.papers import actions as papers
from jembol.papers.kinds import CERTIFICATE
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.certificate_sheets import address_of, file_name, pdf_of
from jembol.training.models import CertificateBundle
from papers.printed import codes_in, sheets_of, text_of
from training.certified import ask, certificates, class_given, issue, work
from training.classroom import open_class, register, sessions_of, take_roll

NAMES = [
    'Bu "Sri" O\'Hara, S.E., M.M.',
    r"\input{passwd} #eval(1) $x$ *a* _b_",
    "Drs. H. Moch. Nur'aini @ Pak Di",
    "<b>Ani</b> & {nomor} %(name)s",
    "J. P. Coen-van der Slößŵ",
    "M" * 150,
    "A",
    "Ratu " + "Ayu " * 30 + "Kusuma",
    "سيتي رحايو",
    "ꦱꦿꦶꦫꦲꦪꦸ",
]


def certified(area, name):
    """The certificate of somebody of this name."""
    opened = open_class(area)
    who = registry.enrol(details=registry.PersonDetails(name=name, area=area), by=system())
    seat = register(opened, who)
    for session in sessions_of(opened):
        take_roll(session, [seat])
    return issue(opened)[0]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_printed_on_one_sheet_and_its_code_is_readable(areas, name):
    row = certified(areas.dinoyo, name)

    pdf = pdf_of([row])

    assert row.name == name.strip()
    assert sheets_of(pdf) == [(297, 210)]
    assert codes_in(pdf) == [address_of(row)]
    if name.isascii() and len(name) < 60:
        assert name in text_of(pdf)


def test_the_paper_says_everything_that_was_frozen(areas):
    row = certified(areas.dinoyo, "Siti Uji")

    said = text_of(pdf_of([row]))

    for word in (
        "Siti Uji", row.written_number, "Kue kering angkatan 1", "selama 2 hari",
        "24–25 Februari 2026", "di Dinoyo, Kota Malang", "Malang, 2 Maret 2026",
        "kota.example/sertifikat", "Dinas Koperasi",
    ):  # fmt: skip
        assert word in said, word


def test_a_phone_opens_the_page_that_the_code_names(areas):
    row = certified(areas.dinoyo, "Siti Uji")

    (read,) = codes_in(pdf_of([row]))

    path = read.removeprefix("https://kota.example")
    answer = Client().get(path, headers={"accept-language": "id"})
    assert read.startswith("https://kota.example/sertifikat/")
    assert (answer.status_code, "Siti Uji" in answer.text) == (200, True)
    assert path == reverse("public:certificate_detail", args=[path.split("/")[2]])


def test_the_same_certificate_is_drawn_the_same_whatever_changed_since(areas):
    row = certified(areas.dinoyo, "Siti Uji")
    before = pdf_of([row])

    registry.change(person=row.registration.person, changes={"name": "Siti Lain"}, by=system())
    training.change_class(training_class=row.training_class, changes={"title": "X"}, by=system())
    head = {"office": "Dinas Lain", "signatory_name": "Orang Lain"}
    papers.change_letterhead(city=areas.malang, by=system(), values=head)
    papers.save_template(kind=CERTIFICATE, city=areas.malang, text="Lain", by=system())

    row = certificates(row.training_class)[0]
    assert pdf_of([row]) == before


def test_a_citys_own_template_draws_what_is_issued_from_then_on(areas):
    text = '#import "dasar.typ": *\n#for s in isi.lembar [PIAGAM #s.nama #pagebreak(weak: true)]'
    papers.save_template(kind=CERTIFICATE, city=areas.malang, text=text, by=system())

    assert text_of(pdf_of([certified(areas.dinoyo, "Siti Uji")])) == "PIAGAM Siti Uji"


# --- all of a class -----------------------------------------------------------------------------


def bundle_of(training_class):
    return CertificateBundle.objects.filter(training_class=training_class).latest("pk")


def read(file):
    with open_file(file) as content:
        return content.read()


def test_issuing_makes_one_file_to_print_and_one_archive_by_name(areas, officers):
    opened = class_given(areas.dinoyo, 3)
    ask(opened, by(officers["pelatihan"], "training.change"))
    work()

    bundle = bundle_of(opened)

    assert bundle.count == 3
    assert sheets_of(read(bundle.pdf)) == [(297, 210)] * 3
    with zipfile.ZipFile(io.BytesIO(read(bundle.archive))) as archive:
        assert archive.namelist() == [
            "2026-0001 Warga 000.pdf", "2026-0002 Warga 001.pdf", "2026-0003 Warga 002.pdf",
        ]  # fmt: skip
        assert "Warga 001" in text_of(archive.read("2026-0002 Warga 001.pdf"))


def test_a_revoked_certificate_is_in_no_new_file(areas, officers):
    opened = class_given(areas.dinoyo, 2)
    officer = by(officers["pelatihan"], "training.change")
    ask(opened, officer)
    work()
    training.revoke_certificate(certificate=certificates(opened)[0], why="Salah", by=officer)

    training.order_bundle(training_class=opened, by=officer)
    work()

    assert bundle_of(opened).count == 1
    assert "Warga 000" not in text_of(read(bundle_of(opened).pdf))


def test_sheets_with_two_templates_go_into_the_archive(areas, officers):
    opened = class_given(areas.dinoyo, 2)
    officer = by(officers["pelatihan"], "training.change")
    ask(opened, officer)
    work()
    text = '#import "dasar.typ": *\n#for s in isi.lembar [PIAGAM #s.nama #pagebreak(weak: true)]'
    papers.save_template(kind=CERTIFICATE, city=areas.malang, text=text, by=system())
    training.reissue_certificate(
        certificate=certificates(opened)[0], address="https://x/", why="Nama", by=officer
    )

    training.order_bundle(training_class=opened, by=officer)
    work()

    assert (bundle_of(opened).pdf, bundle_of(opened).count) == (None, 2)


def test_a_file_name_holds_no_sign_that_a_disk_refuses(areas):
    row = certified(areas.dinoyo, 'a/b\\c:d*e?f"g<h>i|j')

    assert file_name(row) == "2026-0001 a b c d e f g h i j.pdf"
    assert row.issued_on == NOW.date()

"""Certificates on the desk: from the rule to the printed file, with a reason for who waits."""

import io
import zipfile

import pytest
from desk_pages import Window, came, fields_of, open_class, person, seat
from django.test import override_settings
from django.urls import reverse

from city import DINOYO, MALANG, build_areas, build_officer, build_officers, system
from jembol.accounts.choices import Role
from jembol.journal.models import Fact
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.registry import actions as registry
from jembol.training import events
from jembol.training.models import Certificate, CertificateRule
from papers.printed import codes_in, text_of


@pytest.fixture
def window(db):
    build_areas()
    build_officers("pelatihan", "lapangan", "lapangan.dinoyo", "auditor")
    return Window("pelatihan")


@pytest.fixture
def opened(window):
    """A class of two days: Siti came on both, Budi on one."""
    given = open_class(DINOYO, -3, -2)
    siti, budi = (seat(given, person(name, DINOYO)) for name in ("Siti Uji", "Budi Uji"))
    first, second = given.sessions.order_by("number")
    came(first, siti, budi)
    came(second, siti)
    return given


def work():
    discover()
    worker = Worker("tests")
    while worker.run_once():
        pass


def issued(window, opened):
    window.send("certificate_batch_create", opened.public_id)
    work()
    return Certificate.objects.get(training_class=opened)


def test_the_page_names_who_gets_one_and_why_others_do_not(window, opened):
    page = window.get("certificate_list", opened.public_id).text

    due, short = page.split('id="short"')
    assert "Siti Uji" in due.split('id="due"')[1]
    assert "Hadir 1 hari, perlu 2 hari." in short
    assert "Terbitkan 1 sertifikat" in page


def test_the_page_of_the_class_leads_there(window, opened):
    page = window.get("class_detail", opened.public_id).text

    assert reverse("desk:certificate_list", args=[opened.public_id]) in page


def test_another_rule_lets_more_people_have_one(window, opened):
    answer = window.send("certificate_rule_change", opened.public_id, percent="50")

    assert answer.status_code == 302
    assert str(CertificateRule.objects.get().least_share) == "0.50"
    assert "Terbitkan 2 sertifikat" in window.get("certificate_list", opened.public_id).text


def test_a_rule_beyond_all_days_is_refused_in_the_form(window, opened):
    answer = window.send("certificate_rule_change", opened.public_id, percent="120")

    assert answer.status_code == 200
    assert not CertificateRule.objects.exists()


def test_progress_is_shown_until_the_work_is_done(window, opened):
    window.send("certificate_batch_create", opened.public_id)
    waiting = window.get("certificate_list", opened.public_id).text
    work()
    answer = window.get("certificate_list", opened.public_id, **{"HX-Target": "work"})

    assert "Menunggu giliran" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (286, "true")


def test_issued_ones_stand_in_the_list_and_in_a_file(window, opened):
    row = issued(window, opened)

    page = window.get("certificate_list", opened.public_id)
    csv = window.get("certificate_list", opened.public_id, query="?unduh=csv")

    assert row.written_number in page.text
    assert row.written_number in b"".join(csv).decode()


def test_a_press_with_nobody_to_get_one_says_what_to_do(window, opened):
    issued(window, opened)

    answer = window.send("certificate_batch_create", opened.public_id)

    assert "isi presensi yang kurang" in answer.text


def test_one_is_shown_as_pdf_and_the_journal_knows(window, opened):
    row = issued(window, opened)

    answer = window.get("certificate_file", row.pk)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Siti Uji" in text_of(answer.content)
    assert Fact.objects.filter(event=events.CERTIFICATES_TAKEN).count() == 1


@override_settings(ADDRESS="https://umkm.kota.example")
def test_the_code_names_the_address_of_the_setting(window, opened):
    row = issued(window, opened)

    (read,) = codes_in(window.get("certificate_file", row.pk).content)

    assert read.startswith("https://umkm.kota.example/sertifikat/")


def test_without_the_setting_the_code_names_the_host_that_was_asked(window, opened):
    row = issued(window, opened)

    assert codes_in(window.get("certificate_file", row.pk).content)[0].startswith(
        "http://testserver/sertifikat/"
    )


def test_all_are_taken_as_one_file_and_as_an_archive(window, opened):
    issued(window, opened)

    whole = window.get("certificate_bundle_file", opened.public_id, "pdf")
    packed = window.get("certificate_bundle_file", opened.public_id, "zip")

    assert "Siti Uji" in text_of(b"".join(whole))
    with zipfile.ZipFile(io.BytesIO(b"".join(packed))) as archive:
        assert [name[10:] for name in archive.namelist()] == ["Siti Uji.pdf"]


def test_files_of_one_officer_are_not_given_to_another(window, opened):
    issued(window, opened)

    assert (
        Window("auditor").get("certificate_bundle_file", opened.public_id, "pdf").status_code == 404
    )


def test_another_officer_has_own_files_made(window, opened):
    issued(window, opened)
    build_officer("pelatihan.dua", Role.TRAINING, MALANG)
    other = Window("pelatihan.dua")

    other.send("certificate_bundle_create", opened.public_id)
    work()

    answer = other.get("certificate_bundle_file", opened.public_id, "pdf")
    assert answer.status_code == 200
    b"".join(answer)


def test_a_certificate_is_revoked_with_its_reason(window, opened):
    row = issued(window, opened)

    empty = window.send("certificate_revocation_create", row.pk, why="")
    window.send("certificate_revocation_create", row.pk, why="Tertukar orang")

    row.refresh_from_db()
    page = window.get("certificate_detail", row.pk).text
    assert empty.status_code == 200
    assert row.revoked_at is not None
    assert "Tertukar orang" in page
    assert "Sertifikatnya dicabut" in window.get("certificate_list", opened.public_id).text


def test_a_corrected_name_is_told_and_the_certificate_issued_anew(window, opened):
    row = issued(window, opened)
    registry.change(
        person=row.registration.person, changes={"name": "Siti Uji, S.Pd."}, by=system()
    )

    told = window.get("certificate_detail", row.pk).text
    window.send("certificate_reissue_create", row.pk, why="Gelar")

    fresh = Certificate.objects.get(replaces=row)
    assert "Nama sudah berubah sejak itu" in told
    assert (fresh.name, fresh.number) == ("Siti Uji, S.Pd.", 2)
    assert "Diganti dengan" in window.get("certificate_detail", row.pk).text


def test_the_page_of_a_person_shows_their_certificates(window, opened):
    row = issued(window, opened)

    page = window.get("person_detail", row.registration.person.public_id).text

    assert reverse("desk:certificate_detail", args=[row.pk]) in page


def test_an_officer_who_only_sees_finds_no_button(window, opened):
    issued(window, opened)
    page = Window("lapangan.dinoyo").get("certificate_list", opened.public_id).text

    assert reverse("desk:certificate_rule_change", args=[opened.public_id]) not in page
    assert reverse("desk:certificate_bundle_create", args=[opened.public_id]) not in page


def test_a_class_of_the_city_names_only_people_of_the_officers_area(window):
    given = open_class(MALANG, -3)
    one = seat(given, person("Siti Uji", DINOYO))
    other = seat(given, person("Orang Kauman", "35.73.02.1007"))
    came(*given.sessions.all(), one, other)
    window.send("certificate_batch_create", given.public_id)
    work()

    assert Certificate.objects.count() == 2
    assert Window("lapangan.dinoyo").get("certificate_list", given.public_id).status_code == 404
    assert fields_of(window.get("certificate_rule_change", given.public_id))["percent"] == "80"

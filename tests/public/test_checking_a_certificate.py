"""Whoever has the code learns what the paper says and whether it stands, and nothing else."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from city import build_areas, system
from jembol.kit.nik import Nik
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.rules import grouped
from training.certified import issue
from training.classroom import open_class, register, sessions_of, take_roll

NIK = "3573054502900001"


@pytest.fixture
def certificate(db):
    areas = build_areas()
    details = registry.PersonDetails(
        name="Siti Uji", area=areas.dinoyo_rt, phone="081234567890", address="Gang Rahasia",
        nik=Nik.parse(NIK),
    )  # fmt: skip
    who = registry.enrol(details=details, by=system())
    opened = open_class(areas.malang)
    seat = register(opened, who)
    for session in sessions_of(opened):
        take_roll(session, [seat])
    return issue(opened)[0]


def page(code):
    return Client().get(reverse("public:certificate_detail", args=[code]))


def test_the_page_says_what_is_printed(certificate):
    answer = page(grouped(certificate.code))

    for word in (
        "Sertifikat ini sah", "Siti Uji", "Kue kering angkatan 1", "selama 2 hari",
        certificate.written_number, "Pemerintah Kota Malang", grouped(certificate.code),
    ):  # fmt: skip
        assert word in answer.text, word
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_page_says_nothing_that_is_not_printed(certificate):
    answer = page(certificate.code)

    for word in (NIK, NIK[:6], "081234567890", "1234567890", "Gang Rahasia", "Dinoyo", "RT 2",
                 certificate.registration.person.public_id):  # fmt: skip
        assert word not in answer.text, word


def test_a_revoked_certificate_says_so_with_the_day_and_without_the_reason(certificate):
    training.revoke_certificate(certificate=certificate, why="Alasan rahasia", by=system())

    answer = page(certificate.code)

    assert "Sertifikat ini sudah dicabut" in answer.text
    assert "2 Mar 2026" in answer.text
    assert "sah" not in answer.text.split("<h1>")[1].split("</h1>")[0]
    assert "Alasan rahasia" not in answer.text


@pytest.mark.parametrize("code", ["0000-0000-0000", "xx", "<script>", "%00", "a" * 500, "-", "Ⅷ"])
def test_an_unknown_code_is_told_so(db, code):
    answer = Client().get(f"/sertifikat/{code}/")

    assert answer.status_code == 404
    assert "Tidak ada sertifikat dengan kode ini" in answer.text
    assert "<script>" not in answer.text.split("<main")[1]


def test_a_typed_code_leads_to_the_page_however_it_is_typed(certificate):
    typed = f" {grouped(certificate.code).lower().replace('0', 'o').replace('1', 'l')} "

    answer = Client().post(reverse("public:certificate_check"), {"code": typed})

    assert answer.headers["Location"] == reverse(
        "public:certificate_detail", args=[grouped(certificate.code)]
    )


def test_a_typed_word_that_is_no_code_is_told_so(db):
    answer = Client().post(reverse("public:certificate_check"), {"code": "sertifikat saya"})

    assert "Kode terdiri atas dua belas tanda" in answer.text


@override_settings(ACCOUNT_RATE_LIMITS={"certificate_check": "3/m/ip"})
def test_nobody_tries_codes_by_the_thousand(db):
    answers = [page(f"{number:012d}").status_code for number in range(5)]

    assert answers == [404, 404, 404, 429, 429]

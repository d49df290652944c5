"""Enterprises leave in the layout of SIDT-KUMKM, the NIK only with the right to read it, noted."""

import csv
import io

import openpyxl
import pytest
from desk_pages import Window, enterprise, person

from city import DINOYO, MALANG, MOJOKERTO, PURWANTORO, SINCE, area, build_officer, system
from jembol.accounts import actions as accounts
from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.registry import actions as registry
from jembol.registry.actions import Telling
from jembol.registry.sidt import COLUMNS

pytestmark = pytest.mark.usefixtures("city")
# Invented: no kecamatan registers 9001 people in a day.
NIK = "3573054107909001"
FILE, WITH_NIK = "?tata=sidt&unduh=csv", "?tata=sidt&nik=ya&unduh=csv"


@pytest.fixture
def bakery(city):
    siti = person("Siti", DINOYO, nik=Nik(NIK))
    bakery = enterprise("Kue Siti", DINOYO, siti)
    day = system().at.date()
    telling = Telling(bakery, {"sales": 5_000_000, "paid_men": 0}, year=day.year, as_of=day)
    registry.report(telling=telling, source="SIDT", by=system())
    enterprise("Keripik", PURWANTORO, person("Painem", PURWANTORO))
    return bakery


def lines(answer):
    text = b"".join(answer).decode("utf-8-sig")
    return {row["nama_usaha"]: row for row in csv.DictReader(io.StringIO(text))}


def test_a_file_has_the_46_columns_in_their_order(bakery):
    book = b"".join(Window("kepala").get("enterprise_list", query="?tata=sidt&unduh=xlsx"))

    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert rows[0] == COLUMNS
    assert len(COLUMNS) == 46
    assert len(rows) == 3


def test_without_the_word_the_nik_is_blank_for_everybody(bakery):
    for username in ("kepala", "pelatihan"):
        row = lines(Window(username).get("enterprise_list", query=FILE))["Kue Siti"]
        assert row["nik_pengusaha"] == ""
    assert not Fact.objects.filter(event="registry.nik.read").exists()


def test_who_may_read_a_nik_takes_it_away_and_the_journal_says_so(bakery):
    row = lines(Window("pelatihan").get("enterprise_list", query=f"{WITH_NIK}&q=kue"))["Kue Siti"]

    fact = Fact.objects.get(event="registry.nik.read")
    assert row["nik_pengusaha"] == NIK
    assert (fact.by_label, fact.details["rows"]) == ("Petugas Pelatihan", 1)
    assert Fact.objects.filter(event="registry.list.exported").count() == 1


def test_who_may_not_read_a_nik_gets_no_such_file(bakery):
    answer = Window("kepala").get("enterprise_list", query=WITH_NIK)

    assert answer.status_code == 403
    assert not Fact.objects.filter(event="registry.nik.read").exists()
    assert "nik=ya" not in Window("kepala").get("enterprise_list").text
    assert "nik=ya" in Window("pelatihan").get("enterprise_list").text


def test_the_right_must_reach_as_far_as_the_file(bakery):
    officer = build_officer("ganda", "head", MALANG)
    accounts.assign(
        officer=officer, role="training", area=area(DINOYO), starts_on=SINCE, by=system()
    )

    assert Window("ganda").get("enterprise_list", query=WITH_NIK).status_code == 403


def test_sales_leave_only_with_who_may_know_them(bakery):
    partly, known = (
        lines(Window(name).get("enterprise_list", query=FILE))["Kue Siti"]
        for name in ("kepala", "pelatihan")
    )

    assert (partly["omzet_tahunan"], partly["tk_dibayar_laki"]) == ("", "0")
    assert (known["omzet_tahunan"], known["tk_dibayar_laki"]) == ("5000000", "0")


def test_an_owner_elsewhere_is_not_named(bakery):
    registry.begin_ownership(
        enterprise=enterprise("Batik", DINOYO), person=person("Jauh", MOJOKERTO), by=system()
    )

    row = lines(Window("pelatihan").get("enterprise_list", query=FILE))["Batik"]

    assert (row["nama_pengusaha"], row["kab_usaha"]) == ("", "Kota Malang")


def test_who_may_look_only_gets_neither_file_nor_link(bakery):
    window = Window("lapangan")

    assert window.get("enterprise_list", query=FILE).status_code == 403
    assert "tata=sidt" not in window.get("enterprise_list").text

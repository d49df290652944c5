"""A list leaves as a file only with the right to take it, as far as that right reaches, noted."""

import io

import openpyxl
import pytest
from desk_pages import Window, enterprise, open_class, person, seat

from city import DINOYO, MALANG, MOJOKERTO, PURWANTORO, SINCE, area, build_officer, system
from jembol.accounts import actions as accounts
from jembol.journal.models import Fact
from jembol.registry import actions as registry

pytestmark = pytest.mark.usefixtures("city")
LISTS = ("person_list", "enterprise_list", "registration_list", "attendance_list")


def text_of(response):
    return b"".join(response).decode("utf-8-sig")


@pytest.fixture
def people(city):
    siti, other = person("Siti", DINOYO), person("Painem", PURWANTORO)
    enterprise("Keripik", DINOYO, siti)
    seat(open_class(DINOYO, 5), siti)
    return siti, other


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "csv-titik-koma", "xlsx"])
def test_each_file_is_journaled_with_what_was_asked(people, name, kind):
    answer = Window("kepala").get(name, query=f"?q=siti&unduh={kind}")

    b"".join(answer)
    fact = Fact.objects.get(event="registry.list.exported")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "q=siti" in fact.details["asked"]
    assert fact.by_label == "Petugas Kepala"


@pytest.mark.parametrize("name", LISTS)
def test_who_may_look_may_not_take_away(people, name):
    answer = Window("lapangan").get(name, query="?unduh=csv")

    assert answer.status_code == 403
    assert not Fact.objects.filter(event="registry.list.exported").exists()
    assert "unduh=" not in Window("lapangan").get(name).text


def test_the_journal_counts_the_rows_of_the_file(people):
    lines = text_of(Window("kepala").get("person_list", query="?unduh=csv")).splitlines()

    assert Fact.objects.get(event="registry.list.exported").details["rows"] == len(lines) - 1 == 2


def test_a_file_goes_no_farther_than_the_right_to_take_it(people):
    officer = build_officer("ganda", "field", MALANG)
    accounts.assign(officer=officer, role="head", area=area(DINOYO), starts_on=SINCE, by=system())
    window = Window("ganda")

    shown, taken = window.get("person_list").text, window.get("person_list", query="?unduh=csv")

    assert "Painem" in shown
    content = text_of(taken)
    assert ("Siti" in content, "Painem" in content) == (True, False)


def test_disability_leaves_only_where_it_may_be_known(people):
    siti, _other = people
    registry.change(person=siti, changes={"has_disability": True}, by=system())
    officer = build_officer("ganda", "head", MALANG)
    accounts.assign(
        officer=officer, role="training", area=area(MOJOKERTO), starts_on=SINCE, by=system()
    )

    ask = "?q=siti&unduh=csv"
    partly, known = (
        text_of(Window(name).get("person_list", query=ask)) for name in ("ganda", "pelatihan")
    )

    assert partly.splitlines()[0] == known.splitlines()[0]
    assert partly.splitlines()[1] != known.splitlines()[1]


def test_a_workbook_holds_what_the_filter_leaves(people):
    content = b"".join(Window("kepala").get("person_list", query="?q=siti&unduh=xlsx"))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    (row,) = sheet.iter_rows(min_row=2, values_only=True)
    assert "Siti" in row

"""The journal's page says every fact in words: what, who, and what changed."""

from pathlib import Path

import pytest
from desk_pages import Window

import jembol
from city import DINOYO, NOW, area, system
from jembol.desk.journal import told
from jembol.desk.journal_words import PACKAGES, PHRASES
from jembol.journal.by import By
from jembol.journal.events import DETAILS_ERASED
from jembol.journal.queries import facts_in
from jembol.journal.record import record
from jembol.kit.reach import Reach
from jembol.outreach.events import VISITED
from jembol.places.models import Area

SOURCES = Path(jembol.__file__).parent


def newest():
    return told(facts_in(Reach.everywhere(), before=None, limit=1), specific=Reach.everywhere())[0]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda each: each.__name__)
def test_every_fact_that_may_be_written_has_a_phrase(package):
    names = {
        value
        for name, value in vars(package).items()
        if name.isupper() and isinstance(value, str) and "." in value
    }

    assert names <= PHRASES.keys()


def test_every_package_that_writes_facts_is_read():
    written = {path.parent.name for path in SOURCES.glob("*/events.py")}

    assert written == {each.__name__.split(".")[1] for each in PACKAGES} | {"journal"}
    assert DETAILS_ERASED in PHRASES


def fact(by=None, **details):
    place = area(DINOYO)
    record(VISITED, about=Area.objects.get(pk=place.key), by=by or system(), area=place.key,
           details=details)  # fmt: skip
    return newest()


def test_values_are_said_as_people_say_them(city):
    found = fact(outcome="not_home", week="2026-11-23", at="2026-11-26T03:04:05+00:00")

    said = {name: new for name, _old, new in found.changes}
    assert said == {
        "Outcome": "Nobody home",
        "Week from": "23 November 2026",
        "Moment": "26 November 2026 10:04",
    }


def test_two_values_of_one_list_are_no_old_and_new_one(city):
    found = fact(services=["haircut", "nib"])

    assert found.changes == [("Services", "", "Haircut, NIB made on the spot")]


def test_what_holds_pairs_stays_readable(city):
    found = fact(needs=[{"kind": "skill", "words": "menjahit"}])

    assert found.changes == [("needs", "", "Kind: A skill, a class, In their words: menjahit")]


def test_what_the_system_does_by_itself_says_so(city):
    found = fact(by=By.system("reminders", at=NOW))

    assert found.who == "by itself: messages of classes"
    assert "otomatis: pesan kelas" in Window("auditor").get("fact_list").content.decode()

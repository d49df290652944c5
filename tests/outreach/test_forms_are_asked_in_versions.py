"""A city's own form: read into versions that never change, one of which is asked at a time."""

import pytest
from django.db import IntegrityError, connection, transaction
from visits_made import take_form_in, today

from city import (
    DINOYO,
    DINOYO_RW,
    MALANG,
    MOJOKERTO,
    PURWANTORO,
    area,
    build_areas,
    build_officers,
    by,
    system,
)
from form_sheets import ROWS, row
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.outreach import actions, errors, form_guards
from jembol.outreach.models import FormPublication, FormVersion
from jembol.outreach.queries import checked_answers, forms_for
from jembol.outreach.rules.questions import Around

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def areas(db):
    return build_areas()


def within(code):
    return Reach.of([area(code).key])


def asked(code):
    return [(form["form"], form["version"]) for form in forms_for(within(code))]


def test_a_form_is_asked_when_somebody_has_published_it():
    version = take_form_in(MALANG)
    assert asked(DINOYO) == []

    actions.show_form(version=version, by=system())

    assert asked(DINOYO) == asked(DINOYO_RW) == asked(MALANG) == [("usaha-rumah", 1)]
    assert asked(MOJOKERTO) == []


def test_a_form_of_one_kelurahan_is_asked_there_alone():
    actions.show_form(version=take_form_in(DINOYO), by=system())

    assert (asked(DINOYO_RW), asked(PURWANTORO)) == ([("usaha-rumah", 1)], [])


def test_a_pattern_that_older_rules_took_is_tried_neither_on_phones_nor_here(monkeypatch):
    slow = row("text", "a", "A", constraint=f"regex(., '{'a?' * 22 + 'a' * 22}')")
    with monkeypatch.context() as former:
        former.setattr("jembol.outreach.rules.expressions.plain_pattern", lambda pattern: pattern)
        version = take_form_in(MALANG, slow)
    actions.show_form(version=version, by=system())
    said = [{"form": "usaha-rumah", "version": 1, "values": {"a": "b"}}]

    found = checked_answers(said, area_key=area(DINOYO).key, around=Around(today=today()))

    assert "regex" in str(version.content)
    assert "regex" not in str(forms_for(within(DINOYO)))
    assert found["usaha-rumah"]["faults"] == []


def test_another_content_is_the_next_version_and_the_same_is_none():
    first, again = take_form_in(MALANG), take_form_in(MALANG)
    second = take_form_in(MALANG, *ROWS, row("text", "merek", "Merek"))

    assert (first.pk, first.number, second.number) == (again.pk, 1, 2)


def test_of_two_versions_the_later_publication_is_asked():
    first = take_form_in(MALANG)
    second = take_form_in(MALANG, *ROWS, row("text", "merek", "Merek"))

    for version in (first, second):
        actions.show_form(version=version, by=system())

    assert asked(DINOYO) == [("usaha-rumah", 2)]
    assert FormPublication.objects.filter(ends_at=None).count() == 1


def test_a_form_that_is_asked_already_or_not_at_all_says_so():
    version = take_form_in(MALANG)
    with pytest.raises(errors.FormNotShown, match="not being asked"):
        actions.retire_form(form=version.form, why="usang", by=system())
    actions.show_form(version=version, by=system())

    with pytest.raises(errors.FormNotShown, match="asked already"):
        actions.show_form(version=version, by=system())


def test_a_retired_form_is_asked_no_longer_and_its_answers_are_still_judged():
    version = take_form_in(MALANG)
    actions.show_form(version=version, by=system())

    actions.retire_form(form=version.form, why="usang", by=system())

    assert asked(DINOYO) == []
    kept = answers_of({"pekerja": 51, "upah": 1})
    assert [fault["code"] for fault in kept["usaha-rumah"]["faults"]] == ["required", "constraint"]


def answers_of(values, version=1):
    sent = [{"form": "usaha-rumah", "version": version, "values": values}]
    around = Around(today=today(), has_position=True)
    return checked_answers(sent, area_key=area(DINOYO).key, around=around)


def test_answers_name_the_version_that_asked_them():
    take_form_in(MALANG)
    take_form_in(MALANG, *ROWS, row("text", "merek", "Merek", required="yes"))

    kept = answers_of({"nama_usaha": "A"}, version=1)["usaha-rumah"]

    assert kept == {"version": 1, "values": {"nama_usaha": "A"}, "faults": []}


@pytest.mark.parametrize("version", [7, -1, 10**30])
def test_answers_to_a_form_that_nobody_knows_are_kept(version):
    kept = answers_of({"nama_usaha": "A"}, version=version)["usaha-rumah"]

    assert kept["values"] == {"nama_usaha": "A"}
    assert kept["faults"] == [{"name": "", "code": "unknown-form"}]


@pytest.mark.parametrize(
    "sent", [None, "x", [None], [{"form": 1}], [{"form": "a", "version": "1"}]]
)
def test_what_are_no_answers_count_as_none(sent):
    around = Around(today=today())

    assert checked_answers(sent, area_key=area(DINOYO).key, around=around) == {}


def test_a_form_of_another_city_judges_no_answers_here():
    take_form_in(MOJOKERTO)

    assert answers_of({"nama_usaha": "A"})["usaha-rumah"]["faults"][0]["code"] == "unknown-form"


@pytest.mark.parametrize("change", ["UPDATE outreach_formversion SET number = 9",
                                    "DELETE FROM outreach_formversion"])  # fmt: skip
def test_the_database_never_changes_a_version(change):
    take_form_in(MALANG)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert FormVersion.objects.get().number == 1


def test_the_guards_of_versions_stand():
    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        found = {name for (name,) in cursor.fetchall()}

    assert set(form_guards.NAMES) <= found


def test_each_step_is_told_in_the_journal():
    version = take_form_in(MALANG)
    actions.show_form(version=version, by=system())
    actions.retire_form(form=version.form, why="usang", by=system())

    told = Fact.objects.filter(event__startswith="outreach.form").order_by("seq")

    assert [fact.event for fact in told] == [
        "outreach.form.read", "outreach.form.shown", "outreach.form.retired",
    ]  # fmt: skip
    assert told[2].why == "usang"


def test_nobody_takes_a_form_in_for_areas_that_are_not_theirs():
    officer = build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]

    with pytest.raises(OutOfReach):
        take_form_in(MALANG, by=by(officer, "outreach.plan"))

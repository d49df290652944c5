"""Rows that may be somebody known wait for an officer, whose answer is remembered."""

from dataclasses import replace

import pytest
from importing import csv_of, plan_for

from jembol.intake import actions, queries
from jembol.intake.choices import RowState
from jembol.intake.errors import NotACandidate, NotNow, RowDecided
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.models import Person
from jembol.training.models import Attendance, Registration

pytestmark = pytest.mark.django_db
HEADER = ("Nama", "No HP", "Alamat", "Kelurahan")
ROW = ("Siti Aminah", "", "Jl. Baru 1", "Dinoyo")


@pytest.fixture
def aminah(desk):
    return enrol(details=PersonDetails(name="Siti Aminah", area=desk.areas.dinoyo), by=desk.by)


def parked(batch):
    return batch.rows.get(state=RowState.PARKED)


def test_a_parked_row_writes_nothing_and_names_its_candidate(desk, aminah):
    batch = desk.store(csv_of(HEADER, ROW))

    (candidate,) = queries.candidates_of(parked(batch), desk.by.reach)
    assert batch.counts["parked"] == batch.counts["duplicate"] == 1
    assert (candidate.person, candidate.reasons) == (aminah, ["same-name-nearby"])
    assert Person.objects.count() == 1


def test_the_same_person_gets_what_the_row_adds_and_is_not_asked_about_again(desk, aminah):
    batch = desk.store(csv_of(HEADER, ROW))

    actions.settle(row=parked(batch), same_as=aminah, by=desk.by)

    again = desk.store(csv_of(HEADER, ROW), source="B")
    assert Person.objects.get().address == "Jl. Baru 1"
    assert desk.again(batch).counts["settled"] == 1
    assert desk.verdicts(again) == ["unchanged"]


def test_another_person_is_made_and_the_same_row_finds_them_next_time(desk, aminah):
    batch = desk.store(csv_of(HEADER, ROW))

    actions.settle(row=parked(batch), same_as=None, by=desk.by)

    other = Person.objects.exclude(pk=aminah.pk).get()
    again = desk.store(csv_of(HEADER, ROW), source="B")
    (row,) = desk.rows(again)
    assert other.address == "Jl. Baru 1"
    assert (row.verdict, row.person_id) == ("unchanged", other.pk)


def test_settling_is_a_fact_and_happens_once(desk, aminah):
    batch = desk.store(csv_of(HEADER, ROW))
    row = parked(batch)
    actions.settle(row=row, same_as=aminah, by=desk.by)

    with pytest.raises(RowDecided):
        actions.settle(row=row, same_as=None, by=desk.by)

    fact = Fact.objects.get(event="intake.row.settled")
    assert (fact.person_id, fact.details["same"]) == (aminah.pk, True)


def test_a_settled_row_of_an_attendance_list_registers_and_attends(desk, aminah):
    batch = desk.store(csv_of((*HEADER, "Hari 1"), (*ROW, "v")), kind="attendance", plan=plan_for())
    assert not Registration.objects.exists()

    actions.settle(row=parked(batch), same_as=aminah, by=desk.by)

    assert Registration.objects.get().person == aminah
    assert Attendance.objects.get().registration.training_class == batch.training_class
    desk.undo(batch)
    assert not Registration.objects.exists()
    assert Person.objects.get().address == ""


def test_whoever_is_surely_a_parked_person_waits_too(desk, aminah):
    lines = [
        ("Siti Aminah", "0812-0000-0001", "", "Dinoyo"),
        ("Siti Aminah", "0812-0000-0001", "", ""),
    ]
    batch = desk.store(csv_of(HEADER, *lines))
    first, second = batch.rows.order_by("number")

    assert desk.verdicts(batch) == ["duplicate", "duplicate"]

    actions.settle(row=first, same_as=None, by=desk.by)

    assert desk.verdicts(batch) == ["create", "duplicate"]
    made = Person.objects.exclude(pk=aminah.pk).get()
    assert [one.person for one in queries.candidates_of(second, desk.by.reach)] == [made]


def test_nobody_outside_the_reach_is_offered_or_taken(desk, aminah):
    batch = desk.store(csv_of(HEADER, ROW))
    elsewhere = replace(desk.by, reach=Reach.of([desk.areas.purwantoro.key]))

    assert queries.candidates_of(parked(batch), elsewhere.reach) == []
    stranger = enrol(
        details=PersonDetails(name="Siti", area=desk.areas.mojokerto),
        by=replace(desk.by, reach=Reach.everywhere()),
    )
    with pytest.raises(NotACandidate):
        actions.settle(row=parked(batch), same_as=stranger, by=desk.by)


def test_rows_of_a_preview_cannot_be_settled_yet(desk, aminah):
    batch = desk.preview(csv_of(HEADER, ROW))

    with pytest.raises(NotNow):
        actions.settle(row=batch.rows.get(), same_as=aminah, by=desk.by)

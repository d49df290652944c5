"""What officers said of who is who holds for every later list, and around merges and undo."""

import pytest
from importing import csv_of, plan_for

from jembol.intake import actions, queries
from jembol.intake.choices import RowState
from jembol.registry.actions import PersonDetails, change, enrol, judge, merge, unmerge
from jembol.registry.models import Person, PersonVerdict
from jembol.training.models import Registration

pytestmark = pytest.mark.django_db
HEADER = ("Nama", "No HP", "Alamat", "Kelurahan", "NIK")
ROW = ("Siti Aminah", "0899-0000-0002", "Jl. Baru 1", "Dinoyo", "")


def person(desk, name="Siti Aminah", **more):
    return enrol(details=PersonDetails(name=name, area=desk.areas.dinoyo, **more), by=desk.by)


@pytest.fixture
def known(desk):
    """Siti Aminah of Dinoyo, whose number nobody knows."""
    return person(desk)


@pytest.fixture
def other(desk, known):
    """Another Siti Aminah, made from a list by an officer who said so."""
    batch = desk.store(csv_of(HEADER, ROW))
    actions.settle(row=parked(batch), same_as=None, by=desk.by)
    desk.batch = desk.again(batch)
    return Person.objects.exclude(pk=known.pk).get()


def parked(batch):
    return batch.rows.get(state=RowState.PARKED)


def verdicts():
    return [(one.low_id, one.high_id, one.answer) for one in PersonVerdict.objects.order_by("pk")]


def stored_of(desk, row, source="B"):
    batch = desk.store(csv_of(HEADER, row), source=source)
    (view,) = desk.rows(batch)
    return view.verdict, view.person_id


def test_another_person_is_a_verdict_about_both(known, other):
    assert verdicts() == [(known.pk, other.pk, "different")]


def test_the_same_person_is_no_verdict_about_the_other_candidates(desk, known):
    twin = person(desk)
    batch = desk.store(csv_of(HEADER, ROW))

    actions.settle(row=parked(batch), same_as=twin, by=desk.by)

    assert verdicts() == []


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        ("Siti Aminah, S.E.", *ROW[1:]),
        (*ROW[:2], "Jl. Lama 9", *ROW[3:]),
        (*ROW[:4], "3573054508859901"),
    ],
)
def test_a_later_list_finds_the_other_without_asking(desk, known, other, row):
    assert stored_of(desk, row)[1] == other.pk
    assert Person.objects.count() == 2


def test_of_two_told_apart_only_the_one_for_whom_more_speaks_is_asked_about(desk, known, other):
    batch = desk.store(csv_of(HEADER, ("Siti Aminah", "", "", "Dinoyo", "")), source="B")
    both = queries.candidates_of(parked(batch), desk.by.reach)
    change(person=known, changes={"phone": "0899-0000-0003"}, by=desk.by)
    verdict, person_id = stored_of(desk, ROW, source="C")

    assert {one.person.pk for one in both} == {known.pk, other.pk}
    assert (verdict, person_id) == ("unchanged", other.pk)


def test_the_person_is_found_though_the_register_tells_otherwise_by_now(desk, known, other):
    change(person=other, changes={"phone": "0899-0000-0009", "name": "Bu Minah"}, by=desk.by)

    assert stored_of(desk, ROW)[1] == other.pk
    assert Person.objects.count() == 2


def test_undo_takes_the_verdict_with_the_person_and_storing_again_brings_it_back(
    desk, known, other
):
    desk.undo(desk.batch)
    gone = (Person.objects.count(), verdicts())

    desk.commit(desk.batch)

    again = Person.objects.exclude(pk=known.pk).get()
    assert gone == (1, [])
    assert verdicts() == [(known.pk, again.pk, "different")]


class TestMerged:
    """Entries that became one."""

    @pytest.fixture
    def survivor(self, desk, known):
        found = person(desk, "Aminah Siti", phone="0899-0000-0007")
        desk.merge = merge(survivor=found, absorbed=known, by=desk.by)
        return found

    def test_a_row_like_the_absorbed_goes_to_the_survivor(self, desk, known, survivor):
        batch = desk.store(csv_of(HEADER, ROW))

        (candidate,) = queries.candidates_of(parked(batch), desk.by.reach)
        assert candidate.person == survivor
        actions.settle(row=parked(batch), same_as=survivor, by=desk.by)
        assert stored_of(desk, ROW)[1] == survivor.pk

    def test_a_row_parked_before_the_merge_offers_the_survivor(self, desk, known):
        batch = desk.store(csv_of(HEADER, ROW))
        survivor = person(desk, "Aminah Siti", phone="0899-0000-0007")
        merge(survivor=survivor, absorbed=known, by=desk.by)

        (candidate,) = queries.candidates_of(parked(batch), desk.by.reach)
        settled = actions.settle(row=parked(batch), same_as=known, by=desk.by)

        assert candidate.person == survivor
        assert settled.person == survivor

    def test_the_id_of_the_absorbed_is_the_survivor_in_every_row(self, desk, known, survivor):
        header = ("ID Jembol", *HEADER)
        lines = [(known.public_id, "Siti", "", f"Jl. {turn}", "", "") for turn in (1, 2)]

        batch = desk.store(csv_of(header, *lines))

        assert [row.person_id for row in desk.rows(batch)] == [survivor.pk] * 2
        survivor.refresh_from_db()
        assert survivor.address == "Jl. 2"

    def test_what_was_said_of_the_absorbed_holds_for_the_survivor(self, desk, known):
        batch = desk.store(csv_of(HEADER, ROW))
        actions.settle(row=parked(batch), same_as=known, by=desk.by)
        survivor = person(desk, "Aminah Siti", phone="0899-0000-0007")
        made = merge(survivor=survivor, absorbed=known, by=desk.by)

        assert stored_of(desk, ROW)[1] == survivor.pk
        unmerge(merge=made, by=desk.by, why="salah")
        assert stored_of(desk, ROW, source="C")[1] == known.pk

    def test_the_seat_of_the_absorbed_is_the_survivors_seat(self, desk, known):
        row = ("Siti Aminah", "0899-0000-0001", "", "Dinoyo", "")
        change(person=known, changes={"phone": "0899-0000-0001"}, by=desk.by)
        first = desk.store(csv_of(HEADER, row), kind="attendance", plan=plan_for())
        survivor = person(desk, "Aminah Siti", phone="0899-0000-0007")
        merge(survivor=survivor, absorbed=known, by=desk.by)

        held = plan_for(class_id=first.training_class.pk)
        again = desk.store(
            csv_of((*HEADER, "Hari 1"), (*row, "v")), kind="attendance", plan=held, source="B"
        )

        assert again.counts["done"] == 1
        assert Registration.objects.get().person == known

    def test_a_verdict_about_the_absorbed_speaks_for_the_survivor(self, desk, known, other):
        third = person(desk, "Aminah Siti")
        merge(survivor=third, absorbed=known, by=desk.by)

        verdict, person_id = stored_of(desk, ROW)

        assert (verdict, person_id) == ("unchanged", other.pk)


def test_two_judged_the_same_are_one_candidate(desk, known):
    twin = person(desk)
    judge(one=known, other=twin, answer="same", by=desk.by)
    batch = desk.store(csv_of(HEADER, ROW))

    assert len(queries.candidates_of(parked(batch), desk.by.reach)) == 1

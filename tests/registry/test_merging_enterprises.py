"""One enterprise under two names or two owners over time; several of one person are several."""

from datetime import date

import pytest

from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.registry import errors
from jembol.registry.actions import (
    EnterpriseDetails,
    add_enterprise,
    begin_ownership,
    change_enterprise,
    judge_enterprises,
    merge,
    merge_enterprises,
    pass_on,
    remove_enterprise,
    remove_person,
    unmerge,
    unmerge_enterprises,
)
from jembol.registry.choices import Answer
from jembol.registry.models import Enterprise, Ownership, Person
from jembol.registry.queries import enterprise_page, enterprise_rows, search_enterprises
from jembol.registry.queries.identity import latest_enterprise_verdicts

EVERYWHERE = Reach.everywhere()
DAY, TODAY = date(2026, 3, 1), date(2026, 11, 21)


@pytest.fixture
def shops(ground):
    """One stall that was entered with each of its owners over time."""
    owners = [ground.enrol("Siti"), ground.enrol("Budi")]
    return [
        add_enterprise(
            details=EnterpriseDetails(name=name, area=ground.dinoyo, nib=nib),
            owners=[owner],
            since=DAY,
            by=ground.by,
        )
        for name, nib, owner in (
            ("Kue Siti", None, owners[0]),
            ("Roti Budi", "9120304850617", owners[1]),
        )
    ]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_owners_of_both_are_the_owners(ground, shops):
    one, other = shops

    merge_enterprises(survivor=one, absorbed=other, by=ground.by)

    page = enterprise_page(fresh(one), reach=EVERYWHERE, on=TODAY)
    assert [owner.name for owner in page.owners_now] == ["Siti", "Budi"]
    assert [merged.absorbed for merged in page.merges] == [other]
    assert len(list(enterprise_rows(Enterprise.objects.standing()))) == 1


@pytest.mark.parametrize("words", ["roti", "9120304850617", "id"])
def test_it_is_found_by_what_either_entry_says(ground, shops, words):
    one, other = shops
    words = other.public_id if words == "id" else words
    made = merge_enterprises(survivor=one, absorbed=other, by=ground.by)
    assert list(search_enterprises(words, EVERYWHERE)) == [one]

    unmerge_enterprises(merge=made, by=ground.by, why="Lain usaha")

    assert list(search_enterprises(words, EVERYWHERE)) == [other]
    pair = (one.pk, other.pk)
    assert latest_enterprise_verdicts([pair]) == {pair: Answer.DIFFERENT}


def test_code_and_edition_are_taken_and_go_back_together(ground, shops):
    one, other = shops
    change_enterprise(
        enterprise=other, changes={"kbli": "10710", "kbli_edition": "2020"}, by=ground.by
    )
    made = merge_enterprises(survivor=one, absorbed=other, take=["kbli", "nib"], by=ground.by)
    assert (fresh(one).kbli, fresh(one).kbli_edition, fresh(one).nib) == (
        "10710", "2020", "9120304850617",
    )  # fmt: skip
    change_enterprise(enterprise=fresh(one), changes={"kbli_edition": "2025"}, by=ground.by)

    undone = unmerge_enterprises(merge=made, by=ground.by, why="Lain usaha")

    assert undone.kept == ["kbli", "kbli_edition"]
    assert (fresh(one).kbli, fresh(one).kbli_edition, fresh(one).nib) == ("10710", "2025", "")


def test_who_owns_it_under_another_entry_owns_it_already(ground, shops):
    one, other = shops
    merge_enterprises(survivor=one, absorbed=other, by=ground.by)
    budi = other.ownerships.get().person
    again = ground.enrol("Boedi")
    merge(survivor=again, absorbed=budi, by=ground.by)

    with pytest.raises(errors.AlreadyOwner):
        begin_ownership(enterprise=fresh(one), person=again, by=ground.by)
    pass_on(enterprise=fresh(one), from_=again, to=ground.enrol("Tono"), on=TODAY, by=ground.by)

    assert Ownership.objects.get(person=budi).ends_on == TODAY


def test_several_enterprises_of_one_person_stay_several(ground, shops):
    one, other = shops

    merge(
        survivor=one.ownerships.get().person, absorbed=other.ownerships.get().person, by=ground.by
    )

    assert Enterprise.objects.standing().count() == 2


def test_a_verdict_keeps_them_apart_and_there_is_no_household(ground, shops):
    one, other = shops
    with pytest.raises(errors.ChoiceUnknown):
        judge_enterprises(one=one, other=other, answer=Answer.HOUSEHOLD, by=ground.by)
    judge_enterprises(one=one, other=other, answer=Answer.DIFFERENT, by=ground.by)

    with pytest.raises(errors.KnownDifferent):
        merge_enterprises(survivor=one, absorbed=other, by=ground.by)


def test_what_is_merged_cannot_be_removed_until_that_is_undone(ground, shops):
    one, other = shops
    made = merge_enterprises(survivor=one, absorbed=other, by=ground.by)
    for shop in shops:
        before = Ownership.objects.count()
        with pytest.raises(errors.StillInUse, match="Undo that merge"):
            remove_enterprise(enterprise=shop, by=ground.by, why="dobel")
        assert Ownership.objects.count() == before

    unmerge_enterprises(merge=made, by=ground.by, why="Lain usaha")
    remove_enterprise(enterprise=other, by=ground.by, why="dobel")

    assert not Enterprise.objects.filter(pk=other.pk).exists()


def test_a_merged_person_cannot_be_removed_until_that_is_undone(ground):
    one, other = ground.enrol("Siti"), ground.enrol("Sity")
    made = merge(survivor=one, absorbed=other, by=ground.by)
    for person in (one, other):
        with pytest.raises(errors.StillInUse, match="Undo that merge"):
            remove_person(person=person, by=ground.by, why="dobel")

    unmerge(merge=made, by=ground.by, why="Lain orang")
    remove_person(person=other, by=ground.by, why="dobel")

    assert list(Person.objects.all()) == [one]


def test_both_ids_are_told_who_why_and_how_sure(ground):
    one, other = ground.enrol("Siti"), ground.enrol("Sity")
    made = merge(
        survivor=one,
        absorbed=other,
        by=ground.by,
        why="Kartu yang sama",
        probability=0.98,
        parts=[("nik", "equal", 20.5)],
    )
    unmerge(merge=made, by=ground.by, why="Lain orang")

    for person, absent in ((one, other), (other, one)):
        facts = Fact.objects.filter(person_id=person.pk, event__contains="registry.person.")
        merged, undone = facts.exclude(event__contains="enrolled").order_by("pk")
        assert (merged.by_label, merged.why) == ("Rina", "Kartu yang sama")
        assert merged.details["probability"] == 0.98
        assert merged.details["evidence"] == ["nik equal +20.5"]
        assert merged.details["other"] == absent.public_id
        assert (undone.by_label, undone.why) == ("Rina", "Lain orang")

"""The link of an RT or RW: one for each, replaced and closed by an officer, ended by the city."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from city import NOW, build_areas, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.outreach import actions, errors
from jembol.outreach.models import RtDoor
from jembol.outreach.rt_links import door_behind, token_of
from outreach.neighbours import link, rt

TODAY = NOW.date()


@pytest.fixture
def areas(db):
    return build_areas()


def behind(door, on=TODAY):
    return door_behind(token_of(RtDoor.objects.get(pk=door.pk)), on)


def test_an_rt_has_one_link_however_often_it_is_asked_for(areas):
    first, second = link(areas.dinoyo_rt), link(areas.dinoyo_rt)

    assert first == second
    assert token_of(first) == token_of(second)
    assert Fact.objects.filter(event="outreach.rt_door.opened").count() == 1


def test_an_rw_may_have_one_too_and_a_kelurahan_may_not(areas):
    link(areas.dinoyo_rw)

    with pytest.raises(errors.NotAnRt):
        link(areas.dinoyo)


def test_the_database_holds_no_address_that_leads_anywhere(areas):
    door = link(areas.dinoyo_rt)
    word = token_of(door)

    assert word not in str(RtDoor.objects.values_list().get())
    assert word.encode() not in bytes(RtDoor.objects.get().token_sealed)
    assert behind(door) == door


@pytest.mark.parametrize("word", ["", "a" * 32, "a" * 31, "ä" * 32, "a" * 31 + "\x00", "x" * 5000])
def test_a_guess_leads_nowhere(areas, word):
    link(areas.dinoyo_rt)

    assert door_behind(word, TODAY) is None


def test_replacing_ends_the_old_link_at_once(areas):
    door = link(areas.dinoyo_rt)
    old = token_of(door)

    fresh = actions.replace_rt_door(door=door, by=system())

    assert door_behind(old, TODAY) is None
    assert behind(fresh) == door
    assert fresh.turns == 1


def test_a_closed_link_leads_nowhere_until_a_new_one_is_made(areas):
    door = link(areas.dinoyo_rt)
    old = token_of(door)
    actions.close_rt_door(door=door, why="Ketua RT berganti", by=system())
    closed = behind(door)

    again = link(areas.dinoyo_rt)

    assert closed is None
    assert (behind(again), door_behind(old, TODAY)) == (door, None)
    with pytest.raises(errors.DoorClosed):
        actions.close_rt_door(door=link_closed(again), why="lagi", by=system())


def link_closed(door):
    actions.close_rt_door(door=door, why="selesai", by=system())
    return door


def test_a_link_ends_on_the_day_that_the_city_sets_and_so_do_those_that_stand(areas):
    standing = link(areas.dinoyo_rt)
    until = TODAY + timedelta(days=10)

    actions.set_wish_policy(city=areas.malang, most_open=3, doors_until=until, by=system())
    fresh = link(areas.dinoyo_rw)

    for door in (standing, fresh):
        assert behind(door, until) == door
        assert behind(door, until + timedelta(days=1)) is None


def test_without_a_word_of_the_city_links_end_with_the_next_year(areas):
    assert link(areas.dinoyo_rt).expires_on == date(TODAY.year + 1, 12, 31)


@pytest.mark.parametrize(("most", "days"), [(0, 10), (101, 10), (5, -1), (5, 366 * 7), (-1, 0)])
def test_rules_that_cannot_be_are_refused(areas, most, days):
    with pytest.raises(errors.BadPolicy):
        actions.set_wish_policy(
            city=areas.malang, most_open=most, doors_until=TODAY + timedelta(days=days), by=system()
        )


def test_another_citys_rules_move_nothing_here(areas):
    door = link(areas.dinoyo_rt)
    until = TODAY + timedelta(days=1)

    actions.set_wish_policy(city=areas.mojokerto, most_open=1, doors_until=until, by=system())

    assert RtDoor.objects.get(pk=door.pk).expires_on == door.expires_on


def test_who_is_not_on_duty_there_makes_replaces_and_closes_none(areas):
    door = link(areas.dinoyo_rt)
    elsewhere = by(build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"], "outreach.plan")

    for act in (
        lambda: link(areas.dinoyo_rt, by=elsewhere),
        lambda: actions.replace_rt_door(door=door, by=elsewhere),
        lambda: actions.close_rt_door(door=door, why="iseng", by=elsewhere),
        lambda: actions.set_wish_policy(
            city=areas.malang, most_open=1, doors_until=TODAY, by=elsewhere
        ),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_the_journal_tells_who_replaced_and_closed(areas):
    door = link(areas.dinoyo_rt)
    actions.replace_rt_door(door=door, by=system())
    actions.close_rt_door(door=door, why="Hilang", by=replace(system(), label="Bu Admin"))

    facts = Fact.objects.filter(about_kind="outreach.rtdoor").order_by("seq")

    assert [fact.event for fact in facts] == [
        "outreach.rt_door.opened",
        "outreach.rt_door.replaced",
        "outreach.rt_door.closed",
    ]
    assert (facts[2].why, facts[2].by_label) == ("Hilang", "Bu Admin")


def test_several_links_are_made_together(areas):
    others = [rt(areas.dinoyo, 4, number) for number in (1, 2, 3)]

    doors = actions.open_rt_doors(areas=others, by=system())

    assert {door.area_id for door in doors} == {area.key for area in others}

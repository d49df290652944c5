"""A wish of an RT: told by its link or by an officer, one row however often, taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from city import NOW, build_areas, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.outreach import actions, errors, queries
from jembol.outreach.models import GatheredWish, Gathering, Wish
from jembol.registry import errors as registry_errors
from outreach.neighbours import answer, gather, link, rt, told_by_link, wish


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def door(areas):
    return link(areas.dinoyo_rt)


def test_a_kind_is_enough(door):
    told = told_by_link(door)

    assert told.is_new
    assert (told.wish.area_id, told.wish.source, told.wish.officer_id) == (
        door.area_id,
        "rt_head",
        None,
    )
    assert told.wish.year == NOW.year


def test_the_same_wish_sent_again_is_the_same_row(door):
    first = told_by_link(door, "Kelas menjahit", people=12)

    again = [told_by_link(door, words) for words in ("Kelas menjahit", " kelas  Menjahit. ")]

    assert [(one.wish.pk, one.is_new) for one in again] == [(first.wish.pk, False)] * 2
    assert Fact.objects.filter(event="outreach.wish.told").count() == 1


def test_the_database_itself_keeps_one_of_two_equal_wishes(door):
    first = told_by_link(door, "Oven", kind="tool").wish
    first.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_other_words_another_kind_or_another_year_are_another_wish(door):
    told_by_link(door, "Menjahit")

    others = [
        told_by_link(door, "Membuat kue"),
        told_by_link(door, "Menjahit", kind="tool"),
        told_by_link(door, "Menjahit", year=NOW.year + 1),
    ]

    assert [one.is_new for one in others] == [True] * 3


def test_no_more_wait_than_the_city_allows_and_the_refusal_says_what_to_do(areas, door):
    until = NOW.date() + timedelta(days=99)
    actions.set_wish_policy(city=areas.malang, most_open=2, doors_until=until, by=system())
    first, _second = told_by_link(door, "satu satu"), told_by_link(door, "dua dua")

    with pytest.raises(errors.TooManyWishes, match="2 wishes wait"):
        told_by_link(door, "tiga tiga")
    repeated = told_by_link(door, "satu satu")
    actions.withdraw_wish_by_link(door=door, wish=first.wish, by=system())
    third = told_by_link(door, "tiga tiga")

    assert (repeated.is_new, third.is_new) == (False, True)


def test_answered_wishes_and_those_of_officers_do_not_fill_the_list(areas, door):
    until = NOW.date() + timedelta(days=99)
    actions.set_wish_policy(city=areas.malang, most_open=1, doors_until=until, by=system())
    wish(areas.dinoyo_rt, "Dari musyawarah")
    answer(gather(told_by_link(door, "Oven", kind="tool").wish))

    assert told_by_link(door, "Etalase").is_new


@pytest.mark.parametrize(
    "words",
    [
        "Bu Siti 3573014107850001 butuh oven",
        "hubungi 0812 3456 7890",
        "wa 0812-3456-7890",
        "NIK 35.73.01.410785.0001",
    ],
)
def test_words_with_a_nik_or_a_telephone_number_are_not_kept(door, words):
    with pytest.raises(errors.NamesANumber):
        told_by_link(door, words)

    assert not Wish.objects.exists()


@pytest.mark.parametrize("words", ["Kelas 2026 untuk 25 orang", "Oven Rp15.000.000", "ibu2 RT 02"])
def test_years_prices_and_counts_are(door, words):
    assert told_by_link(door, words).wish.words == words


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"people": 0}, errors.BadPeople),
        ({"people": -3}, errors.BadPeople),
        ({"people": 5001}, errors.BadPeople),
        ({"year": NOW.year - 1}, errors.BadYear),
        ({"year": NOW.year + 3}, errors.BadYear),
        ({"words": "x" * 301}, registry_errors.TextTooLong),
        ({"words": "Ma\x00ruf"}, registry_errors.TextUnreadable),
        ({"words": "\ud800"}, registry_errors.TextUnreadable),
    ],
)
def test_what_cannot_be_is_refused(door, given, refusal):
    with pytest.raises(refusal):
        told_by_link(door, **given)


def test_a_text_that_grows_when_it_is_folded_still_fits(door):
    assert told_by_link(door, "ﷺ" * 150).is_new


def test_nothing_is_told_through_a_link_that_was_replaced_or_closed(door):
    old = link(door.area)
    actions.replace_rt_door(door=door, by=system())

    with pytest.raises(errors.DoorClosed):
        told_by_link(old)
    actions.close_rt_door(door=door, why="selesai", by=system())
    with pytest.raises(errors.DoorClosed):
        told_by_link(link_as_it_is(door))


def link_as_it_is(door):
    door.refresh_from_db()
    return door


def test_an_rt_takes_back_only_what_it_told_itself(areas, door):
    own = told_by_link(door, "Menjahit").wish
    of_the_office = wish(areas.dinoyo_rt, "Dari musyawarah")
    of_a_neighbour = told_by_link(link(rt(areas.dinoyo, 3, 5)), "Menjahit").wish

    actions.withdraw_wish_by_link(door=door, wish=own, by=system())

    for other in (of_the_office, of_a_neighbour):
        with pytest.raises(errors.NotTheirWish):
            actions.withdraw_wish_by_link(door=door, wish=other, by=system())
    with pytest.raises(errors.WishClosed):
        actions.withdraw_wish_by_link(door=door, wish=own, by=system())


def test_what_was_withdrawn_can_be_told_again(door):
    first = told_by_link(door, "Menjahit").wish
    actions.withdraw_wish_by_link(door=door, wish=first, by=system())

    again = told_by_link(door, "Menjahit")

    assert again.is_new
    assert again.wish.pk != first.pk


def test_a_withdrawn_wish_leaves_its_gathering_and_the_last_one_takes_it_away(areas, door):
    own, other = told_by_link(door, "Menjahit").wish, wish(rt(areas.dinoyo, 3, 5), "Menjahit")
    gather(own, other)

    actions.withdraw_wish_by_link(door=door, wish=own, by=system())
    left = list(GatheredWish.objects.values_list("wish_id", flat=True))
    actions.withdraw_wish(wish=other, why="salah catat", by=system())

    assert left == [other.pk]
    assert not Gathering.objects.exists()


def test_an_answered_wish_is_not_taken_back(door):
    own = told_by_link(door, "Oven", kind="tool").wish
    answer(gather(own))

    with pytest.raises(errors.WishClosed):
        actions.withdraw_wish_by_link(door=door, wish=own, by=system())


def test_the_minutes_say_more_of_a_wish_that_the_head_told_before(areas, door):
    first = told_by_link(door, "Menjahit").wish

    again = wish(areas.dinoyo_rt, "menjahit", people=20, in_own_budget="yes")

    assert (again.pk, again.people, again.in_own_budget, again.source) == (
        first.pk,
        20,
        "yes",
        "rt_head",
    )


def test_an_officer_corrects_how_many_and_whose_budget(areas):
    told = wish(areas.dinoyo_rt, "Menjahit", people=20)

    changed = actions.change_wish(wish=told, people=None, in_own_budget="yes", by=system())

    assert (changed.people, changed.in_own_budget) == (None, "yes")


def test_officers_elsewhere_tell_correct_and_withdraw_nothing(areas):
    told = wish(areas.dinoyo_rt, "Menjahit")
    officer = build_officers("lapangan.purwantoro")["lapangan.purwantoro"]
    elsewhere = by(officer, "outreach.visit")

    for act in (
        lambda: wish(areas.dinoyo_rt, "Kue", by=elsewhere),
        lambda: actions.change_wish(wish=told, people=1, in_own_budget="", by=elsewhere),
        lambda: actions.withdraw_wish(wish=told, why="iseng", by=elsewhere),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_wishes_that_wait_are_counted_by_area_within_reach(areas, door):
    neighbour = rt(areas.dinoyo, 3, 5)
    told_by_link(door, "satu satu"), told_by_link(door, "dua dua")
    gather(wish(neighbour, "Menjahit"))
    answer(gather(wish(neighbour, "Oven", kind="tool")))
    actions.withdraw_wish(wish=wish(neighbour, "Kue"), why="salah", by=system())
    wish(rt(areas.kauman_mojokerto, 1, 1), "Menjahit")

    counted = queries.open_wishes_by_area(Reach.of([areas.malang.key]))

    assert counted == {areas.dinoyo_rt.key: 2, neighbour.key: 1}

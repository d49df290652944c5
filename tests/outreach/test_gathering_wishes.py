"""Like wishes are proposed together, gathered once, answered together, and parted again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from city import NOW, build_areas, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.outreach import actions, errors, queries
from jembol.outreach.models import GatheredWish, Gathering, Reply
from jembol.registry import errors as registry_errors
from outreach.neighbours import answer, gather, link, rt, told_by_link, wish
from training.classroom import open_class


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def three(areas):
    """Three RT of one RW that want to sew."""
    return [wish(rt(areas.dinoyo, 3, n), f"Menjahit {n}", people=5 * n) for n in (1, 2, 3)]


def proposed(area):
    return queries.gatherings_proposed(Reach.of([area.key]))


def state_of(one):
    one = queries.wishes(Reach.everywhere()).get(pk=one.pk)
    reply = queries.reply_of(one)
    return reply and reply.kind


def test_like_wishes_are_proposed_with_how_many_rt_and_people(areas, three):
    (found,) = proposed(areas.malang)

    assert found.wishes == tuple(three)
    assert (found.topic, found.areas, found.people) == ("menjahit", 3, 30)
    assert found.kelurahan == ("Dinoyo",)


def test_between_equals_the_greater_need_comes_first_and_is_told(areas):
    here = [wish(rt(areas.dinoyo, 1, n), "Menjahit", people=5) for n in (1, 2)]
    there = [wish(rt(areas.purwantoro, 1, n), "Sablon", people=5) for n in (1, 2)]
    reach, asked = Reach.of([areas.malang.key]), queries.gatherings_proposed

    first = asked(reach, need={areas.dinoyo.key: 40.0, areas.purwantoro.key: 60.0})
    other = asked(reach, need={areas.dinoyo.key: 60.0, areas.purwantoro.key: 40.0})

    assert [(one.wishes, one.need) for one in first] == [(tuple(there), 60.0), (tuple(here), 40.0)]
    assert [one.wishes for one in other] == [tuple(here), tuple(there)]


def test_neighbouring_kelurahan_are_found_by_their_place(areas, three):
    near = areas.dinoyo.parent.children.exclude(pk=areas.dinoyo.pk).order_by("pk")[0]
    type(near).objects.filter(pk=areas.dinoyo.pk).update(lat=-7.94, lon=112.61)
    type(near).objects.filter(pk=near.pk).update(lat=-7.945, lon=112.615)
    fourth = wish(rt(near, 1, 1), "Menjahit juga")
    far = wish(rt(areas.purwantoro, 1, 1), "Menjahit")
    type(near).objects.filter(pk=areas.purwantoro.pk).update(lat=-7.95, lon=112.66)

    (found,) = proposed(areas.malang)

    assert {one.pk for one in found.wishes} == {one.pk for one in (*three, fourth)}
    assert far.pk not in {one.pk for one in found.wishes}


def test_two_cities_are_never_proposed_together(areas):
    wish(rt(areas.dinoyo, 3, 1), "Menjahit"), wish(rt(areas.kauman_mojokerto, 1, 1), "Menjahit")

    assert queries.gatherings_proposed(Reach.everywhere()) == []


def test_nobody_is_proposed_what_lies_outside_their_reach(areas, three):
    assert proposed(areas.purwantoro) == []
    assert proposed(areas.mojokerto) == []


def test_a_gathering_stands_in_the_smallest_area_around_it(areas, three):
    of_one_rt, of_an_rw = gather(three[0]), gather(*three[1:])
    wide = gather(wish(rt(areas.dinoyo, 4, 1), "Oven"), wish(rt(areas.purwantoro, 1, 1), "Oven"))

    assert of_one_rt.area_id == three[0].area_id
    assert of_an_rw.area_id == areas.dinoyo_rw.key
    assert wide.area_id == areas.malang.key


def test_what_is_gathered_is_proposed_no_more(areas, three):
    gather(*three)

    assert proposed(areas.malang) == []


def test_a_wish_stands_in_one_gathering(three):
    gather(*three[:2])

    with pytest.raises(errors.WishGathered):
        gather(*three[1:])

    assert Gathering.objects.count() == 1
    assert GatheredWish.objects.count() == 2


def test_the_database_itself_lets_a_wish_stand_in_one(three):
    first, other = gather(three[0]), gather(three[1])

    with pytest.raises(IntegrityError), transaction.atomic():
        GatheredWish.objects.create(gathering=other, wish=three[0], at=NOW)
    assert first.gathered.count() == 1


def test_unlike_wishes_are_not_one_answer(areas, three):
    tool = wish(areas.dinoyo_rt, "Oven", kind="tool")
    elsewhere = wish(rt(areas.kauman_mojokerto, 1, 1), "Menjahit")

    for wrong in ([], [three[0], tool], [three[0], elsewhere]):
        with pytest.raises(errors.WishesUnlike):
            gather(*wrong)


def test_a_withdrawn_wish_is_not_gathered(three):
    actions.withdraw_wish(wish=three[0], why="salah", by=system())

    with pytest.raises(errors.WishClosed):
        gather(*three)


def test_one_answer_stands_for_all(areas, three):
    opened = open_class(areas.dinoyo)

    answer(gather(*three), "class", training_class=opened, words="Mulai bulan depan")

    assert [state_of(one) for one in three] == ["class"] * 3


def test_a_later_answer_stands_for_the_earlier_one(three):
    made = gather(*three)
    answer(made, "visit", visit_on=NOW.date() + timedelta(days=3))

    answer(made, "declined", words="Anggaran tahun ini habis.")

    reply = Reply.objects.get()
    assert (reply.kind, reply.visit_on) == ("declined", None)
    assert Fact.objects.filter(event="outreach.gathering.answered").count() == 2


def test_an_answer_says_what_its_kind_needs(areas, three):
    made = gather(*three)
    elsewhere = open_class(areas.mojokerto)

    for wrong in (
        {"kind": "class"},
        {"kind": "class", "training_class": elsewhere},
        {"kind": "visit", "visit_on": NOW.date() - timedelta(days=1)},
        {"kind": "declined"},
        {"kind": "declined", "words": "  "},
    ):
        with pytest.raises(errors.ReplyIncomplete):
            answer(made, **wrong)
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "class"}, {"kind": "declined"}, {"kind": "tool", "visit_on": date(2026, 4, 1)}],
)
def test_the_database_itself_refuses_an_answer_without_them(three, wrong):
    made = gather(*three)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(gathering=made, at=NOW, **wrong)


def test_who_was_told_a_visit_waits_for_it_in_the_plan(areas, three):
    made = gather(*three)
    answer(made, "visit", visit_on=NOW.date() + timedelta(days=3))
    reach = Reach.of([areas.malang.key])

    waiting = queries.visits_answered(reach, NOW.date())
    later = queries.visits_answered(reach, NOW.date() + timedelta(days=4))

    assert waiting == {one.area_id: made.pk for one in three}
    assert later == {}
    assert queries.next_visit_told(areas.dinoyo_rw, NOW.date()) == NOW.date() + timedelta(days=3)


def test_parted_wishes_wait_alone_again_and_the_rest_keeps_its_answer(three):
    made = gather(*three)
    answer(made)

    left = actions.split_gathering(gathering=made, wishes=[three[0]], why="lain hal", by=system())

    assert left == made
    assert [state_of(one) for one in three] == [None, "tool", "tool"]
    assert gather(three[0])


def test_parting_the_last_one_takes_the_gathering_and_its_answer_away(three):
    made = gather(*three)
    answer(made)

    gone = actions.split_gathering(gathering=made, wishes=three, why="kelas batal", by=system())

    assert gone is None
    assert not Gathering.objects.exists()
    assert not Reply.objects.exists()
    assert Fact.objects.get(event="outreach.gathering.split").why == "kelas batal"


def test_parting_names_wishes_of_the_gathering_and_a_reason(areas, three):
    made = gather(*three[:2])

    with pytest.raises(errors.WishesUnlike):
        actions.split_gathering(gathering=made, wishes=[three[2]], why="salah", by=system())
    with pytest.raises(registry_errors.ValueMissing):
        actions.split_gathering(gathering=made, wishes=three[:1], why=" ", by=system())


def test_nothing_is_answered_that_somebody_parted_meanwhile(three):
    made = gather(*three)
    actions.split_gathering(
        gathering=Gathering.objects.get(pk=made.pk), wishes=three, why="salah", by=system()
    )

    with pytest.raises(errors.WishesUnlike):
        answer(made)


def test_officers_elsewhere_gather_answer_and_part_nothing(areas, three):
    made = gather(*three[:2])
    officers = build_officers("pelatihan.mojokerto", "lapangan.dinoyo")
    elsewhere = by(officers["pelatihan.mojokerto"], "outreach.plan")

    for act in (
        lambda: gather(three[2], by=elsewhere),
        lambda: answer(made, by=elsewhere),
        lambda: actions.split_gathering(gathering=made, wishes=three, why="iseng", by=elsewhere),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_who_is_on_duty_in_a_part_gathers_nothing_wider(areas, three):
    far = wish(rt(areas.purwantoro, 1, 1), "Menjahit")
    both = by(build_officers("pelatihan")["pelatihan"], "outreach.plan")
    part = type(both)(
        kind="officer",
        id=both.id,
        label=both.label,
        at=both.at,
        door="desk",
        reach=Reach.of([areas.dinoyo.key, areas.purwantoro.key]),
    )

    with pytest.raises(OutOfReach):
        gather(three[0], far, by=part)
    assert gather(three[0], far, by=both)


def test_a_wish_told_by_the_link_and_one_of_the_minutes_come_together(areas):
    told_by_link(link(areas.dinoyo_rt), "Oven besar", kind="tool")
    wish(rt(areas.dinoyo, 3, 7), "oven listrik", kind="tool")

    (found,) = proposed(areas.malang)

    assert (found.topic, found.areas) == ("oven", 2)

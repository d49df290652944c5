"""What the page of an RT tells: visits, people trained, classes near; never who."""

from datetime import date, timedelta

import pytest

from city import NOW, build_areas, build_officers, system
from jembol.outreach.models import Visit
from jembol.outreach.queries import NextVisit, came_to
from jembol.training import actions as training
from outreach.neighbours import answer, gather, rt, wish
from training.classroom import enrol, open_class, register, sessions_of, take_roll

TODAY = NOW.date()
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def areas(db):
    return build_areas()


def visited(area, *days, officer):
    for number, day in enumerate(days):
        Visit.objects.create(
            key=f"{area.key}{day:%Y%m%d}{number:02d}"[-26:].rjust(26, "0"),
            area=area,
            officer=officer,
            at=NOW.replace(year=day.year, month=day.month, day=day.day),
            received_at=NOW,
            outcome="met",
        )


def test_visits_are_counted_with_their_last_days(areas):
    officer = build_officers("lapangan")["lapangan"]
    days = [date(2025, 11, 3), date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 20)]
    visited(areas.dinoyo_rt, *days, officer=officer)
    visited(rt(areas.dinoyo, 3, 9), date(2026, 2, 25), officer=officer)

    came, around = came_to(areas.dinoyo_rt, TODAY), came_to(areas.dinoyo_rw, TODAY)

    assert (came.visits, came.visits_this_year) == (4, 3)
    assert came.days == (date(2026, 2, 20), date(2026, 2, 3), date(2025, 11, 3))
    assert around.visits == 5


@pytest.mark.parametrize(("count", "told"), [(0, None), (1, None), (2, None), (3, 3), (5, 5)])
def test_people_who_were_trained_are_counted_from_three_on(areas, count, told):
    opened = open_class(areas.dinoyo)
    seats = [register(opened, one) for one in enrol(areas.dinoyo_rt, count)]
    seats += [register(opened, one) for one in enrol(areas.purwantoro, 4, prefix="Jauh")]
    for session in sessions_of(opened):
        take_roll(session, seats)

    assert came_to(areas.dinoyo_rt, TODAY).trained == told


def published(area, title, **more):
    opened = open_class(area, title=title, days=(SOON,), **more)
    training.publish(training_class=opened, by=system())
    return opened


def test_classes_near_with_a_free_seat_come_own_kelurahan_first(areas):
    neighbour = areas.dinoyo.parent.children.exclude(pk=areas.dinoyo.pk).order_by("pk")[0]
    published(neighbour, "Tetangga")
    published(areas.dinoyo, "Sini")
    published(areas.purwantoro, "Jauh")
    full = published(areas.dinoyo, "Penuh", seats=1)
    register(full, enrol(areas.dinoyo, 1)[0])
    open_class(areas.dinoyo, title="Belum terbit", days=(SOON,))

    classes = came_to(areas.dinoyo_rt, TODAY).classes

    assert [one.title for one in classes] == ["Sini", "Tetangga"]


def test_a_party_s_class_is_not_the_city_s(areas):
    open_class(areas.dinoyo, days=(SOON,), organiser="candidate")

    assert came_to(areas.dinoyo_rt, TODAY).classes == ()


def test_the_day_of_a_visit_that_was_told_is_the_next_one(areas):
    answer(gather(wish(areas.dinoyo_rt, "Oven")), "visit", visit_on=SOON)

    assert came_to(areas.dinoyo_rt, TODAY).next_visit == NextVisit(SOON)
    assert came_to(areas.dinoyo_rt, SOON + timedelta(days=1)).next_visit is None
    assert came_to(rt(areas.dinoyo, 3, 9), TODAY).next_visit is None

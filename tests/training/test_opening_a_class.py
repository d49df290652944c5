"""A class is opened, changed, shown, cancelled, and removed when nothing hangs on it."""

from datetime import date, time

import pytest

from city import by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.ids import PublicId
from jembol.places import actions as places
from jembol.registry.errors import ReasonMissing, TextTooLong, TextUnreadable, ValueMissing
from jembol.training import actions, errors, events
from jembol.training.choices import Organiser
from jembol.training.models import Class, Course, Session
from jembol.training.rules import CATALOGUE, CourseKind, Day
from training.classroom import FIRST, SECOND, enrol, open_class, register, sessions_of, take_roll


def told(training_class):
    about = Fact.objects.filter(about_kind="training.class", about_id=str(training_class.pk))
    return list(about.order_by("id").values_list("event", flat=True))


def test_the_catalogue_is_seeded_once_and_brought_up_to_a_new_name(areas):
    actions.seed_courses(by=system())
    actions.seed_courses(by=system())
    renamed = CourseKind("bordir", "Bordir tangan", "Embroidery")
    actions.seed_courses(by=system(), kinds=[renamed])

    assert Course.objects.count() == len(CATALOGUE)
    assert Course.objects.get(slug="bordir").name == "Bordir tangan"
    facts = Fact.objects.filter(event__startswith="training.course")
    assert facts.filter(event=events.COURSE_ADDED).count() == len(CATALOGUE)
    assert facts.get(event=events.COURSE_CHANGED).details["name"] == ["Bordir", "Bordir tangan"]


def test_a_class_of_several_days_numbers_them_in_order(areas, officers):
    office = by(officers["pelatihan"], "training.change")

    opened = open_class(areas.dinoyo, days=(SECOND, FIRST), by=office, mentors=["Ibu Tamu"])

    assert [(each.number, each.on) for each in sessions_of(opened)] == [(1, FIRST), (2, SECOND)]
    assert (opened.starts_on, opened.ends_on) == (FIRST, SECOND)
    assert PublicId.parse(opened.public_id).prefix == "A"
    assert opened.mentors.get().name == "Ibu Tamu"
    assert told(opened) == [events.CLASS_OPENED]


def test_a_mentor_who_is_an_officer_is_known_as_one(areas, officers):
    opened = open_class(areas.dinoyo, mentors=[officers["pendamping"]])

    mentor = opened.mentors.get()
    assert (mentor.officer, mentor.name) == (officers["pendamping"], officers["pendamping"].name)


def test_a_class_of_another_city_is_out_of_reach(areas, officers):
    office = by(officers["pelatihan"], "training.change")

    with pytest.raises(OutOfReach):
        open_class(areas.kauman_mojokerto, by=office)

    assert not Class.objects.exists()


def test_a_class_is_given_in_a_city_and_not_in_a_province(areas):
    with pytest.raises(errors.NotInACity):
        open_class(areas.malang.parent)


def test_a_venue_of_another_city_is_refused(areas):
    hall = places.add_venue(name="Balai", area=areas.kauman_mojokerto, by=system())

    with pytest.raises(errors.VenueElsewhere):
        open_class(areas.kauman_malang, venue=hall)


@pytest.mark.parametrize("days", [(), (FIRST, FIRST)])
def test_days_that_are_no_list_of_days_are_refused(areas, days):
    with pytest.raises(errors.BadDays):
        open_class(areas.dinoyo, days=days)


@pytest.mark.parametrize(
    ("text", "refusal"), [(" ", ValueMissing), ("x" * 151, TextTooLong), ("a\0b", TextUnreadable)]
)
def test_a_title_that_cannot_be_kept_is_refused(areas, text, refusal):
    with pytest.raises(refusal) as caught:
        open_class(areas.dinoyo, title=text)

    assert caught.value.field == "title"


def test_the_longest_title_fits_even_when_its_folded_form_is_longer(areas):
    opened = open_class(areas.dinoyo, title="ß" * 150)

    assert opened.folded == "s" * 150


def test_only_what_differs_is_changed_and_told(areas):
    opened = open_class(areas.dinoyo)

    same = actions.change_class(
        training_class=opened, changes={"title": opened.title, "seats": None}, by=system()
    )
    changed = actions.change_class(
        training_class=opened, changes={"title": "Kue lebaran", "seats": 30}, by=system()
    )

    assert (same.title, changed.title, changed.folded) == (
        opened.title,
        "Kue lebaran",
        "kue lebaran",
    )
    assert told(opened) == [events.CLASS_OPENED, events.CLASS_CHANGED]
    fact = Fact.objects.get(event=events.CLASS_CHANGED)
    assert fact.details == {"seats": [None, 30], "title": ["Kue kering angkatan 1", "Kue lebaran"]}


def test_a_class_cannot_be_moved_out_of_the_officers_reach(areas, officers):
    office = by(officers["pelatihan"], "training.change")
    opened = open_class(areas.dinoyo, by=office)

    with pytest.raises(OutOfReach):
        actions.change_class(
            training_class=opened, changes={"area": areas.kauman_mojokerto}, by=office
        )


def test_a_part_that_a_class_does_not_have_cannot_be_changed(areas):
    with pytest.raises(errors.NotAField):
        actions.change_class(
            training_class=open_class(areas.dinoyo), changes={"public_id": "A"}, by=system()
        )


def test_seats_do_not_fall_below_the_people_registered(areas):
    opened = open_class(areas.dinoyo, seats=2)
    for person in enrol(areas.dinoyo, 2):
        register(opened, person)

    with pytest.raises(errors.SeatsBelowRegistrations):
        actions.change_class(training_class=opened, changes={"seats": 1}, by=system())


def test_a_day_added_before_the_others_is_numbered_first(areas):
    opened = open_class(areas.dinoyo, days=(FIRST, SECOND))
    earlier = date(2026, 2, 20)

    actions.add_session(training_class=opened, day=Day(earlier, time(8), time(12)), by=system())

    assert [each.on for each in sessions_of(opened)] == [earlier, FIRST, SECOND]
    assert [each.number for each in sessions_of(opened)] == [1, 2, 3]
    assert Class.objects.get().starts_on == earlier


def test_a_day_is_not_added_twice(areas):
    opened = open_class(areas.dinoyo)

    with pytest.raises(errors.BadDays):
        actions.add_session(training_class=opened, day=Day(FIRST), by=system())

    assert Session.objects.count() == 2


def test_a_class_is_shown_once_and_taken_back_with_a_reason(areas):
    opened = open_class(areas.dinoyo)

    actions.publish(training_class=opened, by=system())
    with pytest.raises(errors.AlreadyPublished):
        actions.publish(training_class=opened, by=system())
    actions.unpublish(training_class=opened, why="salah tanggal", by=system())
    with pytest.raises(errors.NotPublished):
        actions.unpublish(training_class=opened, why="lagi", by=system())

    assert told(opened)[1:] == [events.CLASS_PUBLISHED, events.CLASS_UNPUBLISHED]


def test_a_candidates_class_is_never_shown_as_the_citys(areas):
    candidates = open_class(areas.dinoyo, organiser=Organiser.CANDIDATE)
    offices = open_class(areas.dinoyo)
    actions.publish(training_class=offices, by=system())

    with pytest.raises(errors.CandidateClass):
        actions.publish(training_class=candidates, by=system())
    with pytest.raises(errors.CandidateClass):
        actions.change_class(
            training_class=offices, changes={"organiser": Organiser.CANDIDATE}, by=system()
        )

    assert list(Class.objects.published()) == [offices]


def test_a_cancelled_class_takes_nothing_new(areas):
    opened = open_class(areas.dinoyo)
    (person,) = enrol(areas.dinoyo)
    actions.cancel(training_class=opened, why="hujan", by=system())

    for attempt in (
        lambda: register(opened, person),
        lambda: take_roll(sessions_of(opened)[0], []),
        lambda: actions.publish(training_class=opened, by=system()),
        lambda: actions.add_session(training_class=opened, day=Day(date(2026, 3, 1)), by=system()),
        lambda: actions.cancel(training_class=opened, why="lagi", by=system()),
    ):
        with pytest.raises(errors.ClassCancelled):
            attempt()

    assert told(opened) == [events.CLASS_OPENED, events.CLASS_CANCELLED]


def test_a_class_is_not_cancelled_without_a_reason(areas):
    with pytest.raises(ReasonMissing):
        actions.cancel(training_class=open_class(areas.dinoyo), why=" ", by=system())


def test_a_class_to_which_people_came_is_not_cancelled(areas):
    opened = open_class(areas.dinoyo)
    (person,) = enrol(areas.dinoyo)
    take_roll(sessions_of(opened)[0], [register(opened, person)])

    with pytest.raises(errors.ClassWasGiven):
        actions.cancel(training_class=opened, why="hujan", by=system())


def test_a_class_is_removed_only_when_nobody_was_registered(areas):
    empty, used = open_class(areas.dinoyo, mentors=["Ibu Tamu"]), open_class(areas.dinoyo)
    (person,) = enrol(areas.dinoyo)
    register(used, person)

    actions.remove_class(training_class=empty, by=system(), why="impor dibatalkan")
    with pytest.raises(errors.ClassInUse):
        actions.remove_class(training_class=used, by=system(), why="impor dibatalkan")

    assert list(Class.objects.all()) == [used]
    assert Fact.objects.get(event=events.CLASS_REMOVED).about_id == str(empty.pk)


def test_what_a_source_reports_is_noted_with_its_source(areas):
    opened = open_class(areas.dinoyo)

    with pytest.raises(ValueMissing):
        actions.add_claim(
            training_class=opened, unit="unstated", number=6000, source="", by=system()
        )
    claim = actions.add_claim(
        training_class=opened,
        unit="unstated",
        number=6000,
        at_least=True,
        source="Berita April 2021",
        by=system(),
    )

    assert (claim.number, claim.at_least, opened.registrations.count()) == (6000, True, 0)

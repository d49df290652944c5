"""A calendar has one secret address; replaced, the old one leads nowhere; others read it."""

from datetime import date, time, timedelta
from email.utils import parsedate_to_datetime

import icalendar
import pytest
import vobject
from django.test import Client
from django.urls import reverse

from city import DINOYO, MALANG, NOW, area, build_areas, build_officers, by, system
from jembol.calendars import actions as calendars
from jembol.calendars.choices import Subject
from jembol.calendars.models import Feed
from jembol.calendars.tokens import token_of
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.rules import Day

pytestmark = pytest.mark.django_db
ON = date(2030, 3, 4)
NINE, TWELVE = time(9), time(12)


@pytest.fixture(autouse=True)
def areas(db):
    return build_areas()


def open_class(code=DINOYO, *, title="Kue kering", days=(0, 1), hours=(NINE, TWELVE), **more):
    return training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title=title,
        area=area(code),
        organiser="office",
        days=[Day(ON + timedelta(days=shift), *hours) for shift in days],
        by=system(),
        **more,
    )


def enrol(name, code=DINOYO, **more):
    details = registry.PersonDetails(name=name, area=area(code), **more)
    return registry.enrol(details=details, by=system())


def register(each, person):
    return training.register(training_class=each, person=person, by=system(), door="desk")


def feed_of(subject, row, code=DINOYO):
    return calendars.open_feed(subject=subject, key=row.pk, area_key=area(code).key, by=system())


def address(feed):
    return reverse("public:feed", args=[token_of(feed)])


def ask(feed, **headers):
    return Client().get(address(feed), headers=headers)


def events_in(content):
    """The events of a calendar, read strictly, by UID."""
    read = icalendar.Calendar.from_ical(content)
    assert not read.errors
    events = read.walk("VEVENT")
    assert not [error for event in events for error in event.errors]
    return {str(event["UID"]): event for event in events}


def test_a_feed_is_read_by_two_strict_readers():
    each = open_class(days=(0, 1, 2))
    response = ask(feed_of(Subject.CLASS, each))

    events = events_in(response.content)
    other = vobject.readOne(response.content.decode())

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(events) == len(other.vevent_list) == 3
    assert {str(one.dtstart.value.utcoffset()) for one in other.vevent_list} == {"7:00:00"}
    assert response.content.count(b"BEGIN:VTIMEZONE") == 1
    assert b"TZID:Asia/Jakarta" in response.content


def test_lines_end_as_the_rule_says_and_are_no_longer_than_75_octets():
    each = open_class(title="é" * 74 + "😀" * 70)
    content = ask(feed_of(Subject.CLASS, each)).content

    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]  # no sign is cut in two


def test_a_moved_day_keeps_its_uid_and_has_a_higher_sequence():
    each = open_class()
    feed = feed_of(Subject.CLASS, each)
    before = events_in(ask(feed).content)
    first = each.sessions.order_by("number").first()

    training.move_session(
        session=first, day=Day(ON + timedelta(days=9), time(13), time(15)), why="banjir",
        by=system(NOW + timedelta(hours=1)),
    )  # fmt: skip

    after = events_in(ask(feed).content)
    assert after.keys() == before.keys()
    (moved,) = (uid for uid in after if after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"])
    assert after[moved].start.isoformat() == "2030-03-13T13:00:00+07:00"
    assert after[moved]["LAST-MODIFIED"].dt > before[moved]["LAST-MODIFIED"].dt


def test_a_cancelled_day_stays_and_says_so():
    each = open_class()
    feed = feed_of(Subject.CLASS, each)
    before = events_in(ask(feed).content)

    training.cancel_session(
        session=each.sessions.order_by("number").first(), why="hujan", by=system()
    )

    after = events_in(ask(feed).content)
    changed = [uid for uid in after if str(after[uid]["STATUS"]) == "CANCELLED"]
    assert (after.keys(), len(changed)) == (before.keys(), 1)
    assert after[changed[0]]["SEQUENCE"] == before[changed[0]]["SEQUENCE"] + 1


def test_all_days_of_a_cancelled_class_stay_and_say_so():
    each = open_class()
    feed = feed_of(Subject.CLASS, each)
    training.cancel(training_class=each, why="gedung dipakai", by=system())

    events = events_in(ask(feed).content)

    assert {(str(one["STATUS"]), one["SEQUENCE"]) for one in events.values()} == {("CANCELLED", 1)}


def test_a_day_without_hours_is_a_whole_day():
    feed = feed_of(Subject.CLASS, open_class(hours=(None, None), days=(0,)))

    (event,) = events_in(ask(feed).content).values()

    assert (event.start, event.end) == (ON, ON + timedelta(days=1))


TORTURE = [
    "Kue, roti; dan \\ garis",
    'Kelas "A" \\n bukan baris baru',
    "BEGIN:VEVENT SUMMARY:jahat",
    "👩🏽‍🍳 memasak 😀",
    "تدريب على الخبز",
    "ꦏꦸꦮꦺ",
    "k" * 150,
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("title", TORTURE)
def test_titles_survive_both_readers(title):
    each = open_class(title=title, days=(0,))
    content = ask(feed_of(Subject.CLASS, each)).content

    (event,) = events_in(content).values()

    assert str(event["SUMMARY"]) == each.title
    assert vobject.readOne(content.decode()).vevent.summary.value == each.title


def test_a_replaced_address_leads_nowhere_at_once_and_the_new_one_works():
    feed = feed_of(Subject.CLASS, open_class())
    old = address(feed)

    calendars.replace_feed(feed=feed, by=system())

    fresh = Feed.objects.get(pk=feed.pk)
    assert Client().get(old).status_code == 404
    assert Client().get(address(fresh)).status_code == 200
    assert Fact.objects.filter(event="calendars.feed.replaced").count() == 1
    assert token_of(fresh) not in str(list(Fact.objects.values()))


def test_a_guessed_address_leads_nowhere():
    feed = feed_of(Subject.CLASS, open_class())
    token = token_of(feed)

    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "a" * 32, token.lower()):
        assert Client().get(reverse("public:feed", args=[wrong])).status_code == 404


def test_the_secret_cannot_be_read_in_the_database():
    feed = feed_of(Subject.CLASS, open_class())
    feed.refresh_from_db()

    assert token_of(feed).encode() not in bytes(feed.token_sealed)
    assert token_of(feed) not in feed.token_digest


def test_one_subject_has_one_address():
    each = open_class()

    assert feed_of(Subject.CLASS, each).pk == feed_of(Subject.CLASS, each).pk
    assert Feed.objects.count() == 1


def test_a_reader_who_has_it_already_is_told_so():
    each = open_class()
    feed = feed_of(Subject.CLASS, each)
    first = ask(feed)

    again = ask(feed, if_none_match=first["ETag"])
    since = ask(feed, if_modified_since=first["Last-Modified"])

    assert (again.status_code, again.content) == (304, b"")
    assert since.status_code == 304
    training.cancel(training_class=each, why="x", by=system(NOW + timedelta(hours=1)))
    assert ask(feed, if_none_match=first["ETag"]).status_code == 200
    assert ask(feed, if_modified_since=first["Last-Modified"]).status_code == 200
    assert parsedate_to_datetime(ask(feed)["Last-Modified"]) == NOW + timedelta(hours=1)


def test_a_persons_calendar_has_their_own_classes_and_nobody_elses_data():
    mine, theirs = open_class(title="Kelas saya"), open_class(title="KANARI kelas lain")
    me = enrol("Saya Sendiri", phone="081200000001")
    other = enrol("KANARI Orang", phone="081200000002", address="KANARI jalan")
    for each, person in ((mine, me), (mine, other), (theirs, other)):
        register(each, person)

    text = ask(feed_of(Subject.PERSON, me)).content.decode()

    assert "Kelas saya" in text
    assert "KANARI" not in text
    assert "8120000000" not in text


def test_a_seat_that_was_given_back_leaves_the_calendar():
    me, each = enrol("Saya"), open_class()
    seat, feed = register(each, me), feed_of(Subject.PERSON, me)
    had = ask(feed)

    training.withdraw(registration=seat, why="sakit", by=system(NOW + timedelta(hours=2)))

    answer = ask(feed, if_modified_since=had["Last-Modified"])
    assert (len(events_in(had.content)), answer.status_code) == (2, 200)
    assert events_in(answer.content) == {}


def test_a_merged_person_finds_the_classes_of_both_entries():
    me, again = enrol("Saya"), enrol("Saya Lagi")
    register(open_class(title="Satu"), me)
    register(open_class(title="Dua"), again)
    feed = feed_of(Subject.PERSON, me)

    registry.merge(survivor=me, absorbed=again, by=system(), why="sama")

    titles = {str(event["SUMMARY"]) for event in events_in(ask(feed).content).values()}
    assert titles == {"Satu", "Dua"}


def test_a_class_calendar_names_no_participant():
    each = open_class()
    register(each, enrol("KANARI Peserta", phone="081200000003"))

    assert "KANARI" not in ask(feed_of(Subject.CLASS, each)).content.decode()


def test_a_venues_and_a_mentors_calendar_have_their_classes():
    hall = places.add_venue(name="Balai", area=area(DINOYO), by=system())
    mentor = training.add_mentor(
        details=training.MentorDetails(name="Bu Mentor", area=area(DINOYO)), by=system()
    )
    here = open_class(title="Di balai", venue=hall)
    training.choose_mentors(training_class=here, mentors=[mentor], by=system())
    open_class(title="Di tempat lain", days=(3,))

    for subject, row in ((Subject.VENUE, hall), (Subject.MENTOR, mentor)):
        titles = {
            str(event["SUMMARY"])
            for event in events_in(ask(feed_of(subject, row)).content).values()
        }
        assert titles == {"Di balai"}, subject


def test_the_clocks_of_the_city_are_told(settings):
    from jembol.places.models import City

    City.objects.filter(area=area(MALANG)).update(time_zone="Asia/Jayapura")
    content = ask(feed_of(Subject.CLASS, open_class(days=(0,)))).content

    (event,) = events_in(content).values()

    assert event.start.isoformat() == "2030-03-04T09:00:00+09:00"
    assert b"TZNAME:WIT" in content


def test_an_officer_of_elsewhere_neither_makes_nor_replaces_an_address():
    each = open_class()
    stranger = build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]
    acting = by(stranger, "training.change")

    with pytest.raises(OutOfReach):
        calendars.open_feed(subject=Subject.CLASS, key=each.pk, area_key=each.area_id, by=acting)
    feed = feed_of(Subject.CLASS, each)
    with pytest.raises(OutOfReach):
        calendars.replace_feed(feed=feed, by=acting)


def test_the_days_of_a_shown_class_are_a_file_for_everybody():
    each = open_class()
    link = reverse("public:class_calendar", args=[each.public_id])
    hidden = Client().get(link).status_code

    training.publish(training_class=each, by=system())

    shown = Client().get(link)
    assert (hidden, shown.status_code, len(events_in(shown.content))) == (404, 200, 2)
    assert ".ics" in shown["Content-Disposition"]

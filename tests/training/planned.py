"""Venues, mentors and classes with hours, made only through actions; everybody is invented."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from city import system
from jembol.places import actions as places
from jembol.training import actions as training
from jembol.training.choices import Organiser
from jembol.training.models import MentorTurn, VenueTurn
from jembol.training.rules import Day

MONDAY = date(2026, 4, 6)
WIB = ZoneInfo("Asia/Jakarta")


def at(hours, on=MONDAY):
    """A day with hours written "08-12"."""
    starts, ends = (time(int(hour)) for hour in hours.split("-"))
    return Day(on, starts, ends)


def venue(area, name="Balai RW 03 (contoh)", capacity=None):
    return places.add_venue(name=name, area=area, capacity=capacity, by=system())


def mentor(area, name="Bu Contoh", **more):
    details = training.MentorDetails(name=name, area=area, **more)
    return training.add_mentor(details=details, by=system())


def plan_class(area, *days, title="Kue kering", by=None, **more):
    """Open a class on days with hours."""
    courses = training.seed_courses(by=system())
    return training.open_class(
        course=courses["kue-kering"],
        area=area,
        days=days,
        by=by or system(),
        title=title,
        organiser=Organiser.OFFICE,
        **more,
    )


def moment(hour, on=MONDAY):
    return datetime.combine(on, time(hour), WIB)


def venue_turn(session, hall, starts_at, ends_at, *, has_hours=True):
    """A turn put past the actions, as a mistaken script would."""
    return VenueTurn(
        session=session, venue=hall, starts_at=starts_at, ends_at=ends_at, has_hours=has_hours
    )


def mentor_turn(session, who, starts_at, ends_at, *, has_hours=True):
    """A turn put past the actions, as a mistaken script would."""
    return MentorTurn(
        session=session, mentor=who, starts_at=starts_at, ends_at=ends_at, has_hours=has_hours
    )

"""With what an officer is planned, and days on which services stand in an RW."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.choices import ServiceKind, Skill, Tongue, Travel
from jembol.outreach.models import ServiceDay, WorkProfile
from jembol.places.models import Area
from jembol.registry import rules

MOST_OFFICERS = 20
MOST_VISITORS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDetails:
    """How an officer works.

    Attributes:
        area: Where the day begins: a kelurahan or something in it.
        skills: What the officer can do.
        tongues: In which languages.
        travel: How the officer gets about.
        starts_at: When the day begins.
        rests_at: When the midday rest begins.
        resumes_at: When it is over.
        friday_rests_at: When the officer leaves for the Friday prayer.
        friday_resumes_at: When it is over.
        ends_at: When the day ends.
        lat: Where exactly the day begins; with `lon`, or neither.
        lon: The same.
    """

    area: Area
    skills: Sequence[str] = ()
    tongues: Sequence[str] = (Tongue.INDONESIAN,)
    travel: str = Travel.MOTORCYCLE
    starts_at: time = time(8)
    rests_at: time = time(12)
    resumes_at: time = time(13)
    friday_rests_at: time = time(11)
    friday_resumes_at: time = time(13)
    ends_at: time = time(16)
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDetails:
    """What stands where on a service day.

    Attributes:
        area: The RW, or the kelurahan where no RW is known.
        on: The day.
        starts_at: From when.
        ends_at: Until when.
        place: Where people come, such as "Balai RW 03".
        services: What is offered.
        officers: How many are needed at once.
        visitors: How many visitors are expected.
        lat: Where it is exactly; with `lon`, or neither.
        lon: The same.
    """

    area: Area
    on: date
    starts_at: time
    ends_at: time
    place: str
    services: Sequence[str] = field(default=(ServiceKind.CONSULTATION,))
    officers: int = 2
    visitors: int = 50
    lat: float | None = None
    lon: float | None = None


@transaction.atomic
def set_profile(*, officer: Officer, details: ProfileDetails, by: By) -> WorkProfile:
    """Say how an officer works, in place of what was said before.

    Raises:
        OutOfReach: the start lies outside the actor's duty.
        HoursUnreadable: the hours do not follow each other.
        VisitUnreadable: a skill, a language or a way of getting about is none of the list, or only
            one coordinate is given.
    """
    by.must_cover(details.area.key)
    _refuse_hours(details)
    _refuse_unknown(details.skills, Skill.values)
    _refuse_unknown(details.tongues, Tongue.values)
    _refuse_unknown([details.travel], Travel.values)
    _refuse_half_a_point(details.lat, details.lon)
    values = {name: getattr(details, name) for name in details.__slots__}
    values |= {"skills": sorted(set(details.skills)), "tongues": sorted(set(details.tongues))}
    there = WorkProfile.objects.select_for_update(no_key=True).filter(officer=officer).first()
    if there is not None:
        by.must_cover(there.area_id)
    row, _is_new = WorkProfile.objects.update_or_create(
        officer=officer, defaults={**values, "changed_at": by.at}
    )
    told = {"skills": row.skills, "travel": row.travel, "officer": officer.pk}
    record(events.PROFILE_SET, about=row, by=by, area=row.area_id, details=told)
    return row


@transaction.atomic
def open_service_day(*, details: ServiceDetails, by: By) -> ServiceDay:
    """Announce a service day of an RW.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        PastDay: the day is past.
        HoursUnreadable: it ends before it begins, or stands there already in that place.
        VisitUnreadable: a service is none of the list, or a number is out of range.
        ValueMissing: the place is empty.
        TextTooLong: the place does not fit.
        TextUnreadable: the place holds signs that cannot be stored.
    """
    by.must_cover(details.area.key)
    _refuse_service(details, by)
    place = rules.required_line(details.place, field="place", longest=150)
    values = {name: getattr(details, name) for name in details.__slots__} | {
        "services": sorted(set(details.services)),
        "place": place,
    }
    try:
        with transaction.atomic():
            row = ServiceDay.objects.create(at=by.at, **values)
    except IntegrityError:
        raise errors.HoursUnreadable(
            _("%(place)s has a service day on that day already. Change that one.")
            % {"place": place},
            field="place",
        ) from None
    told = {"on": row.on, "services": row.services, "officers": row.officers}
    record(events.SERVICE_DAY_OPENED, about=row, by=by, area=row.area_id, details=told)
    return row


@transaction.atomic
def cancel_service_day(*, service: ServiceDay, why: str, by: By) -> ServiceDay:
    """Cancel a service day; plans made before keep its stops until they are changed.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        ServiceDayCancelled: it was cancelled before.
        ValueMissing: no reason is given.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = ServiceDay.objects.select_for_update(of=("self",), no_key=True).get(pk=service.pk)
    by.must_cover(held.area_id)
    if held.cancelled_at is not None:
        raise errors.ServiceDayCancelled(
            _("This service day was cancelled before. Open a new one instead.")
        )
    reason = rules.required_line(why, field="why", longest=300)
    held.cancelled_at = by.at
    held.save(update_fields=["cancelled_at"])
    record(events.SERVICE_DAY_CANCELLED, about=held, by=by, area=held.area_id, why=reason)
    return held


# --- steps ------------------------------------------------------------------------------------


def _refuse_hours(one: ProfileDetails) -> None:
    days = (
        (one.starts_at, one.rests_at, one.resumes_at, one.ends_at),
        (one.starts_at, one.friday_rests_at, one.friday_resumes_at, one.ends_at),
    )
    if any(list(day) != sorted(day) or day[0] == day[-1] for day in days):
        raise errors.HoursUnreadable(
            _(
                "The hours must follow each other: beginning, rest, end of the rest, end of the"
                " day. Correct the one that does not."
            ),
            field="ends_at",
        )


def _refuse_service(details: ServiceDetails, by: By) -> None:
    if details.on < timezone.localdate(by.at):
        raise errors.PastDay(_("That day is past. Choose a day to come."), field="on")
    if details.ends_at <= details.starts_at:
        raise errors.HoursUnreadable(
            _("The service day must end after it begins."), field="ends_at"
        )
    _refuse_unknown(details.services, ServiceKind.values)
    _refuse_half_a_point(details.lat, details.lon)
    if not (
        details.services
        and 1 <= details.officers <= MOST_OFFICERS
        and 0 <= details.visitors <= MOST_VISITORS
    ):
        raise errors.VisitUnreadable(
            _("Name at least one service, 1 to 20 officers and at most 5000 visitors."),
            field="officers",
        )


def _refuse_unknown(words: Iterable[str], known: Sequence[str]) -> None:
    if unknown := [word for word in words if word not in known]:
        raise errors.VisitUnreadable(
            _("%(word)s is not on the list. Choose one of the list.") % {"word": unknown[0]}
        )


def _refuse_half_a_point(lat: float | None, lon: float | None) -> None:
    if (lat is None) != (lon is None):
        raise errors.VisitUnreadable(
            _("Give latitude and longitude, or neither of them."), field="lon"
        )
    if lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise errors.VisitUnreadable(
            _("Latitude goes from -90 to 90, longitude from -180 to 180."), field="lat"
        )

"""Write iCalendar (RFC 5545) by the library `icalendar`: it folds, escapes and ends lines.

An event keeps its UID for ever; whenever it changes its SEQUENCE is higher; a cancelled one stays,
with STATUS:CANCELLED, so that calendars strike it through instead of keeping the old time. The same
events make the same bytes: DTSTAMP is when the event last changed (RFC 5545, 3.8.7.2: a calendar
without METHOD), so a reader may ask "anything new?" and be told no.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDuration

_NAMESPACE: Final = UUID("6f1d3f0e-5a3c-4b0b-9a55-2f4f3d4e8c11")
"""Never changed: every UID that a calendar knows comes from it."""

_PRODUCT: Final = "-//Jembol//Kalender//ID"
_ZONES_SINCE: Final = date(2010, 1, 1)
_REFRESH: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One thing that is planned on one day.

    Attributes:
        key: What it is, for ever and everywhere the same, like `training.session:KLS…:17`.
        sequence: How often it was changed.
        changed_at: When it last changed.
        title: What it is called.
        on: The day.
        starts_at: The hour on the clocks of `zone`; None when it is not known: the whole day.
        ends_at: The end; None when it is not known.
        zone: Whose clocks.
        place: Where, in words.
        about: More words.
        url: A public page about it.
        is_cancelled: It will not take place.
    """

    key: str
    sequence: int
    changed_at: datetime
    title: str
    on: date
    starts_at: time | None
    ends_at: time | None
    zone: ZoneInfo
    place: str = ""
    about: str = ""
    url: str = ""
    is_cancelled: bool = False


def uid_of(key: str) -> str:
    """Return the UID of what has this key."""
    return f"urn:uuid:{uuid5(_NAMESPACE, key)}"


def calendar(occasions: Sequence[Occasion], *, name: str) -> bytes:
    """Return the occasions as one calendar.

    Args:
        occasions: In any order; written in the order of their days.
        name: What readers call the calendar.
    """
    written = Calendar()
    written.add("prodid", _PRODUCT)
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    # RFC 7986 and, for older readers, what they made up before it.
    written.add("name", name)
    written.add("x-wr-calname", name)
    written.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", vDuration(_REFRESH))
    for zone in _zones(occasions):
        written.add_component(Timezone.from_tzid(zone, first_date=_ZONES_SINCE))
    for occasion in sorted(occasions, key=lambda one: (one.on, one.starts_at or time(), one.key)):
        written.add_component(_event(occasion))
    return bytes(written.to_ical())


def etag_of(content: bytes) -> str:
    """Return the strong validator of a calendar's bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def google_link(occasion: Occasion) -> str:
    """Return the address at which Google's calendar offers to keep this one occasion."""
    starts, ends = _span(occasion)
    pattern = "%Y%m%dT%H%M%S" if isinstance(starts, datetime) else "%Y%m%d"
    told = {
        "action": "TEMPLATE",
        "text": occasion.title,
        "dates": f"{starts.strftime(pattern)}/{ends.strftime(pattern)}",
        "ctz": occasion.zone.key,
        "location": occasion.place,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(told)}"


def last_change(occasions: Iterable[Occasion]) -> datetime | None:
    """Return when any of them last changed; None when there are none."""
    return max((one.changed_at for one in occasions), default=None)


def _zones(occasions: Iterable[Occasion]) -> list[str]:
    return sorted({one.zone.key for one in occasions if one.starts_at is not None})


def _event(occasion: Occasion) -> Event:
    event = Event()
    event.add("uid", uid_of(occasion.key))
    event.add("dtstamp", occasion.changed_at.astimezone(UTC))
    event.add("last-modified", occasion.changed_at.astimezone(UTC))
    event.add("sequence", occasion.sequence)
    event.add("summary", occasion.title)
    starts, ends = _span(occasion)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("status", "CANCELLED" if occasion.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if occasion.is_cancelled else "OPAQUE")
    texts = {"location": occasion.place, "description": occasion.about, "url": occasion.url}
    for name, text in texts.items():
        if text:
            event.add(name, text)
    return event


def _span(occasion: Occasion) -> tuple[date | datetime, date | datetime]:
    """Return start and end: a whole day without hours, one hour where only the start is known."""
    if occasion.starts_at is None:
        return occasion.on, occasion.on + timedelta(days=1)
    starts = datetime.combine(occasion.on, occasion.starts_at, occasion.zone)
    if occasion.ends_at is None:
        return starts, starts + timedelta(hours=1)
    ends = datetime.combine(occasion.on, occasion.ends_at, occasion.zone)
    # An end that is not after the start lies on the next morning.
    return starts, ends if ends > starts else ends + timedelta(days=1)

"""The words and hours of a city's messages, and what fills them for one class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from jembol.kit.area import city_key
from jembol.outbox.channels import automatic
from jembol.outbox.choices import Channel
from jembol.places.models import City
from jembol.places.queries import zone_of
from jembol.training.choices import LetterKind, Tongue
from jembol.training.models import Class, MessageTimes, Session, Wording
from jembol.training.rules import DEFAULTS, day_in_words, days_in_words, with_link

EVE_AT: Final = time(16)
MORNING_AT: Final = time(6)


@dataclass(frozen=True, slots=True)
class Times:
    """When a city reminds; None is no reminder.

    Attributes:
        eve_at: On the day before.
        morning_at: On the day itself.
        channel: How reminders and notices leave.
    """

    eve_at: time | None
    morning_at: time | None
    channel: Channel


def times_of(area_key: int) -> Times:
    """Return the hours and the channel of an area's city, or those that hold without a choice."""
    row = MessageTimes.objects.filter(area_id=city_key(area_key)).first()
    chosen = Channel(row.channel) if row is not None and row.channel else automatic()
    # The people of a demo city are invented, and their numbers may be somebody's.
    sends = chosen not in {Channel.FILE, Channel.WA_LINK}
    channel = Channel.FILE if sends and is_demo(area_key) else chosen
    if row is None:
        return Times(EVE_AT, MORNING_AT, channel)
    return Times(row.eve_at, row.morning_at, channel)


def is_demo(area_key: int) -> bool:
    """Whether an area lies in a demo city."""
    return City.objects.filter(pk=city_key(area_key), is_demo=True).exists()


def words_of(area_key: int, kind: LetterKind, language: Tongue) -> str:
    """Return the words of an area's city for one kind of message, its link in them."""
    rows = Wording.objects.filter(area_id=city_key(area_key), kind=kind, language=language)
    row = rows.first()
    return with_link(DEFAULTS[kind, language] if row is None else row.text, language)


def values_of_class(training_class: Class, language: Tongue) -> dict[str, str]:
    """Return what fills the words of a message about a whole class, but for the name."""
    rows = training_class.sessions.standing().select_related("venue").order_by("on")
    sessions = list(rows)
    days = days_in_words(_day(one, training_class, language) for one in sessions)
    first = sessions[0] if sessions else None
    return {"kelas": training_class.title, "hari": days, "tempat": place_of(training_class, first)}


def values_of_session(session: Session, language: Tongue) -> dict[str, str]:
    """Return what fills the words of a message about one day, but for the name."""
    each = session.training_class
    return {
        "kelas": each.title,
        "hari": _day(session, each, language),
        "tempat": place_of(each, session),
    }


def place_of(training_class: Class, session: Session | None) -> str:
    """Return where people are to come."""
    venue = (session.venue if session is not None else None) or training_class.venue
    return f"{venue.name}, {training_class.area.name}" if venue else training_class.area.name


def begins_at(session: Session) -> datetime:
    """Return when a day begins, or its midnight where the hour is not known."""
    zone = zone_of(session.training_class.area_id)
    return datetime.combine(session.on, session.starts_at or time(), zone)


def over_at(session: Session) -> datetime:
    """Return when nobody need be reminded of a day any more."""
    if session.starts_at is not None:
        return begins_at(session)
    return begins_at(session) + timedelta(days=1)


def _day(session: Session, training_class: Class, language: Tongue) -> str:
    begins = datetime.combine(
        session.on, session.starts_at or time(12), zone_of(training_class.area_id)
    )
    clock = begins.tzname() or ""
    return day_in_words(session.on, session.starts_at, clock=clock, language=language)


def tongue_of(training_class: Class) -> Tongue:
    """Return the language in which participants of a class are written to by themselves."""
    plan = getattr(training_class, "plan", None)
    is_javanese = plan is not None and plan.language == Tongue.JAVANESE
    return Tongue.JAVANESE if is_javanese else Tongue.INDONESIAN


def all_words(area_key: int) -> Mapping[tuple[LetterKind, Tongue], tuple[str, bool]]:
    """Return every text of a city, each with whether it is the city's own."""
    own = {
        (row.kind, row.language): row.text
        for row in Wording.objects.filter(area_id=city_key(area_key))
    }
    return {key: (own.get(key, text), key in own) for key, text in DEFAULTS.items()}

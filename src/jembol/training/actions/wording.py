"""A city's own words for messages, and the hours of its reminders."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.text import NotCleanText, clean_line
from jembol.outbox.choices import Channel
from jembol.places.models import Area
from jembol.training import errors, events
from jembol.training.actions.holding import changes_of
from jembol.training.actions.invitations import refuse_channel
from jembol.training.choices import LetterKind, Tongue
from jembol.training.models import MessageTimes, Wording
from jembol.training.queries.wording import EVE_AT, MORNING_AT
from jembol.training.rules import LONGEST, PLACEHOLDERS, unknown_holes


@transaction.atomic
def change_wording(
    *, city: Area, kind: LetterKind, language: Tongue, text: str, by: By
) -> Wording | None:
    """Set a city's words for one kind of message; an empty text brings the shipped ones back.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        BadWording: a hole that nothing fills, signs that cannot be sent, or too long.
    """
    by.must_cover(city.key)
    clean = _clean(text)
    rows = Wording.objects.filter(area=city, kind=kind, language=language)
    if not clean:
        rows.delete()
        row = None
    else:
        row, _is_new = Wording.objects.update_or_create(
            area=city, kind=kind, language=language, defaults={"text": clean}
        )
    details = {"letter": str(kind), "language": str(language), "text": clean}
    record(events.WORDING_CHANGED, about=city, by=by, area=city, details=details)
    return row


@transaction.atomic
def change_times(
    *, city: Area, eve_at: time | None, morning_at: time | None, channel: Channel | None, by: By
) -> MessageTimes:
    """Set when a city reminds; no hour is no reminder, no channel is the best that is set up.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        ChannelNotReady: the channel is not set up.
    """
    by.must_cover(city.key)
    if channel is not None:
        refuse_channel(channel)
    row = MessageTimes.objects.filter(area=city).first()
    row = row or MessageTimes(area=city, eve_at=EVE_AT, morning_at=MORNING_AT)
    wanted = (("eve_at", eve_at), ("morning_at", morning_at), ("channel", str(channel or "")))
    changes = changes_of(row, wanted)
    row.save()
    details = {name: [_told(value) for value in pair] for name, pair in changes.items()}
    record(events.TIMES_CHANGED, about=city, by=by, area=city, details=details)
    return row


def _told(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def _clean(text: str) -> str:
    try:
        clean = "\n".join(clean_line(line) for line in text.splitlines()).strip()
    except NotCleanText as problem:
        raise errors.BadWording(str(problem), field="text") from problem
    if unknown := unknown_holes(clean):
        raise errors.BadWording(
            _("Nothing fills {%(name)s}. Use only: %(known)s.")
            % {"name": unknown[0], "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)},
            field="text",
        )
    if len(clean) > LONGEST:
        raise errors.BadWording(
            _("The text has %(signs)s signs; %(longest)s are the most.")
            % {"signs": len(clean), "longest": LONGEST},
            field="text",
        )
    return clean

"""Make, replace and close the links of RT and RW heads, and say by which rules they live."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.models import RtDoor, WishPolicy
from jembol.outreach.queries.rt_doors import policy_of
from jembol.outreach.rt_links import WORDS
from jembol.places.choices import Level
from jembol.places.models import Area

LONGEST_YEARS: Final = 5
"""A printed link that lives longer than the head's term of office would be a forgotten key."""

MOST_ALLOWED: Final = 100


@transaction.atomic
def open_rt_door(*, area: Area, by: By) -> RtDoor:
    """Return the link of an RT or RW, made now when it has none or when its own was closed.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        NotAnRt: the area is no RT or RW.
    """
    by.must_cover(area.key)
    refuse_wider_than_rw(area)
    rows = RtDoor.objects.filter(area=area)
    standing = rows.select_for_update(of=("self",)).first()
    if standing is not None and standing.closed_at is None:
        return standing
    if standing is not None:
        return _renewed(standing, events.RT_DOOR_OPENED, by)
    word = WORDS.drawn()
    door = RtDoor(
        area=area,
        token_digest=WORDS.digest_of(word),
        token_sealed=WORDS.sealed(word, str(area.key)),
        made_at=by.at,
        expires_on=_end(area.key, by),
    )
    try:
        with transaction.atomic():
            door.save()
    except IntegrityError:
        # Somebody made it between the two statements: one RT has one link.
        return rows.get()
    record(events.RT_DOOR_OPENED, about=door, by=by, area=area)
    return door


def open_rt_doors(*, areas: Collection[Area], by: By) -> list[RtDoor]:
    """Return the links of several RT and RW, each made in a transaction of its own.

    Raises:
        OutOfReach: a place lies outside the actor's duty.
        NotAnRt: an area is no RT or RW.
    """
    return [open_rt_door(area=area, by=by) for area in areas]


@transaction.atomic
def replace_rt_door(*, door: RtDoor, by: By) -> RtDoor:
    """Replace the link: the old one leads nowhere from this moment on.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
    """
    held = _held(door, by)
    return _renewed(held, events.RT_DOOR_REPLACED, by)


@transaction.atomic
def close_rt_door(*, door: RtDoor, why: str, by: By) -> RtDoor:
    """Close the link: it leads nowhere until an officer makes a new one.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        DoorClosed: it was closed before.
    """
    held = _held(door, by)
    if held.closed_at is not None:
        raise errors.DoorClosed(_("This link was closed before. Make a new one if it is needed."))
    held.closed_at = by.at
    held.save(update_fields=["closed_at"])
    record(events.RT_DOOR_CLOSED, about=held, by=by, area=held.area_id, why=why)
    return held


@transaction.atomic
def set_wish_policy(*, city: Area, most_open: int, doors_until: date, by: By) -> WishPolicy:
    """Say how many wishes of an RT may wait, and until when links lead somewhere.

    The day holds for the links that stand too, so that a city can end them all at once.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        BadPolicy: a number or a day cannot be used.
    """
    by.must_cover(city.key)
    _refuse_bad_policy(most_open, doors_until, by)
    policy, _made = WishPolicy.objects.update_or_create(
        city=city, defaults={"most_open": most_open, "doors_until": doors_until}
    )
    standing = RtDoor.objects.inside(city).filter(closed_at__isnull=True)
    moved = standing.exclude(expires_on=doors_until).update(expires_on=doors_until)
    details = {"most_open": most_open, "doors_until": doors_until, "links": moved}
    record(events.WISH_POLICY_SET, about=("places.area", city.key), by=by, area=city,
           details=details)  # fmt: skip
    return policy


def refuse_wider_than_rw(area: Area) -> None:
    """Let only an RT or RW through.

    Raises:
        NotAnRt: the area is wider.
    """
    if area.level not in {Level.RW, Level.RT}:
        raise errors.NotAnRt(
            _("%(area)s is no RT or RW. Give the number of the RW, and of the RT if it is one.")
            % {"area": area.name},
            field="rw",
        )


def _end(area_key: int, by: By) -> date:
    return policy_of(area_key, timezone.localdate(by.at)).doors_until


def _held(door: RtDoor, by: By) -> RtDoor:
    held = RtDoor.objects.select_for_update(of=("self",)).get(pk=door.pk)
    by.must_cover(held.area_id)
    return held


def _renewed(held: RtDoor, event: str, by: By) -> RtDoor:
    word = WORDS.drawn()
    held.token_digest = WORDS.digest_of(word)
    held.token_sealed = WORDS.sealed(word, str(held.area_id))
    held.made_at, held.closed_at = by.at, None
    held.expires_on = _end(held.area_id, by)
    held.turns += 1
    held.save()
    record(event, about=held, by=by, area=held.area_id)
    return held


def _refuse_bad_policy(most_open: int, doors_until: date, by: By) -> None:
    if not 1 <= most_open <= MOST_ALLOWED:
        raise errors.BadPolicy(
            _("Let between 1 and %(most)d wishes wait.") % {"most": MOST_ALLOWED},
            field="most_open",
        )
    today = timezone.localdate(by.at)
    if not today <= doors_until <= date(today.year + LONGEST_YEARS, 12, 31):
        raise errors.BadPolicy(
            _("Choose a day from today on and within the next %(years)d years.")
            % {"years": LONGEST_YEARS},
            field="doors_until",
        )

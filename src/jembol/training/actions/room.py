"""Seats, offers and quotas of a held class: nobody comes in above any of them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from jembol.training import errors
from jembol.training.choices import QuotaKind
from jembol.training.models import Class, HeldSeat, Quota, Registration
from jembol.training.queries.eligibility import names_of
from jembol.training.queries.room import facts_of, room_of
from jembol.training.rules import Bar, Share, seats_left


def refuse_when_full(held: Class, *, wanted: int) -> None:
    """Let nobody in above the seats; a seat that is offered to somebody is taken.

    Raises:
        ClassFull: fewer seats are left than are wanted.
    """
    taken = Registration.objects.standing().filter(training_class=held).once().count()
    offered = HeldSeat.objects.filter(training_class=held).count()
    left = seats_left(held.seats, taken + offered)
    if left is None or wanted <= left:
        return
    raise errors.ClassFull(
        _("%(title)s has %(left)d seats left. Add seats, or choose another class.")
        % {"title": held.title, "left": left},
        class_id=held.pk,
        left=left,
        wanted=wanted,
    )


def refuse_by_quota(held: Class, people: Sequence[int], at: datetime) -> None:
    """Let nobody in above a quota, or into seats that are kept for others.

    Raises:
        QuotaReached: a quota leaves no seat for these people.
    """
    if not Quota.objects.filter(training_class=held).exists():
        return
    facts = facts_of(people, held, at)
    found = room_of(held, at).bar([facts[one] for one in people])
    bar, share = found or (Bar.FULL, None)
    if share is None:
        return
    raise errors.QuotaReached(
        bar_words(bar, share), class_id=held.pk, bar=bar.value, quota=share.category
    )


def bar_words(bar: Bar, share: Share | None) -> str:
    """Return in words what stands against a seat."""
    if share is None:
        return _("Every seat is taken.") if bar == Bar.FULL else _("Too few seats for all of them.")
    words = {"whom": share_words(share), "most": share.at_most, "least": share.at_least}
    if bar == Bar.AT_MOST:
        return _("At most %(most)s seats go to: %(whom)s. They are taken.") % words
    return (
        _("The seats that are left are kept for: %(whom)s (at least %(least)s), until registration "
          "closes.")
        % words
    )  # fmt: skip


def share_words(share: Share) -> str:
    """Return in words whom a quota is about."""
    if share.kind == QuotaKind.KECAMATAN:
        return names_of([share.value]).get(share.value, share.value)
    if share.kind == QuotaKind.DECILE:
        return _("decile %(band)s") % {"band": share.value}
    return str(share.kind.label).lower()

"""Speak of a row by its key, or by the envelope that made it."""

from django.utils.translation import gettext as _

from jembol.sync.choices import State
from jembol.sync.errors import MadeNothing, Wait
from jembol.sync.models import Envelope, Made
from jembol.sync.said import Said


def key_of(ref: Said | None, kind: str) -> int | None:
    """Return the key of the row that a body speaks of; None when it speaks of none.

    Raises:
        Wait: the envelope that makes it has not acted yet.
        MadeNothing: that envelope was refused, or makes no such row.
    """
    if ref is None:
        return None
    made_by = ref.ulid("made_by")
    if not made_by:
        return ref.number("key")
    found = Made.objects.filter(envelope=made_by, kind=kind).values_list("key", flat=True).first()
    if found is not None:
        return found
    must_exist(made_by)
    raise MadeNothing(
        _("The record that this one speaks of made nothing of this kind."), envelope=made_by
    )


def must_exist(envelope: str) -> None:
    """Let pass when an envelope acted.

    Raises:
        Wait: it has not come, or waits itself.
        MadeNothing: it was refused.
    """
    state = Envelope.objects.filter(pk=envelope).values_list("state", flat=True).first()
    if state == State.REFUSED:
        raise MadeNothing(
            _("The record that this one speaks of was refused. Write both anew."), envelope=envelope
        )
    if state != State.ACCEPTED:
        raise Wait(envelope)

"""Who wrote what a phone sends, and how far their duty reaches for what they ask."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.sync.errors import SetAside
from jembol.sync.kinds import Arrived

LATE: Final = timedelta(days=60)
"""For so long what was written under a duty is taken after the duty has ended."""


def writing(arrived: Arrived, permission: str, *, by: By) -> By:
    """Return the actor with the reach of this permission alone.

    The door lets in whoever may send anything at all; each kind asks for its own permission. What
    an officer wrote while a duty stood may be sent when it has ended: somebody who moves still has
    it on the phone. Who wrote it is the phone's word: if somebody else sent it, only what both may
    do is done, and what one of them may not do waits for somebody to look. The same counts when the
    worker lets an envelope act that has waited. A supervisor who lets one in stands for it with
    their own duty.

    Raises:
        SetAside: another officer sent it, and the area is not of both.
    """
    if by.door != "field":
        return by
    writer, sender = arrived.officer_id, arrived.sender_id
    if sender is None:
        sender = by.id if by.kind == "officer" else writer
    reach = _reach_of(writer, permission, by, arrived.corrected_at)
    if sender != writer:
        reach &= _reach_of(sender, permission, by, by.at)
        if not reach.covers(arrived.area_key):
            raise SetAside("another-writer")
    return replace(by, reach=reach)


def _reach_of(key: int | None, permission: str, by: By, then: datetime) -> Reach:
    """Return where an officer may do this now, and where they might when it was written."""
    officer = Officer.objects.filter(pk=key).first() if key else None
    if officer is None:
        return Reach.nowhere()
    reach = officer.reach(permission, timezone.localdate(by.at))
    if by.at - then < LATE:
        reach |= officer.reach(permission, timezone.localdate(then))
    return reach

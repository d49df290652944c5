"""Who wrote what a phone sends, and how far their duty reaches for what they ask."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.sync.kinds import Arrived

LATE: Final = timedelta(days=60)
"""For so long what was written under a duty is taken after the duty has ended."""


def writing(arrived: Arrived, permission: str, *, by: By) -> By:
    """Return the actor with the reach of this permission alone.

    The door lets in whoever may send anything at all; each kind asks for its own permission. What
    an officer wrote while a duty stood may be sent when it has ended: somebody who moves still has
    it on the phone. When the worker lets an envelope act that has waited, the duty of the officer
    who wrote it counts, and a supervisor who lets one in stands for it with their own.
    """
    if by.door != "field":
        return by
    key = by.id if by.kind == "officer" else arrived.officer_id
    officer = Officer.objects.filter(pk=key).first() if key else None
    if officer is None:
        return replace(by, reach=Reach.nowhere())
    reach = officer.reach(permission, timezone.localdate(by.at))
    if key == arrived.officer_id and by.at - arrived.corrected_at < LATE:
        reach |= officer.reach(permission, timezone.localdate(arrived.corrected_at))
    return replace(by, reach=reach)

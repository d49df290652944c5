"""Tables of outreach."""

from jembol.outreach.models.visits import Need, Promise, Referral, Visit
from jembol.outreach.models.wishes import (
    GatheredWish,
    Gathering,
    Reply,
    RtDoor,
    RtDoorQuerySet,
    Wish,
    WishPolicy,
    WishQuerySet,
)

__all__ = [
    "GatheredWish",
    "Gathering",
    "Need",
    "Promise",
    "Referral",
    "Reply",
    "RtDoor",
    "RtDoorQuerySet",
    "Visit",
    "Wish",
    "WishPolicy",
    "WishQuerySet",
]

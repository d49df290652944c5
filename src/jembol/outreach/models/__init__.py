"""Tables of outreach."""

from jembol.outreach.models.need import (
    AreaEstimate,
    NeedWeights,
)
from jembol.outreach.models.photos import (
    Photo,
    VisitVersion,
)
from jembol.outreach.models.visits import (
    Need,
    Promise,
    Referral,
    Visit,
)
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
    "AreaEstimate",
    "GatheredWish",
    "Gathering",
    "Need",
    "NeedWeights",
    "Photo",
    "Promise",
    "Referral",
    "Reply",
    "RtDoor",
    "RtDoorQuerySet",
    "Visit",
    "VisitVersion",
    "Wish",
    "WishPolicy",
    "WishQuerySet",
]

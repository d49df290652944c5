"""Tables of outreach."""

from jembol.outreach.models.need import (
    AreaEstimate,
    NeedWeights,
)
from jembol.outreach.models.photos import (
    Photo,
    VisitVersion,
)
from jembol.outreach.models.planning import (
    Absence,
    PlanChange,
    PlannedOfficer,
    Stop,
    StopVisit,
    WeekPlan,
)
from jembol.outreach.models.profiles import (
    ServiceDay,
    WorkProfile,
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
    "Absence",
    "AreaEstimate",
    "GatheredWish",
    "Gathering",
    "Need",
    "NeedWeights",
    "Photo",
    "PlanChange",
    "PlannedOfficer",
    "Promise",
    "Referral",
    "Reply",
    "RtDoor",
    "RtDoorQuerySet",
    "ServiceDay",
    "Stop",
    "StopVisit",
    "Visit",
    "VisitVersion",
    "WeekPlan",
    "Wish",
    "WishPolicy",
    "WishQuerySet",
    "WorkProfile",
]

"""Tables of outreach."""

from jembol.outreach.models.charges import (
    ChargeHandover,
    HandedOver,
)
from jembol.outreach.models.forms import (
    FormPublication,
    FormVersion,
    VisitForm,
)
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
    "ChargeHandover",
    "FormPublication",
    "FormVersion",
    "GatheredWish",
    "Gathering",
    "HandedOver",
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
    "VisitForm",
    "VisitVersion",
    "WeekPlan",
    "Wish",
    "WishPolicy",
    "WishQuerySet",
    "WorkProfile",
]

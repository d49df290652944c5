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

__all__ = [
    "Absence",
    "AreaEstimate",
    "Need",
    "NeedWeights",
    "Photo",
    "PlanChange",
    "PlannedOfficer",
    "Promise",
    "Referral",
    "ServiceDay",
    "Stop",
    "StopVisit",
    "Visit",
    "VisitVersion",
    "WeekPlan",
    "WorkProfile",
]

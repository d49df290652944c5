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

__all__ = [
    "Absence",
    "AreaEstimate",
    "ChargeHandover",
    "FormPublication",
    "FormVersion",
    "HandedOver",
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
    "VisitForm",
    "VisitVersion",
    "WeekPlan",
    "WorkProfile",
]

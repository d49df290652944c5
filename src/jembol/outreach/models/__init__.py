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
from jembol.outreach.models.visits import (
    Need,
    Promise,
    Referral,
    Visit,
)

__all__ = [
    "AreaEstimate",
    "ChargeHandover",
    "FormPublication",
    "FormVersion",
    "HandedOver",
    "Need",
    "NeedWeights",
    "Photo",
    "Promise",
    "Referral",
    "Visit",
    "VisitForm",
    "VisitVersion",
]

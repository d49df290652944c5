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

__all__ = [
    "AreaEstimate",
    "Need",
    "NeedWeights",
    "Photo",
    "Promise",
    "Referral",
    "Visit",
    "VisitVersion",
]

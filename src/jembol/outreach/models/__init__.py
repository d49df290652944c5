"""Tables of outreach."""

from jembol.outreach.models.photos import Photo, VisitVersion
from jembol.outreach.models.visits import Need, Promise, Referral, Visit

__all__ = ["Need", "Photo", "Promise", "Referral", "Visit", "VisitVersion"]

"""Tables of outreach."""

from jembol.outreach.models.visits import Need, Promise, Referral, Visit

__all__ = ["Need", "Promise", "Referral", "Visit"]

"""How often one address may look at what a secret or a code opens."""

from copy import copy

from allauth.core import ratelimit

from jembol.ui.guards import CitizenRequest


def may_look(request: CitizenRequest, action: str) -> bool:
    """Whether this address looked seldom enough; nobody shall try codes by the thousand.

    Args:
        request: Who looks.
        action: Its name in `ACCOUNT_RATE_LIMITS`.
    """
    # allauth counts forms and lets every GET pass; here each look counts.
    counted = copy(request)
    counted.method = "POST"
    return bool(ratelimit.consume(counted, action=action))

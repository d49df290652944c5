"""Names of the facts that outreach writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VISITED: Final = "outreach.visit.noted"
NEED_MET: Final = "outreach.need.met"
REFERRAL_CLOSED: Final = "outreach.referral.closed"
PROMISE_KEPT: Final = "outreach.promise.kept"

PHRASES: Final[dict[str, str | Promise]] = {
    VISITED: _("Visited"),
    NEED_MET: _("Need met"),
    REFERRAL_CLOSED: _("Referral closed"),
    PROMISE_KEPT: _("Promise kept"),
}

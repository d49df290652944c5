"""Names of the facts that outreach writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ESTIMATE_NOTED: Final = "outreach.estimate.noted"
WEIGHTS_SET: Final = "outreach.weights.set"
VISITED: Final = "outreach.visit.noted"
NEED_MET: Final = "outreach.need.met"
REFERRAL_CLOSED: Final = "outreach.referral.closed"
REFERRAL_LAPSED: Final = "outreach.referral.lapsed"
PROMISE_KEPT: Final = "outreach.promise.kept"

PHRASES: Final[dict[str, str | Promise]] = {
    ESTIMATE_NOTED: _("Estimate noted"),
    WEIGHTS_SET: _("Need weighed, visits promised"),
    VISITED: _("Visited"),
    NEED_MET: _("Need met"),
    REFERRAL_CLOSED: _("Referral closed"),
    REFERRAL_LAPSED: _("Referral lapsed"),
    PROMISE_KEPT: _("Promise kept"),
}

"""Names of the facts that outreach writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VISITED: Final = "outreach.visit.noted"
NEED_MET: Final = "outreach.need.met"
REFERRAL_CLOSED: Final = "outreach.referral.closed"
PROMISE_KEPT: Final = "outreach.promise.kept"

FORM_READ: Final = "outreach.form.read"
FORM_SHOWN: Final = "outreach.form.shown"
FORM_RETIRED: Final = "outreach.form.retired"
CHARGE_HANDED_OVER: Final = "outreach.charge.handed_over"

PHRASES: Final[dict[str, str | Promise]] = {
    VISITED: _("Visited"),
    FORM_READ: _("Version of a form read from a workbook"),
    FORM_SHOWN: _("Form asked on visits"),
    FORM_RETIRED: _("Form no longer asked"),
    CHARGE_HANDED_OVER: _("What was open in an area handed over"),
    NEED_MET: _("Need met"),
    REFERRAL_CLOSED: _("Referral closed"),
    PROMISE_KEPT: _("Promise kept"),
}

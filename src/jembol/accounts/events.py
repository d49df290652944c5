"""Names of facts about officers, and how a timeline tells them."""

from django.utils.translation import gettext_lazy as _

OFFICER_APPOINTED = "accounts.officer.appointed"
OFFICER_DEACTIVATED = "accounts.officer.deactivated"
OFFICER_REINSTATED = "accounts.officer.reinstated"
DUTY_ASSIGNED = "accounts.duty.assigned"
DUTY_RELIEVED = "accounts.duty.relieved"
PASSWORD_SET = "accounts.password.set"  # noqa: S105 - the name of a fact
SECOND_FACTOR_RESET = "accounts.second_factor.reset"

PHRASES = {
    OFFICER_APPOINTED: _("appointed an officer"),
    OFFICER_DEACTIVATED: _("deactivated an officer"),
    OFFICER_REINSTATED: _("reinstated an officer"),
    DUTY_ASSIGNED: _("assigned a duty"),
    DUTY_RELIEVED: _("ended a duty"),
    PASSWORD_SET: _("set a new password for an officer"),
    SECOND_FACTOR_RESET: _("removed the second factor of an officer"),
}

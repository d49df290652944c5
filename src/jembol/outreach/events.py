"""Names of the facts that outreach writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VISITED: Final = "outreach.visit.noted"
NEED_MET: Final = "outreach.need.met"
REFERRAL_CLOSED: Final = "outreach.referral.closed"
PROMISE_KEPT: Final = "outreach.promise.kept"

RT_DOOR_OPENED: Final = "outreach.rt_door.opened"
RT_DOOR_REPLACED: Final = "outreach.rt_door.replaced"
RT_DOOR_CLOSED: Final = "outreach.rt_door.closed"
WISH_TOLD: Final = "outreach.wish.told"
WISH_CHANGED: Final = "outreach.wish.changed"
WISH_WITHDRAWN: Final = "outreach.wish.withdrawn"
WISHES_GATHERED: Final = "outreach.gathering.made"
GATHERING_SPLIT: Final = "outreach.gathering.split"
GATHERING_ANSWERED: Final = "outreach.gathering.answered"
WISH_POLICY_SET: Final = "outreach.wish_policy.set"

PHRASES: Final[dict[str, str | Promise]] = {
    VISITED: _("Visited"),
    NEED_MET: _("Need met"),
    REFERRAL_CLOSED: _("Referral closed"),
    PROMISE_KEPT: _("Promise kept"),
    RT_DOOR_OPENED: _("Link of an RT or RW made"),
    RT_DOOR_REPLACED: _("Link of an RT or RW replaced; the old one leads nowhere"),
    RT_DOOR_CLOSED: _("Link of an RT or RW closed"),
    WISH_TOLD: _("Wish of an RT noted"),
    WISH_CHANGED: _("Wish of an RT corrected"),
    WISH_WITHDRAWN: _("Wish of an RT withdrawn"),
    WISHES_GATHERED: _("Like wishes gathered"),
    GATHERING_SPLIT: _("Gathered wishes parted again"),
    GATHERING_ANSWERED: _("Gathered wishes answered"),
    WISH_POLICY_SET: _("Rules of the RT links set"),
}

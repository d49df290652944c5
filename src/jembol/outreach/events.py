"""Names of the facts that outreach writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ESTIMATE_NOTED: Final = "outreach.estimate.noted"
WEIGHTS_SET: Final = "outreach.weights.set"
AREA_CARRIED: Final = "outreach.area.carried"
VISITED: Final = "outreach.visit.noted"
VISIT_CHANGED: Final = "outreach.visit.changed"
PHOTO_ANNOUNCED: Final = "outreach.photo.announced"
PHOTO_KEPT: Final = "outreach.photo.kept"
NEED_MET: Final = "outreach.need.met"
PLAN_ASKED: Final = "outreach.plan.asked"
PLAN_MADE: Final = "outreach.plan.made"
PLAN_CHANGED: Final = "outreach.plan.changed"
PROFILE_SET: Final = "outreach.profile.set"
ROUTE_PRINTED: Final = "outreach.route.printed"
STOP_VISITED: Final = "outreach.stop.visited"
OFFICER_ILL: Final = "outreach.plan.officer_ill"
SERVICE_DAY_OPENED: Final = "outreach.service_day.opened"
SERVICE_DAY_CANCELLED: Final = "outreach.service_day.cancelled"
REFERRAL_CLOSED: Final = "outreach.referral.closed"
REFERRAL_LAPSED: Final = "outreach.referral.lapsed"
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
    ESTIMATE_NOTED: _("Estimate noted"),
    WEIGHTS_SET: _("Need weighed, visits promised"),
    AREA_CARRIED: _("Area with its people taken along on a phone"),
    VISITED: _("Visited"),
    VISIT_CHANGED: _("Visit changed"),
    PHOTO_ANNOUNCED: _("Photo of a visit announced"),
    PHOTO_KEPT: _("Photo of a visit kept"),
    NEED_MET: _("Need met"),
    PLAN_ASKED: _("Plan of a week asked for"),
    PLAN_MADE: _("Plan of a week made"),
    PLAN_CHANGED: _("Plan of a week changed"),
    PROFILE_SET: _("Work profile of an officer set"),
    ROUTE_PRINTED: _("Routes of a day taken away on paper"),
    STOP_VISITED: _("Planned stop visited"),
    OFFICER_ILL: _("Officer ill, week planned anew"),
    SERVICE_DAY_OPENED: _("Service day opened"),
    SERVICE_DAY_CANCELLED: _("Service day cancelled"),
    REFERRAL_CLOSED: _("Referral closed"),
    REFERRAL_LAPSED: _("Referral lapsed"),
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

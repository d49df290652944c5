"""Closed lists of going to the people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstimateUnit(models.TextChoices):
    """What an estimate counts."""

    ENTERPRISES = "enterprises", _("Enterprises")
    HOUSEHOLDS = "households", _("Households")
    PEOPLE = "people", _("Residents")


class VisitOutcome(models.TextChoices):
    """What was found at the door."""

    MET = "met", _("Met")
    NOT_HOME = "not_home", _("Nobody home")
    REFUSED = "refused", _("Did not want a visit")
    MOVED = "moved", _("Moved away")
    CLOSED = "closed", _("The business is closed")


class NeedKind(models.TextChoices):
    """What somebody needs, as the short list on the phone has it."""

    SKILL = "skill", _("A skill, a class")
    TOOL = "tool", _("A tool")
    CAPITAL = "capital", _("Capital")
    LICENCE = "licence", _("A licence: NIB, P-IRT, halal")
    MARKET = "market", _("Buyers, a place to sell")
    PACKAGING = "packaging", _("Packaging, a brand")
    SUPPLIES = "supplies", _("Raw materials")
    ADVICE = "advice", _("Advice, a mentor")
    OTHER = "other", _("Something else")


class ReferralKind(models.TextChoices):
    """Where somebody is sent on to."""

    CLASS = "class", _("To a class")
    MENTOR = "mentor", _("To a mentor")
    TOOL = "tool", _("To a shared tool")
    FINANCE = "finance", _("To finance")
    LICENCE = "licence", _("To the licence desk")


class ReferralState(models.TextChoices):
    """How far a referral is."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    LAPSED = "lapsed", _("lapsed")


class WishSource(models.TextChoices):
    """Who told a wish."""

    RT_HEAD = "rt_head", _("The RT or RW head, by the link")
    MUSKELSUS = "muskelsus", _("The deliberation of the kelurahan (Muskelsus)")
    OFFICER = "officer", _("An officer heard it")


class OwnBudget(models.TextChoices):
    """Whether a wish stands in the RT's own budget too; nothing shall be paid for twice."""

    UNKNOWN = "", _("not known")
    NO = "no", _("no")
    YES = "yes", _("yes")


class WishState(models.TextChoices):
    """How far a wish is; told from its records, stored nowhere."""

    OPEN = "open", _("waits for an answer")
    GATHERED = "gathered", _("gathered with others")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReplyKind(models.TextChoices):
    """What the city answers."""

    CLASS = "class", _("A class is planned")
    VISIT = "visit", _("A visit is planned")
    TOOL = "tool", _("A shared tool is proposed")
    DECLINED = "declined", _("Declined")

"""Closed lists of going to the people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChargeKind(models.TextChoices):
    """What passes from one officer to another when they move."""

    PROMISE = "promise", _("Promise")
    REFERRAL = "referral", _("Referral")
    STOP = "stop", _("Planned stop")
    ENVELOPE = "envelope", _("Record from a phone")


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


class Skill(models.TextChoices):
    """What an officer can do at a door that not everybody can."""

    LICENCE = "licence", _("Licences: NIB, P-IRT, halal")
    MEDIA = "media", _("Photographs and social media")
    FINANCE = "finance", _("Bookkeeping and finance")
    FOOD = "food", _("Food safety")
    HAIR = "hair", _("Cutting hair")


class Travel(models.TextChoices):
    """How an officer gets about."""

    FOOT = "foot", _("on foot")
    MOTORCYCLE = "motorcycle", _("by motorcycle")
    CAR = "car", _("by car")


class Tongue(models.TextChoices):
    """A language in which an officer can hold a visit."""

    INDONESIAN = "id", _("Indonesian")
    JAVANESE = "jv", _("Javanese")
    MADURESE = "mad", _("Madurese")


class Trade(models.TextChoices):
    """When somebody has time for a visit: by the kind of trade."""

    SHOP = "shop", _("shopkeepers")
    COOK = "cook", _("cooks")
    OTHER = "other", _("others")


class ServiceKind(models.TextChoices):
    """What is offered on a service day of an RW."""

    CONSULTATION = "consultation", _("Consultation")
    NIB = "nib", _("NIB made on the spot")
    MEDIA_CLASS = "media_class", _("Social-media class")
    HAIRCUT = "haircut", _("Haircut")


class StopKind(models.TextChoices):
    """Why an officer goes somewhere."""

    AREA = "area", _("visit to an RW")
    PROMISE = "promise", _("appointment that was promised")
    SERVICE = "service", _("service day")


class MustWhy(models.TextChoices):
    """Why a stop is in the plan whatever it costs."""

    PROMISED = "promised", _("promised")
    FLOOR = "floor", _("too long unvisited")
    SERVICE = "service", _("service day")
    HELD = "held", _("held fast by hand")


class PlanState(models.TextChoices):
    """How far a plan of a week is."""

    ASKED = "asked", _("being made")
    MADE = "made", _("made")
    REPLACED = "replaced", _("replaced")


class ChangeKind(models.TextChoices):
    """How a plan was changed after it was made."""

    MOVE = "move", _("moved by hand")
    DROP = "drop", _("taken out by hand")
    ILLNESS = "illness", _("an officer is ill")


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

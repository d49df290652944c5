"""Closed lists of training."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organiser(models.TextChoices):
    """Who gave the class; a party's or candidate's never counts as the city's programme."""

    OFFICE = "office", _("The city's office")
    COMMUNITY = "community", _("A community")
    COMPANY = "company", _("A company (CSR)")
    CANDIDATE = "candidate", _("A party or candidate")


class Door(models.TextChoices):
    """How a registration came in."""

    DESK = "desk", _("At the office")
    PUBLIC = "public", _("On the public page")
    IMPORT = "import", _("From an imported list")
    WALK_IN = "walk_in", _("Walked in")


class Unit(models.TextChoices):
    """What a number counts."""

    PEOPLE = "people", _("people")
    ENTERPRISES = "enterprises", _("enterprises")
    GROUPS = "groups", _("groups")
    REGISTRATIONS = "registrations", _("registrations")
    ATTENDANCES = "attendances", _("attendances")
    UNSTATED = "unstated", _("unit not stated by the source")


class Language(models.TextChoices):
    """In which language a class is held."""

    INDONESIAN = "id", _("Indonesian")
    JAVANESE = "jv", _("Javanese")
    BOTH = "id-jv", _("Indonesian and Javanese")
    SIGN = "id-sign", _("Indonesian with sign language")


class CostKind(models.TextChoices):
    """What a class spends money on."""

    HONORARIUM = "honorarium", _("Mentor's honorarium")
    MATERIALS = "materials", _("Tools and materials")
    FOOD = "food", _("Food and drink")
    VENUE = "venue", _("Rent of the venue")
    TRANSPORT = "transport", _("Transport")
    PRINTING = "printing", _("Printing and stationery")
    OTHER = "other", _("Other")


class ExamMoment(models.TextChoices):
    """When a test is written."""

    PRE = "pre", _("Before the class")
    POST = "post", _("After the class")


class PhotoGround(models.TextChoices):
    """Why a photograph may be kept and shown (UU 27/2022 art. 20 to 24)."""

    AGREED = "agreed", _("Everybody in it agreed to be shown")
    NO_FACES = "no_faces", _("Nobody can be recognised")
    PAPERS = "papers", _("For the papers only, not to be shown")


class OutcomeKind(models.TextChoices):
    """What came of a class."""

    PRODUCT = "product", _("A new product")
    RECIPE = "recipe", _("A new recipe")
    BUSINESS = "business", _("A business was started")
    ORDER = "order", _("An order or a new buyer")
    JOB = "job", _("A job")
    OTHER = "other", _("Something else")


class AfterDays(models.IntegerChoices):
    """How long after the last day of a class a person is asked."""

    MONTH = 30, _("30 days after")
    QUARTER = 90, _("90 days after")
    HALF_YEAR = 180, _("180 days after")
    YEAR = 365, _("365 days after")


class Reached(models.TextChoices):
    """Whether a person could be asked."""

    MET = "met", _("Met")
    PHONED = "phoned", _("By telephone")
    NOT_FOUND = "not_found", _("Not reached")
    REFUSED = "refused", _("Did not want to answer")
    MOVED = "moved", _("Moved away")


class PaperKind(models.TextChoices):
    """The papers of a class, in their order in the pack."""

    INVITATION = "undangan", _("Invitation")
    ATTENDANCE = "hadir", _("Attendance sheets")
    MINUTES = "acara", _("Minutes")
    RECEIPTS = "kuitansi", _("Receipts of honoraria")
    HAND_OVER = "terima", _("Hand-over list")
    COSTS = "biaya", _("Cost report")
    CERTIFICATES = "sertifikat", _("Certificates")
    PHOTOS = "foto", _("Photographs")


NUMBERED: Final = frozenset(
    {PaperKind.INVITATION, PaperKind.MINUTES, PaperKind.HAND_OVER, PaperKind.COSTS}
)
"""Papers that the office's register of letters gives a number."""


class SelectionKind(models.TextChoices):
    """How the seats of a class are given out, as its published rule says."""

    FIRST_COME = "first_come", _("First come, first served")
    NEED_SCORE = "need_score", _("By need, in points")
    LOTTERY = "lottery", _("By lot")


class QuotaKind(models.TextChoices):
    """Whom a quota counts; quotas of one kind never count the same person."""

    KECAMATAN = "kecamatan", _("Kecamatan")
    DECILE = "decile", _("Welfare decile")
    WOMEN = "women", _("Women")
    DISABILITY = "disability", _("People with a disability")


class ConditionKind(models.TextChoices):
    """What a published rule may ask of those who want a seat."""

    LIVES_IN = "lives_in", _("Lives in")
    WOMEN = "women", _("Women only")
    AGE = "age", _("Age")
    DECILE = "decile", _("Welfare decile at most")
    NOT_AGAIN = "not_again", _("Not the same course again")
    BUSINESS = "business", _("With a business")
    NO_BUSINESS = "no_business", _("Without a business")


class Answer(models.TextChoices):
    """Whether somebody meets a condition."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    UNKNOWN = "unknown", _("not known")


class EntryState(models.TextChoices):
    """Where somebody stands in the list of a class."""

    WAITING = "waiting", _("waiting")
    SEATED = "seated", _("has a seat")
    LEFT = "left", _("left the list")


class OfferState(models.TextChoices):
    """What became of the offer of a freed seat."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")


class DrawOutcome(models.TextChoices):
    """What a draw gave an entry; those not drawn stay as the group to compare with."""

    DRAWN = "drawn", _("drawn")
    NOT_DRAWN = "not_drawn", _("not drawn")
    NOT_ELIGIBLE = "not_eligible", _("does not meet the conditions")


class OverrideKind(models.TextChoices):
    """In which way somebody got a seat otherwise than by the published rule."""

    OUT_OF_ORDER = "out_of_order", _("Before others who wait")
    NOT_ELIGIBLE = "not_eligible", _("A condition is not met")
    OUT_OF_TIME = "out_of_time", _("Outside the registration window")


class Way(models.TextChoices):
    """Whether somebody comes or goes."""

    IN = "in", _("in")
    OUT = "out", _("out")


class ScanBy(models.TextChoices):
    """By what a scan names somebody."""

    CODE = "code", _("code")
    NAME = "name", _("name in the list")
    UNDO = "undo", _("taken back")


class Reader(models.TextChoices):
    """What read the code."""

    CAMERA = "camera", _("camera")
    KEYBOARD = "keyboard", _("barcode scanner")
    TYPED = "typed", _("typed")


class Verdict(models.TextChoices):
    """What the door said."""

    WELCOME = "welcome", _("welcome")
    AGAIN = "again", _("came before")
    NOT_ALLOWED = "not_allowed", _("not allowed")
    UNKNOWN_CODE = "unknown_code", _("unknown code")
    UNDONE = "undone", _("taken back")


class LetterKind(models.TextChoices):
    """What is written to people about a class."""

    INVITATION = "invitation", _("Invitation")
    EVE = "eve", _("Reminder on the day before")
    MORNING = "morning", _("Reminder in the morning")
    MOVED = "moved", _("A day was moved")
    CANCELLED = "cancelled", _("A day or the class was cancelled")


class Tongue(models.TextChoices):
    """The language of a message."""

    INDONESIAN = "id", _("Indonesian")
    JAVANESE = "jv", _("Javanese")


class FitPart(models.TextChoices):
    """What speaks for inviting somebody to a class, each apart."""

    NEVER_IN_COURSE = "never-in-course", _("never trained in this course")
    SAME_KELURAHAN = "same-kelurahan", _("lives in the same kelurahan")
    NEARBY = "nearby", _("lives within 2 km")
    SAME_KECAMATAN = "same-kecamatan", _("lives in the same kecamatan")
    NEVER_REACHED = "never-reached", _("never came to a class")
    NOT_FOR_LONG = "not-for-long", _("did not come for a year")
    NO_BUSINESS = "no-business", _("has no business yet")
    DISABILITY = "disability", _("lives with a disability")


class LeftOut(models.TextChoices):
    """Why somebody who was chosen was not written to."""

    NO_PHONE = "no-phone", _("no mobile number is known")
    OPTED_OUT = "opted-out", _("wants no messages")
    WRITTEN_BEFORE = "written-before", _("the number was written to for this class already")
    REGISTERED = "registered", _("has a seat already")
    INVITED = "invited", _("was invited already")

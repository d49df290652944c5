"""Closed lists of training."""

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

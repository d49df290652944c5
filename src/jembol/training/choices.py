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

"""Closed lists of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the rows of a list are about."""

    PEOPLE = "people", _("People")
    ENTERPRISES = "enterprises", _("Enterprises")
    ATTENDANCE = "attendance", _("Attendance of a class")


class Status(models.TextChoices):
    """Where an import stands; the words ending in -ing belong to work in the background."""

    UPLOADED = "uploaded", _("Uploaded")
    MAPPED = "mapped", _("Columns chosen")
    PREVIEWING = "previewing", _("Being checked")
    PREVIEWED = "previewed", _("Checked")
    COMMITTING = "committing", _("Being stored")
    COMMITTED = "committed", _("Stored")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Refused")


class Verdict(models.TextChoices):
    """What a row will do, or did."""

    CREATE = "create", _("New")
    UPDATE = "update", _("Changes")
    UNCHANGED = "unchanged", _("No change")
    DUPLICATE = "duplicate", _("Perhaps known already")
    ERROR = "error", _("Cannot be stored")
    BLANK = "blank", _("Empty")


class RowState(models.TextChoices):
    """What has happened to a row."""

    WAITING = "waiting", _("Not stored yet")
    DONE = "done", _("Stored")
    PARKED = "parked", _("Waiting for a decision")
    SETTLED = "settled", _("Decided")
    SKIPPED = "skipped", _("Left out")
    UNDONE = "undone", _("Undone")
    LEFT = "left", _("Could not be undone")


class Severity(models.TextChoices):
    """Whether a problem keeps a row out."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")

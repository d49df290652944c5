"""Closed lists of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an officer is charged with (glossary: docs/glossary.md)."""

    HEAD = "head", _("Head of office")
    TRAINING = "training", _("Training officer")
    FIELD = "field", _("Field officer")
    MENTOR = "mentor", _("Mentor")
    KEEPER = "keeper", _("Equipment keeper")
    CURATOR = "curator", _("Curator")
    SURVEYOR = "surveyor", _("Price surveyor")
    ANALYST = "analyst", _("TPID analyst")
    AUDITOR = "auditor", _("Auditor")
    PRIVACY = "privacy", _("Data-protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")

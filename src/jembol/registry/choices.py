"""Closed lists of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As on the identity card; unknown is an empty value, never a guess."""

    MAN = "L", _("Man")
    WOMAN = "P", _("Woman")


class Education(models.TextChoices):
    """Highest school finished, as SIDT-KUMKM lists it."""

    NONE = "none", _("No school finished")
    PRIMARY = "sd", "SD"
    LOWER = "smp", "SMP"
    UPPER = "sma", "SMA/SMK"
    DIPLOMA = "diploma", _("Diploma")
    BACHELOR = "s1", "S1"
    MASTER = "s2", "S2/S3"


class EnterpriseStatus(models.TextChoices):
    """Where an enterprise stands in its life (docs: life cycle person-business)."""

    IDEA = "idea", _("Idea")
    STARTER = "starter", _("Starting")
    OPERATING = "operating", _("Operating")
    DORMANT = "dormant", _("Dormant")
    CLOSED = "closed", _("Closed")


class KbliEdition(models.TextChoices):
    """Editions of the industry code; codes split and merge between them (BPS Reg 7/2025)."""

    KBLI_2020 = "2020", "KBLI 2020"
    KBLI_2025 = "2025", "KBLI 2025"


class GroupKind(models.TextChoices):
    """What binds a group together."""

    TRAINING = "training", _("Training group")
    CLUSTER = "cluster", _("Cluster")
    KUBE = "kube", "KUBE"


class Purpose(models.TextChoices):
    """What a person was asked to consent to, each apart (UU 27/2022 art. 20 to 24)."""

    PROGRAMME = "programme", _("Being in the register of the programme")
    CONTACT = "contact", _("Being written to about classes and help")
    PHOTO = "photo", _("Photographs being shown")
    PUBLICITY = "publicity", _("Name and product being shown to the public")


class Channel(models.TextChoices):
    """Through which door something was said."""

    DESK = "desk", _("At the office")
    FIELD = "field", _("During a visit")
    PUBLIC = "public", _("On the public page")
    PAPER = "paper", _("On paper")
    IMPORT = "import", _("From an imported list")

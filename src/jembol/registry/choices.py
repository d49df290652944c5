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


class Strength(models.TextChoices):
    """How sure it is that two records are one person."""

    SURE = "sure", _("The same person")
    POSSIBLE = "possible", _("Possibly the same person")
    NONE = "", _("Nothing in common")


class Reason(models.TextChoices):
    """What speaks for or against two records being one person."""

    SAME_ID = "same-id", _("the same Jembol ID")
    SAME_NIK = "same-nik", _("the same NIK, and the names agree")
    SAME_NIK_OTHER_NAME = "same-nik-other-name", _("the same NIK, but the names differ")
    SAME_PHONE = "same-phone", _("the same phone number and name")
    SAME_PHONE_LIKE_NAME = "same-phone-like-name", _("the same phone number and a similar name")
    SAME_NAME_NEARBY = "same-name-nearby", _("the same name in the same kelurahan")
    OTHER_ID = "other-id", _("but the Jembol IDs differ")
    OTHER_NIK = "other-nik", _("but the NIKs differ")
    OTHER_BIRTH = "other-birth", _("but the birth dates differ")


class Answer(models.TextChoices):
    """What an officer says of two records that look alike."""

    SAME = "same", _("The same")
    DIFFERENT = "different", _("Different")
    HOUSEHOLD = "household", _("Different, one household")
    UNSURE = "unsure", _("Cannot tell")


class MergeDoor(models.TextChoices):
    """How a merge came to be."""

    REVIEW = "review", _("Decided one by one")
    BULK = "bulk", _("Accepted together, above the city's threshold")
    ENTRY = "entry", _("Recognised while it was entered")

"""Who acts, through which door, and in how many ways a chain can be broken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActorKind(TextChoices):
    """What kind of actor stands behind a fact."""

    OFFICER = "officer", _("officer")
    CITIZEN = "citizen", _("citizen")
    SYSTEM = "system", _("system")


class Door(TextChoices):
    """The interface through which the actor came."""

    DESK = "desk", _("desk")
    PUBLIC = "public", _("public page")
    FIELD = "field", _("field app")
    API = "api", _("other system")
    CONSOLE = "console", _("command")
    IMPORT = "import", _("import")


class Break(TextChoices):
    """What is wrong where a chain breaks."""

    GAP = "gap", _("a fact before this one is missing")
    PREVIOUS = "previous", _("this fact does not follow the one before it")
    HASH = "hash", _("this fact was changed after it was written")
    DETAILS = "details", _("the details of this fact were changed after it was written")
    TAIL = "tail", _("the newest facts are missing")
    HEAD = "head", _("the head of the chain does not belong to the newest fact")

"""What becomes of an envelope, and of a request that cannot be read."""

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What became of an envelope; the server has it in every case."""

    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    HELD = "held", _("waits for another one")
    QUARANTINED = "quarantined", _("in quarantine")
    PARKED = "parked", _("set aside after a fault")


class Proof(TextChoices):
    """What the signature of an envelope proves."""

    GOOD = "good", _("signed")
    UNSIGNED = "unsigned", _("not signed")
    BAD = "bad", _("signature does not hold")


class Fate(TextChoices):
    """What became of a field that somebody changed on a phone."""

    APPLIED = "applied", _("taken over")
    APART = "apart", _("kept apart")
    TAKEN = "taken", _("chosen")
    LEFT = "left", _("not chosen")


KNOWN: Final = "known"
"""The answer for an envelope that was sent before."""

CONFLICT: Final = "conflict"
"""The answer for an envelope whose id came before with other content."""

WORDS: Final[dict[str, str | Promise]] = {
    "another-writer": _(
        "Another officer wrote this than the one who sent it, and their areas differ. It is kept "
        "apart until somebody has looked at it."
    ),
    "bad-id": _("This record has no valid number of its own. Keep it and tell the office."),
    "bad-signature": _(
        "The signature of this record does not fit what it says, or the phone of who wrote it. "
        "The server keeps it apart until somebody has looked at it."
    ),
    "conflict": _(
        "Another record came under the same number. Both are kept; a supervisor looks at them."
    ),
    "deactivated-officer": _(
        "The officer who wrote this is no longer active. It is kept apart until it was looked at."
    ),
    "parked": _(
        "A fault of the program stopped this record. The server keeps it, and the office looks "
        "at it."
    ),
    "unknown-kind": _(
        "This server does not know this kind of record yet. It keeps it until it does."
    ),
    "unreadable-envelope": _("Parts of this record are missing. The server keeps what came."),
    "waits-for-earlier": _("An earlier record of this phone has not come yet. This one waits."),
    "waits-for-another": _("The record that this one is about has not come yet. This one waits."),
    "made-nothing": _("The record that this one is about was refused, so nothing was done."),
    "never-came": _(
        "The record that this one is about has not come for a long time. The server keeps this "
        "one, and the office looks at it."
    ),
}

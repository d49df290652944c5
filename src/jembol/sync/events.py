"""Names of the facts that the door writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONFLICT_KEPT: Final = "sync.conflict.kept"
KEY_TAKEN: Final = "sync.device.key_taken"
KEY_ADDED: Final = "sync.device.key_added"
BAD_SIGNATURE: Final = "sync.envelope.bad_signature"
QUARANTINED: Final = "sync.envelope.quarantined"
PARKED: Final = "sync.envelope.parked"
LET_IN: Final = "sync.envelope.let_in"
KEPT_APART: Final = "sync.envelope.kept_apart"
CONFLICT_SETTLED: Final = "sync.conflict.settled"
EDIT_APART: Final = "sync.edit.kept_apart"
EDIT_SETTLED: Final = "sync.edit.settled"
WIPE_ASKED: Final = "sync.device.wipe_asked"
WIPE_LIFTED: Final = "sync.device.wipe_lifted"
WIPED: Final = "sync.device.wiped"

PHRASES: Final[dict[str, str | Promise]] = {
    CONFLICT_KEPT: _("Second content under one number kept"),
    KEY_TAKEN: _("First key of an officer on a phone noted"),
    KEY_ADDED: _("Another key of an officer on a phone noted"),
    BAD_SIGNATURE: _("Record whose signature does not hold put into quarantine"),
    QUARANTINED: _("Record of a deactivated officer put into quarantine"),
    PARKED: _("Record set aside after a fault"),
    LET_IN: _("Record that was set aside let in"),
    KEPT_APART: _("Record that was set aside kept out"),
    CONFLICT_SETTLED: _("Second content under one number decided"),
    EDIT_APART: _("Change from a phone kept apart, because somebody else changed the same"),
    EDIT_SETTLED: _("Change that was kept apart decided"),
    WIPE_ASKED: _("Phone told to destroy what it carries"),
    WIPE_LIFTED: _("Phone may carry again"),
    WIPED: _("Phone destroyed what it carried"),
}

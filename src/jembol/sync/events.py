"""Names of the facts that the door writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONFLICT_KEPT: Final = "sync.conflict.kept"
QUARANTINED: Final = "sync.envelope.quarantined"
PARKED: Final = "sync.envelope.parked"
LET_IN: Final = "sync.envelope.let_in"

PHRASES: Final[dict[str, str | Promise]] = {
    CONFLICT_KEPT: _("Second content under one number kept"),
    QUARANTINED: _("Record of a deactivated officer put into quarantine"),
    PARKED: _("Record set aside after a fault"),
    LET_IN: _("Record that was set aside let in"),
}

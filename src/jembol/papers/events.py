"""Names of the facts that papers write into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LETTERHEAD_CHANGED: Final = "papers.letterhead.changed"
TEMPLATE_SAVED: Final = "papers.template.saved"
TEMPLATE_KEPT: Final = "papers.template.kept"

PHRASES: Final[dict[str, str | Promise]] = {
    LETTERHEAD_CHANGED: _("Letterhead changed"),
    TEMPLATE_SAVED: _("Template of a paper replaced"),
    TEMPLATE_KEPT: _("Default template of a paper kept as it was used"),
}

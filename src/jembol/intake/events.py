"""Names of facts about imports, and how each is told."""

from django.utils.translation import gettext_lazy as _

UPLOADED = "intake.import.uploaded"
MAPPED = "intake.import.mapped"
PREVIEW_STARTED = "intake.preview.started"
COMMIT_STARTED = "intake.commit.started"
COMMITTED = "intake.import.committed"
UNDO_STARTED = "intake.undo.started"
UNDONE = "intake.import.undone"
REFUSED = "intake.import.refused"
ROW_SETTLED = "intake.row.settled"

PHRASES = {
    UPLOADED: _("A list was uploaded"),
    MAPPED: _("The columns of a list were chosen"),
    PREVIEW_STARTED: _("The check of a list was started"),
    COMMIT_STARTED: _("The storing of a list was started"),
    COMMITTED: _("A list was stored"),
    UNDO_STARTED: _("The undoing of a list was started"),
    UNDONE: _("A list was undone"),
    REFUSED: _("A list was refused"),
    ROW_SETTLED: _("It was decided who a row of a list is"),
}

"""Names of facts that the journal itself writes."""

DETAILS_ERASED = "journal.details.erased"

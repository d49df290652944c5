"""The verbs of the door."""

from jembol.sync.actions.devices import ask_to_wipe, lift_wipe, note_wiped
from jembol.sync.actions.making import note_made
from jembol.sync.actions.merging import Changes, Merged, merge_fields
from jembol.sync.actions.proving import signature_holds
from jembol.sync.actions.receiving import receive
from jembol.sync.actions.releasing import let_in, release_due
from jembol.sync.actions.settling import keep_out, settle_content, settle_edit

__all__ = (
    "Changes",
    "Merged",
    "ask_to_wipe",
    "keep_out",
    "let_in",
    "lift_wipe",
    "merge_fields",
    "note_made",
    "note_wiped",
    "receive",
    "release_due",
    "settle_content",
    "settle_edit",
    "signature_holds",
)

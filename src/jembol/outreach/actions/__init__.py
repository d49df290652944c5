"""Verbs of outreach."""

from jembol.outreach.actions.answering import close_referral, keep_promise, let_lapse, meet_need
from jembol.outreach.actions.weighing import note_estimates, set_need_weights

__all__ = [
    "close_referral",
    "keep_promise",
    "let_lapse",
    "meet_need",
    "note_estimates",
    "set_need_weights",
]

"""Verbs of outreach."""

from jembol.outreach.actions.charges import hand_over
from jembol.outreach.actions.forms import retire_form, show_form, take_form_in

__all__ = ["hand_over", "retire_form", "show_form", "take_form_in"]

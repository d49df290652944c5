"""The verbs of training: the only door for writes, gathered from its three nouns."""

from jembol.training.actions.catalogue import seed_courses
from jembol.training.actions.classes import (
    add_claim,
    add_session,
    cancel,
    change_class,
    open_class,
    publish,
    remove_class,
    unpublish,
)
from jembol.training.actions.doors import set_door_hours, settle_scan
from jembol.training.actions.holding import hold
from jembol.training.actions.rolls import attend_many, strike_many, take_roll
from jembol.training.actions.scans import ScanSaid, note_scan
from jembol.training.actions.seats import (
    Registered,
    register,
    register_many,
    remove_registrations,
    withdraw,
)
from jembol.training.actions.sign_ups import sign_up
from jembol.training.actions.tickets import issue_tickets

__all__ = (
    "Registered",
    "ScanSaid",
    "add_claim",
    "add_session",
    "attend_many",
    "cancel",
    "change_class",
    "hold",
    "issue_tickets",
    "note_scan",
    "open_class",
    "publish",
    "register",
    "register_many",
    "remove_class",
    "remove_registrations",
    "seed_courses",
    "set_door_hours",
    "settle_scan",
    "sign_up",
    "strike_many",
    "take_roll",
    "unpublish",
    "withdraw",
)

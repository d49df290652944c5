"""The verbs of training: the only door for writes, gathered from its three nouns."""

from jembol.training.actions.answering import accept, decline, leave_list
from jembol.training.actions.applying import Applied, apply, override, register_group
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
from jembol.training.actions.drawing import commit_to_secret, draw_seats
from jembol.training.actions.holding import hold
from jembol.training.actions.offers import settle
from jembol.training.actions.rolls import attend_many, strike_many, take_roll
from jembol.training.actions.rule_writing import RuleText, write_rule
from jembol.training.actions.seats import (
    Registered,
    register,
    register_many,
    remove_registrations,
    withdraw,
)
from jembol.training.actions.sign_ups import SignedUp, sign_up, sign_up_by_rule

__all__ = (
    "Applied",
    "Registered",
    "RuleText",
    "SignedUp",
    "accept",
    "add_claim",
    "add_session",
    "apply",
    "attend_many",
    "cancel",
    "change_class",
    "commit_to_secret",
    "decline",
    "draw_seats",
    "hold",
    "leave_list",
    "open_class",
    "override",
    "publish",
    "register",
    "register_group",
    "register_many",
    "remove_class",
    "remove_registrations",
    "seed_courses",
    "settle",
    "sign_up",
    "sign_up_by_rule",
    "strike_many",
    "take_roll",
    "unpublish",
    "withdraw",
    "write_rule",
)

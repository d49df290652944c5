"""The verbs of training: the only door for writes, gathered from its three nouns."""

from jembol.training.actions.aftermath import form_group_out, note_follow_up, note_outcome
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
from jembol.training.actions.exams import answer_oneself, note_answers, set_exam
from jembol.training.actions.holding import hold
from jembol.training.actions.materials import add_material, add_photo, remove_material, remove_photo
from jembol.training.actions.opinions import give_opinion
from jembol.training.actions.presence import note_partial_day, walk_in
from jembol.training.actions.rolls import attend_many, strike_many, take_roll
from jembol.training.actions.seats import (
    Registered,
    register,
    register_many,
    remove_registrations,
    withdraw,
)
from jembol.training.actions.sign_ups import sign_up

__all__ = (
    "Registered",
    "add_claim",
    "add_material",
    "add_photo",
    "add_session",
    "answer_oneself",
    "attend_many",
    "cancel",
    "change_class",
    "form_group_out",
    "give_opinion",
    "hold",
    "note_answers",
    "note_follow_up",
    "note_outcome",
    "note_partial_day",
    "open_class",
    "publish",
    "register",
    "register_many",
    "remove_class",
    "remove_material",
    "remove_photo",
    "remove_registrations",
    "seed_courses",
    "set_exam",
    "sign_up",
    "strike_many",
    "take_roll",
    "unpublish",
    "walk_in",
    "withdraw",
)

"""The verbs of training: the only door for writes, gathered from its nouns."""

from jembol.training.actions.catalogue import seed_courses
from jembol.training.actions.classes import (
    add_claim,
    cancel,
    change_class,
    open_class,
    publish,
    remove_class,
    unpublish,
)
from jembol.training.actions.copying import Point, copy_class, repeat_class
from jembol.training.actions.holding import hold
from jembol.training.actions.mentors import (
    MentorDetails,
    add_mentor,
    change_mentor,
    choose_mentors,
)
from jembol.training.actions.planning import PlanDetails, make_plan, plan_costs
from jembol.training.actions.rolls import attend_many, strike_many, take_roll
from jembol.training.actions.seats import (
    Registered,
    register,
    register_many,
    remove_registrations,
    withdraw,
)
from jembol.training.actions.sessions import add_session, cancel_session, move_session
from jembol.training.actions.sign_ups import sign_up

__all__ = (
    "MentorDetails",
    "PlanDetails",
    "Point",
    "Registered",
    "add_claim",
    "add_mentor",
    "add_session",
    "attend_many",
    "cancel",
    "cancel_session",
    "change_class",
    "change_mentor",
    "choose_mentors",
    "copy_class",
    "hold",
    "make_plan",
    "move_session",
    "open_class",
    "plan_costs",
    "publish",
    "register",
    "register_many",
    "remove_class",
    "remove_registrations",
    "repeat_class",
    "seed_courses",
    "sign_up",
    "strike_many",
    "take_roll",
    "unpublish",
    "withdraw",
)

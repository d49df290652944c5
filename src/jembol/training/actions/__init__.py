"""The verbs of training: the only door for writes, gathered from its three nouns."""

from jembol.training.actions.bundles import (
    keep_bundle,
    order_bundle,
)
from jembol.training.actions.catalogue import seed_courses
from jembol.training.actions.certificates import (
    close_batch,
    issue_certificates,
    issue_next,
    reissue_certificate,
    revoke_certificate,
    set_certificate_numbering,
    set_certificate_rule,
)
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
from jembol.training.actions.holding import hold
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
    "add_session",
    "attend_many",
    "cancel",
    "change_class",
    "close_batch",
    "hold",
    "issue_certificates",
    "issue_next",
    "keep_bundle",
    "open_class",
    "order_bundle",
    "publish",
    "register",
    "register_many",
    "reissue_certificate",
    "remove_class",
    "remove_registrations",
    "revoke_certificate",
    "seed_courses",
    "set_certificate_numbering",
    "set_certificate_rule",
    "sign_up",
    "strike_many",
    "take_roll",
    "unpublish",
    "withdraw",
)

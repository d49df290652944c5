"""Why a day's plan leaves a stop out, in words for the people whom it concerns."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from jembol.methods.routing.plan import Unserved, Why

MINUTE: Final = 60


def in_words(
    reason: Unserved, *, stop: Callable[[str], str] = str, officer: Callable[[str], str] = str,
    show: Callable[[int], str] = str,
) -> str:  # fmt: skip
    """Return why nobody visits a stop.

    Args:
        reason: As the plan gives it.
        stop: The name of a stop by its id.
        officer: The name of an officer by their id.
        show: How a number of the prizes' unit is written.
    """
    return _WORDS[reason.why]() % {
        "officer": "" if reason.officer is None else officer(reason.officer),
        "stop": "" if reason.instead_of is None else stop(reason.instead_of),
        "gap": "" if reason.gap is None else show(reason.gap),
        "minutes": "" if reason.extra is None else str(max(1, round(reason.extra / MINUTE))),
        "skill": reason.skill,
    }


_WORDS: Final[dict[Why, Callable[[], str]]] = {
    Why.SKILL: lambda: _("No officer who goes out can do what is needed here: %(skill)s."),
    Why.WINDOW: lambda: _("It cannot be visited at its hours within any shift."),
    Why.TOO_FAR: lambda: _(
        "It would fit into the day of %(officer)s, but the detour of %(minutes)s minutes costs"
        " %(gap)s more than the visit is worth."
    ),
    Why.DISPLACES: lambda: _(
        "%(officer)s could come only in place of %(stop)s, and the plan would lose %(gap)s by that."
    ),
    Why.PROMISED: lambda: _(
        "%(officer)s could come only in place of %(stop)s, which is promised for that day."
    ),
    Why.KEPT: lambda: _(
        "%(officer)s could come only in place of %(stop)s, which was planned before and stays."
    ),
    Why.NO_TIME: lambda: _("No time left: two or more other visits would have to be given up."),
    Why.SHORTLIST: lambda: _(
        "Not on the shortlist: there are far more candidates than visits that fit, and those with"
        " more need for their time were planned."
    ),
    Why.TOGETHER: lambda: _("Not all officers whom this visit needs can be there at that time."),
    Why.TOLD: lambda: _("Taken out by hand."),
}

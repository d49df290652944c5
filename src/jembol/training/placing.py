"""The reasons of an allocation in words for the people whom they concern."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from jembol.methods.allocation.plan import Placed, Unplaced, Why


def in_words(reason: Unplaced, show: Callable[[int], str] = str) -> str:
    """Return why somebody has no seat.

    Args:
        reason: As the plan gives it.
        show: How a value is written.
    """
    told = {
        "class": reason.training_class,
        "value": "" if reason.value is None else show(reason.value),
        "last": "" if reason.last_value is None else show(reason.last_value),
        "other": reason.other,
        "size": reason.size,
        "seats": reason.seats,
    }
    return _WORDS[reason.why]() % told


_WORDS: Final[dict[Why, Callable[[], str]]] = {
    Why.NOT_ELIGIBLE: lambda: _("Not eligible for any class."),
    Why.HOUSEHOLD: lambda: _("The household has its seat in %(class)s (%(other)s)."),
    Why.FULL: lambda: _(
        "Classes full. Nearest: %(class)s, where the last seat went to value %(last)s; yours is"
        " %(value)s."
    ),
    Why.STRATUM_CAP: lambda: _(
        "%(other)s has the most seats it may have in %(class)s; the last of them went to value"
        " %(last)s; yours is %(value)s."
    ),
    Why.KEPT: lambda: _(
        "The last seat in %(class)s (value %(last)s; yours is %(value)s) is kept for %(other)s,"
        " which would fall below its minimum."
    ),
    Why.NO_SEATS: lambda: _("%(class)s has no seats for you."),
    Why.GROUPS: lambda: _(
        "The seats in %(class)s are with groups that stay together, or promised to others."
    ),
    Why.SEARCH_ENDED: lambda: _(
        "No exchange that seats you in %(class)s was found within the limits (value %(value)s)."
    ),
    Why.GROUP_NOT_ELIGIBLE: lambda: _("No class is open to all %(size)s of the group."),
    Why.GROUP_HOUSEHOLD: lambda: _(
        "Two of the group of %(size)s are of one household, which gets one seat."
    ),
    Why.GROUP_TOO_LARGE: lambda: _(
        "The group of %(size)s is larger than any of its classes allows (at most %(seats)s seats,"
        " fewer for one kecamatan)."
    ),
    Why.GROUP_NO_ROOM: lambda: _(
        "The group of %(size)s finds no %(size)s seats together. Nearest: %(class)s, where others"
        " worth %(last)s would lose theirs; the group is worth %(value)s."
    ),
}


def placed_in_words(reason: Placed, show: Callable[[int], str] = str) -> str:
    """Return what somebody's seat is worth and whom it keeps waiting."""
    parts = [_("Placed with value %(value)s.") % {"value": show(reason.value)}]
    if reason.next_applicant is not None and reason.next_value is not None:
        parts.append(
            _("Next for this seat: %(other)s with value %(value)s.")
            % {"other": reason.next_applicant, "value": show(reason.next_value)}
        )
    if reason.next_class is not None and reason.next_class_value is not None:
        parts.append(
            _("Next best class: %(class)s with value %(value)s.")
            % {"class": reason.next_class, "value": show(reason.next_class_value)}
        )
    return " ".join(parts)

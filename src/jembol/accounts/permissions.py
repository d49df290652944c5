"""Who may do what, where, on which day."""

from datetime import date

from django.db.models import Q

from jembol.accounts.models import Duty, Officer
from jembol.kit.reach import Reach


def may(officer: Officer, permission: str, *, area_key: int, on: date) -> bool:
    """Whether the officer may do this in this area.

    A duty in force on that day, whose role grants the permission, must hold the area.
    """
    return officer.reach(permission, on).covers(area_key)


def may_manage(reach: Reach, officer: Officer, *, on: date) -> bool:
    """Whether somebody with this reach may change the account of an officer.

    Only when every area that the officer answers for lies inside: otherwise the administrator of
    one city could lock out, or take over, an officer who also works for another.
    """
    return all(reach.covers(key) for key in areas_answered_for(officer, on=on))


def areas_answered_for(officer: Officer, *, on: date) -> tuple[int, ...]:
    """Return the areas of the duties that stand or will, or else of the latest one."""
    duties = Duty.objects.filter(officer=officer)
    ahead = duties.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).order_by("area_id")
    keys = tuple(ahead.values_list("area_id", flat=True))
    return keys or tuple(duties.order_by("-ends_on", "-pk").values_list("area_id", flat=True)[:1])

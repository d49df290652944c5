"""Draw serials that nobody has."""

from typing import Any

from django.db.models import QuerySet

from jembol.kit.ids import IdKind, PublicId


def draw_serials(rows: QuerySet[Any], kind: IdKind, count: int) -> list[str]:
    """Return so many serials that none of the rows has."""
    found: set[str] = set()
    while missing := count - len(found):
        drawn = {PublicId.new(kind).compact for _place in range(missing)} - found
        taken = rows.filter(serial__in=drawn).values_list("serial", flat=True)
        found |= drawn - set(taken)
    return sorted(found)

"""Public ids that nobody has yet."""

from typing import Any

from django.db.models import QuerySet

from jembol.kit.ids import PublicId


def draw_ids(rows: QuerySet[Any], kind: str, count: int) -> list[str]:
    """Return so many ids that none of the rows has."""
    found: set[str] = set()
    while missing := count - len(found):
        drawn = {PublicId.new(kind).compact for _place in range(missing)} - found
        taken = rows.filter(public_id__in=drawn)
        found |= drawn - set(taken.values_list("public_id", flat=True))
    return sorted(found)

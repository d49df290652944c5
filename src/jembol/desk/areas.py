"""Columns, filters and form values that say where somebody or something is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from jembol.places.choices import Level
from jembol.places.choosing import filter_choices, span_of
from jembol.ui.listing import Filter

if TYPE_CHECKING:
    from jembol.kit.reach import Reach
    from jembol.places.choosing import Groups
    from jembol.places.models import Area


def area_filter(reach: Reach, field: str = "area") -> Filter:
    """Return the choice of an area; rows in it and below it are kept."""
    return Filter(
        "wilayah",
        _("Area"),
        filter_choices(reach),
        lambda rows, code: rows.filter(**_inside(code, field)),
    )


def _inside(code: str, field: str) -> dict[str, int]:
    low, high = span_of(code)
    return {f"{field}_id__gte": low, f"{field}_id__lt": high}


def named(area: Area) -> str:
    """Return an area as people say it: kelurahan, then RW and RT.

    Needs `area.parent.parent` selected where RW and RT occur.
    """
    if area.level == Level.RT and area.parent and area.parent.parent:
        return f"{area.parent.parent.name} {area.parent.name} {area.name}"
    if area.level == Level.RW and area.parent:
        return f"{area.parent.name} {area.name}"
    return area.name


NEAR_AREA = "parent__parent"
NEAR = f"area__{NEAR_AREA}"
"""What a list selects so that `named` needs no query a row."""


def area_initial(area: Area, choices: Groups) -> dict[str, Any]:
    """Return what an `AreaForm` with these choices shows for an area.

    An officer of one RW is offered that RW and not its kelurahan, so the deepest area that is
    offered is the one to choose.
    """
    offered = {key for _group, rows in choices for key, _name in rows}
    numbers = [int(part) for part in area.code.split(".")[Level.KELURAHAN :]]
    rw, rt = (*numbers, None, None)[:2]
    while area.key not in offered and area.level > Level.KELURAHAN and area.parent:
        area = area.parent
    return {"area": area.key, "rw": rw, "rt": rt}

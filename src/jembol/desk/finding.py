"""Finding people for a page that gives them something: a seat, a place in a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jembol.desk.areas import NEAR, named
from jembol.registry.queries.finding import search
from jembol.ui.listing import LONGEST_SEARCH

if TYPE_CHECKING:
    from jembol.registry.models import Person
    from jembol.ui.guards import OfficerRequest

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Found:
    """The people that a search means.

    Attributes:
        words: What was typed.
        people: Each with the place where they live.
        is_cut: There are more than are shown.
    """

    words: str
    people: Sequence[tuple[Person, str]]
    is_cut: bool


def people_found(request: OfficerRequest, *, without: Any) -> Found:
    """Return whom the address asks for within reach, but for those whose keys are `without`."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    if not words:
        return Found("", [], is_cut=False)
    rows = search(words, request.reach).exclude(pk__in=without).select_related(NEAR)
    people = list(rows.order_by("folded", "pk")[: LIMIT + 1])
    shown = [(person, named(person.area)) for person in people[:LIMIT]]
    return Found(words, shown, is_cut=len(people) > LIMIT)

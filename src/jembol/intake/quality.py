"""How complete the people are whom each source of lists brought or named."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from jembol.intake.choices import Kind, RowState
from jembol.intake.models import ImportRow, Source
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.queries.quality import Completeness, counted, people_of, with_place

STORED = (RowState.DONE, RowState.SETTLED)


@dataclass(frozen=True, slots=True)
class OfSource:
    """The people of one source; someone in the lists of two sources counts in both.

    Attributes:
        name: The source; empty for people whom no list named.
        kind: What its rows are about; None for no list.
        completeness: Of its people.
    """

    name: str
    kind: Kind | None
    completeness: Completeness


def completeness_by_source(city: Area, reach: Reach) -> list[OfSource]:
    """Return the completeness by source, the largest first and people of no list last."""
    people = with_place(people_of(city, reach))
    named = people.filter(import_rows__state__in=STORED).values(
        source=F("import_rows__batch__source")
    )
    sources = Source.objects.in_bulk()
    found = []
    for row in counted(named, distinct=True):
        completeness = Completeness()
        completeness.add(row)
        source = sources[row["source"]]
        found.append(OfSource(source.name, Kind(source.kind), completeness))
    found.sort(key=lambda one: (-one.completeness.people, one.name))
    rest = Completeness()
    in_lists = ImportRow.objects.filter(person=OuterRef("pk"), state__in=STORED)
    for row in counted(people.filter(~Exists(in_lists)).values("survivor")):
        rest.add(row)
    return [*found, OfSource("", None, rest)]

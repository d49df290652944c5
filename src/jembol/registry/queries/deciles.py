"""The welfare decile that is known of people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jembol.registry.models import Person, WelfareDecile
from jembol.registry.queries.identity import families_of


@dataclass(frozen=True, slots=True)
class Decile:
    """A decile with what is known of it.

    Attributes:
        number: 1, the poorest, to 10.
        as_of: The day for which it was told.
        source: Who told it.
    """

    number: int
    as_of: date
    source: str


def deciles_of(people: Collection[int]) -> dict[int, Decile]:
    """Return the latest decile told of each of these people; who is missing has none that is known.

    Deciles are a family's, so the word on one person of a household holds for the others too.
    """
    families = families_of(Person, people)
    rows = {member for family in families.values() for member in family}
    houses = dict(
        Person.objects.filter(pk__in=rows, household__isnull=False)
        .order_by("pk")
        .values_list("pk", "household_id")
    )
    own = _latest(WelfareDecile.objects.filter(person__in=rows).order_by("as_of", "pk"), "person")
    shared = _latest(
        WelfareDecile.objects.filter(person__household__in=set(houses.values())).order_by(
            "as_of", "pk"
        ),
        "person__household",
    )
    found = {}
    for person, family in families.items():
        told = [own[one] for one in family if one in own]
        told += [shared[houses[one]] for one in family if houses.get(one) in shared]
        if told:
            found[person] = max(told, key=lambda decile: decile.as_of)
    return found


def _latest(rows: object, owner: str) -> dict[int, Decile]:
    told = rows.values_list(owner, "decile", "as_of", "source")  # type: ignore[attr-defined]
    return {key: Decile(number, as_of, source) for key, number, as_of, source in told}

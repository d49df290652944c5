"""What officers said of written identities and of people, as the rows of a list meet it.

A word about a person holds for whoever stands for that person by now, so nothing is asked again
because two entries became one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from jembol.intake.models import Judgement
from jembol.intake.subjects import Subject
from jembol.kit.reach import Reach
from jembol.registry.choices import Reason, Strength
from jembol.registry.models import Person
from jembol.registry.queries.identity import roots_of

Said = Mapping[int, bool]
"""Key of a person to whether a written identity is theirs."""


@dataclass(frozen=True, slots=True)
class Survivors:
    """Who stands for people whom a list names but whose entries are one with others by now.

    Attributes:
        by_key: Key of the entry to the key of who stands for it.
        by_id: The same by Jembol ID.
    """

    by_key: Mapping[int, int] = field(default_factory=dict)
    by_id: Mapping[str, str] = field(default_factory=dict)


def survivors_of(ids: Collection[str], keys: Collection[int], reach: Reach) -> Survivors:
    """Return who stands for the absorbed among these people, where that lies inside the reach."""
    if not ids and not keys:
        return Survivors()
    named = Person.objects.filter(Q(public_id__in=ids) | Q(pk__in=keys), survivor__isnull=False)
    rows = named.select_related("survivor")
    inside = [
        (row, row.survivor)
        for row in rows.order_by("pk")
        if row.survivor and reach.covers(row.survivor.area_id)
    ]
    return Survivors(
        by_key={row.pk: root.pk for row, root in inside},
        by_id={row.public_id: root.public_id for row, root in inside},
    )


def judgements_on(evidence: Iterable[str]) -> dict[str, dict[int, bool]]:
    """Return what was said of these written identities, the later word over the earlier."""
    rows = Judgement.objects.filter(evidence__in=set(evidence)).order_by("at", "pk")
    judged = list(rows.values_list("evidence", "person_id", "is_same"))
    roots = roots_of(Person, {person for _evidence, person, _is_same in judged}) if judged else {}
    found: dict[str, dict[int, bool]] = {}
    for written, person, is_same in judged:
        found.setdefault(written, {})[roots.get(person, person)] = is_same
    return found


@dataclass(slots=True)
class Options:
    """Who a row may be, by strength."""

    sure: list[tuple[Subject, Sequence[str]]] = field(default_factory=list)
    possible: list[tuple[Subject, Sequence[str]]] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)

    def weigh(
        self, subject: Subject, strength: str, reasons: Sequence[str], *, is_same: bool | None
    ) -> None:
        """Take somebody in; what an officer said stands above the rule, but for an equal id."""
        if is_same is None or Reason.SAME_ID in reasons:
            self.add(subject, strength, reasons)
        elif is_same:
            self.add(subject, Strength.SURE, reasons)
        elif strength != Strength.NONE and subject.person_id:
            self.apart.append(subject.person_id)

    def holds(self, subject: Subject) -> bool:
        """Whether the person is among those who may be meant."""
        return any(one is subject for one, _reasons in (*self.sure, *self.possible))

    def add(self, subject: Subject, strength: str, reasons: Sequence[str]) -> None:
        """Take in somebody who may be meant; a parked one is never sure."""
        if strength == Strength.SURE and not subject.is_parked:
            self.sure.append((subject, reasons))
        elif strength != Strength.NONE:
            self.possible.append((subject, reasons))

    def chosen(self) -> tuple[Subject, Sequence[str]] | None:
        """Return the one it is: by the id of the register, or because no other is as sure."""
        by_id = [option for option in self.sure if Reason.SAME_ID in option[1]]
        if by_id:
            return by_id[0]
        # Whoever is surely a parked person waits for the decision on that one.
        parked = any(subject.is_parked for subject, _reasons in self.possible)
        return self.sure[0] if len(self.sure) == 1 and not parked else None

"""Groups as a list names them: found by their folded name in the area of the list, or formed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from jembol.intake.row_cells import Values
from jembol.intake.subjects import Subject
from jembol.kit.reach import Reach
from jembol.registry.models import Group, Membership
from jembol.registry.rules import folded_label

Person = tuple[int, int, int]
"""The key of a subject."""


@dataclass(slots=True, eq=False)
class Circle:
    """One group, as the register will hold it when the rows so far are stored."""

    name: str
    group_id: int | None = None
    members: set[Person] = field(default_factory=set)


class Groups:
    """The groups that rows could mean, and those that earlier rows formed."""

    def __init__(self, reach: Reach, area_key: int) -> None:
        """Begin empty; `load` brings what the register knows of this area."""
        self._reach = reach & Reach.of([area_key])
        self._circles: dict[str, Circle] = {}
        self._asked: set[str] = set()

    def load(self, rows: Iterable[Values], people: Collection[int]) -> None:
        """Read the groups that these rows name and who of these people is in them."""
        named = {key for values in rows if (key := _folded(values))}
        if fresh := named - self._asked:
            self._asked |= fresh
            inside = Group.objects.within(self._reach).filter(folded__in=fresh)
            # The oldest of one name, so that an import never depends on which came last.
            for group in inside.order_by("-pk"):
                self._circles[group.folded] = Circle(group.name, group.pk)
        by_key = {one.group_id: one for one in self._circles.values() if one.group_id}
        standing = Membership.objects.filter(
            group__in=by_key, person__in=people, ends_on__isnull=True
        )
        for circle, person in standing.values_list("group_id", "person_id"):
            by_key[circle].members.add((person, 0, 0))

    def join(self, values: Values, subject: Subject) -> Circle | None:
        """Return the group that the row brings the person into; `None` for none or already."""
        key = _folded(values)
        if not key:
            return None
        circle = self._circles.setdefault(key, Circle(values["group_name"]))
        if subject.key in circle.members:
            return None
        circle.members.add(subject.key)
        return circle


def _folded(values: Values) -> str:
    return folded_label(values.get("group_name", ""))

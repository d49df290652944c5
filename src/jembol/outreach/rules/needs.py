"""What the questions of a form wait for: in which order they can be answered, and rings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jembol.outreach.rules.expressions import Tree, names_in

Item = Mapping[str, Any]


def needs_of(item: Item, above: Sequence[Item]) -> set[str]:
    """Return the names of the questions whose answers the value of an item waits for."""
    trees: list[Tree] = [one["relevant"] for one in (*above, item) if "relevant" in one]
    trees += [item["calculate"]] if "calculate" in item else []
    return {name for tree in trees for name in names_in(tree)}


def in_order_of_needs(needs: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield each name after those that it needs, however long the chain; a ring ends anywhere."""
    seen: set[str] = set()
    for first in needs:
        stack = [(first, False)]
        while stack:
            name, is_ready = stack.pop()
            if is_ready:
                yield name
            elif name not in seen:
                seen.add(name)
                stack.append((name, True))
                stack += [(one, False) for one in sorted((needs[name] - seen) & needs.keys())]


def in_rings(needs: Mapping[str, set[str]]) -> list[str]:
    """Return the names that may need themselves, in their order.

    Whoever comes before all that it needs when these are put in order stands in a ring or needs
    one that does; a form without rings gives none, and each name is looked at once.
    """
    seen: set[str] = set()
    for name in in_order_of_needs(needs):
        if not needs[name] & needs.keys() <= seen:
            return list(needs)
        seen.add(name)
    return []


def reaches(name: str, needs: Mapping[str, set[str]]) -> bool:
    """Whether an item needs itself, through whatever others."""
    seen: set[str] = set()
    open_names: set[str] = set(needs[name])
    while open_names:
        seen |= open_names
        open_names = set().union(*(needs.get(one, ()) for one in open_names)) - seen
    return name in seen

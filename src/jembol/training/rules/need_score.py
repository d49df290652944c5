"""Need in points: published weights, every part shown, the unknown said to be unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from jembol.training.rules.conditions import Facts

DECILES: Final = (1, 2, 3, 4)
"""Deciles that programmes usually put first; others get no points."""

PARTS: Final = (
    "decile_1", "decile_2", "decile_3", "decile_4", "decile_unknown", "no_business",
    "never_trained", "disability", "woman",
)  # fmt: skip
"""What a rule may give points for."""


@dataclass(frozen=True, slots=True)
class Part:
    """Points for one thing, and how it was decided.

    Attributes:
        name: What it is about.
        points: What it gives.
        is_known: Whether the register tells the fact.
    """

    name: str
    points: int
    is_known: bool = True


def need_parts(weights: Mapping[str, int], facts: Facts) -> tuple[Part, ...]:
    """Return the points of somebody, part by part; only what the rule gives points for."""
    found = (
        _decile(weights, facts),
        Part("no_business", _if(not facts.has_business, weights, "no_business")),
        Part("never_trained", _if(not facts.ever_came, weights, "never_trained")),
        Part(
            "disability",
            _if(facts.has_disability is True, weights, "disability"),
            is_known=facts.has_disability is not None,
        ),
        Part("woman", _if(facts.sex == "P", weights, "woman"), is_known=bool(facts.sex)),
    )
    asked = {name.partition("_")[0] if name.startswith("decile") else name for name in weights}
    return tuple(part for part in found if part.name in asked)


def need_points(weights: Mapping[str, int], facts: Facts) -> int:
    """Return the sum of somebody's points."""
    return sum(part.points for part in need_parts(weights, facts))


def _decile(weights: Mapping[str, int], facts: Facts) -> Part:
    if facts.decile is None:
        return Part("decile", weights.get("decile_unknown", 0), is_known=False)
    return Part("decile", weights.get(f"decile_{facts.decile}", 0))


def _if(holds: bool, weights: Mapping[str, int], name: str) -> int:  # noqa: FBT001 - a bare fact
    return weights.get(name, 0) if holds else 0


def part_words() -> dict[str, str]:
    """Return what each part is about, in words."""
    return {
        "decile": _("Welfare decile of the family (DTSEN)"),
        "decile_1": _("Decile 1"),
        "decile_2": _("Decile 2"),
        "decile_3": _("Decile 3"),
        "decile_4": _("Decile 4"),
        "decile_unknown": _("Decile not known"),
        "no_business": _("Has no business yet"),
        "never_trained": _("Never came to a class"),
        "disability": _("Has a disability"),
        "woman": _("Woman"),
    }

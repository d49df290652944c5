"""The need of an area in points: parts that a city weighs, each shown, the unknown said to be so.

A part counts one thing. It gives all its points from a number on that the city sets, and fewer in
proportion below it; what is not known gives the share that the city sets for the unknown. The
formula stands in docs/algorithms/need.md and, in plain words, on a page for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MOST: Final = 100
"""The score of an area in which every part gives all its points."""

FEWEST_KNOWN: Final = 5
"""Below so many people with a known decile a share would tell how poor one family is."""

POOR_DECILES: Final = 4
"""Deciles 1 to 4 are those that programmes usually put first (DTSEN, Inpres 4/2025)."""

DAYS_OF_A_MONTH: Final = 30.4375


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that makes a visit more urgent.

    Attributes:
        name: Its key in what is stored.
        title: What it is about.
        counts: What exactly is counted.
        unit: In what.
        weight: Its weight while the city has set none.
        full: From which number on it gives all its points, while the city has set none.
    """

    name: str
    title: Promise
    counts: Promise
    unit: Promise
    weight: int
    full: int


PARTS: Final = (
    Part(
        "unreached",
        gettext_lazy("People not reached yet"),
        gettext_lazy(
            "People of the register whom no officer met at a visit and who never came to a class "
            "of the city."
        ),
        gettext_lazy("people"),
        weight=25,
        full=40,
    ),
    Part(
        "uncounted",
        gettext_lazy("Enterprises not in the register"),
        gettext_lazy(
            "The share of the estimated enterprises that the register does not have. Only where "
            "somebody gave an estimate with its source; nobody guesses one."
        ),
        gettext_lazy("percent"),
        weight=15,
        full=100,
    ),
    Part(
        "months",
        gettext_lazy("Months since the last visit"),
        gettext_lazy("Whatever was found at the door. Never visited gives all the points."),
        gettext_lazy("months"),
        weight=20,
        full=12,
    ),
    Part(
        "deciles",
        gettext_lazy("Families in decile 1 to 4"),
        gettext_lazy(
            "The share of deciles 1 to 4 among the people whose decile a source told; not known "
            "where fewer than five are told."
        ),
        gettext_lazy("percent"),
        weight=15,
        full=100,
    ),
    Part(
        "food",
        gettext_lazy("Food makers without NIB"),
        gettext_lazy(
            "Enterprises that run, make food or drink (KBLI 10, 11 or 56; without a KBLI by the "
            "words of name and product) and have no NIB in the register. Whether they have a "
            "P-IRT or halal licence is not counted."
        ),
        gettext_lazy("enterprises"),
        weight=5,
        full=10,
    ),
    Part(
        "needs",
        gettext_lazy("Needs not met"),
        gettext_lazy("Needs told at a visit that nobody noted as met."),
        gettext_lazy("needs"),
        weight=5,
        full=10,
    ),
    Part(
        "referrals",
        gettext_lazy("Referrals that wait"),
        gettext_lazy("People sent on to a class, a mentor, a tool or an office without an answer."),
        gettext_lazy("referrals"),
        weight=5,
        full=5,
    ),
    Part(
        "promises",
        gettext_lazy("Promises past their day"),
        gettext_lazy("Promises of officers that were due before this day and are not kept."),
        gettext_lazy("promises"),
        weight=5,
        full=3,
    ),
    Part(
        "wishes",
        gettext_lazy("Wishes of RT and RW"),
        gettext_lazy(
            "Wishes told by RT or RW heads, or in a deliberation, that have no answer yet."
        ),
        gettext_lazy("wishes"),
        weight=5,
        full=3,
    ),
)
"""The parts in the order of the page. What gets a source of its own later is added here and to the
counts of `queries.need_counts`; a city that has not weighed it gives it no points."""

BY_NAME: Final[Mapping[str, Part]] = {part.name: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one part counts: its weight, and from which number on it gives all of it."""

    weight: int
    full: int


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a city has set, in force from a day on.

    Attributes:
        weights: By name of the part; a part that is missing gives no points.
        unknown_percent: Which percentage of its points a part gives while it is not known.
        promise_days: No area stays unvisited longer than this.
        promised_since: The first day on which the city promised anything; None before it did.
        starts_on: The day from which this holds; None for what holds where nothing was set.
    """

    weights: Mapping[str, Weight] = field(
        default_factory=lambda: {part.name: Weight(part.weight, part.full) for part in PARTS}
    )
    unknown_percent: int = 50
    promise_days: int = 180
    promised_since: date | None = None
    starts_on: date | None = None

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(one.weight for one in self.weights.values())

    def most(self, name: str) -> float:
        """Return the points that a part gives at most."""
        one = self.weights.get(name)
        return 0.0 if one is None or not self.total else MOST * one.weight / self.total


def points_of(weighing: Weighing, name: str, count: float | None) -> float:
    """Return the points of one part, rounded to a tenth.

    Args:
        weighing: What the city has set.
        name: The part.
        count: The number counted; None where it is not known.
    """
    most = weighing.most(name)
    if not most:
        return 0.0
    if count is None:
        return round(most * weighing.unknown_percent / 100, 1)
    return round(most * min(1.0, max(0.0, count) / weighing.weights[name].full), 1)


def parts_of(weighing: Weighing, counts: Mapping[str, float | None]) -> dict[str, float]:
    """Return the points of every part, in the order of `PARTS`."""
    return {part.name: points_of(weighing, part.name, counts.get(part.name)) for part in PARTS}


def score_of(parts: Mapping[str, float]) -> float:
    """Return the sum of the points, 0 to 100."""
    return min(float(MOST), round(sum(parts.values()), 1))


def months_between(last: date | None, on: date, never: float) -> float:
    """Return the months since the last visit; `never` where nobody was there."""
    return never if last is None else max(0, (on - last).days) / DAYS_OF_A_MONTH


def share_missing(known: int, estimated: int | None) -> float | None:
    """Return which percentage of the estimated is not known, 0 to 100; None without estimate."""
    if estimated is None:
        return None
    return 100 * max(0, estimated - known) / estimated if estimated else 0.0


def share_poor(poor: int, told: int) -> float | None:
    """Return which percentage of the told deciles is 1 to 4; None where too few are told."""
    return None if told < FEWEST_KNOWN else 100 * poor / told


def reasons_of(
    parts: Mapping[str, float], counts: Mapping[str, float | None], *, never_visited: bool
) -> tuple[str, ...]:
    """Return why an area has its points, in words: the weightiest part first, the unknown last."""
    places = {part.name: place for place, part in enumerate(PARTS)}
    given = [name for name, points in parts.items() if points > 0]
    ranked = sorted(given, key=lambda name: (counts.get(name) is None, -parts[name], places[name]))
    return tuple(_words(name, counts.get(name), never_visited) for name in ranked)


def _words(name: str, count: float | None, never_visited: bool) -> str:  # noqa: FBT001 - a bare fact
    if name == "months" and never_visited:
        return _("never visited")
    if count is None:
        return _("not known: %(what)s") % {"what": BY_NAME[name].title}
    return _SAID[name](round(count)) % {"number": round(count)}


_SAID: Final[Mapping[str, Callable[[int], str]]] = {
    "unreached": lambda n: ngettext(
        "%(number)d person not reached yet", "%(number)d people not reached yet", n
    ),
    "uncounted": lambda _n: _("%(number)d %% of the estimated enterprises are not in the register"),
    "months": lambda n: ngettext(
        "%(number)d month since the last visit", "%(number)d months since the last visit", n
    ),
    "deciles": lambda _n: _("%(number)d %% of the told families are in decile 1 to 4"),
    "food": lambda n: ngettext(
        "%(number)d food maker without NIB", "%(number)d food makers without NIB", n
    ),
    "needs": lambda n: ngettext("%(number)d need not met", "%(number)d needs not met", n),
    "referrals": lambda n: ngettext("%(number)d referral waits", "%(number)d referrals wait", n),
    "promises": lambda n: ngettext(
        "%(number)d promise past its day", "%(number)d promises past their day", n
    ),
    "wishes": lambda n: ngettext(
        "%(number)d wish of an RT waits", "%(number)d wishes of RT wait", n
    ),
}

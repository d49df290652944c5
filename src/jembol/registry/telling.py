"""What is known of an enterprise from its reports, and what one more telling would add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Coalesce

from jembol.registry.models import EnterpriseReport

YEARLY: Final = (
    "sales", "assets", "paid_men", "paid_women", "paid_disabled_men", "paid_disabled_women",
    "unpaid_men", "unpaid_women", "unpaid_disabled_men", "unpaid_disabled_women",
    "disabled_within",
)  # fmt: skip
"""What belongs to a year."""

LASTING: Final = (
    "capital", "sidt_id", "legal_form", "scale_label", "kbli_category", "latitude", "longitude",
    "photo", "note",
)  # fmt: skip
"""What holds until somebody tells otherwise."""

# What is told beside a report without being a reason for one.
BESIDE: Final = ("start_year", "start_month", "pulled_at", "updated_at", "source_page")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One report as values: the year, the day, and what was told; nothing untold stands in it."""

    year: int
    as_of: date
    values: Values


@dataclass(slots=True)
class Known:
    """Everything told of one enterprise, the latest word last.

    Attributes:
        told: The reports, by day and order of entry.
    """

    told: list[Told] = field(default_factory=list)

    @property
    def year(self) -> int:
        """The newest year of which something is told; 0 for none."""
        return max((one.year for one in self.told), default=0)

    def figures(self, year: int) -> dict[str, Any]:
        """Return the last word on each figure of a year."""
        found: dict[str, Any] = {}
        for one in self.told:
            if one.year == year:
                found |= {name: one.values[name] for name in YEARLY if name in one.values}
        return found

    def lasting(self) -> dict[str, Any]:
        """Return the last word on everything that belongs to no year."""
        found: dict[str, Any] = {}
        for one in self.told:
            found |= {name: one.values[name] for name in LASTING if name in one.values}
        return found

    def newest(self) -> dict[str, Any]:
        """Return what holds now: the lasting, and the figures of the newest year."""
        return self.lasting() | self.figures(self.year)

    def starting_month(self, year: int) -> int | None:
        """Return the month told for the beginning in this year; 0 when the year came alone."""
        for one in reversed(self.told):
            if one.values.get("start_year") == year:
                return int(one.values.get("start_month") or 0)
        return None

    def news(self, values: Values, on: date | None) -> dict[str, tuple[Any, Any]]:
        """Return what a telling adds, as old and new.

        A list that names no day repeats what is known; one that names a day speaks of its year,
        so the same sales said of a further year are news.

        Args:
            values: What is told, without what is not.
            on: The day that the telling names.
        """
        days = [one.as_of for one in self.told if one.year == self.year]
        repeats = on is None or on in days
        known = self.lasting() | self.figures(self.year if repeats or on is None else on.year)
        return {
            name: (known.get(name), values[name])
            for name in (*LASTING, *YEARLY)
            if name in values and known.get(name) != values[name]
        }


def known_of(enterprises: Collection[int]) -> dict[int, Known]:
    """Return what is told of these enterprises, merged rows included, in one query."""
    one_of_them = Q(enterprise__in=enterprises) | Q(enterprise__survivor__in=enterprises)
    rows = (
        EnterpriseReport.objects.filter(one_of_them)
        .annotate(root=Coalesce("enterprise__survivor", "enterprise"))
        .order_by("as_of", "pk")
        .values("root", "enterprise_id", "year", "as_of", *YEARLY, *LASTING, *BESIDE)
    )
    found: dict[int, Known] = defaultdict(Known)
    for row in rows:
        told = Told(row["year"], row["as_of"], _said(row))
        for key in {row["root"], row["enterprise_id"]} & set(enterprises):
            found[key].told.append(told)
    return dict(found)


def bearers_of(sidt_ids: Iterable[str]) -> dict[str, int]:
    """Return the enterprise that each id of SIDT-KUMKM was last told of."""
    rows = EnterpriseReport.objects.filter(sidt_id__in=set(sidt_ids)).order_by("as_of", "pk")
    return dict(rows.values_list("sidt_id", "enterprise_id"))


def _said(row: Values) -> dict[str, Any]:
    named = {name: row[name] for name in (*YEARLY, *LASTING, *BESIDE)}
    return {name: value for name, value in named.items() if value is not None and value != ""}

"""What a figure is: a number that says its unit, period, source, and what it leaves out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jembol.kit.period import Period
from jembol.training.choices import Unit


class Slug(StrEnum):
    """The figures of the front board; a value names the list page that shows the rows."""

    PEOPLE = "people"
    ENTERPRISES = "enterprises"
    REGISTRATIONS = "registrations"
    ATTENDANCES = "attendances"
    REACHED = "people-reached"


class Verdict(StrEnum):
    """Whether a row counts, or the first reason why not."""

    COUNTED = "counted"
    OUTSIDE = "outside"
    CANDIDATE = "candidate"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    MERGED = "merged"
    AGAIN = "again"


Words = str | Promise


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that a figure does not count, and why."""

    verdict: Verdict
    number: int
    why: Words

    def __str__(self) -> str:
        return gettext("Not counted: %(number)d %(why)s.") % {
            "number": self.number,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a figure, by who gave the class; the parts sum to the figure."""

    organiser: str
    label: Words
    number: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that stands for rows.

    Attributes:
        slug: Which figure; also the list page that shows its rows.
        label: Its name.
        number: How many rows count.
        unit: What one of them is.
        period: The days it is about; None for "as the register stands now".
        source: Which rows are counted.
        deduplication: When one counts once, and when several times.
        params: Query parameters with which the list page shows exactly the counted rows.
        left_out: Rows that do not count, by reason; with them the figure is the whole.
        parts: The number by organiser, where classes are counted.
    """

    slug: Slug
    label: Words
    number: int
    unit: Unit
    period: Period[date] | None
    source: Words
    deduplication: Words
    params: dict[str, str]
    left_out: tuple[LeftOut, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def unit_label(self) -> str:
        """The unit in words."""
        return str(self.unit.label)

    @property
    def period_label(self) -> str:
        """The period in words, with its last day."""
        if self.slug in (Slug.PEOPLE, Slug.ENTERPRISES):
            return gettext("As the register stands now")
        if self.period is None:
            return gettext("All years")
        days = {"first": date_format(self.period.starts)}
        if self.period.ends is None:
            return gettext("Since %(first)s") % days
        last = date_format(self.period.ends - timedelta(days=1))
        return gettext("%(first)s to %(last)s") % {**days, "last": last}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A number that a source reports, shown beside the figures and never added to them."""

    class_id: int
    title: str
    starts_on: date
    number: int
    at_least: bool
    unit: Unit
    source: str


LABELS: Final[dict[Slug, Words]] = {
    Slug.PEOPLE: _("People in the register"),
    Slug.ENTERPRISES: _("Enterprises in the register"),
    Slug.REGISTRATIONS: _("Registrations for classes"),
    Slug.ATTENDANCES: _("Attendances at classes"),
    Slug.REACHED: _("People reached by classes"),
}
SOURCES: Final[dict[Slug, Words]] = {
    Slug.PEOPLE: _("The register of people, as it stands now, by where they live."),
    Slug.ENTERPRISES: _("The register of enterprises, as it stands now, by where they work."),
    Slug.REGISTRATIONS: _("Registrations for classes whose first day lies in the period."),
    Slug.ATTENDANCES: _("Attendance lists of the days of classes in the period."),
    Slug.REACHED: _("Attendance lists of the days of classes in the period."),
}
DEDUPLICATIONS: Final[dict[Slug, Words]] = {
    Slug.PEOPLE: _(
        "A person counts once, with or without a business. Entries that may be the same person "
        "count apart until somebody decides."
    ),
    Slug.ENTERPRISES: _(
        "An enterprise counts once, however many owners it has. A person with two enterprises "
        "is behind two of them."
    ),
    Slug.REGISTRATIONS: _(
        "One for each person in each class. A person in three classes counts three times."
    ),
    Slug.ATTENDANCES: _(
        "One for each person on each day. A person who came on three days counts three times."
    ),
    Slug.REACHED: _(
        "A person counts once, however many classes and days. One day is enough to count."
    ),
}
UNITS: Final[dict[Slug, Unit]] = {
    Slug.PEOPLE: Unit.PEOPLE,
    Slug.ENTERPRISES: Unit.ENTERPRISES,
    Slug.REGISTRATIONS: Unit.REGISTRATIONS,
    Slug.ATTENDANCES: Unit.ATTENDANCES,
    Slug.REACHED: Unit.PEOPLE,
}
WHY_LEFT_OUT: Final[dict[Verdict, Words]] = {
    Verdict.OUTSIDE: _("outside your areas of duty"),
    Verdict.CANDIDATE: _("at classes of a party or candidate (UU 10/2016 art. 71)"),
    Verdict.CANCELLED: _("for classes that were cancelled"),
    Verdict.WITHDRAWN: _("given back"),
    Verdict.CLOSED: _("closed for good"),
    Verdict.MERGED: _("entries that are one with another entry"),
    Verdict.AGAIN: _("of people who are counted under another of their entries"),
}


def params_of(area_code: str, period: Period[date] | None) -> dict[str, str]:
    """Return the query parameters of a list of counted rows; `sampai` is the last day itself."""
    params = {"wilayah": area_code, "dihitung": "ya"}
    if period is not None:
        params["dari"] = period.starts.isoformat()
        if period.ends is not None:
            params["sampai"] = (period.ends - timedelta(days=1)).isoformat()
    return params

"""How good the data of a city are: filled in, plausible, there twice, rightly merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.cities import chosen_city, cities_within
from jembol.desk.lists import may, wants_file
from jembol.desk.reasons import Question, answered
from jembol.intake.quality import completeness_by_source
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.actions.number_checks import ask_for_number_check, is_comparing
from jembol.registry.queries.quality import (
    MEASURES,
    Completeness,
    Duplicates,
    Precision,
    completeness_by_kelurahan,
    estimated_duplicates,
    newest_number_check,
    precision_of_merges,
    total_of,
)
from jembol.training.choices import Door
from jembol.ui.export import Value, file_answer
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


FILES = (("csv", "CSV"), ("xlsx", "XLSX"))


def measures() -> list[tuple[str, str]]:
    """Return what is judged of a record, by name and title."""
    titles = {
        "nik": _("NIK"),
        "kk": _("Family card"),
        "phone": _("Phone"),
        "born_on": _("Date of birth"),
        "kelurahan": _("Kelurahan"),
        "rt": _("RT"),
    }
    return [(name, titles[name]) for name in MEASURES]


@dataclass(frozen=True, slots=True)
class Bar:
    """One share as a bar.

    Attributes:
        title: What is filled in.
        number: Of how many people.
        people: Of how many it could be.
    """

    title: str
    number: int
    people: int

    @property
    def percent(self) -> str:
        """The share in words; a dash where nobody is."""
        return percent(self.number / self.people) if self.people else "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: people of a kelurahan or a source.

    Attributes:
        title: Its name.
        people: How many people.
        bars: What of them is filled in.
        duplicates: Estimated records too many; None where it is not known.
    """

    title: str
    people: int
    bars: list[Bar]
    duplicates: float | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with how sure it is, in words."""

    share: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that was counted for one page.

    Attributes:
        whole: All people.
        lines: By kelurahan.
        sources: By source of lists.
        duplicates: The newest estimate, if any.
    """

    whole: Line
    lines: list[Line]
    sources: list[Line]
    duplicates: Duplicates | None
    doors: list[tuple[str, float]] = field(default_factory=list)


def percent(share: float) -> str:
    """Return a share in whole percent; only nobody is 0 %, and only everybody 100 %."""
    rounded = round(share * 100)
    if rounded == 0 < share:
        return _("below 1 %")
    if rounded == 100 and share < 1:
        return _("above 99 %")
    return f"{rounded} %"


@reads("registry.see")
def quality(request: OfficerRequest) -> HttpResponseBase:
    """Show how complete and plausible the people of a city are, and what may be there twice."""
    city = chosen_city(request)
    tables = _tables(city, request.reach)
    if wants_file(request):
        return _file(request, tables)
    precision = precision_of_merges(city, request.reach)
    context = {
        "title": _("Data quality"),
        "lead": city.name,
        "city": city,
        "cities": cities_within(request.reach),
        "now": timezone.now(),
        "tables": tables,
        "measures": [title for _name, title in measures()],
        "precision": precision,
        "interval": _interval(precision),
        "check": newest_number_check(city, request.reach),
        "comparing": is_comparing(city),
        "may_compare": may(request, "registry.reveal", at=city.key),
        "downloads": [(f"?kota={city.code}&unduh={kind}", name) for kind, name in FILES],
    }
    return show(request, "desk/quality.html", context)


def _tables(city: Area, reach: Reach) -> Tables:
    parts = completeness_by_kelurahan(city, reach)
    duplicates = estimated_duplicates(city, reach)
    estimated = duplicates.by_kelurahan if duplicates else {}
    kelurahan = Area.objects.inside(city).at(Level.KELURAHAN).within(reach)
    names = dict(kelurahan.order_by("name", "key").values_list("key", "name"))
    # A reach below a kelurahan holds people of it but not the kelurahan itself.
    missing = parts.keys() - names.keys() - {0}
    names |= dict(Area.objects.filter(key__in=missing).values_list("key", "name"))
    lines = [
        _line(name, parts.get(key, Completeness()), estimated.get(key, 0) if duplicates else None)
        for key, name in names.items()
    ]
    if 0 in parts or estimated.get(0):
        unknown = _("Kelurahan not known")
        lines.append(_line(unknown, parts.get(0, Completeness()), estimated.get(0)))
    sources = [
        _line(one.name or _("In no list: entered one by one"), one.completeness)
        for one in completeness_by_source(city, reach)
    ]
    doors = {value: str(label) for value, label in Door.choices}
    return Tables(
        whole=_line(_("All"), total_of(parts), duplicates.remaining if duplicates else None),
        lines=lines,
        sources=sources,
        duplicates=duplicates,
        doors=[
            (doors.get(door, _("Not known")), number)
            for door, number in (duplicates.by_door.items() if duplicates else ())
        ],
    )


def _line(title: str, of: Completeness, duplicates: float | None = None) -> Line:
    bars = [Bar(name, of.filled[key], of.people) for key, name in measures()]
    return Line(title, of.people, bars, duplicates)


def _interval(precision: Precision) -> Interval | None:
    if precision.share is None:
        return None
    low, high = precision.interval
    return Interval(percent(precision.share), percent(low), percent(high))


def _file(request: OfficerRequest, tables: Tables) -> HttpResponseBase:
    """Return the tables as one file; every line says what it is of, and when it was counted."""
    titles = [title for _name, title in measures()]
    header = [_("Of"), _("Name"), _("People"), *titles, _("Estimated records too many"),
              _("Counted on")]  # fmt: skip
    today = timezone.localdate()
    groups = ((_("City"), [tables.whole]), (_("Kelurahan"), tables.lines),
              (_("Source"), tables.sources))  # fmt: skip
    rows = [_cells(kind, line, today.isoformat()) for kind, lines in groups for line in lines]
    kind = request.GET["unduh"]
    return file_answer(kind, f"mutu-data-{today.isoformat()}", header, rows)


def _cells(kind: str, line: Line, on: str) -> Sequence[Value]:
    estimated = "" if line.duplicates is None else round(line.duplicates, 1)
    return [kind, line.title, line.people, *(bar.number for bar in line.bars), estimated, on]


@writes("registry.reveal")
def number_check_create(request: OfficerRequest) -> HttpResponse:
    """Let all NIK of the city be compared with sex and birth, after saying why."""
    city = chosen_city(request)
    question = Question(
        title=_("Compare the NIK"),
        lead=_(
            "All NIK of %(city)s are opened by the computer and compared with sex and date of "
            "birth. Nobody sees them; only counts are kept. The journal notes the reading."
        )
        % {"city": city.name},
        submit=_("Compare"),
        done=_("The comparison has begun. Its result appears here."),
        back=(reverse("desk:quality"), _("Data quality")),
    )
    return answered(
        request, question, lambda why: ask_for_number_check(city, by=request.by, why=why)
    )


paths = [
    path("mutu/", quality, name="quality"),
    path("mutu/nik/", number_check_create, name="number_check_create"),
]

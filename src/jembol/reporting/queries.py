"""The front board: four counts that are never added up, and people reached by kelurahan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from jembol.kit.area import city_key, kelurahan_key
from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.choices import EnterpriseStatus
from jembol.registry.models import Enterprise, Person
from jembol.reporting.figures import (
    DEDUPLICATIONS,
    LABELS,
    SOURCES,
    UNITS,
    WHY_LEFT_OUT,
    ClaimRow,
    Figure,
    LeftOut,
    Part,
    Slug,
    Verdict,
    params_of,
)
from jembol.training.choices import Organiser, Unit
from jembol.training.models import (
    Attendance,
    AttendanceQuerySet,
    Claim,
    Class,
    Registration,
    RegistrationQuerySet,
)

Days = Period[date] | None
"""A period of days, or None for all days."""

KEYS_OF_A_KELURAHAN: Final = 10**6
"""RW and RT are the last six digits of an area key (kit/area.py)."""


@dataclass(frozen=True, slots=True)
class KelurahanReached:
    """How many people of one kelurahan came to a class, each counted once."""

    key: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Reached:
    """The people reached, by where they live; all parts together are the figure.

    Attributes:
        rows: Every kelurahan in reach, by name, also where nobody was reached.
        unknown: People whose kelurahan is not known.
        elsewhere: People who live in another city.
    """

    rows: tuple[KelurahanReached, ...]
    unknown: int
    elsewhere: int

    @property
    def people(self) -> int:
        """All people reached."""
        return sum(row.people for row in self.rows) + self.unknown + self.elsewhere


def headline(city: Area, reach: Reach, period: Days) -> tuple[Figure, ...]:
    """Return people, enterprises, registrations and attendances, each counted apart.

    Only rows of people and enterprises in the reach count. A reader whose reach does not touch the
    city gets zeros, and learns nothing of what was left out.
    """
    return (
        _register_figure(Slug.PEOPLE, _people_verdicts(city, reach), city),
        _register_figure(Slug.ENTERPRISES, _enterprise_verdicts(city, reach), city),
        _class_figure(
            Slug.REGISTRATIONS, _registration_verdicts(city, reach, period), city, period
        ),
        _class_figure(Slug.ATTENDANCES, _attendance_verdicts(city, reach, period), city, period),
    )


def people_reached(city: Area, reach: Reach, period: Days) -> Figure:
    """Return how many people came to a class of the city; the sum of the kelurahan."""
    numbers: Numbers = {}
    if _touches(reach, city):
        # Two plain counts: as one, with verdicts, the list of who came is gathered three times.
        came = Person.objects.standing().filter(_came_to(_attendances_in(city, period)))
        seen = Count("pk", filter=_within(reach, "area"))
        totals = came.aggregate(everybody=Count("pk"), seen=seen)
        counted = people_reached_rows(city, reach, period).count()
        numbers = {
            Verdict.OUTSIDE: totals["everybody"] - totals["seen"],
            Verdict.CANDIDATE: totals["seen"] - counted,
            Verdict.COUNTED: counted,
        }
    return _figure(Slug.REACHED, numbers, city, period)


def reached_by_kelurahan(city: Area, reach: Reach, period: Days) -> Reached:
    """Return the people reached by the kelurahan where they live; the sum is `people_reached`."""
    people: dict[int, int] = defaultdict(int)
    elsewhere = 0
    for key, number in _reached_keys(city, reach, period):
        if city_key(key) == city.key:
            people[kelurahan_key(key)] += number
        else:
            elsewhere += number
    unknown = people.pop(0, 0)
    kelurahan = Area.objects.inside(city).at(Level.KELURAHAN)
    seen = kelurahan.within(reach) | kelurahan.filter(pk__in=list(people))
    rows = tuple(
        KelurahanReached(key=area.key, name=area.name, people=people[area.key])
        for area in seen.order_by("name", "key")
    )
    return Reached(rows=rows, unknown=unknown, elsewhere=elsewhere)


def claims(city: Area, reach: Reach, period: Days) -> tuple[ClaimRow, ...]:
    """Return what sources report about the city's classes, the newest class first."""
    of_city = Class.objects.inside(city).within(reach).counted()
    rows = Claim.objects.filter(
        training_class__in=of_city if period is None else of_city.beginning_in(period)
    )
    return tuple(
        ClaimRow(
            class_id=claim.training_class_id,
            title=claim.training_class.title,
            starts_on=claim.training_class.starts_on,
            number=claim.number,
            at_least=claim.at_least,
            unit=Unit(claim.unit),
            source=claim.source,
        )
        for claim in rows.select_related("training_class").order_by(
            "-training_class__starts_on", "pk"
        )
    )


# --- the rows behind each figure, for the list pages ------------------------------------------


def people_counted(city: Area, reach: Reach) -> QuerySet[Person]:
    """Return the people behind the figure."""
    return Person.objects.standing().inside(city).within(reach)


def enterprises_counted(city: Area, reach: Reach) -> QuerySet[Enterprise]:
    """Return the enterprises behind the figure: those that are not closed."""
    there = Enterprise.objects.standing().inside(city).within(reach)
    return there.exclude(status=EnterpriseStatus.CLOSED)


def registrations_counted(city: Area, reach: Reach, period: Days) -> RegistrationQuerySet:
    """Return the registrations behind the figure."""
    if not _touches(reach, city):
        return Registration.objects.none()
    again = Registration.objects.of_people_in(reach).standing().again()
    return _registrations_in(city, period).of_people_in(reach).counted().filter(~again)


def attendances_counted(city: Area, reach: Reach, period: Days) -> AttendanceQuerySet:
    """Return the attendances behind the figure."""
    if not _touches(reach, city):
        return Attendance.objects.none()
    again = Attendance.objects.of_people_in(reach).again()
    return _attendances_in(city, period).of_people_in(reach).counted().filter(~again)


def people_reached_rows(city: Area, reach: Reach, period: Days) -> QuerySet[Person]:
    """Return the people behind `people_reached`."""
    if not _touches(reach, city):
        return Person.objects.none()
    of_city = _attendances_in(city, period).counted()
    return Person.objects.standing().within(reach).filter(_came_to(of_city))


# --- verdicts ---------------------------------------------------------------------------------

Numbers = dict[Verdict, int]

_MERGED: Final = When(survivor__isnull=False, then=Value(Verdict.MERGED.value))


def _people_verdicts(city: Area, reach: Reach) -> Numbers:
    if not _touches(reach, city):
        return {}
    outside = When(~_within(reach, "area"), then=Value(Verdict.OUTSIDE.value))
    verdicts = (_MERGED, outside)
    return _numbers(Person.objects.inside(city), verdicts, otherwise=Verdict.COUNTED)


def _enterprise_verdicts(city: Area, reach: Reach) -> Numbers:
    if not _touches(reach, city):
        return {}
    verdicts = (
        _MERGED,
        When(~_within(reach, "area"), then=Value(Verdict.OUTSIDE.value)),
        When(status=EnterpriseStatus.CLOSED, then=Value(Verdict.CLOSED.value)),
    )
    return _numbers(Enterprise.objects.inside(city), verdicts, otherwise=Verdict.COUNTED)


def _registration_verdicts(city: Area, reach: Reach, period: Days) -> dict[str, Numbers]:
    if not _touches(reach, city):
        return {}
    of_class = "training_class"
    withdrawn = When(withdrawal__isnull=False, then=Value(Verdict.WITHDRAWN.value))
    rows = _registrations_in(city, period)
    # Those of one class share its place and days, so these need not be asked again.
    again = _again(Registration.objects.of_people_in(reach).standing().again())
    verdicts = (*_class_verdicts(reach, of_class, "person"), withdrawn, again)
    return _by_organiser(rows, verdicts, of_class)


def _attendance_verdicts(city: Area, reach: Reach, period: Days) -> dict[str, Numbers]:
    if not _touches(reach, city):
        return {}
    of_class = "session__training_class"
    rows = _attendances_in(city, period)
    again = _again(Attendance.objects.of_people_in(reach).again())
    verdicts = (*_class_verdicts(reach, of_class, "registration__person"), again)
    return _by_organiser(rows, verdicts, of_class)


def _again(condition: Q) -> When:
    """Return the reason that a person is counted already, under another of their ids."""
    return When(condition, then=Value(Verdict.AGAIN.value))


def _class_verdicts(reach: Reach, of_class: str, person: str) -> tuple[When, ...]:
    """Return the reasons not to count, the first that holds decides."""
    candidate = Q(**{f"{of_class}__organiser": Organiser.CANDIDATE})
    cancelled = Q(**{f"{of_class}__cancellation__isnull": False})
    return (
        When(~_within(reach, f"{person}__area"), then=Value(Verdict.OUTSIDE.value)),
        When(candidate, then=Value(Verdict.CANDIDATE.value)),
        When(cancelled, then=Value(Verdict.CANCELLED.value)),
    )


def _verdict(verdicts: Iterable[When], otherwise: Verdict) -> Case:
    return Case(*verdicts, default=Value(otherwise.value), output_field=CharField())


def _numbers(rows: QuerySet[Any], verdicts: Iterable[When], otherwise: Verdict) -> Numbers:
    """Return how many rows each verdict has, in one query; every row has exactly one."""
    grouped = rows.order_by().values(verdict=_verdict(verdicts, otherwise))
    pairs = grouped.annotate(number=Count("pk")).values_list("verdict", "number")
    return {Verdict(verdict): number for verdict, number in pairs.order_by("verdict")}


def _by_organiser(
    rows: QuerySet[Any], verdicts: Iterable[When], of_class: str
) -> dict[str, Numbers]:
    """Return the same by who gave the class."""
    grouped = rows.order_by().values(
        verdict=_verdict(verdicts, Verdict.COUNTED), by=F(f"{of_class}__organiser")
    )
    triples = grouped.annotate(number=Count("pk")).values_list("by", "verdict", "number")
    found: dict[str, Numbers] = defaultdict(dict)
    for organiser, verdict, number in triples.order_by("by", "verdict"):
        found[organiser][Verdict(verdict)] = number
    return found


# --- figures ----------------------------------------------------------------------------------


def _register_figure(slug: Slug, numbers: Numbers, city: Area) -> Figure:
    return _figure(slug, numbers, city, None)


def _class_figure(
    slug: Slug, by_organiser: Mapping[str, Numbers], city: Area, period: Days
) -> Figure:
    total: Numbers = defaultdict(int)
    for numbers in by_organiser.values():
        for verdict, number in numbers.items():
            total[verdict] += number
    parts = tuple(
        Part(
            organiser=organiser.value,
            label=organiser.label,
            number=by_organiser.get(organiser.value, {}).get(Verdict.COUNTED, 0),
        )
        for organiser in Organiser
        if organiser != Organiser.CANDIDATE
    )
    return _figure(slug, total, city, period, parts)


def _figure(
    slug: Slug, numbers: Numbers, city: Area, period: Days, parts: tuple[Part, ...] = ()
) -> Figure:
    return Figure(
        slug=slug,
        label=LABELS[slug],
        number=numbers.get(Verdict.COUNTED, 0),
        unit=UNITS[slug],
        period=period,
        source=SOURCES[slug],
        deduplication=DEDUPLICATIONS[slug],
        params=params_of(city.code, period),
        left_out=tuple(
            LeftOut(verdict=verdict, number=numbers[verdict], why=why)
            for verdict, why in WHY_LEFT_OUT.items()
            if numbers.get(verdict)
        ),
        parts=parts,
    )


# --- which rows -------------------------------------------------------------------------------


def _touches(reach: Reach, city: Area) -> bool:
    return bool(reach & Reach((city.span,)))


def _within(reach: Reach, field: str) -> Q:
    """Return the condition that an area lies in the reach; false for no reach."""
    spans = Q(pk__in=())
    for low, high in reach.spans:
        spans |= Q(**{f"{field}_id__gte": low, f"{field}_id__lt": high})
    return spans


def _registrations_in(city: Area, period: Days) -> RegistrationQuerySet:
    rows = Registration.objects.of_classes_in(city)
    return rows if period is None else rows.beginning_in(period)


def _attendances_in(city: Area, period: Days) -> AttendanceQuerySet:
    rows = Attendance.objects.of_classes_in(city)
    return rows if period is None else rows.on_days_of(period)


def _came_to(attendances: QuerySet[Any]) -> Q:
    """Return the condition that the person is among those who came, under whichever of their ids.

    A list of keys, not a correlated EXISTS: with 100,000 people and 160,000 attendances SQLite
    answered for one year in 0.1 s instead of 1.4 s. Of the absorbed, who are few, each is asked
    apart, so that the long list needs no look at the people on it.
    """
    of_one = attendances.filter(registration__person=OuterRef("pk"))
    absorbed = Person.objects.filter(Exists(of_one.order_by()), survivor__isnull=False)
    came = attendances.order_by().values_list("registration__person", flat=True)
    return Q(pk__in=came.union(absorbed.order_by().values_list("survivor", flat=True)))


def _reached_keys(city: Area, reach: Reach, period: Days) -> list[tuple[int, int]]:
    """Return the keys cut to the kelurahan, with the number of people reached, in one query."""
    rows = people_reached_rows(city, reach, period).order_by()
    cut = F("area_id") - F("area_id") % KEYS_OF_A_KELURAHAN
    grouped = rows.values(cut=cut).annotate(number=Count("pk")).order_by("cut")
    return list(grouped.values_list("cut", "number"))

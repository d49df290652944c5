"""Classes with their counts, attendance as a grid and as a list, and a person's classes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from jembol.kit.ids import PublicId
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.registry.queries import PEOPLE_COLUMNS, people_rows
from jembol.registry.queries.identity import rows_of, shown_to
from jembol.training.models import (
    Attendance,
    Class,
    ClassQuerySet,
    HeldSeat,
    Registration,
    RegistrationQuerySet,
    Session,
)
from jembol.training.rules import seats_left

PERSON_TITLES: Final = (
    "ID Jembol", "Nama", "NIK", "L/P", "No HP", "Alamat", "RT", "RW", "Kelurahan", "Kecamatan",
)  # fmt: skip
"""What a list of attendance tells of a person, in the words of `PEOPLE_COLUMNS`."""

ROOT: Final = Coalesce("person__survivor_id", "person_id")
"""The key of the person who holds a seat, whichever of their ids it names."""

ROOT_OF_ATTENDANCE: Final = Coalesce("registration__person__survivor_id", "registration__person_id")
"""The key of the person who came."""

CAME: Final = "v"
STAYED_AWAY: Final = "-"


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """The counts of one class, each of its own unit.

    Attributes:
        sessions: Days of the class.
        rolls: Days whose attendance was taken.
        registered: People who hold a seat.
        withdrawn: People who gave their seat back.
        attended_people: People who came on one day at least, withdrawn later or not.
        attendances: Times that somebody came on a day.
        seats: The seats, or None without a limit.
        left: Seats that are free, or None without a limit.
    """

    sessions: int
    rolls: int
    registered: int
    withdrawn: int
    attended_people: int
    attendances: int
    seats: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One registered person; `present` has one answer per session, None before its roll.

    Of a person who is registered under two ids, `registration` is the one that speaks for both.
    """

    registration: Registration
    person: Person
    is_withdrawn: bool
    present: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class AttendanceGrid:
    """Who came on which day, by name, for one reader.

    Attributes:
        sessions: The days that stand, from first to last.
        rows: The people whom the reader may see; of those who withdrew, the ones who came once.
        came: How many people came on each day, those outside the reach among them.
        hidden: How many people the reader may not see.
        hidden_came: How many of those came on each day.
    """

    sessions: tuple[Session, ...]
    rows: tuple[GridRow, ...]
    came: tuple[int, ...]
    hidden: int
    hidden_came: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonClass:
    """One class in a person's life.

    Attributes:
        registration: The person's place in it.
        training_class: The class, with its course and area.
        is_withdrawn: Whether the place was given back.
        is_cancelled: Whether the class was cancelled.
        days: Days of the class.
        days_with_roll: Days whose attendance was taken.
        days_attended: Days on which the person came.
    """

    registration: Registration
    training_class: Class
    is_withdrawn: bool
    is_cancelled: bool
    days: int
    days_with_roll: int
    days_attended: int


def classes(reach: Reach) -> ClassQuerySet:
    """Return the classes in the reach with their counts, course and place, in no order yet.

    Adds `session_count`, `registered`, `attended_people`, `attendances` and `seats_left`.
    """
    related = ("course", "area", "venue", "publication", "cancellation")
    return Class.objects.within(reach).select_related(*related).with_counts()


def coming(on: date, city: Area) -> ClassQuerySet:
    """Return what citizens of the city may still sign up for, the next class first."""
    shown = Class.objects.inside(city).published().of_the_city().filter(starts_on__gte=on)
    related = ("course", "area", "venue", "selection_rule")
    return shown.select_related(*related).with_seats_left().order_by("starts_on", "pk")


def registrations(reach: Reach) -> RegistrationQuerySet:
    """Return the registrations of people in the reach, in no order yet."""
    related = ("person__area", "training_class__course", "withdrawal", "group")
    return Registration.objects.of_people_in(reach).select_related(*related)


def class_counts(training_class: Class) -> ClassCounts:
    """Return the counts of one class; people outside anybody's reach are counted too."""
    counted = Class.objects.with_counts().get(pk=training_class.pk)
    added = vars(counted)
    # Who was registered under two ids and gave back one seat holds the other.
    given_back = _roots(counted.registrations.filter(withdrawal__isnull=False))
    return ClassCounts(
        sessions=added["session_count"],
        rolls=counted.sessions.filter(roll__isnull=False).count(),
        registered=added["registered"],
        withdrawn=len(given_back - _roots(counted.registrations.standing())) if given_back else 0,
        attended_people=added["attended_people"],
        attendances=added["attendances"],
        seats=counted.seats,
        left=seats_left(counted.seats, added["registered"] + _offered(counted)),
    )


def _offered(training_class: Class) -> int:
    """Return how many seats offers keep: nobody else can have them now."""
    return HeldSeat.objects.filter(training_class=training_class).count()


def attendance_grid(training_class: Class, reach: Reach) -> AttendanceGrid:
    """Return who came on which day; people outside the reach are counted and never named."""
    sessions = _days_of(training_class)
    involved = _involved_in(training_class)
    came_by = Attendance.objects.filter(session__training_class=training_class)
    there = set(came_by.values_list("session_id", ROOT_OF_ATTENDANCE).order_by("pk"))
    seen = involved.of_people_in(reach).select_related(
        "person__area__parent__parent", "person__survivor__area__parent__parent", "withdrawal",
        "group",
    )  # fmt: skip
    by_person: dict[int, list[Registration]] = defaultdict(list)
    for registration in seen.order_by("person__folded", "pk"):
        person = registration.person
        by_person[person.survivor_id or person.pk].append(registration)
    rows = tuple(
        _grid_row(root, seats, sessions, there, reach) for root, seats in by_person.items()
    )
    came = _came(sessions, there)
    named_came = _came(sessions, {(day, root) for day, root in there if root in by_person})
    return AttendanceGrid(
        sessions=sessions,
        rows=rows,
        came=came,
        hidden=len(_roots(involved)) - len(rows),
        hidden_came=tuple(all_ - seen_ for all_, seen_ in zip(came, named_came, strict=True)),
    )


def attendance_header(training_class: Class) -> list[str]:
    """Return the titles above `attendance_rows`; day n is "Hari n", as the import reads it."""
    return [*PERSON_TITLES, *(f"Hari {session.number}" for session in _days_of(training_class))]


def attendance_rows(training_class: Class, reach: Reach) -> Iterator[tuple[str, ...]]:
    """Yield the people of a class who live in the reach as texts, by name, with a mark for a day.

    The import reads the list back into the same class as no change. A day whose roll was not
    taken is empty, because nobody knows who stayed away.
    """
    days = [(day.number, hasattr(day, "roll")) for day in _days_of(training_class)]
    shown = _shown_for(_involved_in(training_class).of_people_in(reach), reach)
    people = Person.objects.filter(public_id__in=set(shown.values())).order_by("folded", "pk")
    came_by = Attendance.objects.filter(session__training_class=training_class)
    there = {
        (day, shown.get(seat))
        for day, seat in came_by.values_list("session__number", "registration_id")
    }
    for row in people_rows(people):
        person = PublicId.parse(row.public_id).compact
        told = (getattr(row, PEOPLE_COLUMNS[title]) for title in PERSON_TITLES)
        marks = (_mark(came=(day, person) in there, has_roll=has_roll) for day, has_roll in days)
        yield (*told, *marks)


def classes_of(person: Person) -> tuple[PersonClass, ...]:
    """Return the classes of one person, the newest first.

    The caller has the person by right, and a class says nothing about others, so no reach bounds
    this.
    """
    related = ("training_class__course", "training_class__area", "training_class__cancellation")
    rows = (
        Registration.objects.filter(person__in=rows_of(person).values("pk"))
        .select_related(*related, "withdrawal", "person")
        .annotate(
            days=Count(
                "training_class__sessions",
                filter=Q(training_class__sessions__cancellation__isnull=True),
                distinct=True,
            ),
            days_with_roll=Count(
                "training_class__sessions",
                filter=Q(training_class__sessions__roll__isnull=False),
                distinct=True,
            ),
            days_attended=Count("attendances", distinct=True),
        )
        .order_by("-training_class__starts_on", "-training_class_id", "pk")
    )
    by_class: dict[int, list[Registration]] = defaultdict(list)
    for row in rows:
        by_class[row.training_class_id].append(row)
    return tuple(_person_class(seats) for seats in by_class.values())


def _days_of(training_class: Class) -> tuple[Session, ...]:
    """Return the days of a class that stand, with their rolls, from first to last."""
    of_class = Session.objects.standing().filter(training_class=training_class)
    return tuple(of_class.select_related("roll").order_by("number"))


def _mark(*, came: bool, has_roll: bool) -> str:
    if came:
        return CAME
    return STAYED_AWAY if has_roll else ""


def _involved_in(training_class: Class) -> RegistrationQuerySet:
    """Return who holds a seat, or gave it back but came on a day."""
    of_class = Registration.objects.filter(training_class=training_class)
    return of_class.standing() | of_class.attended()


def _grid_row(
    root: int,
    seats: Sequence[Registration],
    sessions: tuple[Session, ...],
    there: set[tuple[int, int]],
    reach: Reach,
) -> GridRow:
    lead = _lead(seats)
    return GridRow(
        registration=lead,
        person=shown_to(reach, lead.person),
        is_withdrawn=hasattr(lead, "withdrawal"),
        present=tuple(
            (session.pk, root) in there if hasattr(session, "roll") else None
            for session in sessions
        ),
    )


def _lead(seats: Sequence[Registration]) -> Registration:
    """Return the seat that speaks for a person: one that stands, their own, the oldest."""
    return min(
        seats,
        key=lambda seat: (
            hasattr(seat, "withdrawal"),
            seat.person.survivor_id is not None,
            seat.pk,
        ),
    )


def _shown_for(seats: RegistrationQuerySet, reach: Reach) -> dict[int, str]:
    """Return for each seat the public id of the person whom a reader sees on it."""
    rows = seats.values_list(
        "pk", "person__public_id", "person__survivor__public_id", "person__survivor__area_id"
    ).order_by("pk")
    return {
        seat: root if root and reach.covers(area or 0) else person
        for seat, person, root, area in rows
    }


def _roots(seats: QuerySet[Registration]) -> set[int]:
    """Return the keys of the people who hold these seats, each once."""
    return set(seats.order_by("pk").values_list(ROOT, flat=True))


def _came(sessions: tuple[Session, ...], there: set[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(sum(day == session.pk for day, _person in there) for session in sessions)


def _person_class(seats: Sequence[Registration]) -> PersonClass:
    row = _lead(seats)
    added = vars(row)
    return PersonClass(
        registration=row,
        training_class=row.training_class,
        is_withdrawn=hasattr(row, "withdrawal"),
        is_cancelled=hasattr(row.training_class, "cancellation"),
        days=added["days"],
        days_with_roll=added["days_with_roll"],
        days_attended=added["days_attended"] if len(seats) == 1 else _days_of_all(seats),
    )


def _days_of_all(seats: Sequence[Registration]) -> int:
    """Return on how many days somebody came who has several seats in one class."""
    came = Attendance.objects.filter(registration__in=[seat.pk for seat in seats])
    return came.values("session").distinct().count()

"""Build a city through actions: people, enterprises, classes, registrations, attendances."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from bench.ground import analyse, kelurahan, malang, system
from bench.invented import Invented, invented
from bench.sizes import Sizes
from jembol.kit.nik import Kk, Nik
from jembol.places import actions as places
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.registry.models import Person
from jembol.training import actions as training
from jembol.training.choices import Door, Organiser
from jembol.training.models import Class, Course
from jembol.training.rules import Day

CHUNK = 2000
CLASS_SIZE = 120
DAYS = 4
ABSENT_IN = 4
"""One presence in so many is missing."""
BUSINESS_IN = 3

Answer = TypeVar("Answer")
Speeds = dict[str, list[float]]


def measure() -> Speeds:
    """Build everything; each chunk is a round of its own."""
    speeds: Speeds = {}
    wanted = Sizes.asked().people
    areas = _areas(wanted)
    people: list[Person] = []
    for start in range(0, wanted, CHUNK):
        rows = [_details(number, areas) for number in range(start, min(start + CHUNK, wanted))]
        people += _timed(speeds, "people enrolled (rows/s)", len(rows), _enrol(rows))
    for start in range(0, len(people), CHUNK):
        owners = people[start : start + CHUNK : BUSINESS_IN]
        _timed(speeds, "enterprises entered (rows/s)", len(owners), _open_shops(owners))
    _teach(people, speeds)
    analyse()
    return speeds


def _timed(speeds: Speeds, name: str, rows: int, do: Callable[[], Answer]) -> Answer:
    started = time.perf_counter()
    answer = do()
    speeds.setdefault(name, []).append(rows / (time.perf_counter() - started))
    return answer


def _areas(people: int) -> tuple[list[Area], dict[tuple[int, int, int], Area]]:
    """Return the kelurahan, and the RT of everybody by kelurahan, RW and RT."""
    of_city = kelurahan()
    told = (invented(number, len(of_city)) for number in range(people))
    wanted = {(of_city[one.kelurahan].key, one.rw, one.rt) for one in told}
    keys = places.bulk_rt(wanted=wanted, by=system())
    areas = Area.objects.in_bulk(list(keys.values()))
    return of_city, {place: areas[key] for place, key in keys.items()}


def _details(
    number: int, areas: tuple[list[Area], dict[tuple[int, int, int], Area]]
) -> registry.PersonDetails:
    of_city, rt = areas
    one = invented(number, len(of_city))
    return details_of(one, rt[of_city[one.kelurahan].key, one.rw, one.rt])


def details_of(one: Invented, area: Area) -> registry.PersonDetails:
    """Return what the register keeps of a person."""
    return registry.PersonDetails(
        name=one.name,
        area=area,
        sex=one.sex,
        born_on=one.born_on,
        phone=one.phone,
        address=one.street,
        nik=Nik(one.nik) if one.nik else None,
        kk=Kk(one.kk) if one.kk else None,
    )


def _enrol(rows: Sequence[registry.PersonDetails]) -> Callable[[], list[Person]]:
    return lambda: registry.enrol_many(rows, by=system(), door="import")


def _open_shops(owners: Sequence[Person]) -> Callable[[], object]:
    rows = [
        (
            registry.EnterpriseDetails(
                name=f"Warung {person.name}", area=person.area, product="Kue kering"
            ),
            [person],
        )
        for person in owners
    ]
    return lambda: registry.add_enterprises(rows, by=system())


def _teach(people: Sequence[Person], speeds: Speeds) -> None:
    """Give one class for each 120 people, on four days, with most of them present."""
    courses = list(training.seed_courses(by=system()).values())
    # Neighbours in the register do not sit in one class: step through it.
    step = max(1, len(people) // CLASS_SIZE)
    for number in range(step):
        seats = people[number::step]
        held = _class(number, courses)
        registered = _timed(
            speeds,
            "registrations (rows/s)",
            len(seats),
            lambda held=held, seats=seats: training.register_many(  # type: ignore[misc]
                training_class=held, people=seats, by=system(), door=Door.DESK
            ),
        )
        present = [
            (session, seat)
            for session in held.sessions.order_by("number").values_list("pk", flat=True)
            for place, seat in enumerate(registered.ids.values())
            if (place + session) % ABSENT_IN
        ]
        _timed(
            speeds,
            "attendances (rows/s)",
            len(present),
            lambda held=held, present=present: training.attend_many(  # type: ignore[misc]
                training_class=held, present=present, by=system()
            ),
        )


def _class(number: int, courses: Sequence[Course]) -> Class:
    first = date(2019, 1, 7) + timedelta(days=3 * number % 2500)
    return training.open_class(
        course=courses[number % len(courses)],
        title=f"Angkatan {number + 1}",
        area=malang(),
        organiser=Organiser.OFFICE,
        days=[Day(on=first + timedelta(days=day)) for day in range(DAYS)],
        by=system(),
    )

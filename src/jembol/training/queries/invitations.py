"""Whom to invite: everybody of the city, the best fit first, each with the reasons in points."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from jembol.kit.area import AreaCode, city_key
from jembol.kit.point import Point
from jembol.kit.reach import Reach
from jembol.outbox.addresses import digest_of
from jembol.outbox.models import Message, OptOut
from jembol.places.choices import Level
from jembol.places.models import Area, Venue
from jembol.registry.choices import Purpose
from jembol.registry.models import Consent, Ownership, Person
from jembol.training.choices import FitPart
from jembol.training.models import Attendance, Class, Invitation, Registration
from jembol.training.queries.classes import ROOT, ROOT_OF_ATTENDANCE
from jembol.training.rules import (
    NEARBY_M,
    NOT_FOR_LONG_DAYS,
    PLACES,
    POINTS,
    Parts,
    fit,
    score,
)

_MOBILE: Final = "+628"
_CHUNK: Final = 200
_FLAG: Final = "fits_"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be invited.

    Attributes:
        person: With area selected.
        parts: What speaks for it, each with its points.
        points: Their sum.
    """

    person: Person
    parts: Parts
    points: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best-fit people of one class for one reader.

    Attributes:
        rows: The best first.
        possible: How many could be invited in all.
        left_out: How many better ones want no messages, were written to, or share a number.
    """

    rows: tuple[Candidate, ...]
    possible: int
    left_out: int


def candidates(
    training_class: Class, reach: Reach, *, specific: Reach, on: date, number: int
) -> Candidates:
    """Return the people who fit a class best.

    Left out are those who have a seat or an invitation, have no mobile number, want no messages,
    or took back their consent to being written to. Of several with one number the first is shown.

    Args:
        training_class: The class.
        reach: Whom the reader may see.
        specific: Where the reader may know of disabilities; elsewhere they give no points.
        on: Today.
        number: How many are wanted.
    """
    pool = _pool(training_class, reach)
    ranked = _ranked(pool, _conditions(training_class, specific, on))
    rows: list[Candidate] = []
    numbers: set[str] = set()
    left_out = 0
    for person, is_open in _with_openness(ranked, purpose_of(training_class)):
        if not is_open or person.phone in numbers:
            left_out += 1
            continue
        numbers.add(person.phone)
        rows.append(_candidate(person))
        if len(rows) == number:
            break
    return Candidates(tuple(rows), pool.count(), left_out)


def purpose_of(training_class: Class) -> str:
    """Return the purpose under which a class invites: each number once."""
    return f"class-invitation:{training_class.public_id}"


def _candidate(person: Person) -> Candidate:
    held = frozenset(part for part in FitPart if vars(person).get(f"{_FLAG}{part.name}"))
    parts = fit(held)
    return Candidate(person, parts, score(parts))


def _with_openness(ranked: QuerySet[Person], purpose: str) -> Iterator[tuple[Person, bool]]:
    """Yield the people in order, each with whether the number may be written to for this."""
    begun = 0
    while chunk := list(ranked[begun : begun + _CHUNK]):
        begun += len(chunk)
        digests = {person.pk: digest_of(person.phone) for person in chunk}
        wanted = list(digests.values())
        closed = set(
            OptOut.objects.filter(recipient_digest__in=wanted).values_list(
                "recipient_digest", flat=True
            )
        )
        written = Message.objects.filter(purpose=purpose, recipient_digest__in=wanted)
        closed.update(written.values_list("recipient_digest", flat=True))
        for person in chunk:
            yield person, digests[person.pk] not in closed


def _pool(training_class: Class, reach: Reach) -> QuerySet[Person]:
    """Return whom the class could invite, in no order."""
    seats = Registration.objects.standing().filter(training_class=training_class)
    invited = Invitation.objects.filter(training_class=training_class)
    withdrawn = Consent.objects.filter(text__purpose=Purpose.CONTACT, withdrawal__isnull=False)
    agreed = Consent.objects.standing().filter(text__purpose=Purpose.CONTACT)
    refused = _roots_of(withdrawn) & ~_roots_of(agreed)
    return (
        Person.objects.standing()
        .within(reach)
        .filter(_spans([AreaCode.from_key(city_key(training_class.area_id)).span]))
        .filter(phone__startswith=_MOBILE)
        .exclude(_roots_of(seats))
        .exclude(_roots_of(invited))
        .exclude(refused)
    )


def _roots_of(rows: QuerySet[Any]) -> Q:
    """Return the condition that a person stands for one whom these rows name.

    The keys are gathered once; asked person by person a city of 100,000 would take seconds.
    """
    return Q(pk__in=rows.order_by().values_list(ROOT, flat=True))


def _conditions(training_class: Class, specific: Reach, on: date) -> dict[FitPart, Q]:
    came = Attendance.objects.counted()
    in_course = came.filter(session__training_class__course=training_class.course_id)
    lately = came.filter(session__on__gt=on - timedelta(days=NOT_FOR_LONG_DAYS))
    ever, late = _came(came), _came(lately)
    owners = Ownership.objects.standing(on)
    return {
        FitPart.NEVER_IN_COURSE: ~_came(in_course),
        FitPart.NEVER_REACHED: ~ever,
        FitPart.NOT_FOR_LONG: ever & ~late,
        FitPart.NO_BUSINESS: ~_roots_of(owners),
        FitPart.DISABILITY: Q(has_disability=True) & _spans(specific.spans),
        **_places(training_class),
    }


def _came(rows: QuerySet[Any]) -> Q:
    return Q(pk__in=rows.order_by().values_list(ROOT_OF_ATTENDANCE, flat=True))


def _places(training_class: Class) -> dict[FitPart, Q]:
    """Return the conditions that a person lives near the class."""
    code = AreaCode.from_key(training_class.area_id)
    kelurahan, kecamatan = code.kelurahan, code.at_level(Level.KECAMATAN)
    spans = {
        FitPart.SAME_KELURAHAN: [] if kelurahan is None else [kelurahan.span],
        FitPart.SAME_KECAMATAN: [] if kecamatan is None else [kecamatan.span],
        FitPart.NEARBY: [area.span for area in _kelurahan_near(training_class)],
    }
    return {part: _spans(found) for part, found in spans.items()}


def _spans(spans: Iterable[tuple[int, int]]) -> Q:
    condition = Q(pk__in=())
    for low, high in spans:
        condition |= Q(area_id__gte=low, area_id__lt=high)
    return condition


def _kelurahan_near(training_class: Class) -> list[Area]:
    """Return the kelurahan of the city whose middle lies near the class."""
    here = _point_of(training_class)
    if here is None:
        return []
    low, high = AreaCode.from_key(city_key(training_class.area_id)).span
    rows = Area.objects.at(Level.KELURAHAN).filter(key__gte=low, key__lt=high)
    points = [(area, _point(area)) for area in rows.order_by("key")]
    return [area for area, point in points if point and here.distance_m(point) <= NEARBY_M]


def _point_of(training_class: Class) -> Point | None:
    """Return where the class is: its venue, or the middle of its kelurahan."""
    kelurahan = AreaCode.from_key(training_class.area_id).kelurahan
    middle = None if kelurahan is None else Area.objects.filter(key=kelurahan.key).first()
    return _point(training_class.venue) or _point(middle)


def _point(place: Area | Venue | None) -> Point | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return Point(place.lat, place.lon)


def _ranked(pool: QuerySet[Person], conditions: Mapping[FitPart, Q]) -> QuerySet[Person]:
    """Return the pool, the best first, with a flag for each part.

    The sum is that of `rules.fit`: one place counts, the nearest, and the rest is added up.
    """
    flags = {_FLAG + part.name: _flag(condition) for part, condition in conditions.items()}
    nearest = Case(
        *(When(**{_FLAG + part.name: 1}, then=Value(POINTS[part])) for part in PLACES),
        default=Value(0),
    )
    others = (
        F(_FLAG + part.name) * Value(POINTS[part]) for part in conditions if part not in PLACES
    )
    ranked = pool.annotate(**flags).annotate(fit_points=sum(others, nearest))
    return ranked.select_related("area__parent__parent").order_by("-fit_points", "folded", "pk")


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())

"""A fingerprint of the demo city: equal when names, counts and public data are equal.

It leaves out what differs between two buildings of the same seed: keys, public ids, and the moments
at which rows were written. It does not depend on the order of rows, because databases sort text
differently.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from jembol.places.models import City, Venue
from jembol.registry.models import (
    Consent,
    Enterprise,
    Group,
    Membership,
    Ownership,
    Person,
    PersonDoubt,
)
from jembol.training.models import Attendance, Claim, Class, Registration, Session

_CHUNK: Final = 2_000
_LIMIT: Final = 2**256
_SHOWN: Final = 16


def fingerprint() -> str:
    """Return sixteen letters that stand for all that the register holds."""
    total = 0
    for line in _lines():
        total += int.from_bytes(hashlib.sha256(line.encode()).digest())
    return f"{total % _LIMIT:064x}"[:_SHOWN]


def _lines() -> Iterator[str]:
    for name, rows in _tables():
        for row in rows:
            yield f"{name}\x1f" + "\x1f".join(map(str, row))


def _tables() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield "city", _rows(City.objects.all(), "area__code", "office", "is_demo")
    yield "venue", _rows(Venue.objects.all(), "name", "area__code", "capacity", "step_free")
    yield (
        "person",
        _rows(
            Person.objects.all(),
            *("name", "area__code", "sex", "born_on", "birth_place", "phone", "address"),
            *("education", "has_disability", "nik_masked", "household__kk_masked", "version"),
        ),
    )
    yield (
        "enterprise",
        _rows(
            Enterprise.objects.all(),
            *("name", "area__code", "activity", "product", "status", "nib", "kbli"),
            *("kbli_edition", "phone", "address", "started_on", "version"),
        ),
    )
    yield (
        "ownership",
        _rows(Ownership.objects.all(), "person__name", "enterprise__name", "starts_on", "ends_on"),
    )
    yield "group", _rows(Group.objects.all(), "name", "area__code", "kind", "formed_on")
    yield (
        "membership",
        _rows(Membership.objects.all(), "person__name", "group__name", "is_head", "starts_on"),
    )
    yield (
        "consent",
        _rows(
            Consent.objects.annotate(
                withdrawals=Count("withdrawal", filter=Q(withdrawal__isnull=False))
            ),
            *("person__name", "text__purpose", "text__version", "channel", "withdrawals"),
        ),
    )
    yield "doubt", _rows(PersonDoubt.objects.all(), "low__name", "high__name")
    yield from _programme()


def _programme() -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield (
        "class",
        _rows(
            Class.objects.all(),
            *("title", "course__slug", "area__code", "organiser", "organiser_name"),
            *("venue__name", "seats", "source", "doubt", "starts_on", "ends_on"),
            *("cancellation__why",),
        ),
    )
    yield "session", _rows(Session.objects.all(), "training_class__title", "number", "on")
    yield "claim", _rows(Claim.objects.all(), "training_class__title", "unit", "number", "source")
    yield (
        "registration",
        _rows(
            Registration.objects.all(),
            *("person__name", "person__area__code", "training_class__title", "door"),
            *("withdrawal__why",),
        ),
    )
    yield (
        "attendance",
        _rows(
            Attendance.objects.all(),
            *("registration__person__name", "session__training_class__title", "session__on"),
        ),
    )


def _rows(rows: QuerySet[Any], *fields: str) -> Iterable[tuple[Any, ...]]:
    found: Iterable[tuple[Any, ...]] = rows.order_by("pk").values_list(*fields)
    return found.iterator(_CHUNK) if isinstance(found, QuerySet) else found

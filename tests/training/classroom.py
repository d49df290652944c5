"""People, classes and what happens in them, made only through actions; everybody is invented."""

from contextlib import contextmanager
from datetime import date

from django.db import transaction

from city import system
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.choices import Door, Organiser
from jembol.training.rules import Day

FIRST, SECOND = date(2026, 2, 24), date(2026, 2, 25)


def enrol(area, count=1, prefix="Warga", by=None):
    """Enrol people with numbers for names."""
    rows = [registry.PersonDetails(name=f"{prefix} {n:03d}", area=area) for n in range(count)]
    return registry.enrol_many(rows, by=by or system())


def open_class(area, *, days=(FIRST, SECOND), by=None, **more):
    """Open a class of cookies on these days."""
    courses = training.seed_courses(by=system())
    given = {"title": "Kue kering angkatan 1", "organiser": Organiser.OFFICE, **more}
    return training.open_class(
        course=courses["kue-kering"],
        area=area,
        days=[Day(on) for on in days],
        by=by or system(),
        **given,
    )


def register(training_class, person, by=None):
    return training.register(
        training_class=training_class, person=person, by=by or system(), door=Door.DESK
    )


def sessions_of(training_class):
    return list(training_class.sessions.order_by("number"))


def take_roll(session, registrations, by=None):
    present = {registration.pk for registration in registrations}
    return training.take_roll(session=session, present=present, by=by or system())


@contextmanager
def rolled_back():
    """Let one example of a property leave no row behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

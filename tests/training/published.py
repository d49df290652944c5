"""Classes with a published rule, and who stands where in them."""

from datetime import date, timedelta

from city import NOW, system
from jembol.training import actions as training
from jembol.training.choices import Door, SelectionKind
from jembol.training.models import Course
from jembol.training.rules import Day
from training.classroom import open_class

LATER = date(2026, 4, 20), date(2026, 4, 21)
OPENS, CLOSES = NOW - timedelta(days=1), NOW + timedelta(days=7)
AFTER = CLOSES + timedelta(hours=1)


def rule_text(kind=SelectionKind.FIRST_COME, **more):
    """A rule whose window is open at NOW."""
    given = {
        "text": "Siapa cepat dia dapat.",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "offer_hours": 24,
        **more,
    }
    return training.RuleText(kind=kind, **given)


def open_by_rule(area, kind=SelectionKind.FIRST_COME, *, seats=2, published=False, **more):
    """A class of April whose seats a published rule gives."""
    course = Course.objects.filter(slug="kue-kering").first()
    if course is None:
        opened = open_class(area, days=LATER, seats=seats)
    else:
        opened = training.open_class(
            course=course,
            title="Kue kering angkatan berikut",
            area=area,
            organiser="office",
            days=[Day(on) for on in LATER],
            seats=seats,
            by=system(),
        )
    if published:
        training.publish(training_class=opened, by=system())
    training.write_rule(training_class=opened, rule=rule_text(kind, **more), by=system())
    return opened


def apply(opened, person, at=NOW):
    """Ask for a seat at the office."""
    return training.apply(training_class=opened, person=person, by=system(at), door=Door.DESK)


def live_offers(opened):
    return list(opened.offers.live().order_by("pk"))


def names_waiting(opened):
    return [entry.person.name for entry in opened.entries.waiting().in_line()]

"""Citizens sign up for a class on the public page."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry import rules
from jembol.registry.actions import enrol
from jembol.registry.choices import Strength
from jembol.registry.details import PersonDetails
from jembol.registry.matching import Probe, candidates
from jembol.registry.models import Person
from jembol.training import errors
from jembol.training.actions.holding import hold
from jembol.training.actions.seats import is_standing, registration_of, take_seat
from jembol.training.choices import Door
from jembol.training.models import Class, Registration

ROW: Final = 0


@transaction.atomic
def sign_up(*, training_class: Class, name: str, phone: str, area: Area, by: By) -> Registration:
    """Register a citizen who gives a name, a telephone number and a place.

    The person is found again when name and number are surely the same, and enrolled otherwise.
    Signing up twice gives the same registration, so that pressing the button again is harmless,
    and tells a stranger nothing about who is registered.

    Raises:
        SignUpClosed: citizens do not see the class, it was cancelled, or it has begun.
        LivesElsewhere: the place lies in another city than the class.
        ClassFull: no seat is left.
        ValueMissing: the name is blank.
        TextTooLong: the name does not fit.
        TextUnreadable: the name holds signs that cannot be stored.
        PhoneUnreadable: the telephone number is none.
    """
    # Held before the register writes its facts, see `hold`.
    held = hold(training_class)
    _refuse_when_closed(held, by)
    _refuse_other_city(held, area)
    person = _known(name, phone, area) or _enrolled(name, phone, area, by)
    seat = registration_of(held, person)
    if seat is not None and is_standing(seat):
        return seat
    return take_seat(held, person, by=by, door=Door.PUBLIC)


def _known(name: str, phone: str, area: Area) -> Person | None:
    """Return the one in the city who is surely this person; the oldest entry of several."""
    city = city_key(area.key)
    probe = Probe(row=ROW, name=name, phone=rules.phone_number(phone), area_key=area.key)
    found = candidates([probe], city_key=city, reach=Reach.of([city])).get(ROW, [])
    sure = [one.person_id for one in found if one.strength == Strength.SURE]
    return Person.objects.get(pk=min(sure)) if sure else None


def _enrolled(name: str, phone: str, area: Area, by: By) -> Person:
    details = PersonDetails(name=name, phone=phone, area=area)
    return enrol(details=details, by=by, door=Door.PUBLIC)


def _refuse_when_closed(held: Class, by: By) -> None:
    is_shown = Class.objects.filter(pk=held.pk).published().exists()
    if is_shown and held.starts_on >= timezone.localdate(by.at):
        return
    raise errors.SignUpClosed(
        _("Nobody can sign up for %(title)s here any more. Choose a coming class.")
        % {"title": held.title},
        class_id=held.pk,
    )


def _refuse_other_city(held: Class, area: Area) -> None:
    if city_key(area.key) != city_key(held.area_id):
        raise errors.LivesElsewhere(
            _("This class is for people of its own city. Ask the office of your city.")
            % {"title": held.title},
            field="area",
        )

"""Citizens sign up for a class on the public page."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.places.models import Area
from jembol.registry.actions import recognise
from jembol.registry.details import PersonDetails
from jembol.registry.queries.identity import members_of
from jembol.training import errors
from jembol.training.actions.holding import hold
from jembol.training.actions.seats import refuse_when_full, take_seat
from jembol.training.choices import Door
from jembol.training.models import Class, Registration


@transaction.atomic
def sign_up(
    *,
    training_class: Class,
    name: str,
    phone: str,
    area: Area,
    by: By,
    is_own: bool = False,
) -> Registration:
    """Register a citizen who gives a name, a telephone number and a place.

    The person is found again when name and number are surely the same, and enrolled otherwise.
    Signing up twice gives the same registration, so that pressing the button again is harmless,
    and tells a stranger nothing about who is registered: not even when no seat is left.

    Args:
        training_class: The class.
        name: As the citizen writes it.
        phone: The number in any form.
        area: Where they live.
        by: The citizen.
        is_own: The same was sent from the same device before, so its answer betrays nobody.

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
    if not is_own:
        _refuse_strangers_when_full(held)
    details = PersonDetails(name=name, phone=phone, area=area)
    person = recognise(details=details, by=by, door=Door.PUBLIC)
    # The seat of an entry that is one with another is that person's seat.
    standing = Registration.objects.standing().filter(training_class=held)
    seat = standing.filter(person__in=members_of(person)).order_by("pk").first()
    if seat is not None:
        return seat
    return take_seat(held, person, by=by, door=Door.PUBLIC)


def _refuse_when_closed(held: Class, by: By) -> None:
    is_shown = Class.objects.filter(pk=held.pk).published().exists()
    if is_shown and held.starts_on >= timezone.localdate(by.at):
        return
    raise errors.SignUpClosed(
        _("Nobody can sign up for %(title)s here any more. Choose a coming class.")
        % {"title": held.title},
        class_id=held.pk,
    )


def _refuse_strangers_when_full(held: Class) -> None:
    """Let nobody learn from a full class who has a seat in it."""
    try:
        refuse_when_full(held, wanted=1)
    except errors.ClassFull:
        raise errors.ClassFull(
            _(
                "Every seat of %(title)s is taken. Choose another class. "
                "If you signed up before, your seat is still yours."
            )
            % {"title": held.title},
            class_id=held.pk,
        ) from None


def _refuse_other_city(held: Class, area: Area) -> None:
    if city_key(area.key) != city_key(held.area_id):
        raise errors.LivesElsewhere(
            _("This class is for people of its own city. Ask the office of your city.")
            % {"title": held.title},
            field="area",
        )

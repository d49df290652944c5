"""Citizens sign up for a class on the public page."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.places.models import Area
from jembol.registry.actions import recognise
from jembol.registry.details import PersonDetails
from jembol.registry.models import Person
from jembol.registry.queries.identity import members_of
from jembol.training import errors
from jembol.training.actions.applying import enter
from jembol.training.actions.entries import end_entry, make_entry
from jembol.training.actions.holding import hold
from jembol.training.actions.obeying import refuse_outside_window
from jembol.training.actions.room import refuse_when_full
from jembol.training.actions.seats import take_seat
from jembol.training.choices import Door, EntryState
from jembol.training.models import Class, Registration, WaitingEntry
from jembol.training.queries.eligibility import unmet_by_place
from jembol.training.queries.room import rule_of


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
        NotByTheRule: the class has a published rule; `sign_up_by_rule` follows it.
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
    _refuse_by_rule(held)
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


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What came of a sign-up by the rule.

    Attributes:
        entry: The place on the list, seated or waiting.
        is_new: Whether this sign-up made it; otherwise one made earlier answers.
    """

    entry: WaitingEntry
    is_new: bool


@transaction.atomic
def sign_up_by_rule(
    *, training_class: Class, name: str, phone: str, area: Area, by: By
) -> SignedUp:
    """Put a citizen on the list of a class with a published rule; a seat follows by the rule.

    The same person again gives the same entry. Only what the place alone tells is refused here:
    what the register knows of the person is nothing for whoever types a name and a number.

    Raises:
        NoRule: the class has none.
        SignUpClosed: citizens do not see the class, it was cancelled, or it has begun.
        RegistrationNotOpen: the window of the rule is not open.
        LivesElsewhere: the place lies in another city than the class.
        NotEligible: the rule is for people of other places.
        ValueMissing: the name is blank.
        TextTooLong: the name does not fit.
        TextUnreadable: the name holds signs that cannot be stored.
        PhoneUnreadable: the telephone number is none.
    """
    held = hold(training_class)
    rule = rule_of(held)
    if rule is None:
        raise errors.NoRule(_("This class has no published rule."), class_id=held.pk)
    _refuse_when_closed(held, by)
    refuse_outside_window(rule, held, by)
    _refuse_other_city(held, area)
    _refuse_other_places(held, area)
    details = PersonDetails(name=name, phone=phone, area=area)
    person = recognise(details=details, by=by, door=Door.PUBLIC)
    if there := _entry_there(held, person):
        return SignedUp(there, is_new=False)
    try:
        applied = enter(held, rule, [person], group=None, by=by, door=Door.PUBLIC)
    except errors.AlreadyRegistered:
        # Given by an officer or in a group: the seat gets a page of its own too.
        entry = make_entry(held, [person], group=None, door=Door.PUBLIC, by=by)
        end_entry(entry, state=EntryState.SEATED, by=by)
        return SignedUp(entry, is_new=False)
    assert applied.entry is not None  # noqa: S101 - a class with a rule gives one
    return SignedUp(applied.entry, is_new=True)


def _entry_there(held: Class, person: Person) -> WaitingEntry | None:
    """Return under what the person stands on the list already, alone or in a group."""
    there = WaitingEntry.objects.filter(training_class=held).exclude(state=EntryState.LEFT)
    family = members_of(person)
    own = there.filter(Q(person__in=family) | Q(members__person__in=family))
    return own.order_by("pk").first()


def _refuse_by_rule(held: Class) -> None:
    if rule_of(held) is not None:
        raise errors.NotByTheRule(
            _("The seats of %(title)s are given by its published rule.") % {"title": held.title},
            class_id=held.pk,
        )


def _refuse_other_places(held: Class, area: Area) -> None:
    if unmet := unmet_by_place(held, area):
        raise errors.NotEligible(
            _("Not met: %(conditions)s.") % {"conditions": "; ".join(unmet)},
            field="area",
            conditions=list(unmet),
        )


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

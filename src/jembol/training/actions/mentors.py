"""Mentors: put on the list, changed, and chosen for a class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import city_key
from jembol.kit.ids import IdKind, PublicId
from jembol.kit.money import Rupiah
from jembol.kit.text import fold_name
from jembol.places.models import Area
from jembol.registry import rules
from jembol.registry.models import Person
from jembol.training import errors, events
from jembol.training.actions.holding import (
    changes_of,
    fitting_in,
    given_in,
    hold,
    limit_of,
    refuse_when_cancelled,
)
from jembol.training.actions.turns import take_turns
from jembol.training.models import Class, Mentor, MentorAssignment, MentorOpinion

_PARTS: Final = frozenset(
    {"name", "area", "phone", "officer", "person", "expertise", "honorarium_per_hour", "left_on"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorDetails:
    """What is known of a mentor.

    Attributes:
        name: As the mentor writes it.
        area: Where the mentor is known.
        phone: A telephone number, or empty.
        expertise: What the mentor teaches.
        honorarium_per_hour: What an hour costs, or None when it is agreed each time.
        officer: The officer who the mentor is, if one.
        person: The entry of the register, if there is one.
    """

    name: str
    area: Area
    phone: str = ""
    expertise: str = ""
    honorarium_per_hour: Rupiah | None = None
    officer: Officer | None = None
    person: Person | None = None


@transaction.atomic
def add_mentor(*, details: MentorDetails, by: By) -> Mentor:
    """Put somebody on the list of mentors.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        MentorKnown: the officer or the person is on the list already.
        BadCost: the honorarium is negative.
        ValueMissing: the name is empty.
        PhoneUnreadable: the phone number is none.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    by.must_cover(details.area.key)
    given = {name: getattr(details, name) for name in _PARTS - {"left_on"}}
    mentor = Mentor(created_at=by.at, public_id=_new_public_id())
    for name, value in _cleaned(given).items():
        setattr(mentor, name, value)
    _refuse_known(mentor)
    mentor.folded = _folded(mentor.name)
    mentor.save()
    record(events.MENTOR_ADDED, about=mentor, by=by, area=mentor.area_id,
           details={"name": mentor.name})  # fmt: skip
    return mentor


@transaction.atomic
def change_mentor(
    *, mentor: Mentor, changes: Mapping[str, object], by: By, why: str = ""
) -> Mentor:
    """Change the named parts of a mentor; what is equal already is left alone.

    Parts: name, area, phone, officer, person, expertise, honorarium_per_hour (in rupiah, or
    None), left_on (from when the mentor takes no classes, or None).

    Raises:
        OutOfReach: the old or the new area lies outside the actor's duty.
        NotAField: a name is none of these parts.
        MentorKnown: the officer or the person is on the list already.
        BadCost: the honorarium is negative.
        ValueMissing: the name is empty.
        PhoneUnreadable: the phone number is none.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    if unknown := sorted(changes.keys() - _PARTS):
        raise errors.NotAField(
            _("A mentor has no part %(names)s that could be changed.")
            % {"names": ", ".join(unknown)},
            names=unknown,
        )
    held = Mentor.objects.select_for_update(no_key=True).get(pk=mentor.pk)
    by.must_cover(held.area_id)
    found = changes_of(held, _cleaned(changes).items())
    if not found:
        return held
    by.must_cover(held.area_id)
    _refuse_known(held)
    held.folded = _folded(held.name)
    held.save()
    record(
        events.MENTOR_CHANGED, about=held, by=by, area=held.area_id, why=why, details=_told(found)
    )
    return held


@transaction.atomic
def choose_mentors(
    *, training_class: Class, mentors: Sequence[Mentor | Officer | str], by: By, why: str = ""
) -> Sequence[MentorAssignment]:
    """Let exactly these give the class: mentors of the list, and guests by their names.

    Who gives it already keeps the row. Cost lines of a mentor who is replaced stay, for the money
    may have been agreed; the plan's page names them.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        MentorElsewhere: a mentor is known in another city.
        MentorGone: a mentor takes no classes any more.
        MentorTaken: a mentor gives another class at that time.
        MentorJudged: people have said what they think of a mentor who would be taken out.
        ValueMissing: a guest has no name.
        TextTooLong: a name does not fit.
        TextUnreadable: a name holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    before = list(held.mentors.order_by("pk"))
    wanted = [_assignment_of(held, one) for one in mentors]
    named = {_key_of(row) for row in wanted}
    gone = [row for row in before if _key_of(row) not in named]
    there = {_key_of(row) for row in before}
    fresh = list({_key_of(row): row for row in wanted if _key_of(row) not in there}.values())
    _refuse_judged(gone)
    if gone or fresh:
        MentorAssignment.objects.filter(pk__in=[row.pk for row in gone]).delete()
        MentorAssignment.objects.bulk_create(fresh)
        take_turns(held, by)
        details = {"added": [row.name for row in fresh], "removed": [row.name for row in gone]}
        record(
            events.MENTORS_CHOSEN, about=held, by=by, area=held.area_id, why=why, details=details
        )
    return list(held.mentors.order_by("pk"))


def assign_mentors(training_class: Class, mentors: Iterable[Mentor | Officer | str]) -> None:
    """Give a new class its mentors; its caller takes their time and tells the journal.

    Raises:
        MentorElsewhere: a mentor is known in another city.
        MentorGone: a mentor takes no classes any more.
    """
    rows = [_assignment_of(training_class, one) for one in mentors]
    MentorAssignment.objects.bulk_create({_key_of(row): row for row in rows}.values())


def _refuse_judged(gone: Iterable[MentorAssignment]) -> None:
    judged = MentorOpinion.objects.filter(mentor__in=[row.pk for row in gone])
    if first := judged.select_related("mentor").order_by("pk").first():
        raise errors.MentorJudged(
            _(
                "People have said how well %(name)s explained, so %(name)s gave this class. "
                "Add the other mentor and leave this one."
            )
            % {"name": first.mentor.name},
            field="mentors",
        )


def _key_of(row: MentorAssignment) -> tuple[int | None, str]:
    """Return by what two rows of one class are the same mentor."""
    return (row.mentor_id, "") if row.mentor_id else (None, row.name)


def _assignment_of(training_class: Class, one: Mentor | Officer | str) -> MentorAssignment:
    if isinstance(one, Officer):
        listed = Mentor.objects.available().filter(officer=one).first()
        return _row_of(training_class, listed or one)
    return _row_of(training_class, one)


def _row_of(training_class: Class, one: Mentor | Officer | str) -> MentorAssignment:
    if isinstance(one, Mentor):
        _refuse_unfit(one, training_class)
        return MentorAssignment(
            training_class=training_class, mentor=one, officer_id=one.officer_id, name=one.name
        )
    name = given_in(MentorAssignment, "name", one.name if isinstance(one, Officer) else one)
    officer = one if isinstance(one, Officer) else None
    return MentorAssignment(training_class=training_class, officer=officer, name=name)


def _refuse_unfit(mentor: Mentor, training_class: Class) -> None:
    words = {"mentor": mentor.name}
    if city_key(mentor.area_id) != city_key(training_class.area_id):
        raise errors.MentorElsewhere(
            _("%(mentor)s is on the list of another city. Put the mentor on this city's list.")
            % words,
            field="mentors",
        )
    if mentor.left_on is not None and mentor.left_on <= training_class.ends_on:
        raise errors.MentorGone(
            _("%(mentor)s takes no classes any more. Choose another mentor.") % words,
            field="mentors",
        )


def _cleaned(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _cleaned_part(name, value) for name, value in values.items()}


def _cleaned_part(name: str, value: object) -> object:
    if name == "name":
        return given_in(Mentor, name, str(value))
    if name == "expertise":
        return fitting_in(Mentor, name, str(value))
    if name == "phone":
        return rules.phone_number(str(value or ""))
    if name == "honorarium_per_hour" and isinstance(value, Rupiah):
        return _not_negative(value)
    return value


def _not_negative(amount: Rupiah) -> int:
    if amount < Rupiah(0):
        raise errors.BadCost(
            _("An honorarium is not below zero. Give the amount for one hour."),
            field="honorarium_per_hour",
        )
    return amount.amount


def _refuse_known(mentor: Mentor) -> None:
    """Let an officer and a person stand on the list once.

    Raises:
        MentorKnown: somebody else on the list is that officer or person.
    """
    for field in ("officer", "person"):
        key = getattr(mentor, f"{field}_id")
        others = Mentor.objects.filter(**{f"{field}_id": key}).exclude(pk=mentor.pk)
        if key and (other := others.first()):
            raise errors.MentorKnown(
                _("That is %(mentor)s, who is on the list already. Change that entry instead.")
                % {"mentor": other.name},
                field=field,
            )


def _folded(name: str) -> str:
    return fold_name(name)[: limit_of(Mentor, "folded")]


def _told(changes: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    """Return the changes as the journal keeps them: rows by their key, days as texts."""
    return {name: [_as_kept(value) for value in pair] for name, pair in changes.items()}


def _as_kept(value: object) -> object:
    if isinstance(value, models.Model):
        return value.pk
    return value if value is None or isinstance(value, int) else str(value)


def _new_public_id() -> str:
    while True:
        drawn = PublicId.new(IdKind.MENTOR).compact
        if not Mentor.objects.filter(public_id=drawn).exists():
            return drawn

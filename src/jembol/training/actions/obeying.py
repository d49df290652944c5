"""What the published rule of a class allows at once, and what is an override of it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry
from jembol.training import errors, events
from jembol.training.actions.holding import officer_id
from jembol.training.choices import OverrideKind, SelectionKind
from jembol.training.models import Class, Override, Registration, SelectionRule, WaitingEntry
from jembol.training.queries.eligibility import eligibility_of, not_met
from jembol.training.queries.room import rule_of


def refuse_against_rule(held: Class, people: Sequence[int], by: By) -> None:
    """Let people only in as the published rule says; without a rule everybody.

    Raises:
        NotByTheRule: seats are drawn, or others wait for one.
        NotEligible: a condition is not met.
        RegistrationNotOpen: the window is not open.
    """
    rule = rule_of(held)
    if rule is None:
        return
    refuse_outside_window(rule, held, by)
    refuse_not_eligible(held, people, by)
    if rule.kind == SelectionKind.FIRST_COME and not others_wait(held, people):
        return
    raise errors.NotByTheRule(
        _(
            "The seats of %(title)s are given by its published rule: put the person on its list, "
            "or give the seat with a reason that is kept."
        )
        % {"title": held.title},
        class_id=held.pk,
    )


def others_wait(held: Class, people: Sequence[int]) -> bool:
    """Whether somebody else is on the list of a held class."""
    waiting = WaitingEntry.objects.waiting().filter(training_class=held)
    return waiting.exclude(person__in=list(people)).exists()


def refuse_outside_window(rule: SelectionRule, held: Class, by: By) -> None:
    """Let nobody register before or after the published window.

    Raises:
        RegistrationNotOpen: it is not open now.
    """
    if rule.opens_at <= by.at < rule.closes_at:
        return
    is_early = by.at < rule.opens_at
    message = (
        _("Registration for %(title)s has not opened yet.")
        if is_early
        else _("Registration for %(title)s is closed.")
    )
    raise errors.RegistrationNotOpen(message % {"title": held.title}, class_id=held.pk)


def refuse_not_eligible(held: Class, people: Sequence[int], by: By) -> None:
    """Let nobody in who does not meet a condition; what is not known refuses nobody.

    Raises:
        NotEligible: a condition is not met.
    """
    answers = eligibility_of(people, held, by.at)
    unmet = sorted({one.words for told in answers.values() for one in not_met(told)})
    if unmet:
        raise errors.NotEligible(
            _("Not met: %(conditions)s.") % {"conditions": "; ".join(unmet)},
            class_id=held.pk,
            conditions=unmet,
        )


def note_overrides(held: Class, seats: Sequence[Registration], *, by: By, why: str) -> list[Entry]:
    """Keep who got a seat otherwise than by the rule; none without a rule. Returns the facts."""
    rule = rule_of(held)
    if rule is None or not seats:
        return []
    people = [seat.person_id for seat in seats]
    waiting = WaitingEntry.objects.waiting().filter(training_class=held)
    passed_over = waiting.exclude(person__in=people).count()
    answers = eligibility_of(people, held, by.at)
    is_open = rule.opens_at <= by.at < rule.closes_at
    rows = Override.objects.bulk_create(
        Override(
            training_class=held,
            person_id=seat.person_id,
            registration=seat,
            kind=_kind(is_open=is_open, is_eligible=not not_met(answers[seat.person_id])),
            passed_over=passed_over,
            why=why,
            officer_id=officer_id(by),
            officer_name=by.label[:150],
            at=by.at,
        )
        for seat in seats
    )
    return [
        Entry(
            event=events.OVERRIDDEN,
            about=row,
            by=by,
            area=seat.person.area_id,
            person_id=row.person_id,
            why=why,
            details={"class": held.public_id, "kind": row.kind, "passed_over": passed_over},
        )
        for row, seat in zip(rows, seats, strict=True)
    ]


def _kind(*, is_open: bool, is_eligible: bool) -> OverrideKind:
    if not is_eligible:
        return OverrideKind.NOT_ELIGIBLE
    return OverrideKind.OUT_OF_ORDER if is_open else OverrideKind.OUT_OF_TIME

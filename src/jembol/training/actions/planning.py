"""Write the plan of a class, and what it is planned to cost."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.money import Rupiah
from jembol.training import errors, events
from jembol.training.actions.holding import (
    changes_of,
    fitting_in,
    given_in,
    hold,
    refuse_when_cancelled,
)
from jembol.training.choices import CostKind, Language
from jembol.training.models import Class, CostLine, Plan
from jembol.training.rules import MOST_COMPANIONS, Cost

_TEXTS: Final = ("budget_code", "budget_line", "accessibility", "materials_note")
# A column of 64 bits holds the sum of a thousand such lines.
MOST_RUPIAH: Final = Rupiah(10**14)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails:
    """What a class needs beside its days.

    Attributes:
        budget_code: The account code of the budget from which it is paid.
        budget_line: The budget line in words.
        budget_year: The budget year.
        language: In which language it is held.
        accessibility: What helps people with disabilities there, in words.
        companions: How many companions each participant may bring.
        materials_note: What is brought by whom.
    """

    budget_code: str = ""
    budget_line: str = ""
    budget_year: int | None = None
    language: str = Language.INDONESIAN
    accessibility: str = ""
    companions: int = 0
    materials_note: str = ""


@transaction.atomic
def make_plan(*, training_class: Class, details: PlanDetails, by: By) -> Plan:
    """Write the plan of a class; what is equal already is left alone.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
        ValueError: the language or the number of companions is none.
    """
    held = _held(training_class, by)
    if not 0 <= details.companions <= MOST_COMPANIONS:
        raise ValueError(f"companions go from 0 to {MOST_COMPANIONS}, got {details.companions}")
    plan = Plan.objects.filter(training_class=held).first() or Plan(training_class=held)
    texts = [(name, fitting_in(Plan, name, getattr(details, name))) for name in _TEXTS]
    wanted = [
        *texts,
        ("budget_year", details.budget_year),
        ("language", Language(details.language).value),
        ("companions", details.companions),
    ]
    changes = changes_of(plan, wanted)
    if not changes and plan.pk:
        return plan
    plan.save()
    record(events.PLAN_MADE, about=held, by=by, area=held.area_id, details=changes)
    return plan


@transaction.atomic
def add_cost(*, training_class: Class, cost: Cost, by: By) -> CostLine:
    """Add one line to what the class is planned to cost.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadCost: the quantity or the price is impossible, or the line pays somebody without being
            an honorarium.
        MentorNotOfClass: an honorarium goes to somebody who does not give the class.
        ValueMissing: the line does not say what it is for, or in which unit.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    held = _held(training_class, by)
    line = CostLine(training_class=held)
    _fill(line, cost, allowed=_mentors_of(held))
    line.save()
    details = {"what": line.what, "total": cost.total.amount}
    record(events.COST_ADDED, about=held, by=by, area=held.area_id, details=details)
    return line


@transaction.atomic
def change_cost(*, line: CostLine, cost: Cost, by: By) -> CostLine:
    """Let a line say this instead; what is equal already is left alone.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadCost: the quantity or the price is impossible, or the line pays somebody without being
            an honorarium.
        MentorNotOfClass: an honorarium goes to somebody who does not give the class, and did not
            when the line was written.
        ValueMissing: the line does not say what it is for, or in which unit.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    held = _held(line.training_class, by)
    now = held.cost_lines.get(pk=line.pk)
    # A mentor who was replaced may still be owed what was agreed.
    found = _fill(now, cost, allowed=_mentors_of(held) | {now.mentor_id})
    if found:
        now.save()
        record(events.COST_CHANGED, about=held, by=by, area=held.area_id, details=found)
    return now


@transaction.atomic
def remove_cost(*, line: CostLine, by: By) -> None:
    """Take a line out of what the class is planned to cost.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
    """
    held = _held(line.training_class, by)
    details = {"what": line.what, "total": line.quantity * line.unit_price}
    held.cost_lines.filter(pk=line.pk).delete()
    record(events.COST_REMOVED, about=held, by=by, area=held.area_id, details=details)


def _held(training_class: Class, by: By) -> Class:
    """Return the class, locked, when the actor may plan it.

    Raises:
        OutOfReach: it lies outside the actor's duty.
        ClassCancelled: it was cancelled.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    return held


def _mentors_of(held: Class) -> set[int | None]:
    rows = held.mentors.filter(mentor__isnull=False).order_by("pk")
    return set(rows.values_list("mentor_id", flat=True))


def _fill(line: CostLine, cost: Cost, *, allowed: set[int | None]) -> dict[str, list[object]]:
    """Set what the cost says and return what was different."""
    _refuse_bad(cost, allowed=allowed)
    wanted = (
        ("account_code", fitting_in(CostLine, "account_code", cost.account_code)),
        ("kind", CostKind(cost.kind).value),
        ("what", given_in(CostLine, "what", cost.what)),
        ("quantity", cost.quantity),
        ("unit", given_in(CostLine, "unit", cost.unit)),
        ("unit_price", cost.unit_price.amount),
        ("mentor_id", cost.mentor_id),
    )
    return changes_of(line, wanted)


def _refuse_bad(cost: Cost, *, allowed: set[int | None]) -> None:
    words = {"what": cost.what}
    if cost.quantity < 1 or not Rupiah(0) <= cost.total <= MOST_RUPIAH:
        raise errors.BadCost(
            _("“%(what)s” needs a quantity of at least one and a possible price.") % words,
            field="quantity",
        )
    if cost.mentor_id is None:
        return
    if cost.kind != CostKind.HONORARIUM:
        raise errors.BadCost(
            _("“%(what)s” names a mentor. Choose the honorarium as its kind, or no mentor.")
            % words,
            field="kind",
        )
    if cost.mentor_id not in allowed:
        raise errors.MentorNotOfClass(
            _(
                "“%(what)s” pays somebody who does not give this class. "
                "Choose the mentor for the class first."
            )
            % words,
            field="mentor",
        )

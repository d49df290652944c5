"""Write the plan of a class, and what it is planned to cost."""

from collections.abc import Sequence
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
from jembol.training.rules import Cost, total_of

_TEXTS: Final = ("budget_code", "budget_line", "accessibility", "materials_note")
MOST_COMPANIONS: Final = 5
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
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
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
def plan_costs(*, training_class: Class, costs: Sequence[Cost], by: By) -> Sequence[CostLine]:
    """Let exactly these lines be what the class is planned to cost.

    A cost with the `line_id` of a line of this class changes it; lines that no cost names go.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadCost: a line has no quantity or a price below zero, or pays somebody without being an
            honorarium.
        MentorNotOfClass: an honorarium goes to somebody who does not give the class.
        ValueMissing: a line does not say what it is for, or in which unit.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    there = {line.pk: line for line in held.cost_lines.order_by("pk")}
    mentors = set(held.mentors.filter(mentor__isnull=False).values_list("mentor_id", flat=True))
    before = [_cost_of(line) for line in there.values()]
    kept = []
    for number, cost in enumerate(costs, start=1):
        line = there.get(cost.line_id or 0) or CostLine(training_class=held)
        # A mentor who was replaced may still be owed what was agreed.
        _refuse_bad(cost, number, allowed=mentors | {line.mentor_id})
        kept.append(_filled(line, cost))
    CostLine.objects.filter(pk__in=there.keys() - {line.pk for line in kept}).delete()
    for line in kept:
        line.save()
    if before != (after := [_cost_of(line) for line in kept]):
        details = {"lines": len(kept), "total": [total_of(before).amount, total_of(after).amount]}
        record(events.COSTS_PLANNED, about=held, by=by, area=held.area_id, details=details)
    return kept


def _filled(line: CostLine, cost: Cost) -> CostLine:
    line.account_code = fitting_in(CostLine, "account_code", cost.account_code)
    line.kind = CostKind(cost.kind)
    line.what = given_in(CostLine, "what", cost.what)
    line.quantity = cost.quantity
    line.unit = given_in(CostLine, "unit", cost.unit)
    line.unit_price = cost.unit_price.amount
    line.mentor_id = cost.mentor_id
    return line


def _refuse_bad(cost: Cost, number: int, *, allowed: set[int | None]) -> None:
    words = {"number": number, "what": cost.what}
    if cost.quantity < 1 or not Rupiah(0) <= cost.total <= MOST_RUPIAH:
        raise errors.BadCost(
            _("Line %(number)d (%(what)s) needs a quantity of at least one and a possible price.")
            % words,
            line=number,
        )
    if cost.mentor_id is None:
        return
    if cost.kind != CostKind.HONORARIUM:
        raise errors.BadCost(
            _("Line %(number)d (%(what)s) names a mentor; only an honorarium goes to one.") % words,
            line=number,
        )
    if cost.mentor_id not in allowed:
        raise errors.MentorNotOfClass(
            _(
                "Line %(number)d (%(what)s) pays somebody who does not give this class. "
                "Choose the mentor for the class first."
            )
            % words,
            line=number,
        )


def _cost_of(line: CostLine) -> Cost:
    return Cost(
        account_code=line.account_code,
        kind=line.kind,
        what=line.what,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=Rupiah(line.unit_price),
        mentor_id=line.mentor_id,
        line_id=line.pk,
    )

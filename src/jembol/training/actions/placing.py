"""Give the seats of several classes at once: one plan for all, then one class after the other."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import city_key
from jembol.methods.allocation.reasons import reasons_of
from jembol.methods.allocation.solve import solve
from jembol.methods.draw.filling import Reason
from jembol.methods.draw.filling import Why as DrawWhy
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.training import errors, events
from jembol.training.actions.drawing import (
    Candidate,
    Result,
    candidates_of,
    free_seats,
    keep_draw,
    refuse_draw,
)
from jembol.training.actions.entries import end_entry
from jembol.training.actions.holding import hold, officer_id, refuse_when_cancelled
from jembol.training.choices import EntryState, SelectionKind
from jembol.training.models import (
    Class,
    Draw,
    PlacedClass,
    Placing,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.orders import PLACE
from jembol.training.queries.room import rule_of, shares_of
from jembol.training.rules import need_points
from jembol.training.rules.placing import ELSEWHERE, SEATED, Wish, outcomes_of, problem_of

SEED: Final = 1
"""Decides between plans of equal worth; the same for all, so that nobody can choose it."""
FEWEST: Final = 2
"""Classes from which placing together differs from a draw."""


@transaction.atomic
def order_placing(
    *, training_classes: Sequence[Class], most_share: Decimal | None, by: By
) -> Placing:
    """Have the seats of several classes given at once, in the background.

    Args:
        training_classes: Classes of one city whose rule is need, closed and not drawn.
        most_share: Largest share of a class's seats that one kecamatan gets; None without a limit.
        by: Who asks.

    Raises:
        OutOfReach: a class lies outside the actor's duty.
        NotTogether: fewer than two classes, of several cities, or one that is in another placing,
            has quotas or no limit of seats.
        ClassCancelled: a class was cancelled.
        NotByTheRule: a class has no rule, or not the rule of need.
        AlreadyDrawn: the seats of a class were drawn before.
        NotYetClosed: registration for a class is still open.
    """
    held = [hold(one) for one in sorted(training_classes, key=lambda one: one.pk)]
    _refuse_apart(held)
    for one in held:
        by.must_cover(one.area_id)
        refuse_when_cancelled(one)
        _refuse_class(one, by)
    placing = Placing.objects.create(
        area=Area.objects.get(key=city_key(held[0].area_id)),
        officer_id=officer_id(by),
        most_share=most_share,
        seed=SEED,
        at=by.at,
    )
    PlacedClass.objects.bulk_create(
        PlacedClass(placing=placing, training_class=one) for one in held
    )
    job = PLACE.enqueue(by=by, area_key=placing.area_id, placing_id=placing.pk)
    placing.job_id = job.pk
    placing.save(update_fields=["job_id"])
    details = {"classes": [one.public_id for one in held]}
    record(events.PLACING_ASKED, about=placing, by=by, area=placing.area_id, details=details)
    return placing


def make_plan(
    *, placing: Placing, by: By, told: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Return the plan for all classes of a placing; reads only, because it takes seconds.

    Args:
        placing: The order.
        by: The system, for the moment.
        told: Told value and bound whenever one is better.
    """
    classes = classes_of_placing(placing)
    wishes: list[Wish] = []
    seats: dict[str, int] = {}
    for each in classes:
        rule = rule_of(each)
        if rule is None:
            continue
        seats[each.public_id] = free_seats(each, by)
        wishes += _wishes(each, rule, by)
    wishes = _in_order_of_arrival(wishes)
    problem = problem_of(wishes, seats, placing.most_share)
    plan = solve(problem, seed=placing.seed, told=told)
    reasons = reasons_of(problem, plan)
    why = {name: one.why for name, one in reasons.unplaced.items()}
    outcomes = outcomes_of(plan, why, wishes)
    return {
        "outcomes": {str(key): word for key, word in sorted(outcomes.items())},
        "value": plan.value,
        "bound": plan.bound,
    }


@transaction.atomic
def keep_plan(*, placing: Placing, plan: Mapping[str, Any], by: By) -> None:
    """Keep the plan, by which the classes are filled from now on.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
    """
    by.must_cover(placing.area_id)
    placing.plan, placing.value, placing.bound = dict(plan), plan["value"], plan["bound"]
    placing.save(update_fields=["plan", "value", "bound"])
    details = {"value": plan["value"], "bound": plan["bound"]}
    record(events.PLACING_PLANNED, about=placing, by=by, area=placing.area_id, details=details)


@transaction.atomic
def fill_class(*, placing: Placing, training_class: Class, by: By) -> Draw:
    """Give the seats of one class as the plan says; whoever came to the list since waits in line.

    Filling it again gives the draw that there is.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled meanwhile.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    there = Draw.objects.filter(training_class=held).first()
    rule = rule_of(held)
    if there is not None or rule is None or placing.plan is None:
        return there or Draw(training_class=held)
    planned: Mapping[str, str] = placing.plan["outcomes"]
    candidates = [one for one in candidates_of(held, by) if _is_planned(one, planned)]
    left = free_seats(held, by)
    outcomes = _while_seats_last(
        sorted(candidates, key=lambda one: _rank(rule, one, planned)), planned, left
    )
    ordered = sorted(candidates, key=lambda one: _rank(rule, one, outcomes))
    result = Result(
        order=tuple(one.entry.pseudonym for one in ordered if one.is_eligible),
        placed=frozenset(one.entry.pseudonym for one in ordered if _word(one, outcomes) == SEATED),
        reasons={one.entry.pseudonym: _reason(_word(one, outcomes), left) for one in ordered},
        files={},
        secret="",
    )
    row = keep_draw(held, rule, candidates, result, by)
    for one in ordered:
        if _word(one, outcomes) == ELSEWHERE:
            entry = WaitingEntry.objects.get(pk=one.entry.pk)
            end_entry(entry, state=EntryState.LEFT, by=by, why=ELSEWHERE)
    return row


def classes_of_placing(placing: Placing) -> list[Class]:
    """Return the classes of a placing in their order."""
    rows = Class.objects.filter(placed_in__placing=placing)
    return list(rows.select_related("area").order_by("pk"))


# --- steps ------------------------------------------------------------------------------------


def _refuse_apart(held: Sequence[Class]) -> None:
    if len(held) < FEWEST:
        raise errors.NotTogether(_("Tick at least two classes; the seats of one are drawn alone."))
    if len({city_key(one.area_id) for one in held}) > 1:
        raise errors.NotTogether(_("These classes lie in several cities. Place each city's apart."))
    taken = PlacedClass.objects.filter(training_class__in=held).select_related("training_class")
    if first := taken.order_by("pk").first():
        raise errors.NotTogether(
            _("%(title)s is being placed together with other classes already.")
            % {"title": first.training_class.title}
        )


def _refuse_class(held: Class, by: By) -> None:
    rule = rule_of(held)
    if rule is None or rule.kind != SelectionKind.NEED_SCORE:
        raise errors.NotByTheRule(
            _("The seats of %(title)s are not given by need, so they cannot be placed together.")
            % {"title": held.title},
            class_id=held.pk,
        )
    refuse_draw(held, rule, by)
    if shares_of(held) or held.seats is None:
        raise errors.NotTogether(
            _("%(title)s has quotas of its own, or no limit of seats. Draw it alone.")
            % {"title": held.title},
            class_id=held.pk,
        )


def _wishes(held: Class, rule: SelectionRule, by: By) -> list[Wish]:
    eligible = [one for one in candidates_of(held, by) if one.is_eligible]
    keys = [person for one in eligible for person in one.people]
    told = {
        pk: (survivor or pk, household)
        for pk, survivor, household in Person.objects.filter(pk__in=keys)
        .order_by("pk")
        .values_list("pk", "survivor_id", "household_id")
    }
    return [
        Wish(
            entry=one.entry.pk,
            training_class=held.public_id,
            people=tuple(told[person][0] for person in one.people),
            households=tuple(told[person][1] for person in one.people),
            area=one.facts[0].area,
            points=sum(need_points(rule.weights, each) for each in one.facts) // one.entry.size,
            turn=one.entry.pk,
            group=one.entry.group_id,
        )
        for one in eligible
    ]


def _in_order_of_arrival(wishes: Sequence[Wish]) -> list[Wish]:
    """Number the wishes as they came; keys of entries grow with time and have gaps."""
    return [
        Wish(
            one.entry, one.training_class, one.people, one.households, one.area, one.points, turn,
            one.group,
        )
        for turn, one in enumerate(sorted(wishes, key=lambda wish: wish.entry))
    ]  # fmt: skip


def _while_seats_last(
    ordered: Sequence[Candidate], planned: Mapping[str, str], left: int
) -> dict[str, str]:
    """Return the plan for a class of which seats were given otherwise since it was made."""
    outcomes = dict(planned)
    for one in ordered:
        if _word(one, planned) == SEATED:
            left -= one.entry.size
            if left < 0:
                outcomes[str(one.entry.pk)] = "full"
                left += one.entry.size
    return outcomes


def _is_planned(one: Candidate, outcomes: Mapping[str, str]) -> bool:
    return not one.is_eligible or str(one.entry.pk) in outcomes


def _word(one: Candidate, outcomes: Mapping[str, str]) -> str:
    return outcomes.get(str(one.entry.pk), "") if one.is_eligible else ""


def _rank(
    rule: SelectionRule, one: Candidate, outcomes: Mapping[str, str]
) -> tuple[bool, int, int]:
    """Return the order of the list: the seated, then by need, then by arrival."""
    points = sum(need_points(rule.weights, each) for each in one.facts) // one.entry.size
    return (_word(one, outcomes) != SEATED, -points, one.entry.pk)


def _reason(word: str, seats_left: int) -> Reason:
    why = {
        SEATED: DrawWhy.DRAWN,
        ELSEWHERE: DrawWhy.ELSEWHERE,
        "household": DrawWhy.HOUSEHOLD,
        "limit": DrawWhy.LIMIT,
        "group_too_large": DrawWhy.GROUP_TOO_LARGE,
    }
    return Reason(why.get(word, DrawWhy.FULL), (), seats_left)

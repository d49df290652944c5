"""Everybody has a reason, and an independent look at the plan confirms it."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from placing import problems

from jembol.methods.allocation.checker import shortfalls, value_of, violations
from jembol.methods.allocation.plan import Unplaced, Why
from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass
from jembol.methods.allocation.reasons import reasons_of
from jembol.methods.allocation.solve import solve

MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def placing(applicants, classes, eligible, **more):
    problem = Problem(tuple(applicants), tuple(classes), tuple(eligible), **more)
    plan = solve(problem, gap=0)
    return plan, reasons_of(problem, plan)


@MANY
@given(problems(8))
def test_everybody_has_a_reason_that_the_plan_confirms(problem):
    plan = solve(problem, gap=0)
    reasons = reasons_of(problem, plan)

    assert reasons.unplaced.keys() | reasons.placed.keys() == {one.id for one in problem.applicants}
    assert reasons.unplaced.keys().isdisjoint(reasons.placed)
    for one, reason in reasons.unplaced.items():
        assert is_confirmed(problem, plan.placed, one, reason), (one, reason)
    for one, reason in reasons.placed.items():
        assert reason.training_class == plan.placed[one]


def is_confirmed(problem, placed, one, reason):
    """Look at the plan afresh, without anything of the code that gave the reason."""
    known = {a.id: a for a in problem.applicants}
    may = {c: v for a, c, v in problem.eligible if a == one}
    seated = [a for a, c in placed.items() if c == reason.training_class]
    worth = {a: v for a, c, v in problem.eligible if c == reason.training_class}
    singles = sorted(worth[a] for a in seated if known[a].group is None)
    mates = [a for a in problem.applicants if known[one].group and a.group == known[one].group]
    if reason.why == Why.NOT_ELIGIBLE:
        return not may
    if reason.why == Why.HOUSEHOLD:
        homes = {a.household for a in mates} | {known[one].household}
        return reason.other in placed and known[reason.other].household in homes
    if reason.why == Why.FULL:
        return reason.value == may[reason.training_class] <= reason.last_value == singles[0]
    if reason.why == Why.STRATUM_CAP:
        same = [worth[a] for a in seated if known[a].stratum == known[one].stratum
                and known[a].group is None]  # fmt: skip
        return may[reason.training_class] <= min(same) == reason.last_value
    if reason.why == Why.KEPT:
        total = Counter(known[a].stratum for a in placed)
        return total[reason.other] <= problem.stratum_minimum[reason.other]
    if reason.why == Why.GROUP_NO_ROOM:
        return reason.value <= reason.last_value or not improves(problem, placed, mates, reason)
    if reason.why == Why.GROUPS:
        return any(known[a].group for a in seated)
    if reason.why == Why.NO_SEATS:
        course = next(c for c in problem.classes if c.id == reason.training_class)
        return 0 in {course.seats, course.stratum_cap}
    homes = [a.household for a in mates if a.household]
    if reason.why == Why.GROUP_HOUSEHOLD:
        return len(homes) > len(set(homes))
    opens = set.intersection(*({c for a, c, _ in problem.eligible if a == m.id} for m in mates))
    if reason.why == Why.GROUP_NOT_ELIGIBLE:
        return not opens
    return reason.why == Why.GROUP_TOO_LARGE and not any(
        fits(problem, {m.id: c for m in mates}) for c in opens
    )


def fits(problem, placed):
    return not violations(problem, placed)


def improves(problem, placed, mates, reason):
    """Whether the group, in exchange for nobody, would make the plan better."""
    more = {**placed, **{m.id: reason.training_class for m in mates}}
    return fits(problem, more) and value_of(problem, more) > value_of(problem, placed)


@MANY
@given(problems(8))
def test_nobody_without_a_seat_could_take_one_alone_or_from_one_other(problem):
    plan = solve(problem, gap=0)
    known = {one.id: one for one in problem.applicants}

    for applicant, where, _ in problem.eligible:
        if applicant in plan.placed or known[applicant].group:
            continue
        for other in (None, *(a for a, c in plan.placed.items() if c == where)):
            changed = {a: c for a, c in plan.placed.items() if a != other}
            changed[applicant] = where
            if not violations(problem, changed):
                short = sum(shortfalls(problem, changed).values())
                assert (-short, value_of(problem, changed)) <= (
                    -sum(plan.shortfalls.values()), plan.value
                )  # fmt: skip


def test_a_full_class_names_the_last_seat_and_what_the_applicant_is_worth():
    people = [Applicant("a", "X"), Applicant("b", "X")]
    plan, reasons = placing(people, [TrainingClass("k", 1)], [("a", "k", 1684), ("b", "k", 1610)])

    assert plan.placed == {"a": "k"}
    assert reasons.unplaced["b"] == Unplaced(Why.FULL, "k", 1610, 1684)
    placed = reasons.placed["a"]
    assert (placed.value, placed.next_applicant, placed.next_value) == (1684, "b", 1610)


def test_the_next_best_class_is_told():
    pairs = [("a", "k", 9), ("a", "l", 7)]
    _, reasons = placing(
        [Applicant("a", "X")], [TrainingClass("k", 1), TrainingClass("l", 1)], pairs
    )

    assert (reasons.placed["a"].next_class, reasons.placed["a"].next_class_value) == ("l", 7)


def test_household_cap_minimum_and_group_each_have_their_words():
    people = [
        Applicant("seated", "X", "h"), Applicant("mate", "X", "h"), Applicant("capped", "X"),
        Applicant("poor", "Y"), Applicant("rich", "X"), Applicant("nowhere", "X"),
        *(Applicant(f"g{n}", "Z", None, "g") for n in range(3)),
    ]  # fmt: skip
    classes = [TrainingClass("k", 2, 1), TrainingClass("l", 1)]
    pairs = [
        ("seated", "k", 9), ("mate", "k", 5), ("capped", "k", 7), ("poor", "l", 1),
        ("rich", "l", 8), ("g0", "k", 1), ("g1", "k", 1), ("g2", "k", 1),
    ]  # fmt: skip
    plan, reasons = placing(people, classes, pairs, stratum_minimum={"Y": 1})

    assert plan.placed == {"poor": "l", "seated": "k"}
    told = {one: reason.why for one, reason in reasons.unplaced.items()}
    assert told == {
        "mate": Why.HOUSEHOLD, "capped": Why.STRATUM_CAP, "rich": Why.KEPT,
        "nowhere": Why.NOT_ELIGIBLE, "g0": Why.GROUP_TOO_LARGE, "g1": Why.GROUP_TOO_LARGE,
        "g2": Why.GROUP_TOO_LARGE,
    }  # fmt: skip

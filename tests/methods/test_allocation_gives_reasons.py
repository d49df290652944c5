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


class Look:
    """The plan looked at afresh, without anything of the code that gave the reason."""

    def __init__(self, problem, placed, one, reason):
        self.problem, self.placed, self.reason = problem, placed, reason
        self.known = {a.id: a for a in problem.applicants}
        self.me = self.known[one]
        self.may = {c: v for a, c, v in problem.eligible if a == one}
        where = reason.training_class
        self.seated = [a for a, c in placed.items() if c == where]
        self.course = next((c for c in problem.classes if c.id == where), None)
        self.worth = {a: v for a, c, v in problem.eligible if c == where}
        sizes = Counter(a.group for a in problem.applicants)
        self.alone = {
            a for a in self.known if self.known[a].group is None or sizes[self.known[a].group] == 1
        }
        self.mates = [
            a for a in problem.applicants if self.me.group and a.group == self.me.group
        ] or [self.me]
        opens = ({c for a, c, _ in problem.eligible if a == m.id} for m in self.mates)
        self.open_to_all = set.intersection(*opens)
        self.homes = [a.household for a in self.mates if a.household]

    def values(self, stratum=None):
        return [
            self.worth[a] for a in self.seated
            if a in self.alone and stratum in {None, self.known[a].stratum}
        ]  # fmt: skip

    def mine(self):
        return self.may[self.reason.training_class]

    def total(self, stratum):
        return sum(self.known[a].stratum == stratum for a in self.placed)


CONFIRMED = {
    Why.NOT_ELIGIBLE: lambda look: not look.may,
    Why.HOUSEHOLD: lambda look: (
        look.reason.other in look.placed and look.known[look.reason.other].household in look.homes
    ),
    Why.FULL: lambda look: look.mine() <= min(look.values()) == look.reason.last_value,
    Why.STRATUM_CAP: lambda look: (
        look.mine() <= min(look.values(look.me.stratum)) == look.reason.last_value
    ),
    Why.KEPT: lambda look: (
        look.total(look.reason.other) <= look.problem.stratum_minimum[look.reason.other]
    ),
    Why.NO_SEATS: lambda look: 0 in {look.course.seats, look.course.stratum_cap},
    Why.GROUPS: lambda look: any(a not in look.alone for a in look.seated),
    # Nothing was left open here, so only limits that the cheapest seats do not show may be why.
    Why.SEARCH_ENDED: lambda look: len(look.mates) > 1 and not improves(look),
    Why.GROUP_NO_ROOM: lambda look: look.reason.value <= look.reason.last_value,
    Why.GROUP_HOUSEHOLD: lambda look: len(look.homes) > len(set(look.homes)),
    Why.GROUP_NOT_ELIGIBLE: lambda look: not look.open_to_all,
    Why.GROUP_TOO_LARGE: lambda look: (
        not any(fits(look.problem, {m.id: c for m in look.mates}) for c in look.open_to_all)
    ),
}


def is_confirmed(problem, placed, one, reason):
    return CONFIRMED[reason.why](Look(problem, placed, one, reason))


def fits(problem, placed):
    return not violations(problem, placed)


def improves(look):
    """Whether the group, in exchange for nobody, would make the plan better."""
    more = {**look.placed, **{m.id: look.reason.training_class for m in look.mates}}
    return fits(look.problem, more) and (
        value_of(look.problem, more) > value_of(look.problem, look.placed)
    )


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

"""Small problems of placing, and the best plan by trying every one."""

from itertools import product

from hypothesis import strategies as st

from jembol.methods.allocation.checker import shortfalls, value_of, violations
from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass


@st.composite
def problems(draw, most=6, *, minima=True, before=False, spanning=False):
    """A few applicants with households and groups, and up to three classes."""
    count = draw(st.integers(1, most))
    homes, groups = (
        st.sampled_from((None, None, "h1", "h2")),
        st.sampled_from((None, None, "g1", "g2")),
    )
    applicants = tuple(
        Applicant(f"a{n}", stratum, home if spanning or not home else home + stratum, draw(groups))
        for n in range(count)
        for stratum, home in [(draw(st.sampled_from("XY")), draw(homes))]
    )
    classes = tuple(
        TrainingClass(
            f"k{n}", draw(st.integers(0, 3)), draw(st.sampled_from((None, None, 0, 1, 2)))
        )
        for n in range(draw(st.integers(1, 3)))
    )
    eligible = tuple(
        (one.id, course.id, draw(st.integers(1, 9)))
        for one in applicants
        for course in classes
        if draw(st.integers(0, 3))
    )
    strata = {one.stratum for one in applicants}
    least = {one: draw(st.integers(0, 2)) for one in sorted(strata)} if minima else {}
    earlier, price = {}, None
    if before:
        earlier = {a: k for a, k, _ in eligible if draw(st.integers(0, 2)) == 0}
        price = draw(st.sampled_from((None, 0, 2, 20)))
    return Problem(applicants, classes, eligible, least, earlier, price)


def plans(problem):
    """Every lawful plan."""
    may = {one.id: [None] for one in problem.applicants}
    for applicant, where, _ in problem.eligible:
        may[applicant].append(where)
    for choice in product(*may.values()):
        placed = {one: where for one, where in zip(may, choice, strict=True) if where}
        if not violations(problem, placed):
            yield placed


def merit(problem, placed):
    """What a plan is judged by: minima, then promises, then value."""
    short = sum(shortfalls(problem, placed).values())
    may = {(one, where) for one, where, _ in problem.eligible}
    stayed = sum(
        placed.get(one) == where and (one, where) in may
        for one, where in problem.placed_before.items()
    )
    value = value_of(problem, placed)
    if problem.move_price is None:
        return -short, stayed, value
    return -short, 0, value + problem.move_price * stayed


def best_by_trying_every_plan(problem):
    return max(merit(problem, placed) for placed in plans(problem))

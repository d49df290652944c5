"""Changes of one field join in the order of writing, whatever the order in which they arrive."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jembol.sync.rules import Step, folded, joined
from jembol.sync.rules.edits import NO_FIT

START = datetime(2026, 3, 2, tzinfo=UTC)


def step(minute, was, new, device="A"):
    return Step(START + timedelta(minutes=minute), (device, minute, f"{device}{minute}"), was, new)


def arrived(base, steps):
    """What stands and what waits when the steps become known one after the other."""
    standing, waiting, value = [], [], base
    for one in steps:
        waiting.append(one)
        found = joined(base, standing, waiting)
        standing += found.fitting
        waiting = [other for other in waiting if other not in found.fitting]
        value = found.value
    return value, standing, waiting


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=6).flatmap(
        lambda values: st.tuples(st.just(values), st.permutations(range(len(values))))
    )
)
def test_steps_that_follow_one_another_give_the_last_value_in_any_order(drawn):
    values, order = drawn
    chain = [
        step(minute, was, new)
        for minute, (was, new) in enumerate(zip(["", *values], values, strict=False))
    ]

    value, _standing, waiting = arrived("", [chain[place] for place in order])

    assert (value, waiting) == (values[-1], [])


STEPS = st.lists(
    st.builds(
        step, st.integers(0, 5), st.sampled_from("abc"), st.sampled_from("abc"),
        st.sampled_from("ABC"),
    ),
    max_size=6, unique_by=lambda one: one.origin,
)  # fmt: skip


@given(STEPS.flatmap(lambda steps: st.tuples(st.just(steps), st.permutations(steps))))
def test_two_orders_end_alike_or_say_that_something_waits(drawn):
    steps, others = drawn

    value, standing, waiting = arrived("a", steps)
    other_value, _other_standing, other_waiting = arrived("a", others)

    assert folded("a", standing) == value is not NO_FIT
    assert len(standing) + len(waiting) == len(steps)
    # All fit in one order exactly when they fit in the other, and then they say the same.
    assert bool(waiting) == bool(other_waiting)
    if not waiting:
        assert value == other_value == folded("a", steps)


def test_a_late_step_never_writes_over_a_newer_one():
    newer = step(9, "a", "c", device="desk")

    value, _standing, waiting = arrived("a", [newer, step(5, "a", "b")])

    assert value == "c"
    assert [one.new for one in waiting] == ["b"]


def test_what_waited_finds_its_place_when_the_missing_step_comes():
    second, first = step(2, "b", "c"), step(1, "a", "b")

    assert arrived("a", [second])[::2] == ("a", [second])
    assert arrived("a", [second, first])[::2] == ("c", [])


def test_three_that_fit_only_together_are_taken_together():
    steps = [step(3, "a", "d"), step(1, "a", "b"), step(2, "b", "a")]

    assert arrived("a", steps)[::2] == ("d", [])

"""Several classes at once: need first, then wishes, then arrival; one seat each; groups whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city import NOW, system
from jembol.kit.reach import Reach
from jembol.methods.allocation.checker import violations
from jembol.methods.allocation.reasons import reasons_of
from jembol.methods.allocation.solve import solve
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training import errors
from jembol.training.actions.placing import fill_class, keep_plan, make_plan
from jembol.training.choices import DrawOutcome, EntryState, QuotaKind, SelectionKind
from jembol.training.models import Draw, Drawn, Placing, Registration
from jembol.training.queries.placing import placeable, placing_told
from jembol.training.rules import Share
from jembol.training.rules.placing import ELSEWHERE, SEATED, Wish, outcomes_of, problem_of
from training.certified import work
from training.classroom import enrol
from training.published import AFTER, apply, open_by_rule
from training.selection_checker import broken

WEIGHTS = {"decile_1": 60, "decile_2": 50}


def class_of(area, seats=2, **more):
    return open_by_rule(area, SelectionKind.NEED_SCORE, seats=seats, weights=WEIGHTS, **more)


def place(*classes, most_share=None):
    placing = training.order_placing(
        training_classes=classes, most_share=most_share, by=system(AFTER)
    )
    assert {job.state for job in work(AFTER)} == {"done"}
    placing.refresh_from_db()
    return placing


def decile(person, number):
    registry.note_decile(
        person=person, decile=number, as_of=NOW.date(), source="Contoh", by=system()
    )


def holders(opened):
    return set(opened.registrations.standing().values_list("person__name", flat=True))


def test_nobody_gets_two_seats_and_need_comes_first(areas):
    first, second = class_of(areas.dinoyo, seats=1), class_of(areas.dinoyo, seats=1)
    early, poor, other = enrol(areas.dinoyo, 3)
    decile(poor, 1)
    for person in (early, poor, other):
        apply(first, person)
        apply(second, person)

    placing = place(first, second)

    # Both wished for both classes, so which of the two each gets is worth the same.
    assert holders(first) | holders(second) == {poor.name, early.name}
    elsewhere = second if holders(first) == {poor.name} else first
    rows = {(row.draw.training_class_id, row.person_id): row.outcome
            for row in Drawn.objects.select_related("draw")}  # fmt: skip
    assert rows[elsewhere.pk, poor.pk] == DrawOutcome.ELSEWHERE
    assert rows[first.pk, other.pk] == rows[second.pk, other.pk] == DrawOutcome.NOT_DRAWN
    assert placing.value == placing.bound
    assert broken() == {}


def test_who_has_a_seat_elsewhere_leaves_the_line_and_the_others_wait_in_it(areas):
    first, second = class_of(areas.dinoyo, seats=1), class_of(areas.dinoyo, seats=1)
    winner, loser = enrol(areas.dinoyo, 2)
    for person in (winner, loser):
        apply(first, person)
    apply(second, winner)

    place(first, second)

    # Both seats are used: whoever could only have the first class has it.
    assert (holders(first), holders(second)) == ({loser.name}, {winner.name})
    left = first.entries.get(person=winner)
    assert (left.state, left.why) == (EntryState.LEFT, ELSEWHERE)


def test_a_family_gets_one_seat(areas):
    first, second = class_of(areas.dinoyo), class_of(areas.dinoyo)
    people = enrol(areas.dinoyo, 2)
    registry.form_household(area=areas.dinoyo, members=people, by=system())
    apply(first, people[0])
    apply(second, people[1])

    place(first, second)

    assert Registration.objects.standing().count() == 1
    assert Drawn.objects.get(outcome=DrawOutcome.NOT_DRAWN).reason == "household"


def test_a_kecamatan_has_no_more_than_its_share(areas):
    first, second = class_of(areas.malang, seats=4), class_of(areas.malang, seats=4)
    for person in enrol(areas.dinoyo, 8):
        apply(first, person)
        apply(second, person)
    stranger = enrol(areas.purwantoro, 1, prefix="Tamu")[0]
    apply(second, stranger)

    place(first, second, most_share=Decimal("0.5"))

    assert [one.registrations.count() for one in (first, second)] == [2, 3]
    assert stranger.name in holders(second)
    assert Drawn.objects.filter(reason="limit").exists()


def test_the_work_may_be_killed_between_two_classes_and_fills_none_twice(areas):
    classes = [class_of(areas.dinoyo, seats=1) for _number in range(3)]
    for person in enrol(areas.dinoyo, 5):
        for one in classes:
            apply(one, person)
    placing = training.order_placing(training_classes=classes, most_share=None, by=system(AFTER))
    by = system(AFTER)
    keep_plan(placing=placing, plan=make_plan(placing=placing, by=by), by=by)
    fill_class(placing=placing, training_class=classes[0], by=by)

    work(AFTER)

    assert Draw.objects.count() == 3
    assert Registration.objects.standing().count() == 3
    assert broken() == {}


def test_seats_that_were_given_since_the_plan_are_not_given_again(areas):
    first, second = class_of(areas.dinoyo, seats=1), class_of(areas.dinoyo, seats=1)
    person, favoured = enrol(areas.dinoyo, 2)
    apply(first, person)
    placing = training.order_placing(
        training_classes=[first, second], most_share=None, by=system(AFTER)
    )
    by = system(AFTER)
    keep_plan(placing=placing, plan=make_plan(placing=placing, by=by), by=by)
    training.override(training_class=first, person=favoured, why="Titipan", by=by, door="desk")

    fill_class(placing=placing, training_class=first, by=by)

    assert holders(first) == {favoured.name}
    assert Drawn.objects.get().outcome == DrawOutcome.NOT_DRAWN


def test_what_cannot_be_placed_together_is_refused_by_name(areas):
    fine, open_ = class_of(areas.dinoyo), class_of(areas.dinoyo)
    lottery = open_by_rule(areas.dinoyo, SelectionKind.LOTTERY)
    quotas = class_of(areas.dinoyo, shares=[Share(QuotaKind.KECAMATAN, "35.73.05", 1, None)])

    def ask(*classes, at=AFTER):
        training.order_placing(training_classes=classes, most_share=None, by=system(at))

    for classes, refusal in (
        ([fine], errors.NotTogether),
        ([fine, lottery], errors.NotByTheRule),
        ([fine, quotas], errors.NotTogether),
    ):
        with pytest.raises(refusal):
            ask(*classes)
    with pytest.raises(errors.NotYetClosed):
        ask(fine, open_, at=NOW)
    assert Placing.objects.count() == 0

    ask(fine, open_)
    with pytest.raises(errors.NotTogether):
        ask(fine, open_)


def test_the_list_offers_what_can_be_placed_and_the_page_tells_what_became_of_it(areas):
    first, second = class_of(areas.dinoyo, seats=1), class_of(areas.dinoyo, seats=1)
    open_by_rule(areas.dinoyo, SelectionKind.LOTTERY)
    for person in enrol(areas.dinoyo, 3):
        apply(first, person)
    rows = placeable(Reach.everywhere(), AFTER).order_by("pk")
    assert [(row.pk, row.waiting) for row in rows] == [(first.pk, 3), (second.pk, 0)]
    assert not placeable(Reach.everywhere(), NOW).exists()

    told = placing_told(place(first, second))

    assert [(one.seated, one.waiting) for one in told.classes] == [(1, 2), (0, 0)]
    assert told.gap == 0
    assert not placeable(Reach.everywhere(), AFTER).exists()


wishes = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from("ABC"), st.integers(0, 90), st.integers(0, 3)),
    max_size=30,
    unique_by=lambda row: row[:2],
)


@given(wishes, st.integers(0, 3))
def test_every_plan_holds_the_limits_and_says_something_to_everybody(rows, seats):
    told = [
        Wish(
            entry=number,
            training_class=where,
            people=(person,),
            households=(person % 5 or None,),
            area=35_73_01_1001_000_000 + home * 1_0000_000_000,
            points=points,
            turn=number,
        )
        for number, (person, where, points, home) in enumerate(rows)
    ]
    problem = problem_of(told, dict.fromkeys("ABC", seats), Decimal("0.67"))

    plan = solve(problem)
    why = {name: one.why for name, one in reasons_of(problem, plan).unplaced.items()}
    outcomes = outcomes_of(plan, why, told)

    assert not violations(problem, plan.placed)
    assert outcomes.keys() == {one.entry for one in told}
    seated = [one for one in told if outcomes[one.entry] == SEATED]
    assert len({one.people for one in seated}) == len(seated)

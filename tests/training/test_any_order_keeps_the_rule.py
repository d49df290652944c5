"""Whatever happens in whatever order: never above the seats or a quota, and no seat lies idle."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from city import NOW, system
from jembol.kit.refusal import Refusal
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.choices import Door, QuotaKind
from jembol.training.models import Registration
from jembol.training.rules import Share
from training.classroom import enrol
from training.published import live_offers, open_by_rule
from training.selection_checker import broken

PEOPLE = st.integers(0, 7)


def machine_of(areas):  # noqa: C901 - each event of the machine counts as a branch
    """A machine over one class; its people are enrolled once, and every run is rolled back."""
    women = [
        registry.PersonDetails(name=f"Ibu {number}", area=areas.dinoyo, sex="P")
        for number in range(4)
    ]
    people = registry.enrol_many(women, by=system()) + enrol(areas.purwantoro, 4)
    group = registry.form_group(name="Melati", area=areas.dinoyo, kind="training", by=system())
    for person in people[5:8]:
        registry.join(group=group, person=person, by=system())

    class Class(RuleBasedStateMachine):
        @initialize(seats=st.integers(1, 4), at_most=st.sampled_from([None, 1, 2]))
        def open(self, seats, at_most):
            self.transaction = transaction.atomic()
            self.transaction.__enter__()
            self.at = NOW
            shares = [] if at_most is None else [Share(QuotaKind.WOMEN, "", 1, at_most)]
            self.opened = open_by_rule(areas.dinoyo, seats=seats, shares=shares)

        def teardown(self):
            if hasattr(self, "transaction"):
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)

        def _try(self, act, **given):
            self.at += timedelta(minutes=1)
            try:
                with transaction.atomic():
                    act(by=system(self.at), **given)
            except Refusal:
                return

        @rule(who=PEOPLE)
        def apply(self, who):
            self._try(
                training.apply, training_class=self.opened, person=people[who], door=Door.DESK
            )

        @rule()
        def apply_as_a_group(self):
            self._try(
                training.register_group,
                training_class=self.opened,
                group=group,
                people=people[5:8],
                door=Door.DESK,
            )

        @rule(who=PEOPLE)
        def withdraw(self, who):
            seat = Registration.objects.filter(
                training_class=self.opened, person=people[who]
            ).first()
            if seat is not None:
                self._try(training.withdraw, registration=seat, why="")

        @rule(which=st.integers(0, 3), accepts=st.booleans())
        def answer(self, which, accepts):
            live = live_offers(self.opened)
            if live:
                act = training.accept if accepts else training.decline
                self._try(act, offer=live[which % len(live)])

        @rule()
        def let_offers_run_out(self):
            self.at += timedelta(hours=25)
            self._try(training.settle, training_class=self.opened)

        @rule(who=PEOPLE)
        def leave(self, who):
            entry = self.opened.entries.filter(person=people[who]).order_by("-pk").first()
            if entry is not None:
                self._try(training.leave_list, entry=entry)

        @rule(seats=st.integers(1, 5))
        def change_seats(self, seats):
            changes = {"seats": seats}
            self._try(training.change_class, training_class=self.opened, changes=changes)

        @rule(who=PEOPLE)
        def override(self, who):
            self._try(
                training.override,
                training_class=self.opened,
                person=people[who],
                why="titah",
                door=Door.DESK,
            )

        @invariant()
        def nothing_is_broken(self):
            assert broken() == {}

    return Class


def test_any_order_of_events_keeps_seats_quotas_and_offers(areas):
    run_state_machine_as_test(
        machine_of(areas), settings=settings(max_examples=12, stateful_step_count=14)
    )


def test_a_machine_without_the_checks_breaks(areas, monkeypatch):
    monkeypatch.setattr("jembol.training.actions.seats.refuse_when_full", lambda *_a, **_k: None)
    monkeypatch.setattr("jembol.training.actions.seats.refuse_by_quota", lambda *_a: None)
    unshrunk = settings(
        max_examples=40, stateful_step_count=14, database=None, phases=[Phase.generate]
    )

    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_of(areas), settings=unshrunk)

"""In any order of registering, withdrawing and rolls, the counts are those of a plain model."""

from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from city import system
from jembol.journal.models import Fact
from jembol.training import actions, errors, events, queries
from jembol.training.choices import Door
from jembol.training.models import Attendance, Registration
from training.classroom import enrol, open_class, register, rolled_back, sessions_of, take_roll

PEOPLE, SEATS = 5, 3
who = st.integers(0, PEOPLE - 1)
some = st.sets(who)


class Life(RuleBasedStateMachine):
    area = None

    def __init__(self):
        super().__init__()
        self.undo = rolled_back()
        self.undo.__enter__()
        self.opened = open_class(self.area, seats=SEATS)
        self.people = enrol(self.area, PEOPLE)
        self.days = sessions_of(self.opened)
        self.standing, self.seats = set(), {}
        self.present = [set(), set()]
        self.changes = 0

    def teardown(self):
        self.undo.__exit__(None, None, None)

    @rule(one=who)
    def register(self, one):
        is_free = one not in self.standing and len(self.standing) < SEATS
        with suppress(errors.ClassFull, errors.AlreadyRegistered):
            self.seats[one] = register(self.opened, self.people[one])
            assert is_free
            self.standing.add(one)
        assert (one in self.standing) or not is_free

    @rule(them=some)
    def register_a_list(self, them):
        new = them - set(self.seats)
        with suppress(errors.ClassFull):
            ids = actions.register_many(
                training_class=self.opened,
                people=[self.people[one] for one in them],
                by=system(),
                door=Door.IMPORT,
            ).ids
            assert len(new) <= SEATS - len(self.standing)
            for one in new:
                self.seats[one] = Registration.objects.get(pk=ids[self.people[one].pk])
                self.standing.add(one)

    @rule(one=who)
    def withdraw(self, one):
        if one in self.seats:
            with suppress(errors.AlreadyWithdrawn):
                actions.withdraw(registration=self.seats[one], why="", by=system())
                assert one in self.standing
            self.standing.discard(one)

    @rule(day=st.integers(0, 1), them=some)
    def take_roll(self, day, them):
        them &= set(self.seats)
        is_right = them - self.present[day] <= self.standing
        with suppress(errors.HasWithdrawn):
            take_roll(self.days[day], [self.seats[one] for one in them])
            assert is_right
            self.changes += len(self.present[day] ^ them)
            self.present[day] = set(them)
        assert self.present[day] == them or not is_right

    @invariant()
    def the_counts_are_those_of_the_model(self):
        counts = queries.class_counts(self.opened)

        assert counts.registered == len(self.standing) <= SEATS
        assert counts.withdrawn == len(self.seats) - len(self.standing)
        assert counts.attended_people == len(self.present[0] | self.present[1])
        assert counts.attendances == len(self.present[0]) + len(self.present[1])
        assert counts.left == SEATS - len(self.standing)

    @invariant()
    def the_rows_are_those_of_the_model(self):
        there = set(Attendance.objects.values_list("session_id", "registration_id"))

        assert there == {
            (day.pk, self.seats[one].pk)
            for day, them in zip(self.days, self.present, strict=True)
            for one in them
        }

    @invariant()
    def every_change_of_presence_is_one_fact(self):
        told = Fact.objects.filter(event__in=[events.ATTENDED, events.ATTENDANCE_STRUCK])

        assert told.count() == self.changes


def test_a_class_keeps_its_laws_in_any_order_of_events(areas):
    run_state_machine_as_test(
        type("LifeInDinoyo", (Life,), {"area": areas.dinoyo}),
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

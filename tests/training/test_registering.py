"""One row for a person in a class, however often the seat is given back and taken again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.training import actions, errors, events
from jembol.training.choices import Door
from jembol.training.models import Registration, Withdrawal
from training.classroom import enrol, open_class, register, sessions_of, take_roll


def register_many(training_class, people):
    return actions.register_many(
        training_class=training_class, people=people, by=system(), door=Door.IMPORT
    )


def told_of(person):
    facts = Fact.objects.filter(person_id=person.pk, event__startswith="training.")
    return list(facts.order_by("id").values_list("event", flat=True))


def test_a_person_has_one_seat(areas):
    opened, (person,) = open_class(areas.dinoyo), enrol(areas.dinoyo)
    first = register(opened, person)

    with pytest.raises(errors.AlreadyRegistered) as caught:
        register(opened, person)

    assert caught.value.params["registration_id"] == first.pk
    assert Registration.objects.count() == 1


def test_the_last_seat_is_the_last(areas):
    opened, (one, two) = open_class(areas.dinoyo, seats=1), enrol(areas.dinoyo, 2)
    register(opened, one)

    with pytest.raises(errors.ClassFull) as caught:
        register(opened, two)

    assert caught.value.params == {"class_id": opened.pk, "left": 0, "wanted": 1}


def test_a_seat_given_back_is_free_for_another(areas):
    opened, (one, two) = open_class(areas.dinoyo, seats=1), enrol(areas.dinoyo, 2)
    first = register(opened, one)
    actions.withdraw(registration=first, why="sakit", by=system())

    register(opened, two)
    with pytest.raises(errors.ClassFull):
        register(opened, one)

    assert list(Registration.objects.standing().values_list("person", flat=True)) == [two.pk]


def test_taking_a_seat_up_again_keeps_the_row_and_the_journal_keeps_the_history(areas):
    opened, (person,) = open_class(areas.dinoyo), enrol(areas.dinoyo)
    first = register(opened, person)
    actions.withdraw(registration=first, why="sakit", by=system())
    with pytest.raises(errors.AlreadyWithdrawn):
        actions.withdraw(registration=first, why="sakit", by=system())

    again = actions.register(training_class=opened, person=person, by=system(), door=Door.WALK_IN)

    assert (again.pk, again.door) == (first.pk, Door.WALK_IN)
    assert not Withdrawal.objects.exists()
    assert told_of(person) == [events.REGISTERED, events.WITHDRAWN, events.REGISTERED_AGAIN]


def test_the_facts_of_a_registration_stand_where_the_person_lives(areas):
    opened, (person,) = open_class(areas.kauman_malang), enrol(areas.dinoyo)

    register(opened, person)

    fact = Fact.objects.get(event=events.REGISTERED)
    assert fact.area_key == areas.dinoyo.key
    assert fact.details == {"class": opened.public_id, "title": opened.title}


@pytest.mark.parametrize("where", ["dinoyo", "purwantoro"])
def test_class_and_person_must_both_be_in_reach(areas, officers, where):
    there = by(officers["lapangan.dinoyo"], "training.attend")
    places = {
        "dinoyo": (areas.dinoyo, areas.purwantoro),
        "purwantoro": (areas.purwantoro, areas.dinoyo),
    }
    place, home = places[where]
    opened, (person,) = open_class(place), enrol(home)

    with pytest.raises(OutOfReach):
        register(opened, person, by=there)
    seat = register(opened, person)
    with pytest.raises(OutOfReach):
        actions.withdraw(registration=seat, why="", by=there)
    with pytest.raises(OutOfReach):
        actions.register_many(training_class=opened, people=[person], by=there, door=Door.IMPORT)
    with pytest.raises(OutOfReach):
        actions.remove_registrations(registrations=[seat.pk], by=there, why="")

    assert Registration.objects.standing().count() == 1


def test_a_list_registers_all_who_are_missing_and_says_which(areas):
    opened, people = open_class(areas.dinoyo), enrol(areas.dinoyo, 4)
    known = register(opened, people[0])
    gone = register(opened, people[1])
    actions.withdraw(registration=gone, why="pindah", by=system())

    first = register_many(opened, people)
    second = register_many(opened, people)

    assert set(first.ids) == {person.pk for person in people}
    assert first.created == frozenset(first.ids.values()) - {known.pk, gone.pk}
    assert (second.ids, second.created) == (first.ids, frozenset())
    assert Withdrawal.objects.count() == 1
    assert told_of(people[3]) == [events.REGISTERED]


def test_an_officer_who_registers_several_takes_in_who_gave_the_seat_back(areas):
    opened, people = open_class(areas.dinoyo, seats=2), enrol(areas.dinoyo, 3)
    gone = register(opened, people[0])
    actions.withdraw(registration=gone, why="sakit", by=system())

    def at_the_desk(several):
        return actions.register_many(
            training_class=opened, people=several, by=system(), door=Door.DESK
        )

    with pytest.raises(errors.ClassFull):
        at_the_desk(people)
    registered = at_the_desk(people[:2])

    assert registered.ids[people[0].pk] == gone.pk
    assert gone.pk not in registered.created
    assert Registration.objects.standing().count() == 2
    assert told_of(people[0]) == [events.REGISTERED, events.WITHDRAWN, events.REGISTERED_AGAIN]


def test_a_person_twice_on_a_list_gets_one_seat(areas):
    opened, (person,) = open_class(areas.dinoyo, seats=1), enrol(areas.dinoyo)

    registered = register_many(opened, [person, person])

    assert len(registered.created) == 1


def test_a_list_longer_than_the_seats_registers_nobody(areas):
    opened, people = open_class(areas.dinoyo, seats=2), enrol(areas.dinoyo, 3)

    with pytest.raises(errors.ClassFull):
        register_many(opened, people)

    assert not Registration.objects.exists()
    assert not Fact.objects.filter(event=events.REGISTERED).exists()


def test_a_longer_list_needs_no_more_queries(areas):
    counts = []
    for number in (5, 200):
        opened, people = open_class(areas.dinoyo), enrol(areas.dinoyo, number, f"Daftar {number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            register_many(opened, people)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_removing_registrations_leaves_no_row_but_a_fact(areas):
    opened, people = open_class(areas.dinoyo), enrol(areas.dinoyo, 3)
    created = register_many(opened, people).created

    removed = actions.remove_registrations(registrations=created, by=system(), why="urungkan")
    again = actions.remove_registrations(registrations=created, by=system(), why="urungkan")

    assert (removed, again, Registration.objects.count()) == (3, 0, 0)
    assert told_of(people[0]) == [events.REGISTERED, events.REGISTRATION_REMOVED]


def test_a_registration_with_attendance_is_not_removed(areas):
    opened, (one, two) = open_class(areas.dinoyo), enrol(areas.dinoyo, 2)
    seats = [register(opened, one), register(opened, two)]
    take_roll(sessions_of(opened)[0], seats[:1])

    with pytest.raises(errors.RegistrationInUse):
        actions.remove_registrations(
            registrations=[seat.pk for seat in seats], by=system(), why="urungkan"
        )

    assert Registration.objects.count() == 2

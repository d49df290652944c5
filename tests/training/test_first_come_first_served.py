"""First come, first served: seats at once, then a line, one offer for each freed seat."""

from datetime import timedelta

import pytest

from city import NOW, system
from jembol.journal.models import Fact
from jembol.registry.errors import ReasonMissing, ValueMissing
from jembol.training import actions as training
from jembol.training import errors, events
from jembol.training.actions.seats import take_seat
from jembol.training.choices import Door, EntryState, OfferState
from jembol.training.models import HeldSeat, Override, Registration
from training.classroom import enrol, register
from training.published import (
    AFTER,
    CLOSES,
    OPENS,
    apply,
    live_offers,
    names_waiting,
    open_by_rule,
    rule_text,
)


def given_back(opened, person, at=NOW):
    seat = Registration.objects.get(training_class=opened, person=person)
    return training.withdraw(registration=seat, why="sakit", by=system(at))


@pytest.fixture
def full(areas):
    """A class of two seats, both taken, and two people in line."""
    people = enrol(areas.dinoyo, 4)
    opened = open_by_rule(areas.dinoyo, seats=2)
    for person in people:
        apply(opened, person)
    return opened, people


def test_seats_go_to_the_first_and_the_others_wait_in_line(full):
    opened, _people = full

    seated = opened.registrations.order_by("pk").values_list("person__name", flat=True)
    assert list(seated) == ["Warga 000", "Warga 001"]
    assert names_waiting(opened) == ["Warga 002", "Warga 003"]
    assert live_offers(opened) == []


def test_a_seat_given_back_is_offered_to_the_first_in_line_and_kept_for_them(full):
    opened, people = full

    given_back(opened, people[0])

    (offer,) = live_offers(opened)
    assert offer.entry.person == people[2]
    assert offer.expires_at == NOW + timedelta(hours=24)
    with pytest.raises(errors.ClassFull):
        training.override(
            training_class=opened, person=people[3], why="titipan", by=system(), door=Door.DESK
        )


def test_an_accepted_offer_is_a_seat(full):
    opened, people = full
    given_back(opened, people[0])

    training.accept(offer=live_offers(opened)[0], by=system())

    assert opened.registrations.standing().filter(person=people[2]).exists()
    assert opened.entries.get(person=people[2]).state == EntryState.SEATED
    assert HeldSeat.objects.count() == 0


def test_a_declined_offer_goes_to_the_next(full):
    opened, people = full
    given_back(opened, people[0])

    training.decline(offer=live_offers(opened)[0], by=system(), why="bekerja")

    (offer,) = live_offers(opened)
    assert offer.entry.person == people[3]
    assert opened.entries.get(person=people[2]).why == "bekerja"


def test_an_offer_that_runs_out_goes_to_the_next_and_cannot_be_taken_any_more(full):
    opened, people = full
    given_back(opened, people[0])
    (first,) = live_offers(opened)
    late = NOW + timedelta(hours=24)

    with pytest.raises(errors.OfferOver):
        training.accept(offer=first, by=system(late))
    training.settle(training_class=opened, by=system(late))

    first.refresh_from_db()
    assert first.state == OfferState.EXPIRED
    assert live_offers(opened)[0].entry.person == people[3]


def test_whoever_leaves_the_line_is_passed_over(full):
    opened, people = full

    training.leave_list(entry=opened.entries.get(person=people[2]), by=system())
    given_back(opened, people[0])

    assert live_offers(opened)[0].entry.person == people[3]


def test_whoever_leaves_with_a_seat_gives_it_back(full):
    opened, people = full

    training.leave_list(entry=opened.entries.get(person=people[0]), by=system(), why="pindah")

    assert not opened.registrations.standing().filter(person=people[0]).exists()
    assert live_offers(opened)[0].entry.person == people[2]


def test_more_seats_are_offered_one_by_one(full):
    opened, _people = full

    training.change_class(training_class=opened, changes={"seats": 4}, by=system())

    assert len(live_offers(opened)) == 2


def test_seats_cannot_fall_below_those_that_are_offered(full):
    opened, people = full
    given_back(opened, people[0])

    with pytest.raises(errors.SeatsBelowRegistrations):
        training.change_class(training_class=opened, changes={"seats": 1}, by=system())


def test_nobody_registers_before_the_window_opens_or_after_it_closes(areas):
    (person,) = enrol(areas.dinoyo)
    opened = open_by_rule(areas.dinoyo)

    for at in (OPENS - timedelta(seconds=1), CLOSES):
        with pytest.raises(errors.RegistrationNotOpen):
            apply(opened, person, at)


def test_a_seat_freed_after_the_window_still_goes_to_whoever_waits(full):
    opened, people = full

    given_back(opened, people[0], AFTER)

    assert live_offers(opened)[0].entry.person == people[2]


def test_the_desk_gives_a_free_seat_only_while_nobody_waits(full):
    opened, people = full
    (newcomer,) = enrol(people[0].area, prefix="Baru")

    with pytest.raises(errors.NotByTheRule):
        register(opened, newcomer)


def test_an_override_needs_a_reason_and_is_kept_with_whom_it_passed_over(areas):
    first, second = enrol(areas.dinoyo, 2)
    opened = open_by_rule(areas.dinoyo, seats=1)
    by = system(AFTER)

    with pytest.raises(ValueMissing):
        training.override(training_class=opened, person=first, why=" ", by=by, door=Door.DESK)
    training.override(training_class=opened, person=first, why="rumah rusak", by=by, door=Door.DESK)

    kept = Override.objects.get()
    assert (kept.person, kept.kind, kept.why) == (first, "out_of_time", "rumah rusak")
    assert Fact.objects.filter(event=events.OVERRIDDEN, person_id=first.pk).count() == 1
    with pytest.raises(errors.ClassFull):
        training.override(training_class=opened, person=second, why="x", by=by, door=Door.DESK)


def test_an_imported_list_of_a_class_with_a_rule_is_kept_as_an_override(areas):
    people = enrol(areas.dinoyo, 2)
    opened = open_by_rule(areas.dinoyo)

    training.register_many(training_class=opened, people=people, by=system(), door=Door.IMPORT)

    assert Override.objects.count() == 2


def test_who_walked_in_is_kept_as_an_override(areas):
    (person,) = enrol(areas.dinoyo)
    opened = open_by_rule(areas.dinoyo)

    take_seat(opened, person, by=system(AFTER), door=Door.WALK_IN)

    assert Override.objects.get().kind == "out_of_time"


def test_a_rule_changes_after_its_opening_only_with_a_reason_and_every_version_stays(areas):
    opened = open_by_rule(areas.dinoyo)
    change = rule_text(text="Berubah.")

    with pytest.raises(ReasonMissing):
        training.write_rule(training_class=opened, rule=change, by=system())
    training.write_rule(training_class=opened, rule=change, by=system(), why="gedung pindah")

    versions = opened.selection_rule.revisions.order_by("version")
    assert [(one.version, one.content["text"], one.why) for one in versions] == [
        (1, "Siapa cepat dia dapat.", ""),
        (2, "Berubah.", "gedung pindah"),
    ]


def test_a_cancelled_class_takes_its_offers_back(full):
    opened, people = full
    given_back(opened, people[0])

    training.cancel(training_class=opened, why="gedung terbakar", by=system())

    assert live_offers(opened) == []

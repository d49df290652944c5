"""What the door says, what is noted, and what is kept for a supervisor to look at."""

from datetime import timedelta

import pytest

from city import by, system
from field.phones import code_of
from jembol.accounts.models import Officer
from jembol.cards import actions as cards
from jembol.cards.signing import signer_on
from jembol.kit.signed_code import Kind, SignedCode, key_id, new_private, public_of, sign
from jembol.sync.models import Envelope
from jembol.training import actions as training
from jembol.training import errors
from jembol.training.models import Attendance, Roll, Scan
from training.classroom import enrol, open_class, register


def said(door, code, **more):
    """One scan on a phone of its own, sent at once."""
    phone = door.phone()
    phone.scan(door.each, code, **more)
    (result,) = door.results(phone)
    return result["verdict"], result["why"], result["attendance"]


def signed(door, *, private=None, kind=Kind.TICKET, days=(0, 1), **more):
    """A code like the first ticket's, with something changed."""
    signer = signer_on(door.now.date())
    private = private or signer.private
    first = door.seats[0]
    code = SignedCode(
        **{
            "kind": kind,
            "key_id": key_id(public_of(private)),
            "serial": first.ticket.serial,
            "subject": door.each.public_id,
            "holder": bytes(8),
            "valid_from": door.now.date() + timedelta(days=days[0]),
            "valid_until": door.now.date() + timedelta(days=days[1]),
            **more,
        }
    )
    return sign(code, private)


@pytest.fixture
def card(door):
    (person,) = [seat.person for seat in door.seats[:1]]
    found = cards.issue_card(person=person, by=system(door.now))
    return found, signer_on(door.now.date()).code(
        Kind.CARD, found.serial, person,
        valid_from=door.now.date(), valid_until=door.now.date() + timedelta(days=900),
    )  # fmt: skip


def test_a_ticket_is_welcome_takes_the_roll_and_is_noted(door):
    assert said(door, door.codes[0]) == ("welcome", "", True)
    assert door.came() == [(door.seats[0].pk, 1)]
    assert Roll.objects.count() == 1


def test_a_card_and_a_typed_serial_lead_to_the_seat_too(door, card):
    found, code = card

    assert said(door, code) == ("welcome", "", True)
    assert said(door, str(found.serial).lower()) == ("again", "", True)
    assert said(door, door.seats[1].person.public_id) == ("welcome", "", True)


def test_a_revoked_card_is_told_and_kept_as_come_in_although_not_allowed(door, card):
    found, code = card
    cards.revoke_card(card=found, why="hilang", by=system(door.now))

    assert said(door, code) == ("not_allowed", "revoked", True)
    assert list(Scan.objects.doubtful()) == list(Scan.objects.all())


def test_a_code_that_is_not_yet_valid_or_has_run_out_is_told_apart(door):
    assert said(door, signed(door, days=(1, 2)))[:2] == ("not_allowed", "not-yet-valid")
    assert said(door, signed(door, days=(-2, -1)))[:2] == ("not_allowed", "expired")


def test_a_forged_code_leads_to_nobody(door):
    stranger = new_private()

    assert said(door, signed(door, private=stranger)) == ("unknown_code", "unknown-key", False)
    assert said(door, f"{door.codes[0][:-2]}44")[1:] in {("forged", False), ("malformed", False)}
    assert said(door, door.codes[0][:99]) == ("unknown_code", "truncated", False)
    assert door.came() == []


def test_a_key_that_is_no_longer_trusted_proves_nobodys_coming(door):
    name = signer_on(door.now.date()).key_id
    cards.distrust_key(name=name, why="dicuri", by=system(door.now))

    assert said(door, door.codes[0]) == ("not_allowed", "key-expired", False)


def test_a_ticket_of_another_class_is_told_apart(door):
    other = open_class(door.areas.dinoyo, days=[door.now.date()], by=system(door.now))
    (person,) = enrol(door.areas.dinoyo, prefix="Lain", by=system(door.now))
    code = code_of(register(other, person, by=system(door.now)), system(door.now))

    assert said(door, code) == ("not_allowed", "other-class", False)


def test_who_gave_the_seat_back_and_comes_all_the_same_did_come(door):
    training.withdraw(registration=door.seats[0], why="", by=system(door.now))

    assert said(door, door.codes[0]) == ("not_allowed", "withdrawn", True)


def test_who_was_sent_away_did_not_come(door):
    training.withdraw(registration=door.seats[0], why="", by=system(door.now))

    assert said(door, door.codes[0], entered=False) == ("not_allowed", "withdrawn", False)
    assert Scan.objects.count() == 1


@pytest.mark.parametrize(
    "code", ["", "\x00", "\x1b[2J", "a" * 9000, "' OR 1=1 --", "😀\u202e", "JB1."]
)
def test_signs_of_any_kind_are_kept_readable_and_lead_to_nobody(door, code):
    verdict, _why, attendance = said(door, code)

    kept = Scan.objects.get().code
    assert (verdict, attendance) == ("unknown_code", False)
    assert kept.isprintable()
    assert len(kept) <= 200


def test_a_scanner_may_add_a_tab_or_a_line_end(door):
    assert said(door, f"\t{door.codes[0]}\r\n") == ("welcome", "", True)


def test_a_name_is_pressed_where_there_is_no_ticket(door):
    name = {"by": "name", "registration": door.seats[2].pk}

    assert said(door, None, **name) == ("welcome", "", True)


def test_going_out_is_kept_and_changes_no_attendance(door):
    assert said(door, door.codes[0], way="out") == ("welcome", "", False)
    assert said(door, door.codes[0]) == ("welcome", "", True)
    assert said(door, door.codes[0], way="out") == ("welcome", "", True)
    assert Attendance.objects.count() == 1


def test_an_undo_takes_back_what_the_scan_alone_showed_and_keeps_both(door):
    phone = door.phone()
    scan = phone.scan(door.each, door.codes[0])
    undo = phone.undo(door.each, scan)

    first, second = door.results(phone)

    assert (first["attendance"], second["verdict"], second["attendance"]) == (True, "undone", False)
    assert door.came() == []
    assert Scan.objects.count() == 2
    assert undo["id"] in set(Scan.objects.values_list("envelope", flat=True))


def test_an_undo_leaves_what_another_phone_has_seen_too(door):
    one, other = door.phone("Utara"), door.phone("Selatan")
    scan = one.scan(door.each, door.codes[0])
    other.scan(door.each, door.codes[0])
    one.undo(door.each, scan)

    door.receive(one, *one.queue[:1])
    (again,) = door.results(other)
    (undone,) = door.results(one, one.queue[1])

    assert again["also_on"] == ["Utara"]
    assert undone["attendance"] is True
    assert len(door.came()) == 1


def test_an_undo_leaves_what_the_desk_had_noted(door):
    session = door.each.sessions.get()
    training.take_roll(session=session, present={door.seats[0].pk}, by=system(door.now))
    phone = door.phone()
    phone.undo(door.each, phone.scan(door.each, door.codes[0]))

    door.receive(phone)

    assert door.came() == [(door.seats[0].pk, 1)]


def test_one_press_accepts_a_doubtful_scan_or_strikes_it(door):
    training.withdraw(registration=door.seats[0], why="", by=system(door.now))
    said(door, door.codes[0])
    said(door, signed(door, days=(1, 2), serial=door.seats[1].ticket.serial))
    struck, accepted = Scan.objects.order_by("pk")
    actor = by(door.officer, "training.change", at=door.now)

    training.settle_scan(scan=struck, is_accepted=False, by=actor)
    training.settle_scan(scan=accepted, is_accepted=True, by=actor)

    assert door.came() == [(door.seats[1].pk, 1)]
    assert not Scan.objects.doubtful().exists()
    with pytest.raises(errors.ScanSettled):
        training.settle_scan(scan=struck, is_accepted=True, by=actor)


def test_who_was_not_noted_is_noted_when_the_scan_is_accepted(door):
    name = signer_on(door.now.date()).key_id
    cards.distrust_key(name=name, why="dicuri", by=system(door.now))
    said(door, door.codes[0])
    actor = by(door.officer, "training.change", at=door.now)

    training.settle_scan(scan=Scan.objects.get(), is_accepted=True, by=actor)

    assert door.came() == [(door.seats[0].pk, 1)]


def test_a_door_of_another_part_of_the_city_takes_tickets_and_names_nobody(door):
    (person,) = enrol(door.areas.purwantoro, prefix="Tetangga", by=system(door.now))
    code = code_of(register(door.each, person, by=system(door.now)), system(door.now))
    door.officer = Officer.objects.get(username="lapangan.dinoyo")
    phone = door.phone()
    phone.scan(door.each, code)

    (result,) = door.results(phone)

    assert (result["verdict"], result["name"]) == ("welcome", "")


def test_a_scan_of_a_class_elsewhere_is_refused_and_kept_with_the_envelope(door):
    door.officer = Officer.objects.get(username="lapangan.purwantoro")
    phone = door.phone()
    phone.scan(door.each, door.codes[0])

    (answer,) = door.receive(phone).answers

    assert (answer.state, answer.code) == ("refused", "out-of-reach")
    assert Envelope.objects.get().body["code"] == door.codes[0]
    assert Scan.objects.count() == 0


def test_hours_of_a_door_are_the_classs_own(door):
    training.set_door_hours(
        training_class=door.each, early_min=180, late_min=0, by=system(door.now)
    )
    door.now = door.now.replace(hour=5, minute=30)

    assert said(door, door.codes[0]) == ("welcome", "", True)


def test_a_cancelled_class_notes_nobody(door):
    training.cancel(training_class=door.each, why="banjir", by=system(door.now))

    assert said(door, door.codes[0]) == ("not_allowed", "class-cancelled", False)


def test_three_rooms_at_once_note_each_person_once(door):
    phones = [door.phone(f"Ruang {number}") for number in range(3)]
    for phone in phones:
        for code in door.codes:
            phone.scan(door.each, code)
    for phone in reversed(phones):
        door.receive(phone)

    assert len(door.came()) == 3
    assert Scan.objects.count() == 9
    assert Scan.objects.filter(is_again=True).count() == 6

"""What an officer has open in a kelurahan passes to another, once, and nothing gets lost."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import connections

from city import (
    DINOYO,
    DINOYO_RW,
    NOW,
    PURWANTORO,
    area,
    build_areas,
    build_officer,
    build_officers,
    by,
    system,
)
from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.ids import new_ulid
from jembol.outreach import actions, errors
from jembol.outreach.actions import charges
from jembol.outreach.models import ChargeHandover
from jembol.outreach.queries import caretaker_of
from jembol.registry import actions as registry
from jembol.sync.models import Device, Envelope
from outreach.visits_made import need, promise, referral, visit
from rows_read import RowsRead
from training.classroom import enrol


@pytest.fixture
def officers(db):
    return officers_of_the_city()


def officers_of_the_city():
    build_areas()
    found = build_officers("pelatihan", "lapangan.dinoyo", "lapangan.purwantoro", "lapangan")
    found["budi"] = build_officer("budi", Role.FIELD, DINOYO)
    found["citra"] = build_officer("citra", Role.FIELD, DINOYO)
    return found


def hand_over(officers, to="budi", giver="lapangan.dinoyo", code=DINOYO, **more):
    given = {"why": "pindah tugas", "by": system(), **more}
    return actions.hand_over(area=area(code), giver=officers[giver], taker=officers[to], **given)


def held_envelope(officer, code):
    device = Device.objects.create(
        id=new_ulid(NOW), label="HP Dinoyo", first_seen_at=NOW, last_seen_at=NOW
    )
    return Envelope.objects.create(
        id=new_ulid(NOW), kind="outreach.visit", device=device, seq=1, fingerprint="x", body={},
        received_at=NOW, corrected_at=NOW, officer_id=officer.pk, area_key=area(code).key,
        state="quarantined",
    )  # fmt: skip


def test_open_promises_and_referrals_get_the_new_officer(officers):
    old, new = officers["lapangan.dinoyo"], officers["budi"]
    first, inner = visit(old, DINOYO), visit(old, DINOYO_RW)
    kept = [promise(first), promise(inner)]
    sent = referral(first)
    need(first)

    handover = hand_over(officers)

    for row in (*kept, sent):
        row.refresh_from_db()
    assert {row.officer for row in (*kept, sent)} == {new}
    assert sorted(thing.kind for thing in handover.things.all()) == [
        "promise", "promise", "referral",
    ]  # fmt: skip


def test_what_is_done_lies_elsewhere_or_is_anothers_stays(officers):
    old = officers["lapangan.dinoyo"]
    done, elsewhere = promise(visit(old, DINOYO)), promise(visit(old, PURWANTORO))
    done.kept_at = NOW
    done.save()
    other_officers = promise(visit(officers["citra"], DINOYO))

    handover = hand_over(officers)

    for row in (done, elsewhere, other_officers):
        row.refresh_from_db()
    assert (done.officer, elsewhere.officer, other_officers.officer) == (
        old,
        old,
        officers["citra"],
    )
    assert handover.things.count() == 0


def test_records_of_the_phone_that_wait_stand_on_the_list_and_stay_whose_they_are(officers):
    envelope = held_envelope(officers["lapangan.dinoyo"], DINOYO_RW)

    handover = hand_over(officers)

    envelope.refresh_from_db()
    (thing,) = handover.things.all()
    assert (thing.kind, thing.ref) == ("envelope", envelope.pk)
    assert envelope.officer_id == officers["lapangan.dinoyo"].pk


def test_what_comes_later_from_the_old_phone_falls_to_the_new_officer(officers):
    old, new = officers["lapangan.dinoyo"], officers["budi"]
    assert caretaker_of(old.pk, area(DINOYO_RW).key) == old.pk

    hand_over(officers)

    assert caretaker_of(old.pk, area(DINOYO_RW).key) == new.pk
    assert caretaker_of(old.pk, area(PURWANTORO).key) == old.pk


def test_handovers_of_other_places_are_not_read(officers):
    old = officers["lapangan.dinoyo"]
    hand_over(officers, "lapangan.purwantoro", giver="lapangan", code=PURWANTORO)
    hand_over(officers, "lapangan", giver="lapangan.purwantoro", code=PURWANTORO)
    hand_over(officers)

    with RowsRead() as read:
        found = caretaker_of(old.pk, area(DINOYO_RW).key)

    assert found == officers["budi"].pk
    assert read.rows["outreach_chargehandover"] == 1


def test_the_list_names_nobody_who_lives_elsewhere_by_now(officers):
    old = officers["lapangan.dinoyo"]
    stays, moves = enrol(area(DINOYO), 2, by=system())
    for person in (stays, moves):
        made = visit(old, DINOYO, person=person)
        promise(made, "Antar brosur")
        referral(made, words="P-IRT")
    changes = {"area": area(PURWANTORO), "name": "Nama Rahasia"}
    registry.change(person=moves, changes=changes, by=system())

    handover = hand_over(officers)

    words = sorted(one.words for one in handover.things.all())
    assert len(words) == 4
    assert [stays.name in one for one in words].count(True) == 2
    assert "Rahasia" not in "".join(words)


def test_a_chain_of_handovers_ends_with_the_last_and_may_lead_back(officers):
    old, key = officers["lapangan.dinoyo"], area(DINOYO).key
    hand_over(officers, "budi")
    hand_over(officers, "citra", giver="budi")
    assert caretaker_of(old.pk, key) == officers["citra"].pk

    hand_over(officers, "lapangan.dinoyo", giver="citra")

    assert caretaker_of(old.pk, key) == old.pk
    hand_over(officers, "budi")
    assert ChargeHandover.objects.filter(giver=old).count() == 2


def test_what_was_taken_over_passes_on_again(officers):
    mine = promise(visit(officers["lapangan.dinoyo"], DINOYO))
    hand_over(officers)

    hand_over(officers, "citra", giver="budi")

    mine.refresh_from_db()
    assert mine.officer == officers["citra"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"to": "lapangan.dinoyo"}, "same officer"),
        ({"to": "lapangan.purwantoro"}, "makes no visits"),
        ({"giver": "budi", "to": "budi"}, "same officer"),
    ],
)
def test_who_cannot_take_over_is_told_why(officers, more, words):
    with pytest.raises(errors.HandoverRefused, match=words):
        hand_over(officers, **more)


def test_a_deactivated_officer_hands_over_and_takes_nothing(officers):
    accounts.deactivate(officer=officers["lapangan.dinoyo"], why="keluar", by=system())
    accounts.deactivate(officer=officers["citra"], why="keluar", by=system())

    with pytest.raises(errors.HandoverRefused, match="makes no visits"):
        hand_over(officers, "citra")

    assert hand_over(officers).taker == officers["budi"]


def test_a_second_handover_names_who_has_taken_over(officers):
    hand_over(officers)

    with pytest.raises(errors.HandoverRefused, match="Petugas Budi has taken over"):
        hand_over(officers, "citra")


def test_nobody_hands_over_outside_their_areas(officers):
    actor = by(officers["lapangan.purwantoro"], "outreach.visit")

    with pytest.raises(OutOfReach):
        hand_over(officers, by=actor)


def test_the_journal_tells_who_passed_how_much_to_whom(officers):
    promise(visit(officers["lapangan.dinoyo"], DINOYO))

    hand_over(officers)

    fact = Fact.objects.get(event="outreach.charge.handed_over")
    assert (fact.why, fact.details["things"]) == ("pindah tugas", {"promise": 1})


# --- two at once ------------------------------------------------------------------------------


def two_at_once(officers):
    """Hand over to two officers at the same moment; return what each was told."""
    start = Barrier(2)

    def run(to):
        try:
            start.wait(60)
            return hand_over(officers, to).taker.username
        except errors.HandoverRefused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, ["budi", "citra"]))


@pytest.mark.django_db(transaction=True)
def test_of_two_handovers_at_once_one_stands():
    officers = officers_of_the_city()
    kept = promise(visit(officers["lapangan.dinoyo"], DINOYO))

    told = two_at_once(officers)

    kept.refresh_from_db()
    handover = ChargeHandover.objects.get()
    assert told == sorted([handover.taker.username, "refused"])
    assert kept.officer_id == handover.taker_id


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_database_alone_lets_one_stand(monkeypatch):
    officers = officers_of_the_city()
    monkeypatch.setattr(charges, "_hold", lambda _giver: None)

    told = two_at_once(officers)

    assert "refused" in told
    assert ChargeHandover.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_any_guard_both_would_stand(monkeypatch):
    """The control: what the tests above would see if nothing guarded the handover."""
    officers = officers_of_the_city()
    numbers = count(1)
    monkeypatch.setattr(charges, "_hold", lambda _giver: None)
    monkeypatch.setattr(charges, "_next_number", lambda _area, _giver: next(numbers))
    monkeypatch.setattr(charges, "caretaker_of", lambda officer_id, _area_key: officer_id)

    assert two_at_once(officers) == ["budi", "citra"]
    assert ChargeHandover.objects.count() == 2

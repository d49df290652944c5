"""Two people change the same: both values are kept, and a supervisor decides with one press."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from city import build_areas, build_officers, by, system
from field.phones import Phone, real_now
from field.visiting import change, enrolment, visit
from jembol.accounts.models import Officer
from jembol.desk.field_edits import SHOWN, told
from jembol.field.reading import read_parcel
from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.outreach.models import Need, Visit
from jembol.registry import actions as registry
from jembol.registry.models import Person
from jembol.sync import actions
from jembol.sync.actions import settling
from jembol.sync.errors import SettledMeanwhile
from jembol.sync.models import Edit, EditSettlement
from jembol.sync.subjects import Standing, subject_of
from jembol.ui.listing import PAGE_SIZE
from rows_read import RowsRead
from training.classroom import enrol


@pytest.fixture
def person(door):
    (found,) = enrol(door.areas.dinoyo, prefix="Ibu", by=system(door.now))
    return found


def result(door, phone, *envelopes):
    return door.receive(phone, *envelopes).answers[-1].result


def test_what_nobody_else_changed_is_taken_over(door, person):
    phone = door.phone()
    phone.write("registry.change", change(person, {"phone": ""}, {"phone": "0812 5555 0101"}))

    told = result(door, phone)

    person.refresh_from_db()
    assert told == {"applied": ["phone"], "kept_apart": [], "version": 2}
    assert person.phone == "+6281255550101"


def test_the_same_value_twice_is_no_conflict(door, person):
    for name in "AB":
        phone = door.phone(name)
        phone.write("registry.change", change(person, {"address": ""}, {"address": "Gang 3"}))
        assert result(door, phone)["applied"] == ["address"]
        door.wait(minutes=1)

    assert not Edit.objects.apart().exists()


def test_another_value_keeps_both_and_the_one_that_stands_stays(door, person):
    phone = door.phone("HP Dinoyo")
    phone.write("registry.change", change(person, {"address": ""}, {"address": "Gang 3"}))
    door.wait(minutes=5)
    registry.change(person=person, changes={"address": "Gang 4"}, by=system(door.now))
    door.wait(hours=2)

    told = result(door, phone)

    person.refresh_from_db()
    kept = Edit.objects.apart().get()
    assert told == {"applied": [], "kept_apart": ["address"], "version": 2}
    assert (person.address, kept.stood, kept.new) == ("Gang 4", "Gang 4", "Gang 3")
    assert (kept.device.label, kept.officer_id) == ("HP Dinoyo", door.officer.pk)
    assert Fact.objects.get(event="sync.edit.kept_apart").details["fields"] == ["address"]


def test_fields_that_fit_are_taken_over_beside_one_that_does_not(door, person):
    registry.change(person=person, changes={"address": "Gang 4"}, by=system(door.now))
    phone = door.phone()
    was, new = {"address": "", "sex": ""}, {"address": "Gang 3", "sex": "P"}
    phone.write("registry.change", change(person, was, new))

    told = result(door, phone)

    assert (told["applied"], told["kept_apart"]) == (["sex"], ["address"])


def test_a_newer_change_that_came_first_is_not_written_over(door, person):
    early, late = door.phone("A"), door.phone("B")
    first = early.write("registry.change", change(person, {"address": ""}, {"address": "Gang 3"}))
    door.wait(hours=1)
    second = late.write("registry.change", change(person, {"address": ""}, {"address": "Gang 9"}))

    result(door, late, second)
    told = result(door, early, first)

    person.refresh_from_db()
    assert (person.address, told["kept_apart"]) == ("Gang 9", ["address"])


def test_what_overtook_finds_its_place_when_the_first_comes(door, person):
    phone = door.phone()
    first = phone.write("registry.change", change(person, {"address": ""}, {"address": "Gang 3"}))
    door.wait(hours=1)
    second = phone.write(
        "registry.change", change(person, {"address": "Gang 3"}, {"address": "Gang 9"})
    )

    assert result(door, phone, second)["kept_apart"] == ["address"]
    assert result(door, phone, first)["applied"] == ["address"]

    person.refresh_from_db()
    assert person.address == "Gang 9"
    assert not Edit.objects.apart().exists()


def test_who_saw_the_newer_version_writes_after_it_whatever_their_clock_says(door, person):
    written_at = door.now
    door.wait(hours=3)
    registry.change(person=person, changes={"address": "Gang 4"}, by=system(door.now))
    phone = door.phone()
    envelope = phone.write(
        "registry.change", change(person, {"address": "Gang 4"}, {"address": "Gang 5"}, seen=2)
    )
    # A restarted phone whose clock was three hours behind when this was written.
    envelope |= {"at": written_at.isoformat(), "mono": None}
    door.wait(minutes=1)

    assert result(door, phone)["applied"] == ["address"]
    person.refresh_from_db()
    assert person.address == "Gang 5"


def test_a_nik_is_kept_masked_and_taken_whole(door, person):
    registry.change(
        person=person, changes={"nik": Nik.parse("3573054505900001")}, by=system(door.now)
    )
    phone = door.phone()
    phone.write("registry.change", change(person, {"nik": ""}, {"nik": "3573054505900002"}))
    door.receive(phone)
    kept = Edit.objects.apart().get()

    actions.settle_edit(edit=kept, is_taken=True, by=settler(door))

    person.refresh_from_db()
    assert "3573054505900002" not in str((kept.new, kept.was, kept.stood))
    assert registry.reveal_nik(person=person, by=system(door.now), why="uji") == "3573054505900002"


ALIKE = ("3573054505900001", "3573054605910001", "3573054705920001")
"""Three NIKs that look the same when they are masked."""


def nik(door, person):
    person.refresh_from_db()
    return registry.reveal_nik(person=person, by=system(door.now), why="uji")


def test_a_nik_that_shows_the_same_mask_is_another_one(door, person):
    registry.change(person=person, changes={"nik": Nik.parse(ALIKE[0])}, by=system(door.now))
    masked = Nik.parse(ALIKE[0]).masked
    phone = door.phone()

    for number in ALIKE[1:]:
        door.wait(minutes=1)
        phone.write("registry.change", change(person, {"nik": masked}, {"nik": number}))
        told = result(door, phone)

        assert (told["applied"], nik(door, person)) == (["nik"], number)
    assert Edit.objects.filter(new_digest="").count() == 0


def test_of_two_niks_that_show_the_same_mask_one_is_chosen(door, person):
    registry.change(person=person, changes={"nik": Nik.parse(ALIKE[0])}, by=system(door.now))
    phone = door.phone()
    phone.write("registry.change", change(person, {"nik": ""}, {"nik": ALIKE[1]}))
    assert result(door, phone)["kept_apart"] == ["nik"]

    actions.settle_edit(edit=Edit.objects.get(), is_taken=True, by=settler(door))

    assert nik(door, person) == ALIKE[1]


def test_somebody_recognised_has_another_nik_under_the_same_mask(door, person):
    registry.change(person=person, changes={"nik": Nik.parse(ALIKE[0])}, by=system(door.now))
    phone = door.phone()
    alike = [{"ref": {"key": person.pk}, "answer": "same"}]
    for number in ALIKE[:2]:
        body = enrolment(door.areas.dinoyo, person.name, nik=number, alike=alike)
        phone.write("registry.enrol", body)

    door.receive(phone)

    assert sorted(Edit.objects.values_list("fate", flat=True)) == ["apart", "applied"]
    assert nik(door, person) == ALIKE[0]


def test_a_visit_is_changed_field_by_field(door):
    phone = door.phone()
    visited = phone.write(
        "outreach.visit", visit(door.areas.dinoyo, needs=[{"kind": "tool", "words": "oven"}])
    )
    body = {
        "visit": visited["id"], "seen": 1,
        "was": {"needs": [{"kind": "tool", "words": "oven"}], "outcome": "met", "promise": None},
        "changes": {
            "needs": [{"kind": "licence", "words": "P-IRT"}], "outcome": "not_home",
            "promise": {"words": "kembali", "due_on": "2026-03-09"},
        },
    }  # fmt: skip
    changed = phone.write("outreach.visit_change", body)

    early = door.receive(phone, changed).answers[0]
    door.receive(phone, visited)
    (told,) = door.receive(phone, changed).answers

    kept = Visit.objects.get()
    assert (early.state, told.was) == ("held", "accepted")
    assert sorted(told.result["applied"]) == ["needs", "outcome", "promise"]
    assert (kept.outcome, kept.version, kept.promise.words) == ("not_home", 2, "kembali")
    assert Need.objects.get().kind == "licence"
    assert kept.versions.get().values["outcome"] == "met"


def test_what_a_phone_saw_is_kept_masked_and_short(door, person):
    phone = door.phone()
    was = {"nik": ALIKE[0], "address": ["x"] * 9, "birth_place": "y" * 4000}
    new = {"nik": ALIKE[1], "address": "Gang 1", "birth_place": "Malang"}
    phone.write("registry.change", change(person, was, new))

    door.receive(phone)

    seen = dict(Edit.objects.values_list("field", "was"))
    assert seen["nik"] == Nik.parse(ALIKE[0]).masked
    assert seen["address"] == ""
    assert len(seen["birth_place"]) <= 300


@pytest.mark.parametrize("was", ["3573054505900001x", "357305", {"a": ALIKE[0]}, [ALIKE[0]], 3])
def test_no_unreadable_nik_is_kept_of_what_a_phone_saw(door, person, was):
    phone = door.phone()
    phone.write("registry.change", change(person, {"nik": was}, {"nik": ALIKE[1]}))

    door.receive(phone)

    assert set(Edit.objects.get().was) <= {"•"}


def test_a_number_written_into_a_visit_is_masked_and_the_journal_has_no_words(door):
    spaced = "3573 0545 0590 0001"
    phone = door.phone()
    told = visit(
        door.areas.dinoyo, advice=f"NIK {spaced}", needs=[{"kind": "tool", "words": ALIKE[0]}]
    )
    visited = phone.write("outreach.visit", told)
    body = {
        "visit": visited["id"], "seen": 1,
        "was": {"advice": f"NIK {spaced}", "promise": None},
        "changes": {
            "advice": f"kartu {ALIKE[0]}",
            "promise": {"words": f"cek {ALIKE[0]}", "due_on": "2026-03-09"},
        },
    }  # fmt: skip
    phone.write("outreach.visit_change", body)

    *_rest, last = door.receive(phone).answers

    kept, masked = Visit.objects.get(), Nik.parse(ALIKE[0]).masked
    edits = str(list(Edit.objects.values_list("was", "new")))
    facts = str(list(Fact.objects.values_list("details", flat=True)))
    assert sorted(last.result["applied"]) == ["advice", "promise"]
    assert (kept.advice, kept.promise.words) == (f"kartu {masked}", f"cek {masked}")
    assert Need.objects.get().words == masked
    assert kept.versions.get().values["advice"] == f"NIK {masked}"
    assert ALIKE[0] not in edits + facts
    assert "kartu" not in facts
    changed = Fact.objects.get(event="outreach.visit.changed")
    assert changed.details == {"fields": ["advice", "promise"]}


# --- one press -----------------------------------------------------------------------------------


def settler(door):
    return by(door.officer, "outreach.settle", at=door.now)


@pytest.fixture
def kept(door, person):
    """The office says Gang 4, the phone says Gang 3."""
    registry.change(person=person, changes={"address": "Gang 4"}, by=system(door.now))
    phone = door.phone("HP Dinoyo")
    phone.write("registry.change", change(person, {"address": ""}, {"address": "Gang 3"}))
    door.receive(phone)
    return Edit.objects.apart().get()


@pytest.mark.parametrize(("is_taken", "stays"), [(True, "Gang 3"), (False, "Gang 4")])
def test_one_press_says_which_value_stays(door, person, kept, is_taken, stays):
    actions.settle_edit(edit=kept, is_taken=is_taken, by=settler(door))

    person.refresh_from_db()
    assert person.address == stays
    assert Fact.objects.get(event="sync.edit.settled").details["taken"] is is_taken
    with pytest.raises(SettledMeanwhile) as refusal:
        actions.settle_edit(edit=kept, is_taken=not is_taken, by=settler(door))
    assert door.officer.name in str(refusal.value)


def test_the_page_shows_both_values_and_takes_one_press(door, person, kept):
    client = Client()
    client.force_login(door.officer)
    page = client.get(reverse("desk:edit_list")).content.decode()

    answer = client.post(
        reverse("desk:edit_settlement_create", args=[kept.pk]), {"putusan": "ganti"}, follow=True
    )

    person.refresh_from_db()
    assert "Gang 3" in page
    assert "Gang 4" in page
    assert answer.status_code == 200
    assert person.address == "Gang 3"
    late = client.post(reverse("desk:edit_settlement_create", args=[kept.pk]), {"putusan": "tetap"})
    assert door.officer.name in late.content.decode()


def test_of_who_lives_elsewhere_by_now_neither_name_nor_values_are_shown(door, person, kept):
    client = Client()
    client.force_login(Officer.objects.get(username="lapangan.dinoyo"))
    reader = by(Officer.objects.get(username="lapangan.dinoyo"), "outreach.visit", at=door.now)
    shown = told([kept], reader.reach)
    moved = {"area": door.areas.purwantoro, "address": "Gang Rahasia", "name": "Nama Baru"}
    registry.change(person=person, changes=moved, by=system(door.now))

    (one,) = told([kept], reader.reach)

    assert [(row.whom, row.stands) for row in shown] == [(person.name, "Gang 4")]
    assert (one.whom, one.typed) == ("", "Gang 3")
    assert "Rahasia" not in one.stands
    (seen,) = told([kept], settler(door).reach)
    assert (seen.whom, seen.stands) == ("Nama Baru", "Gang Rahasia")


def test_a_visit_is_not_named_for_somebody_who_lives_elsewhere_by_now(door, person):
    phone = door.phone()
    phone.write("outreach.visit", visit(door.areas.dinoyo, person={"key": person.pk}))
    door.receive(phone)
    found, here = Visit.objects.get(), Reach.of([door.areas.dinoyo.pk])
    before = subject_of("outreach.visit").name_of([found.pk], here)[found.pk]
    moved = {"area": door.areas.purwantoro, "name": "Nama Baru"}
    registry.change(person=person, changes=moved, by=system(door.now))

    after = subject_of("outreach.visit").name_of([found.pk], here)[found.pk]

    assert before.startswith(person.name)
    assert after.startswith("Dinoyo")
    assert subject_of("outreach.visit").name_of([found.pk], Reach.nowhere()) == {}


def test_the_list_of_values_reads_no_more_edits_than_it_shows(door, kept):
    for number in range(120):
        kept.pk, kept.envelope = None, f"{number:026}"
        kept.save(force_insert=True)
    client = Client()
    client.force_login(door.officer)

    with RowsRead() as read:
        page = client.get(reverse("desk:edit_list")).content.decode()

    assert door.officer.name in page
    counts = 2
    assert read.rows["sync_edit"] == SHOWN + PAGE_SIZE + counts


# --- two supervisors -----------------------------------------------------------------------------


@pytest.fixture
def ground(transactional_db):
    """A value kept apart, and two supervisors."""
    areas, officers = build_areas(), build_officers("pelatihan", "kepala", "lapangan.dinoyo")
    (person,) = enrol(areas.dinoyo, prefix="Ibu", by=system(real_now()))
    registry.change(person=person, changes={"address": "Gang 4"}, by=system(real_now()))
    return person, [officers["pelatihan"], officers["kepala"]], officers["lapangan.dinoyo"]


def kept_apart(person, writer, number):
    phone = Phone(f"HP {number}", real_now)
    phone.write("registry.change", change(person, {"address": "x"}, {"address": f"Gang {number}"}))
    parcel = read_parcel(json.dumps(phone.parcel()).encode())
    actions.receive(parcel=parcel, by=by(writer, "outreach.visit", at=real_now(), door="field"))
    return Edit.objects.apart().get()


def both_press(edit, supervisors):
    start = Barrier(2)

    def press(place):
        actor = by(supervisors[place], "outreach.settle", at=real_now())
        try:
            start.wait(60)
            return actions.settle_edit(edit=edit, is_taken=place == 0, by=actor).is_taken
        except SettledMeanwhile as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, range(2)))


def test_of_two_supervisors_who_press_at_once_one_decides_and_the_other_is_told(ground):
    person, supervisors, writer = ground
    for number in range(10):
        edit = kept_apart(person, writer, number + 10)

        answers = both_press(edit, supervisors)

        (decided,) = [one for one in answers if isinstance(one, bool)]
        (told,) = [one for one in answers if isinstance(one, SettledMeanwhile)]
        person.refresh_from_db()
        assert EditSettlement.objects.get(edit=edit).is_taken is decided
        assert (person.address == f"Gang {number + 10}") is decided
        assert told.params["by"] in {one.name for one in supervisors}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_and_the_constraint_both_decide(ground, monkeypatch):
    person, supervisors, writer = ground
    edit = kept_apart(person, writer, 10)
    meet = Barrier(2)
    subject = settling.subject_of("registry.person")

    class Unlocked:
        def __getattr__(self, name):
            return getattr(subject, name)

        def hold(self, key):
            found = Person.objects.get(pk=key)
            meet.wait(60)
            return Standing(
                found.area_id, found.version, subject.now([key], Reach.everywhere())[key]
            )

    monkeypatch.setattr(settling, "subject_of", lambda _kind: Unlocked())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'u' "
            "AND conrelid = 'sync_editsettlement'::regclass"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE sync_editsettlement DROP CONSTRAINT {name}")
    try:
        answers = both_press(edit, supervisors)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sync_editsettlement")
            cursor.execute(
                f"ALTER TABLE sync_editsettlement ADD CONSTRAINT {name} UNIQUE (edit_id)"
            )

    assert sorted(one for one in answers if isinstance(one, bool)) == [False, True]

"""Undo of a whole import: as if it had never been, and a word on what has to stay."""

import pytest
from django.apps import apps
from importing import csv_of, plan_for

import city
from jembol.intake import actions
from jembol.intake.choices import RowState, Status
from jembol.intake.errors import NotNow
from jembol.journal.models import Fact
from jembol.places.models import Area
from jembol.registry.actions import PersonDetails, change, enrol
from jembol.registry.models import Person
from jembol.training.actions import take_roll
from jembol.training.models import Attendance, Class, Registration

pytestmark = pytest.mark.django_db
HEADER = (
    "Nama",
    "NIK",
    "No HP",
    "Alamat",
    "RT",
    "RW",
    "Kelurahan",
    "Nama Usaha",
    "Produk",
    "Hari 1",
)
PHONE = "0812-0000-000"
ROWS = (
    (
        "Siti Aminah",
        "3573054107909001",
        f"{PHONE}1",
        "Jl. A 1",
        "2",
        "3",
        "Dinoyo",
        "Aminah",
        "Kue",
        "v",
    ),
    ("Budi", "", f"{PHONE}2", "", "", "", "Kauman", "", "", ""),
    ("Hj. Rukmini", "", f"{PHONE}3", "Jl. C 3", "", "", "Dinoyo", "Rukmini", "Batik", "v"),
    ("Siti Aminah", "", f"{PHONE}1", "", "", "", "", "", "", "v"),
)
# What only says when and how often something was written is not part of the state, nor is a seal,
# which is another one each time.
BOOKKEEPING = {"id", "version", "changed_at", "created_at", "packed_sealed"}
STATE = ("registry", "training")
# That the import stood for a while stays true: past days can be opened again.
HISTORY = {"PersonVersion", "EnterpriseVersion"}


def state():
    """Every row of the register and of training, without keys, ready to be compared."""
    rows = []
    for label in STATE:
        for model in apps.get_app_config(label).get_models():
            if model.__name__ in HISTORY:
                continue
            names = [f.attname for f in model._meta.concrete_fields if f.name not in BOOKKEEPING]
            rows += [(model.__name__, *map(str, row)) for row in model.objects.values_list(*names)]
    return sorted(rows)


def known_before(desk):
    """Two of the people of the list, who are in the register and lack what it tells."""
    for name, phone in (("Rukmini", "+6281200000003"), ("Wati", "+6281200000009")):
        enrol(details=PersonDetails(name=name, phone=phone, area=desk.areas.malang), by=desk.by)


@pytest.mark.parametrize("kind", ["people", "attendance"])
def test_the_state_after_an_undo_is_the_state_before(desk, kind):
    known_before(desk)
    before = state()
    batch = desk.store(csv_of(HEADER, *ROWS), kind=kind, plan=plan_for())
    stored = state()

    undone = desk.undo(batch)

    assert len(stored) > len(before) + 5
    assert state() == before
    assert undone.status == Status.UNDONE
    assert undone.counts["undone"] == len(ROWS)


def test_storing_again_after_an_undo_brings_back_the_same(desk):
    known_before(desk)
    batch = desk.store(csv_of(HEADER, *ROWS), kind="attendance", plan=plan_for())
    verdicts, counts = desk.verdicts(batch), counts_now()
    desk.undo(batch)

    again = desk.commit(batch)

    assert desk.verdicts(again) == verdicts
    assert counts_now() == counts
    assert again.counts["done"] == len(ROWS)


def counts_now():
    return [model.objects.count() for model in (Person, Class, Registration, Attendance)]


def test_what_was_changed_since_stays_and_is_told(desk):
    known_before(desk)
    batch = desk.store(csv_of(HEADER, *ROWS))
    rukmini = Person.objects.get(name="Rukmini")
    change(person=rukmini, changes={"birth_place": "Kediri"}, by=desk.by)
    budi = Person.objects.get(name="Budi")
    change(person=budi, changes={"sex": "L"}, by=desk.by)

    undone = desk.undo(batch)

    left = {row.name: row.left_because for row in desk.rows(undone, state=RowState.LEFT)}
    assert left.keys() == {"Hj. Rukmini", "Budi"}
    assert all("changed since" in why for why in left.values())
    assert Person.objects.filter(name="Budi").exists()
    assert Person.objects.get(pk=rukmini.pk).birth_place == "Kediri"


def test_a_person_on_whom_something_hangs_stays(desk):
    batch = desk.store(csv_of(HEADER, *ROWS))
    other = desk.store(csv_of(HEADER, ROWS[0]), kind="attendance", plan=plan_for(), source="B")
    aminah = Person.objects.get(phone="+6281200000001")

    undone = desk.undo(batch)

    (left,) = desk.rows(undone, state=RowState.LEFT)
    assert (left.name, left.number) == ("Siti Aminah", 2)
    assert "enterprises, groups, consents or classes" in left.left_because
    assert Registration.objects.get(person=aminah).training_class == other.training_class
    assert not Person.objects.filter(name="Budi").exists()


def test_attendance_taken_since_keeps_the_registration_and_the_class(desk):
    plan = plan_for(days=(city.SINCE, city.SINCE.replace(day=2)))
    batch = desk.store(csv_of(HEADER, *ROWS), kind="attendance", plan=plan)
    second = batch.training_class.sessions.get(number=2)
    seat = Registration.objects.get(person__name="Budi")
    take_roll(session=second, present={seat.pk}, by=desk.by)

    undone = desk.undo(batch)

    (left,) = desk.rows(undone, state=RowState.LEFT)
    assert left.name == "Budi"
    assert "present since" in left.left_because
    assert list(Registration.objects.all()) == [seat]
    assert Class.objects.get().pk == batch.training_class_id
    assert "cannot be removed" in undone.refusal


def test_an_undo_is_a_fact_of_the_journal_with_its_reason(desk):
    batch = desk.store(csv_of(HEADER, *ROWS))

    actions.undo(batch=batch, by=desk.by, why="The wrong list.")
    desk.work()

    told = Fact.objects.filter(about_kind="intake.import", about_id=str(batch.pk)).order_by("seq")
    events = [(fact.event, fact.why) for fact in told]
    assert ("intake.undo.started", "The wrong list.") in events
    assert events[-1][0] == "intake.import.undone"


def test_what_is_not_stored_cannot_be_undone(desk):
    batch = desk.preview(csv_of(HEADER, *ROWS))

    with pytest.raises(NotNow):
        actions.undo(batch=batch, by=desk.by)


def test_an_existing_class_of_a_list_survives_the_undo(desk):
    first = desk.store(csv_of(HEADER, ROWS[1]), kind="attendance", plan=plan_for())
    held = first.training_class
    anew = plan_for(class_id=held.pk)
    second = desk.store(csv_of(HEADER, ROWS[0]), kind="attendance", plan=anew, source="B")

    desk.undo(second)

    assert second.training_class == held
    assert [seat.person.name for seat in Registration.objects.all()] == ["Budi"]
    assert Area.objects.filter(code="35.73.05.1004.003.002").exists()

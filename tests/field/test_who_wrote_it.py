"""Who wrote a record is the phone's word: what writer and sender may not both do waits."""

from city import build_officers, by, system
from field.visiting import change, visit
from jembol.accounts.models import Officer
from jembol.outreach.models import Visit
from jembol.sync import actions
from jembol.sync.models import Envelope
from training.classroom import enrol


def officer(name):
    return Officer.objects.get(username=name)


def sent_for(door, writer, sender, kind, body):
    """Let one officer send what the phone says that another one wrote."""
    phone = door.phone()
    phone.write(kind, body, officer=writer.pk)
    door.officer = sender
    return door.receive(phone).answers[0]


def test_a_writer_of_another_city_is_not_taken_on_the_phones_word(door):
    stranger = build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]

    answer = sent_for(door, stranger, door.officer, "outreach.visit", visit(door.areas.dinoyo))

    assert (answer.state, answer.code) == ("quarantined", "another-writer")
    assert not Visit.objects.exists()


def test_what_one_wrote_is_not_refused_because_another_one_sent_it(door):
    writer, sender = officer("lapangan.dinoyo"), officer("lapangan.purwantoro")

    answer = sent_for(door, writer, sender, "outreach.visit", visit(door.areas.dinoyo))

    assert (answer.state, answer.code) == ("quarantined", "another-writer")
    actions.let_in(envelope=Envelope.objects.get(), by=by(writer, "outreach.visit", at=door.now))
    assert Visit.objects.get().officer == writer


def test_whom_the_sender_may_not_see_is_not_refused_to_the_writer(door):
    # The visit is in an area of both, the person in one of the writer alone.
    (person,) = enrol(door.areas.purwantoro, prefix="Ibu", by=system(door.now))
    body = visit(door.areas.dinoyo, person={"key": person.pk})

    answer = sent_for(door, door.officer, officer("lapangan.dinoyo"), "outreach.visit", body)

    assert answer.state == "quarantined"


def test_a_shared_phone_sends_for_both_where_both_are_on_duty(door):
    writer = officer("lapangan.dinoyo")

    answer = sent_for(door, writer, door.officer, "outreach.visit", visit(door.areas.dinoyo))

    assert answer.state == "accepted", answer
    assert Visit.objects.get().officer == writer


def test_a_change_under_a_foreign_name_waits_too(door):
    stranger = build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]
    (person,) = enrol(door.areas.dinoyo, prefix="Ibu", by=system(door.now))
    body = change(person, {"address": ""}, {"address": "Gang 3"})

    answer = sent_for(door, stranger, door.officer, "registry.change", body)

    assert answer.state == "quarantined"
    person.refresh_from_db()
    assert person.address == ""

"""A second content under one number, and a record in quarantine: somebody decides, and it acts."""

from django.test import Client
from django.urls import reverse

from city import by
from field.visiting import visit
from jembol.accounts.models import Officer
from jembol.journal.models import Fact
from jembol.outreach.models import Visit
from jembol.sync import actions
from jembol.sync.models import Conflict, Envelope


def test_a_second_content_may_act_as_a_record_of_its_own(door):
    phone = door.phone()
    envelope = phone.write("outreach.visit", visit(door.areas.dinoyo, advice="satu"))
    door.receive(phone)
    envelope["body"] = {**envelope["body"], "advice": "dua"}
    door.receive(phone)
    client = Client()
    client.force_login(door.officer)
    second = Conflict.objects.get()

    page = client.get(reverse("desk:admission_create", args=[envelope["id"]])).content.decode()
    client.post(reverse("desk:content_create", args=[second.pk]), {"putusan": "ganti"})
    client.post(reverse("desk:content_create", args=[second.pk]), {"putusan": "ganti"})

    assert "satu" in page
    assert "dua" in page
    assert set(Visit.objects.values_list("advice", flat=True)) == {"satu", "dua"}
    assert Visit.objects.count() == Envelope.objects.count() == 2


def test_a_second_content_acts_as_its_own_writer_wrote_it(door):
    writer = Officer.objects.get(username="lapangan.dinoyo")
    phone = door.phone()
    envelope = phone.write("outreach.visit", visit(door.areas.dinoyo), officer=door.officer.pk)
    door.receive(phone)
    door.wait(hours=5)
    written_at = door.now
    envelope |= phone.clocks()
    envelope |= {"officer": writer.pk, "body": visit(door.areas.dinoyo_rw, advice="dua")}
    door.wait(hours=1)
    door.receive(phone)
    second = Conflict.objects.get()

    own = actions.settle_content(
        conflict=second, is_taken=True, by=by(door.officer, "outreach.settle", at=door.now)
    )

    acted = Visit.objects.get(key=own.pk)
    assert (acted.officer, acted.at, acted.area) == (writer, written_at, door.areas.dinoyo_rw)
    assert (own.officer_id, own.area_key) == (writer.pk, door.areas.dinoyo_rw.pk)
    assert own.device_at == written_at


def test_a_record_in_quarantine_is_kept_out_with_a_reason(door):
    leaver = Officer.objects.get(username="lapangan.dinoyo")
    phone = door.phone()
    envelope = phone.write("outreach.visit", visit(door.areas.dinoyo), officer=leaver.pk)
    door.receive(phone, inactive={leaver.pk})
    client = Client()
    client.force_login(door.officer)

    client.post(reverse("desk:keeping_out_create", args=[envelope["id"]]), {"why": "sudah dicatat"})
    late = client.post(reverse("desk:admission_create", args=[envelope["id"]]))

    assert Envelope.objects.get().kept_apart_at is not None
    assert Fact.objects.get(event="sync.envelope.kept_apart").why == "sudah dicatat"
    assert late.status_code == 200
    assert Visit.objects.count() == 0

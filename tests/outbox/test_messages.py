"""Messages: written with the change, delivered by the worker, readable by nobody in between."""

import json

import pytest
from django.db import transaction
from outbox_jobs import BY, NOON, Clock

from jembol.outbox.actions import send
from jembol.outbox.choices import JobState, MessageState
from jembol.outbox.delivery import deliver
from jembol.outbox.models import Job, Message
from jembol.outbox.worker import Worker

PHONE = "081200000000"  # invented


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGES_FOLDER = tmp_path / "messages"
    return settings.MESSAGES_FOLDER


def send_one():
    return send(recipient=PHONE, subject="Kelas", body="Besok jam 9", by=BY, person_id=12)


@pytest.mark.django_db
def test_a_message_reaches_its_channel_once(folder):
    message = send_one()

    job = Worker("w", clock=Clock()).run_once()
    deliver.handler(None, message_id=message.pk)

    (file,) = folder.iterdir()
    letter = json.loads(file.read_text())
    message.refresh_from_db()
    assert job.state == JobState.DONE
    assert (letter["to"], letter["body"]) == (PHONE, "Besok jam 9")
    assert (message.state, message.sent_at) == (MessageState.SENT, NOON)


@pytest.mark.django_db
def test_the_recipient_cannot_be_read_in_the_database():
    message = send_one()

    message.refresh_from_db()

    assert PHONE.encode() not in bytes(message.recipient_sealed)


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_back_with_the_change_that_sent_it():
    def change_and_fail():
        with transaction.atomic():
            send_one()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not Message.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_message_waits_while_its_folder_cannot_be_written(settings, tmp_path):
    blocked = tmp_path / "a file, no folder"
    blocked.touch()
    settings.MESSAGES_FOLDER = blocked
    message = send_one()

    job = Worker("w", clock=Clock()).run_once()

    message.refresh_from_db()
    assert job.state == JobState.READY
    assert message.state == MessageState.WAITING

"""One number, one purpose, one message; and none to a number that wants none."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from outbox_jobs import BY, NOON, Clock

from jembol.outbox.actions import forget_texts, open_link, opt_in, opt_out, send, stop
from jembol.outbox.choices import Channel, MessageState
from jembol.outbox.errors import MessageOver, OptedOut, WrittenBefore
from jembol.outbox.links import link_of, message_behind, token_of
from jembol.outbox.models import Message
from jembol.outbox.worker import Worker

PURPOSE = "class-invitation:7"
PHONE = "+6281200000000"  # invented


def send_one(recipient=PHONE, purpose=PURPOSE, channel=Channel.WA_LINK, **more):
    return send(
        recipient=recipient, body="Halo {tautan}", by=BY, channel=channel, purpose=purpose, **more
    )


@pytest.mark.django_db
@pytest.mark.parametrize("other", [PHONE, "0812-0000-0000", "62 812 0000 0000"])
def test_a_number_is_written_to_once_for_a_purpose_however_it_is_written(other):
    send_one()

    with pytest.raises(WrittenBefore):
        send_one(other, person_id=2)
    send_one(other, purpose="class-invitation:8")

    assert Message.objects.count() == 2


def race(number=12):
    """Send the same from many threads at once; return how many came through."""
    start, through, refused = threading.Barrier(number), [], []

    def one():
        start.wait()
        try:
            through.append(send_one().pk)
        except WrittenBefore:
            refused.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(through) + len(refused) == number
    return len(through)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_writes():
    assert race() == 1
    assert Message.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_the_same_race_writes_twice(monkeypatch):
    together, save = threading.Barrier(2), Message.save

    def save_together(message, **how):
        together.wait(timeout=30)
        save(message, **how)

    monkeypatch.setattr(Message, "save", save_together)
    constraint = next(
        one for one in Message._meta.constraints if one.name == "message_once_for_a_purpose"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Message, constraint)
    try:
        assert race(2) == 2
    finally:
        Message.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Message, constraint)


@pytest.mark.django_db
def test_who_wants_no_messages_gets_none_under_any_name():
    message = send_one()
    waiting = send_one(purpose="class-invitation:8", channel=Channel.FILE)

    opt_out(recipient_digest=message.recipient_digest, at=NOON)
    Worker("w", clock=Clock()).run_once()

    waiting.refresh_from_db()
    assert waiting.state == MessageState.STOPPED
    with pytest.raises(OptedOut):
        send_one("0812 0000 0000", purpose="class-invitation:9", person_id=99)
    with pytest.raises((OptedOut, MessageOver)):
        open_link(message_id=message.pk, by=BY)


@pytest.mark.django_db
def test_who_wants_them_again_gets_the_next_one():
    message = send_one()
    opt_out(recipient_digest=message.recipient_digest, at=NOON)

    assert opt_in(recipient_digest=message.recipient_digest)

    assert send_one(purpose="class-invitation:9").state == MessageState.WAITING


@pytest.mark.django_db
def test_an_opened_link_says_opened_and_carries_the_text():
    message = send_one()

    address = open_link(message_id=message.pk, by=BY)
    again = open_link(message_id=message.pk, by=BY)

    message.refresh_from_db()
    assert address == again
    assert address.startswith("https://wa.me/6281200000000?text=Halo%20http")
    assert (message.state, message.opened_at, message.sent_at) == ("opened", NOON, None)


@pytest.mark.django_db
def test_the_link_leads_to_its_message_and_is_stored_nowhere():
    message = send_one()
    token = token_of(message.pk)

    message.refresh_from_db()
    assert link_of(message.pk).endswith(f"/pesan/{token}/")
    assert message_behind(token) == message
    assert message_behind(token[:-1] + ("7" if token[-1] != "7" else "6")) is None
    assert token not in f"{message.body}{message.link_digest}"


@pytest.mark.django_db
def test_what_has_passed_or_was_stopped_does_not_leave():
    late = send_one(purpose="a", channel=Channel.FILE, until=NOON)
    untrue = send_one(purpose="b", channel=Channel.FILE)

    stop(purposes=["b"], why="moved")
    worker = Worker("w", clock=Clock())
    while worker.run_once():
        pass

    for message in (late, untrue):
        message.refresh_from_db()
        assert message.state == MessageState.STOPPED


@pytest.mark.django_db
def test_texts_and_recipients_are_forgotten_and_nobody_is_written_to_again():
    message = send_one()

    assert forget_texts(before=NOON + timedelta(days=1)) == 1

    message.refresh_from_db()
    assert (message.body, bytes(message.recipient_sealed)) == ("", b"")
    assert message_behind(token_of(message.pk)) is None
    with pytest.raises(WrittenBefore):
        send_one()

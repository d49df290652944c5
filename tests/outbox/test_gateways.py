"""Messages leave by gateways: tried again, delivered once, led nowhere else."""

import json
from urllib.parse import parse_qs

import pytest
from django.core import mail
from gateway_server import SLOW, gateway
from outbox_jobs import BY, Clock

from jembol.outbox.actions import send
from jembol.outbox.channels import automatic, setup_of
from jembol.outbox.choices import Channel, JobState, MessageState
from jembol.outbox.links import link_of
from jembol.outbox.worker import Worker

pytestmark = pytest.mark.django_db
PHONE = "081200000000"  # invented


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGES_FOLDER = tmp_path / "messages"
    return settings.MESSAGES_FOLDER


@pytest.fixture
def clock():
    return Clock()


def sms_by(settings, there):
    settings.SMS_URL, settings.SMS_KEY = f"{there.url}/send?v=1", "kunci"


def send_one(**more):
    given = {"recipient": "+6281200000000", "body": "Besok jam 9. {tautan}", "by": BY}
    return send(**{**given, "channel": Channel.SMS, **more})


def work(clock, attempts=1):
    """Let a worker do what waits, waiting as long as each attempt asks."""
    job = None
    for _attempt in range(attempts):
        job = Worker("w", clock=clock).run_once() or job
        clock.pass_by(hours=2)
    return job


def test_an_sms_is_tried_again_until_the_gateway_takes_it_and_delivered_once(settings, clock):
    settings.GATEWAY_SECONDS = 0.5
    with gateway(500, SLOW, 200) as there:
        sms_by(settings, there)
        message = send_one()
        states = []
        for _attempt in range(3):
            work(clock)
            message.refresh_from_db()
            states.append((message.state, bool(message.error)))

    assert states == [("waiting", True), ("waiting", True), ("sent", False)]
    assert list(there.delivered) == [message.pk]
    assert len({body for _path, _headers, body in there.asked}) == 1
    assert message.gateway_id == "g-1"


def test_the_gateway_is_told_the_number_the_text_and_our_key(settings, clock):
    settings.SMS_SENDER = "DISKOPINDAG"
    with gateway() as there:
        sms_by(settings, there)
        message = send_one()
        work(clock)

    ((path, headers, body),) = there.asked
    assert path == "/send?v=1"
    assert headers["Authorization"] == "Bearer kunci"
    assert json.loads(body) == {
        "to": "+6281200000000",
        "text": f"Besok jam 9. {link_of(message.pk)}",
        "reference": message.pk,
        "from": "DISKOPINDAG",
    }


def test_a_gateway_may_ask_for_a_form_with_names_of_its_own(settings, clock):
    settings.SMS_FIELDS, settings.SMS_FORM = ["to=msisdn", "text=pesan", "key=token"], True
    with gateway() as there:
        sms_by(settings, there)
        send_one(body="Halo & salam")
        work(clock)

    ((_path, _headers, body),) = there.asked
    assert parse_qs(body) == {
        "msisdn": ["+6281200000000"], "pesan": ["Halo & salam"], "token": ["kunci"],
    }  # fmt: skip


def test_whatsapp_business_is_asked_in_its_own_shape(settings, clock):
    settings.WHATSAPP_TEMPLATE = "undangan"
    with gateway() as there:
        settings.WHATSAPP_URL, settings.WHATSAPP_KEY = f"{there.url}/v1/messages", "kunci"
        message = send_one(channel=Channel.WHATSAPP, body="Baris satu\nbaris dua")
        work(clock)

    said = json.loads(there.asked[0][2])
    message.refresh_from_db()
    assert (said["to"], said["biz_opaque_callback_data"]) == ("6281200000000", message.pk)
    assert said["template"]["components"][0]["parameters"] == [
        {"type": "text", "text": "Baris satu baris dua"}
    ]
    assert (message.state, message.gateway_id) == ("sent", "wamid.1")


def test_a_gateway_leads_nowhere_else(settings, clock):
    with gateway(302) as there:
        sms_by(settings, there)
        message = send_one()
        job = work(clock)

    message.refresh_from_db()
    assert [path for path, _headers, _body in there.asked] == ["/send?v=1"]
    assert (message.state, job.state) == (MessageState.FAILED, JobState.FAILED)


def test_what_a_gateway_refuses_is_not_sent_again(settings, clock):
    with gateway(400) as there:
        sms_by(settings, there)
        message = send_one()
        work(clock, attempts=3)

    message.refresh_from_db()
    assert (len(there.asked), message.state) == (1, MessageState.FAILED)
    assert "400" in message.error


def test_a_gateway_that_stays_silent_is_given_up_and_the_message_says_so(settings, clock):
    with gateway(*[503] * 20) as there:
        sms_by(settings, there)
        message = send_one()
        job = work(clock, attempts=20)

    message.refresh_from_db()
    assert (len(there.asked), message.state, job.state) == (14, "failed", "failed")
    assert "kunci" not in job.trace + message.error


def test_without_a_key_the_message_lies_in_the_folder_and_says_so(folder, clock):
    message = send_one()
    work(clock)

    message.refresh_from_db()
    assert [file.name for file in folder.iterdir()] == [f"{message.pk}.json"]
    assert message.channel == Channel.FILE
    assert "not set up" in message.error


def test_what_a_channel_lacks_is_named(settings):
    settings.SMS_URL = "http://sms.example/send"

    sms, whatsapp = setup_of(Channel.SMS), setup_of(Channel.WHATSAPP)

    assert (sms.missing, sms.is_unsafe, sms.is_begun) == (("JEMBOL_SMS_KEY",), True, True)
    assert whatsapp.missing == ("JEMBOL_WHATSAPP_URL", "JEMBOL_WHATSAPP_KEY")
    assert setup_of(Channel.EMAIL).missing == ("JEMBOL_SMTP_HOST", "JEMBOL_EMAIL_FROM")
    assert automatic() == Channel.FILE


def test_an_e_mail_leaves_by_the_mail_server_with_a_key_of_its_own(settings, clock):
    settings.EMAIL_HOST, settings.EMAIL_FROM = "localhost", "dinas@contoh.id"
    message = send_one(
        channel=Channel.EMAIL, recipient="warga@contoh.id", subject="Kelas\nBcc: x@contoh.id"
    )
    work(clock)

    (letter,) = mail.outbox
    assert letter.to == ["warga@contoh.id"]
    assert letter.subject == "Kelas Bcc: x@contoh.id"
    assert letter.extra_headers["Message-ID"] == f"<{message.pk}@contoh.id>"

"""Phones that write without a signal and send later, with clocks that are wrong; no browser."""

import http.client
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from jembol.cards.signing import signer_on
from jembol.kit.ids import new_ulid
from jembol.training import actions as training
from jembol.training.models import Registration
from jembol.training.queries.tickets import ticket_code

DOOR = "/lapangan/sinkron/"
TOKEN = "t" * 32


def code_of(registration, by):
    """The signed ticket of a registration, issued now if need be."""
    each = registration.training_class
    training.issue_tickets(training_class=each, by=by)
    seat = Registration.objects.select_related("person", "ticket").get(pk=registration.pk)
    return ticket_code(seat, each, signer_on(timezone.localdate(by.at)))


@dataclass
class Phone:
    """One phone: its true time is the tests', its clock is wrong by `skew`.

    `now` gives the true time; `boot` changes when the page is opened anew, and the milliseconds
    begin anew with it.
    """

    label: str
    now: object
    skew: timedelta = timedelta(0)
    boot: str = "boot-1"
    seq: int = 0
    queue: list = field(default_factory=list)

    def __post_init__(self):
        self.device = new_ulid(self.now())
        self.opened_at = self.now()

    def reboot(self):
        """The page is opened anew: the milliseconds begin at zero."""
        self.boot = f"{self.boot}x"
        self.opened_at = self.now()

    def clocks(self, at="at"):
        now = self.now()
        mono = (now - self.opened_at) / timedelta(milliseconds=1)
        return {at: (now + self.skew).isoformat(), "mono": mono, "boot": self.boot}

    def write(self, kind, body, **more):
        """Write an envelope down and return it; nothing is sent."""
        self.seq += 1
        envelope = {
            "id": new_ulid(self.now()),
            "kind": kind,
            **self.clocks(),
            "seq": self.seq,
            "body": body,
            **more,
        }
        self.queue.append(envelope)
        return envelope

    def scan(self, training_class, code=None, **more):
        body = {
            "class": training_class.public_id,
            "session": None,
            "way": "in",
            "by": "code",
            "code": code,
            "registration": None,
            "undoes": None,
            "reader": "camera",
            **more,
        }
        return self.write("training.scan", body)

    def undo(self, training_class, envelope):
        return self.scan(training_class, by="undo", undoes=envelope["id"])

    def parcel(self, *envelopes):
        """What is sent: these envelopes, or the whole queue."""
        return {
            "device": self.device,
            "label": self.label,
            **self.clocks("sent_at"),
            "envelopes": list(envelopes or self.queue),
        }


def real_now():
    """The true time of tests with a real server."""
    return datetime.now(UTC)


class Line:
    """A signed-in officer's connection to a real server."""

    def __init__(self, address, officer):
        client = Client()
        client.force_login(officer)
        self.place = urlsplit(address)
        self.headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": TOKEN,
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}",
        }

    def send(self, parcel):
        """Send a parcel and return status and answer."""
        link = self._sent(parcel)
        answer = link.getresponse()
        content = answer.read()
        link.close()
        if answer.headers.get_content_type() != "application/json":
            raise AssertionError(f"{answer.status}: {content[:2000]!r}")
        return answer.status, json.loads(content)

    def send_and_drop(self, parcel, is_stored):
        """Send a parcel, wait until the server has committed, and close without reading."""
        link = self._sent(parcel)
        is_stored()
        link.sock.close()
        link.close()

    def _sent(self, parcel):
        link = http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=60)
        link.request("POST", DOOR, json.dumps(parcel), self.headers)
        return link


class Desk:
    """The same door without a server, for tests that are not about processes."""

    def __init__(self, officer=None):
        self.client = Client()
        if officer is not None:
            self.client.force_login(officer)

    def post(self, content, **headers):
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        return self.client.post(DOOR, text, content_type="application/json", headers=headers)

    def results(self, parcel):
        answer = self.post(parcel)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

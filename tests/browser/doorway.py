"""The door of one class in a browser: what people see there, and what the server has in the end."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from city import DINOYO, area, system
from jembol.cards.signing import signer_on
from jembol.kit.reach import Reach
from jembol.registry import actions as registry
from jembol.sync.models import Envelope
from jembol.training import actions as training
from jembol.training.choices import Door, Organiser
from jembol.training.models import Attendance, Scan
from jembol.training.queries.tickets import printed_tickets
from jembol.training.rules import Day

NAMES = (
    "Siti Aminah", "Nur'Aini Sri Lestari", "Painem", "José Adi Wijaya", "Sumiati", "Bambang Tri",
    "Ayu Kirana", "Dewi Ratna", "Endang Sulastri", "Fatimah", "Gunawan", "Hartini", "Indah", "Joko",
    "Kartika", "Lilik", "Mulyani", "Ngatini", "Oktavia", "Purwanti",
)  # fmt: skip


def open_class(*, people=NAMES):
    """A class that is held today and tomorrow, with seats and tickets."""
    now = timezone.now()
    by = system(now)
    today = timezone.localdate(now)
    courses = training.seed_courses(by=by)
    held = training.open_class(
        course=courses["kue-kering"],
        area=area(DINOYO),
        title="Kue kering angkatan 7",
        organiser=Organiser.OFFICE,
        days=[Day(today), Day(today + timedelta(days=1))],
        by=by,
    )
    rows = [registry.PersonDetails(name=name, area=area(DINOYO)) for name in people]
    seats = [
        training.register(training_class=held, person=person, door=Door.DESK, by=by)
        for person in registry.enrol_many(rows, by=by)
    ]
    training.issue_tickets(training_class=held, by=by)
    return held, seats


def codes_of(held):
    """The text of each ticket, by the name on it."""
    signer = signer_on(timezone.localdate())
    printed = printed_tickets(held, Reach.everywhere(), signer)
    return {ticket.person.name: ticket.code for ticket in printed}


STROKES = """(text) => {
  const at = document.activeElement ?? document.body;
  for (const key of [...text, "Enter"]) {
    at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
}"""


class Doorway:
    """One phone, or one tab of it, at the door of a class."""

    def __init__(self, page, held):
        self.page = page
        self.path = f"/lapangan/absensi/{held.public_id}/"

    @property
    def context(self):
        return self.page.context

    def open(self):
        self.page.goto(self.path)
        self.page.wait_for_selector("#checkin[data-ready]")
        return self

    def prepare(self):
        """Open it once with a network, until everything is on the phone."""
        self.open()
        self.page.wait_for_selector("#checkin[data-offline=yes]")
        return self

    def cut(self):
        self.context.set_offline(True)

    def connect(self):
        self.context.set_offline(False)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def scan(self, text):
        """Type as a hardware scanner does: all strokes in one go, however busy the machine is."""
        self.page.evaluate(STROKES, text)
        return self.said()

    def pick(self, name):
        self.page.fill("#what", name)
        self.page.click("#found button")
        return self.said()

    def said(self):
        """What it says of the last one; while that is judged, the panel has no tone."""
        self.page.wait_for_selector("#result[data-tone]")
        return self.page.inner_text("#result [data-part=word]")

    def expect_told(self, word):
        expect(self.page.locator("#result [data-part=word]")).to_have_text(word)

    def expect_unsent(self, count):
        expect(self.page.locator("#status [data-part=unsent]")).to_have_text(
            re.compile(rf"^{count} "), timeout=30_000
        )

    def expect_scans(self, count):
        expect(self.page.locator("#scans li")).to_have_count(count)

    def tab(self, held):
        return Doorway(self.context.new_page(), held)


def stored(held):
    """What the tables say: scans, envelopes, and seats with an attendance."""
    return (
        Scan.objects.filter(training_class=held).count(),
        Envelope.objects.count(),
        Attendance.objects.filter(session__training_class=held).count(),
    )

"""Officers who walk their routes of a week with a phone, without a signal until the evening.

They know nothing but what their phone carries: the area file with the route of the day. What they
wrote down stands in `said`, so that whoever looks afterwards need not believe the server.
"""

import hashlib
import http.client
import json
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from field.phones import Line, Phone
from field.visiting import enrolment, visit
from jembol.sync.models import Envelope
from pictures import picture
from processes import wait_until

ZONE = ZoneInfo("Asia/Jakarta")
MORNING, EVENING = time(7, 15), time(17, 5)
MOST_LETTERS = 100
MOST_MET = 2
"""How many of the people whom a stop names are looked for."""
PIECE = 2000
NEEDS = ("tool", "skill", "licence", "market", "packaging", "capital")
REFERRALS = ("class", "licence", "mentor", "tool")


class Clock:
    """The true time, which stands still until somebody moves it."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def strike(self, on, at):
        self.now = datetime.combine(on, at, ZONE)


@dataclass(frozen=True)
class Said:
    """One visit as the officer wrote it down."""

    envelope: str
    stop: int
    area: int
    on: object
    outcome: str
    kept: tuple
    person: object
    needs: int


@dataclass
class Walker:
    """One officer and their phone, whose clock is wrong by `skew`."""

    officer: object
    address: str
    clock: Clock
    skew: timedelta = timedelta(0)
    said: list = field(default_factory=list)
    photos: dict = field(default_factory=dict)
    answers: list = field(default_factory=list)
    written: list = field(default_factory=list)
    kept: set = field(default_factory=set)
    called: int = 0
    enrolled: int = 0
    carried: dict = field(default_factory=dict)

    def __post_init__(self):
        self.phone = Phone(f"HP {self.officer.username}", self.clock, self.skew)

    def spend(self, on, *, is_answer_lost=False):
        """Spend a day: carry the area at the office, walk, send in the evening."""
        self.clock.strike(on, MORNING)
        self.phone.reboot()
        self.carry()
        route = self.carried["route"]
        for stop in route["stops"] if route else ():
            self.call_at(stop, on)
        self.clock.strike(on, EVENING)
        self.send(is_answer_lost=is_answer_lost)
        return [stop["id"] for stop in route["stops"]] if route else []

    def carry(self):
        status, content = self._ask("GET", "/lapangan/wilayah/bawaan.json")
        assert status == 200, content[:500]
        self.carried = json.loads(content)

    def call_at(self, stop, on):
        """Look for the people whom the stop names; enrol somebody where it names nobody."""
        self.clock.strike(on, time.fromisoformat(stop["arrive"]))
        rows = {row[0]: row for row in self.carried["people"]}
        known = [rows[key] for key in stop["people"][:MOST_MET] if key in rows]
        before = len(self.kept)
        for row in known:
            self._visit(stop, on, person={"key": row[0]}, kept=self._keeps(row))
            self.clock.now += timedelta(minutes=8)
        self.called += 1
        # Somebody whom nobody knew opens the door now and then, but not at an appointment.
        if not known or (self.called % 3 == 0 and len(self.kept) == before):
            self._visit(stop, on, person={"made_by": self._enrol(stop)}, kept=[])

    def send(self, *, is_answer_lost=False):
        """Send everything, and once more when the answer was lost; then the photos."""
        line = Line(self.address, self.officer)
        queue = self.phone.queue
        for start in range(0, len(queue), MOST_LETTERS):
            parcel = self.phone.parcel(*queue[start : start + MOST_LETTERS])
            if is_answer_lost:
                last = parcel["envelopes"][-1]["id"]
                line.send_and_drop(parcel, lambda last=last: wait_until(lambda: _is_here(last)))
            status, answer = line.send(parcel)
            assert status == 200, answer
            self.answers += answer["results"]
        self.written += queue
        self.phone.queue = []
        for key in list(self.photos):
            self._send_photo(key)

    def _keeps(self, row):
        """The open promises to somebody of the area file or to their enterprises, each once."""
        shops = {one[0] for one in self.carried["enterprises"] if row[0] in one[5]}
        to_shops = {one[0] for one in self.carried["promises"] if one[2] in shops}
        found = sorted({*row[12], *to_shops} - self.kept)
        self.kept.update(found)
        return found

    def _enrol(self, stop):
        self.enrolled += 1
        name = f"Contoh {self.officer.username.title()} {_letters(self.enrolled)}"
        body = enrolment(_Area(stop["area"]), name, sex="P")
        return self.phone.write("registry.enrol", body)["id"]

    def _visit(self, stop, on, *, person, kept):
        number = len(self.said)
        # Nobody is at home now and then, but not where somebody was promised a visit.
        is_met = bool(kept) or "made_by" in person or number % 9 != 8
        needs = [{"kind": NEEDS[number % len(NEEDS)], "words": ""}] if is_met else []
        body = visit(
            _Area(stop["area"]),
            person=person,
            outcome="met" if is_met else "not_home",
            needs=needs,
            referrals=self._referrals(number) if is_met else [],
            promise=self._promise(on) if is_met and number % 5 == 1 else None,
            kept=kept,
            stop=stop["id"],
        )
        envelope = self.phone.write("outreach.visit", body)["id"]
        one = Said(
            envelope, stop["id"], int(stop["area"]), on, body["outcome"], tuple(kept),
            person.get("key") or person["made_by"], len(needs),
        )  # fmt: skip
        self.said.append(one)
        if is_met and number % 6 == 0:
            self._photograph(envelope, number)

    def _referrals(self, number):
        return [{"kind": REFERRALS[number % 4], "words": ""}] if number % 4 == 0 else []

    def _promise(self, on):
        return {"words": "Membawa formulir", "due_on": (on + timedelta(days=9)).isoformat()}

    def _photograph(self, about, number):
        content = picture(60 + number, 40 + self.officer.pk % 50, "JPEG")
        body = {
            "about": about, "bytes": len(content), "type": "image/jpeg", "consent": True,
            "sha256": hashlib.sha256(content).hexdigest(), "place": False,
        }  # fmt: skip
        self.photos[self.phone.write("outreach.photo", body)["id"]] = content

    def _send_photo(self, key):
        content = self.photos.pop(key)
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            status, told = self._ask("PUT", f"/lapangan/foto/{key}/", piece, start)
            assert status == 200, told
        assert json.loads(told)["whole"], told

    def _ask(self, method, path, content=None, start=0):
        line = Line(self.address, self.officer)
        link = http.client.HTTPConnection(line.place.hostname, line.place.port, timeout=60)
        headers = {**line.headers, "X-From": str(start), "X-Device": self.phone.device}
        if content is not None:
            headers["Content-Type"] = "application/octet-stream"
        link.request(method, path, content, headers)
        answer = link.getresponse()
        told = answer.read()
        link.close()
        return answer.status, told


@dataclass(frozen=True)
class _Area:
    """An area as a phone knows it: by its key alone."""

    pk: object


def _is_here(key):
    return Envelope.objects.filter(pk=key).exists()


def _letters(number):
    """A name that differs from all others in more than a letter."""
    first = ("Kenanga", "Melati", "Sukun", "Jambu", "Waru", "Randu", "Pandan", "Cempaka", "Soka")
    second = ("Timur", "Wetan", "Kidul", "Lor", "Kulon", "Tengah", "Baru", "Lama", "Asri", "Jaya")
    return f"{first[number % len(first)]} {second[number // len(first) % len(second)]}"

"""Five phones and a server in bad weather: nothing is lost, and in the end all hold the same.

A generator drives real browsers through the app's own modules: enrolments, visits, edits of the
same people on several phones, photos. Meanwhile answers are lost and connections cut, tabs are
killed while they send, the server is killed, one phone starts with the queue of an older app, one
is full, one signs out with a full queue. The generator keeps its own log of what each phone said
that it kept; a checker holds the server to that log by plain SQL and the stored envelopes.
"""

import hashlib
import json
import os
import random
from collections import Counter

import pytest
from django.db import connection
from module_phone import ModulePhone, addresses_of_modules
from opening import session_of

from bad_network import FAIR, FOUL
from city import DINOYO, area, system
from jembol.places.choices import Level
from jembol.registry import actions as registry
from jembol.sync.actions.storing import body_of
from jembol.sync.models import Envelope
from processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

OPERATIONS = int(os.environ.get("JEMBOL_CHAOS", "500"))
SEED = int(os.environ.get("JEMBOL_CHAOS_SEED", "7"))
PHONES = 5
OFFICERS = ("lapangan", "pelatihan", "lapangan", "pelatihan", "lapangan")
SYLLABLES = [first + last for first in "bdgklmnprstwy" for last in "aiu"]

OLD_QUEUE = """async ([id, body, officer]) => {
  const request = indexedDB.open("jembol-lapangan", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("meta");
    request.result.createObjectStore("outbox", { keyPath: "id" });
  };
  const db = await new Promise((done) => { request.onsuccess = () => done(request.result); });
  const write = db.transaction(["meta", "outbox"], "readwrite");
  write.objectStore("meta").put(id.slice(0, -1) + "D", "device");
  write.objectStore("meta").put(1, "seq");
  write.objectStore("outbox").put({
    id, officer, kind: "outreach.visit", at: new Date().toISOString(), mono: 1, boot: "b", seq: 1,
    body,
  });
  await new Promise((done) => { write.oncomplete = done; });
  db.close();
}"""
FULL = """() => {
  window.unfilled = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
ROOM = "() => { IDBObjectStore.prototype.add = window.unfilled; }"


class Generator:
    """Draws what officers do; the same seed draws the same."""

    def __init__(self, phones, place, people):
        self.draw = random.Random(SEED)
        self.phones, self.place = phones, str(place)
        self.people = people
        self.known = {pk: {"phone": "", "address": ""} for pk in people}
        self.done = Counter()

    def name(self):
        part = lambda: "".join(self.draw.choices(SYLLABLES, k=4)).capitalize()  # noqa: E731
        return f"{part()} {part()}"

    def once(self, phone):
        what = self.draw.choices(
            ("enrol", "visit", "change", "mend", "photo"), weights=(20, 35, 30, 10, 5)
        )[0]
        if what in {"mend", "photo"} and not phone.visits:
            what = "visit"
        self.done[what] += 1
        return getattr(self, what)(phone)

    def enrol(self, phone):
        told = phone.act("enrol", name=self.name(), place=self.place)
        phone.made += [row["id"] for row in told.get("kept", ())]
        return told

    def visit(self, phone):
        ref = {"key": self.draw.choice(self.people)}
        if phone.made and self.draw.random() < 0.5:
            ref = {"made_by": self.draw.choice(phone.made)}
        advice = f"nasihat {self.draw.randrange(10**6)}"
        told = phone.act("visit", ref=ref, place=self.place, advice=advice)
        phone.visits += [(row["id"], advice) for row in told.get("kept", ())]
        return told

    def change(self, phone):
        pk = self.draw.choice(self.people)
        field = self.draw.choice(("phone", "address"))
        new = f"08{self.draw.randrange(10**8, 10**9)}"
        new = new if field == "phone" else f"Gang {self.draw.randrange(1000)}"
        seen = self.known[pk]
        return phone.act(
            "change", ref={"key": pk}, was={field: seen[field]}, changes={field: new}, seen=1
        )

    def mend(self, phone):
        visit, advice = self.draw.choice(phone.visits)
        new = f"ralat {self.draw.randrange(10**6)}"
        return phone.act("mend", visit=visit, was={"advice": advice}, changes={"advice": new})

    def photo(self, phone):
        visit, _advice = self.draw.choice(phone.visits)
        return phone.act("photo", visit=visit, seed=self.draw.randrange(2**31))


def rows_of(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def missing(log):
    """The checker: which logged operations the server has not, or not as they were typed."""
    stored = {row.pk: row for row in Envelope.objects.all()}
    lost = [one["id"] for one in log if one["id"] not in stored]
    spoiled = [
        one["id"]
        for one in log
        if one["id"] in stored and dict(body_of(stored[one["id"]])) != one["body"]
    ]
    return lost, spoiled


def server_digest(low, high):
    """What the server's people look like to a phone, by plain SQL."""
    rows = rows_of(
        "SELECT id, name, area_id, phone, address FROM registry_person"
        " WHERE survivor_id IS NULL AND area_id >= %s AND area_id < %s ORDER BY id",
        low,
        high,
    )
    told = [[key, name, str(place), phone, address] for key, name, place, phone, address in rows]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def server(server, processes):
    processes.command("worker")
    return server


@pytest.fixture
def address(server):
    return server.network.address


@pytest.fixture
def ground(officers):
    """An RT with twelve people whom all phones know."""
    rt = type(area(DINOYO)).objects.inside(area(DINOYO)).filter(level=Level.RT).first()
    place = rt or area(DINOYO)
    draw = random.Random(3)
    rows = [
        registry.PersonDetails(name="".join(draw.choices(SYLLABLES, k=6)).capitalize(), area=place)
        for _number in range(12)
    ]
    people = registry.enrol_many(rows, by=system())
    return place, people


@pytest.fixture
def log():
    return []


@pytest.fixture
def phones(chromium, server, address, ground, log):
    """Five phones, opened once in fair weather; the last one still holds an older app's queue."""
    contexts, phones = [], []
    place, people = ground
    for username in OFFICERS:
        context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 740})
        contexts.append(context)
        context.add_cookies([session_of(username, address)])
        phones.append(ModulePhone(context, username, log))
    log.append(bring_old_queue(phones[-1], place, people[0]))
    for phone in phones:
        phone.open()
        phone.page.wait_for_selector("[data-offline=yes]", timeout=60_000)
    yield phones
    for context in contexts:
        context.close()


def bring_old_queue(phone, place, person):
    """A record that the first version of the app kept in plain words and has not sent."""
    body = {
        "area": str(place.pk), "person": {"key": person.pk}, "enterprise": None, "outcome": "met",
        "needs": [], "advice": "dari aplikasi lama", "referrals": [], "promise": None, "kept": [],
        "position": None, "forms": [], "photos": [], "stop": None,
    }  # fmt: skip
    page = phone.context.new_page()
    page.goto("/kesehatan/")
    id_ = "01KAAAAAAAAAAAAAAAAAAAAAAA"
    page.evaluate(OLD_QUEUE, [id_, body, phone.officer])
    page.close()
    return {"id": id_, "kind": "outreach.visit", "body": body}


def sign_out_and_in(phone, address):
    """The officer signs out with records waiting, and is back later."""
    phone.page.evaluate(
        """async ([officer, { phone }]) => {
          const { openPhone, signOut } = await import(phone);
          const opened = await openPhone(officer);
          await signOut(opened, { elements: { csrfmiddlewaretoken: {} }, submit: () => {} });
        }""",
        [phone.officer, addresses_of_modules()],
    )
    phone.context.clear_cookies()
    phone.context.add_cookies([session_of(phone.username, address)])
    phone.open()


def send_all(phones):
    """One full round: every phone sends all that it has and fetches what there is."""
    for phone in phones:
        phone.send()
    for phone in phones:
        phone.call("carry")


def test_five_phones_and_a_server_come_to_hold_the_same(server, phones, ground, log, address):
    place, people = ground
    gone, people = people[-1], people[:-1]
    generator = Generator(phones, place.pk, [one.pk for one in people])
    draw = random.Random(SEED + 1)
    server.network.change(FOUL)
    kills = restarts = faults = 0

    for number in range(OPERATIONS):
        phone = draw.choice(phones)
        generator.once(phone)
        if draw.random() < 0.15:
            phone.page.evaluate("void chaos.flush()")
        if number % 40 == 17:
            phone.kill()
            kills += 1
            phone.open()
        if number in {OPERATIONS // 3, 2 * OPERATIONS // 3}:
            server.kill_and_restart()
            restarts += 1
        if number == OPERATIONS // 4:
            phone.page.evaluate(FULL)
            before = len(log)
            faults += generator.visit(phone).get("fault") == "QuotaExceededError"
            assert len(log) == before
            phone.page.evaluate(ROOM)
        if number == OPERATIONS // 2:
            sign_out_and_in(phone, address)
            registry.remove_person(person=gone, by=system(), why="salah dicatat")

    server.network.change(FAIR)
    for phone in phones:
        phone.open()
    send_all(phones)
    wait_until(lambda: not Envelope.objects.held().exists(), what="an empty hold")
    send_all(phones)
    up, down = server.network.bytes_up, server.network.bytes_down
    send_all(phones)
    idle = (server.network.bytes_up - up + server.network.bytes_down - down) / PHONES

    assert missing(log) == ([], [])
    states = Counter(Envelope.objects.values_list("state", flat=True))
    asides = [one for phone in phones for one in phone.call("aside")]
    assert (dict(states), asides) == ({"accepted": len(log)}, [])
    kinds = Counter(one["kind"] for one in log)
    low, high = place.span
    assert rows_of("SELECT COUNT(*) FROM registry_person")[0][0] == (
        len(people) + kinds["registry.enrol"]
    )
    assert rows_of("SELECT COUNT(*) FROM outreach_visit")[0][0] == kinds["outreach.visit"]
    assert (
        rows_of("SELECT COUNT(*) FROM outreach_photo WHERE file_id IS NOT NULL")[0][0]
        == (kinds["outreach.photo"])
    )
    assert {phone.call("digest") for phone in phones} == {server_digest(low, high)}
    assert faults == 1
    # A round in which nothing is new costs a greeting and a question for the area, per phone.
    assert idle < 20_000
    told = f"{OPERATIONS} operations {dict(generator.done)}, {len(log)} records"
    told += f", {kills} tabs and {restarts} servers killed, network {server.network.counts}"
    print(f"\n{told}, idle round {idle:.0f} bytes a phone")  # noqa: T201


def test_the_checker_finds_a_record_that_a_phone_loses(server, phones, ground, log):
    """The control: a phone that forgets one of its records is found out."""
    place, people = ground
    phone = phones[0]
    phone.page.context.set_offline(True)
    generator = Generator(phones, place.pk, [one.pk for one in people])
    for _number in range(6):
        generator.once(phone)
    forgotten = log[-1]["id"]
    phone.page.evaluate("(id) => chaos.drop(id)", forgotten)
    phone.page.context.set_offline(False)

    send_all(phones)

    assert missing(log) == ([forgotten], [])

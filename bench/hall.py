"""A class of 6,000: registrations, check-ins and lists over HTTP, from 1, 10 and 50 clients.

In the manner in which the REST door of a ticketing system was measured (docs/benchmarks.md): each
request is one registration or one ticket, and nothing is left out: sessions, CSRF, limits, journal,
looking for the person among those known. In the same run the bare door of the load test (look up,
insert one row, journal one fact) is the limit that no check-in with features can pass.
"""

import http.client
import json
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import test_fifty_writers as load_test
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench import writers
from bench.city import details_of
from bench.figures import spread
from bench.ground import analyse, kelurahan, malang, system
from bench.invented import invented
from bench.pages import DESK, cookie, serving
from bench.processor import seconds_of
from bench.sizes import Sizes
from jembol.cards.signing import signer_on
from jembol.kit.ids import new_ulid
from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from jembol.places import actions as places
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.registry.models import Person
from jembol.training import actions as training
from jembol.training.choices import Door, Organiser
from jembol.training.models import Attendance, Class, Registration
from jembol.training.queries.tickets import ticket_code
from jembol.training.rules import Day
from processes import Processes, wait_until

ATTENDEES = 6000
CLIENTS = (1, 10, 50)
SPARE = 20_000
"""Numbers of invented people from which those who sign up themselves are made."""
A_TELEPHONE = 15
"""Sign-ups that come from one address before the next takes over; the bound is twice as many."""

# What a rival did on the same kind of machine (docs/benchmarks.md, Class of 6,000), a second.
RIVAL = {"check-in": 12.5, "registration": 5.0}


@dataclass
class Hall:
    """What is served: a class of today with everybody, and an empty one to sign up for."""

    full: Class
    open: Class
    codes: list[str]
    waiting: list[int]
    areas: list[Area]
    turns: Iterator[int] = field(default_factory=count)


@dataclass
class Browser:
    """One client with a connection, a session and an address of its own."""

    port: int
    number: int
    session: str = ""

    def __post_init__(self) -> None:
        self._csrf = ""
        self.connect()

    def connect(self) -> None:
        """Come from the address of its number."""
        # The bound on sign-ups counts by address, and a hall is not one telephone.
        source = f"127.{1 + self.number // 250}.{self.number % 250}.1"
        self._link = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )

    def ask(self, method: str, at: str, body: str = "", **more: str) -> tuple[int, str]:
        """Return status and text of an answer."""
        cookies = "; ".join(part for part in (self.session, self._cookie()) if part)
        self._link.request(method, at, body or None, {"Cookie": cookies, **more})
        answer = self._link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for given in answer.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"csrftoken=(\w+)", given):
                self._csrf = found[1]
        return answer.status, text

    def token(self, at: str) -> str:
        """Open a page with a form and return the word that guards it."""
        _status, page = self.ask("GET", at)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        return found[1] if found else self._csrf

    def send(self, at: str, token: str, **fields: object) -> int:
        """Send a form and return the status."""
        body = urlencode({"csrfmiddlewaretoken": token, **fields})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", at, body, **kind)[0]

    def _cookie(self) -> str:
        return f"csrftoken={self._csrf}" if self._csrf else ""


Act = Callable[[Browser, dict[str, str]], int]


def measure() -> dict[str, list[float]]:
    """Measure the doors, then the lists, then the bare door."""
    hall = _hall(min(ATTENDEES, Sizes.asked().people))
    figures: dict[str, list[float]] = {}
    with serving() as (port, pid):
        figures["reminders of the morning (s)"] = [_reminded()]
        session = cookie()
        for name, act, expected in (
            ("check-in", _check_in(hall), 200),
            ("registration by oneself", _sign_up(hall), 302),
            ("registration at the desk", _register(hall), 302),
        ):
            for clients in CLIENTS:
                who = session if act.__name__ != "sign_up" else ""
                browsers = [Browser(port, clients * 60 + turn, who) for turn in range(clients)]
                figures |= _load(f"{name}, {clients} clients", browsers, act, expected, pid)
        for name, at in (("list of registrations", f"{DESK}pendaftaran/"),
                         ("page of the class", f"{DESK}kelas/{hall.full.public_id}/")):  # fmt: skip
            browsers = [Browser(port, 9000 + turn, session) for turn in range(CLIENTS[1])]
            act = _get(at)
            figures |= _load(f"{name}, {CLIENTS[1]} clients", browsers, act, 200, pid)
    figures |= _kept(hall)
    figures |= _bare()
    fifty = figures[f"check-in, {CLIENTS[-1]} clients (/s)"][0]
    figures["check-in, 50 clients, times the rival"] = [fifty / RIVAL["check-in"]]
    bare = figures["bare door, 50 clients (/s)"][0]
    figures["check-in, 50 clients, share of the bare door"] = [fifty / max(bare, 1e-9)]
    signed = figures[f"registration by oneself, {CLIENTS[-1]} clients (/s)"][0]
    figures["registration by oneself, 50 clients, times the rival"] = [
        signed / RIVAL["registration"]
    ]
    return figures


def _reminded() -> float:
    """Wait until the worker reminded everybody of today's class, and return how long it took."""
    began = time.monotonic()
    due = Job.objects.live().filter(run_after__lte=timezone.now())
    done = Job.objects.filter(state=JobState.DONE)
    wait_until(lambda: done.exists() and not due.exists(), seconds=900, what="the reminders")
    return time.monotonic() - began


def _load(
    name: str, browsers: list[Browser], act: Act, expected: int, pid: int
) -> dict[str, list[float]]:
    waits: list[float] = []
    wrong: list[int] = []
    until = time.monotonic() + Sizes.asked().seconds

    def work(browser: Browser) -> None:
        kept: dict[str, str] = {}
        while time.monotonic() < until:
            started = time.perf_counter()
            status = act(browser, kept)
            (waits if status == expected else wrong).append(
                time.perf_counter() - started if status == expected else status
            )

    before, began = seconds_of(pid), time.monotonic()
    threads = [threading.Thread(target=work, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    cost = 1000 * (seconds_of(pid) - before) / max(len(waits), 1)
    if len(waits) < 2:
        raise RuntimeError(f"{name}: {len(waits)} answers were right; the others: {Counter(wrong)}")
    return {
        f"{name} (/s)": [len(waits) / took],
        **spread(waits, name),
        f"{name}, processor time (ms)": [cost],
        f"{name}, refused": [float(len(wrong))],
        f"{name}, answers of 5xx": [float(sum(status >= 500 for status in wrong))],
    }


# --- what is done -----------------------------------------------------------------------------


def _check_in(hall: Hall) -> Act:
    """Return the scan of the next ticket, as the check-in page sends it."""
    codes = hall.codes

    def check_in(browser: Browser, kept: dict[str, str]) -> int:
        if "token" not in kept:
            kept["token"] = browser.token("/lapangan/")
            kept["device"] = new_ulid(timezone.now())
        turn = next(hall.turns)
        body = _parcel(hall.full, codes[turn % len(codes)], kept["device"], turn)
        more = {"Content-Type": "application/json", "X-CSRFToken": kept["token"]}
        status, text = browser.ask("POST", "/lapangan/sinkron/", body, **more)
        if status != 200:
            return status
        (result,) = json.loads(text)["results"]
        return 200 if result["state"] in {"accepted", "known"} else 409

    return check_in


def _parcel(each: Class, code: str, device: str, turn: int) -> str:
    now = datetime.now().astimezone()
    mono = time.perf_counter() * 1000
    scan = {
        "class": each.public_id, "session": 1, "way": "in", "by": "code", "code": code,
        "registration": None, "undoes": None, "reader": "camera",
    }  # fmt: skip
    letter = {
        "id": new_ulid(now), "kind": "training.scan", "at": now.isoformat(), "mono": mono,
        "boot": device, "seq": turn + 1, "body": scan,
    }  # fmt: skip
    return json.dumps(
        {"device": device, "sent_at": now.isoformat(), "mono": mono, "boot": device,
         "envelopes": [letter]}
    )  # fmt: skip


def _sign_up(hall: Hall) -> Act:
    """Return the sign-up of the next citizen whom nobody knows yet."""
    at = f"/kelas/{hall.open.public_id}/daftar/"

    def sign_up(browser: Browser, kept: dict[str, str]) -> int:
        if "token" not in kept:
            kept["token"] = browser.token(at)
        turn = next(hall.turns)
        taken = int(kept.get("taken", "0"))
        kept["taken"] = str(taken + 1)
        if taken % A_TELEPHONE == A_TELEPHONE - 1:
            browser.number += 5000
            browser.connect()
        one = invented(SPARE + turn, len(hall.areas))
        return browser.send(
            at, kept["token"], name=one.name, phone=one.phone,
            area=hall.areas[one.kelurahan].key, rw=one.rw, rt=one.rt,
        )  # fmt: skip

    return sign_up


def _register(hall: Hall) -> Act:
    """Return the registration of the next known person by an officer."""
    at = f"{DESK}kelas/{hall.open.public_id}/pendaftaran/"
    waiting = iter(hall.waiting)

    def register(browser: Browser, kept: dict[str, str]) -> int:
        if "token" not in kept:
            kept["token"] = browser.token(at)
        person = next(waiting, None)
        return 404 if person is None else browser.send(at, kept["token"], orang=person)

    return register


def _get(at: str) -> Act:
    def get(browser: Browser, kept: dict[str, str]) -> int:
        del kept
        return browser.ask("GET", at)[0]

    return get


# --- the hall ---------------------------------------------------------------------------------


def _hall(attendees: int) -> Hall:
    areas = kelurahan()
    people = [*_enrolled(0, attendees, areas), *_enrolled(attendees, attendees, areas)]
    today = timezone.localdate()
    full, empty = _class("Kelas hari ini", today), _class("Kelas terbuka", today + timedelta(7))
    for start in range(0, attendees, 1000):
        training.register_many(
            training_class=full, people=people[start : start + 1000][: attendees - start],
            by=system(), door=Door.DESK,
        )  # fmt: skip
    training.publish(training_class=empty, by=system())
    training.issue_tickets(training_class=full, by=system())
    signer = signer_on(today)
    if signer is None:
        raise RuntimeError("there is no key to sign tickets with")
    seats = Registration.objects.filter(training_class=full).select_related("person", "ticket")
    codes = [ticket_code(seat, full, signer) for seat in seats.order_by("pk")]
    analyse()
    return Hall(full, empty, codes, [one.pk for one in people[attendees:]], areas)


def _enrolled(first: int, number: int, areas: list[Area]) -> list[Person]:
    told = [invented(place, len(areas)) for place in range(first, first + number)]
    wanted = {(areas[one.kelurahan].key, one.rw, one.rt) for one in told}
    keys = places.bulk_rt(wanted=wanted, by=system())
    rt = Area.objects.in_bulk(list(keys.values()))
    rows = [details_of(one, rt[keys[areas[one.kelurahan].key, one.rw, one.rt]]) for one in told]
    return registry.enrol_many(rows, by=system(), door="import")


def _class(title: str, on: object) -> Class:
    courses = training.seed_courses(by=system())
    return training.open_class(
        course=courses["kue-kering"],
        title=title,
        area=malang(),
        organiser=Organiser.OFFICE,
        days=[Day(on=on)],  # type: ignore[arg-type]
        by=system(),
    )


def _kept(hall: Hall) -> dict[str, list[float]]:
    """Return what the database kept: a ticket scanned ten times is one attendance."""
    came = Attendance.objects.filter(session__training_class=hall.full)
    twice = came.count() - came.values("registration").distinct().count()
    return {
        "attendances kept": [float(came.count())],
        "attendances kept twice": [float(twice)],
        "registrations kept": [float(hall.open.registrations.count())],
    }


def _bare() -> dict[str, list[float]]:
    """Return how fast the door of the load test is with the product's settings, at 50 clients."""
    writers._make_doors()  # noqa: SLF001 - the tables of the same door
    with tempfile.TemporaryDirectory(prefix="jembol-bench-") as logs:
        processes = Processes(settings.STATE, logs=Path(logs))
        try:
            _process, address = load_test.open_doors(processes)
            met = load_test.fifty_clients(address, Sizes.asked().seconds)
        finally:
            processes.stop_all()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE door_visit")
        cursor.execute("DROP TABLE door_ticket")
    return {"bare door, 50 clients (/s)": [len(met.waits_s) / Sizes.asked().seconds]}

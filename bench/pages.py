"""Pages over HTTP, from the server that `jembol run` starts (two processes of four threads)."""

import http.client
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client

from bench.figures import spread
from bench.ground import kelurahan, officer
from bench.processor import seconds_of
from bench.sizes import Sizes
from jembol.registry.models import Enterprise, Person
from jembol.training.models import Class
from jembol.ui.listing import Cursor
from postgres_server import free_port
from processes import Processes, wait_until

CLIENTS = 8
REQUESTS = 200
FEW = 10
HEALTH = "/sehat/"
DESK = "/kantor/"

Address = Callable[[], str]


@dataclass
class Visitor:
    """One browser tab that keeps its connection open."""

    port: int
    cookie: str

    def __post_init__(self) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, address: str) -> float:
        """Return after how many seconds the whole page was there.

        Raises:
            RuntimeError: the answer is not 200.
        """
        started = time.perf_counter()
        self._link.request("GET", address, headers={"Cookie": self.cookie})
        answer = self._link.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        return time.perf_counter() - started


def measure() -> dict[str, list[float]]:
    """Measure each page alone, then some under eight clients."""
    pages = _pages()
    figures: dict[str, list[float]] = {}
    with serving() as (port, pid):
        for name, address in pages.items():
            figures |= _alone(name, address, port, pid)
        for name in ("health page (the rival)", "list of people", "person", "board"):
            figures |= _in_a_crowd(name, pages[name], port)
    for name in ("list of people", "person", "board"):
        for way in ("alone", f"{CLIENTS} clients"):
            health = figures[f"health page (the rival), {way}, p50 (ms)"][0]
            figures[f"{name}, {way}, p50, times the health page"] = [
                figures[f"{name}, {way}, p50 (ms)"][0] / health
            ]
    return figures


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Start the product on this database; yield its port and its process."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="jembol-bench-") as logs:
        processes = Processes(settings.STATE, logs=Path(logs))
        words = ("-m", "jembol.config.main", "run", "--no-demo", "--port", port)
        process = processes.start(*words)
        try:
            wait_until(lambda: _is_there(port, process), seconds=300, what="the first page")
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(30)


def _is_there(port: int, process: object) -> bool:
    if process.poll() is not None:  # type: ignore[attr-defined]
        raise RuntimeError(process.log.read_text())  # type: ignore[attr-defined]
    try:
        Visitor(port, "").get(HEALTH)
    except (OSError, http.client.HTTPException):
        return False
    return True


def cookie() -> str:
    """Sign the officer in and return the cookie."""
    client = Client()
    client.force_login(officer(), backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def _pages() -> dict[str, Address]:
    dice = random.Random()
    people = list(Person.objects.order_by("pk").values_list("public_id", flat=True)[::7])
    words = sorted({word for name in _names(dice) for word in name.lower().split()})
    shops = list(Enterprise.objects.order_by("pk").values_list("public_id", flat=True)[::7])
    classes = list(Class.objects.order_by("pk").values_list("public_id", flat=True))
    places = [area.code for area in kelurahan()]
    edges = list(Person.objects.order_by("folded", "pk").values_list("folded", "pk")[::97])
    return {
        "health page (the rival)": lambda: HEALTH,
        "list of people": lambda: f"{DESK}orang/",
        "list of people, deep": lambda: f"{DESK}orang/?di={_at(dice.choice(edges))}",
        "list of people of a kelurahan": lambda: f"{DESK}orang/?wilayah={dice.choice(places)}",
        "list of people by a word": lambda: f"{DESK}orang/?q={dice.choice(words)}",
        "list of people without a business": lambda: f"{DESK}orang/?usaha=tidak",
        "person": lambda: f"{DESK}orang/{dice.choice(people)}/",
        "list of enterprises": lambda: f"{DESK}usaha/",
        "enterprise": lambda: f"{DESK}usaha/{dice.choice(shops)}/",
        "list of classes": lambda: f"{DESK}kelas/",
        "class of 120 people": lambda: f"{DESK}kelas/{dice.choice(classes)}/",
        "list of registrations": lambda: f"{DESK}pendaftaran/",
        "list of attendances": lambda: f"{DESK}kehadiran/",
        "journal of the city": lambda: f"{DESK}jurnal/",
        "board": lambda: DESK,
        "board of one year": lambda: f"{DESK}?tahun={dice.randrange(2019, 2026)}",
        "citizens' front page": lambda: "/",
    }


def _names(dice: random.Random) -> list[str]:
    names = list(Person.objects.order_by("pk").values_list("folded", flat=True)[::997])
    return dice.sample(names, min(50, len(names)))


def _at(edge: tuple[str, int]) -> str:
    """Return the word of the address for a place in the list of names."""
    return Cursor(*edge, backwards=False).written()


def _alone(name: str, address: Address, port: int, pid: int) -> dict[str, list[float]]:
    visitor = Visitor(port, cookie())
    for _warming in range(8):  # both processes, all threads
        visitor.get(address())
    addresses = [address() for _request in range(REQUESTS)]
    until = time.monotonic() + Sizes.asked().seconds
    before = seconds_of(pid)
    # However slow the page, a few times are measured.
    waits = [
        visitor.get(one)
        for turn, one in enumerate(addresses)
        if turn < FEW or time.monotonic() < until
    ]
    cost = 1000 * (seconds_of(pid) - before) / len(waits)
    return {**spread(waits, f"{name}, alone"), f"{name}, processor time (ms)": [cost]}


def _in_a_crowd(name: str, address: Address, port: int) -> dict[str, list[float]]:
    addresses = [[address() for _request in range(REQUESTS)] for _client in range(CLIENTS)]
    visitors = [Visitor(port, cookie()) for _client in range(CLIENTS)]
    waits: list[float] = []
    seconds = Sizes.asked().seconds
    until = time.monotonic() + seconds

    def visit(visitor: Visitor, turns: list[str]) -> None:
        turn = 0
        while time.monotonic() < until:
            waits.append(visitor.get(turns[turn % len(turns)]))
            turn += 1

    clients = [
        threading.Thread(target=visit, args=pair) for pair in zip(visitors, addresses, strict=True)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    title = f"{name}, {CLIENTS} clients"
    return {**spread(waits, title), f"{title} (pages/s)": [len(waits) / seconds]}

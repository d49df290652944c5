"""The check for people who are known already, on a phone among 5,000 carried people.

The register is made by the generator of the linkage benchmark, everybody once; 500 rows are held
back and typed, of which 350 are about people of the register and 150 about nobody in it. The phone
is headless Chromium, slowed down four times (Chrome DevTools Protocol, `setCPUThrottlingRate`); it
answers beside the server's own look-up. A phone carries no NIK of others, so that the two are
compared twice: on a register that knows none either, and on the whole one.
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from fake_door import FakeDoor
from opening import FLAGS, chromium_path
from playwright.sync_api import Page, sync_playwright

from bench.figures import spread
from bench.ground import malang
from bench.linkage.register import Row, rows
from bench.linkage.styles import STYLES
from bench.live import CHUNK, SEED, SHOWN, STYLE, Held, Places, parted, share, stored
from jembol.field import linkage_model, worker
from jembol.kit.nik import Nik
from jembol.kit.phone import Phone
from jembol.kit.reach import Reach
from jembol.methods.linkage.compare import warm
from jembol.places.models import Area
from jembol.registry.actions.link_keys import replace_link_keys
from jembol.registry.matching import POSSIBLE, look_up
from jembol.registry.models import Person
from jembol.registry.sealed_numbers import seal_nik

PEOPLE, KNOWN, NEW = 5000, 350, 150
SLOWER = 4
KB = 1000

Answers = list[dict[int, float]]
"""For each probe the people who were shown, the likeliest first, with their probability."""


@dataclass(frozen=True, slots=True)
class Register:
    """What was made: the rows that are typed, and the NIK of those who are registered."""

    held: list[Held]
    niks: dict[int, Nik]


def measure() -> dict[str, list[float]]:
    """Ask server and phone about everybody who was held back."""
    register = made(PEOPLE, KNOWN, NEW)
    warm()
    without = answers_of_server(register.held)
    with_niks(register.niks)
    whole = answers_of_server(register.held)
    file = carried()
    with phone(slower=SLOWER) as page:
        opened = page.evaluate(OPEN, [json.loads(linkage_model.text()), *file.values()])
        asked = page.evaluate(ASK, [typed(one) for one in register.held])
    said = answers_of_phone(asked["answers"])
    return {
        **_sizes(file),
        **{name: [float(value)] for name, value in opened.items()},
        **spread([wait / 1000 for wait in asked["waits"]], f"one look-up, {SLOWER} times slower"),
        **_beside(said, without, "the register without NIK"),
        **_beside(said, whole, "the whole register"),
        "recall at 5, phone (%)": [100 * recall(register.held, said)],
        "recall at 5, server without NIK (%)": [100 * recall(register.held, without)],
        "recall at 5, server (%)": [100 * recall(register.held, whole)],
        "false alarms among new people, phone (%)": [100 * _alarms(register.held, said)],
        "false alarms among new people, server (%)": [100 * _alarms(register.held, whole)],
    }


# --- the register -----------------------------------------------------------------------------


def made(people: int, known: int, new: int) -> Register:
    """Put everybody into the register once, without NIK, and hold some rows back.

    Args:
        people: How many are registered.
        known: Rows that are held back about them.
        new: Rows that are held back about nobody registered.
    """
    told = list(rows(STYLES[STYLE], ("malang",), (people + new, people + new + known), SEED))
    places_of = Places(told)
    inside, outside = parted(told, new)
    keys: dict[int, int] = {}
    niks: dict[int, Nik] = {}
    for start in range(0, len(inside), CHUNK):
        chunk = inside[start : start + CHUNK]
        keys |= stored([_without_nik(row) for row in chunk], places_of)
        found = ((keys[row.person.number], places_of.probe(row).nik) for row in chunk)
        niks |= {key: nik for key, nik in found if isinstance(nik, Nik)}
    held = [Held(places_of.probe(row), keys.get(row.person.number, 0)) for row in outside]
    return Register(held, niks)


def _without_nik(row: Row) -> Row:
    return replace(row, cells=row.cells | {"nik": ""})


def with_niks(niks: Mapping[int, Nik]) -> None:
    """Enter the NIK of these people."""
    people = list(Person.objects.filter(pk__in=niks))
    for person in people:
        sealed = seal_nik(niks[person.pk], person.public_id)
        person.nik_sealed, person.nik_digest = sealed.sealed, sealed.digest
        person.nik_masked = sealed.masked
    Person.objects.bulk_update(people, ["nik_sealed", "nik_digest", "nik_masked"], batch_size=500)
    for start in range(0, len(people), CHUNK):
        replace_link_keys(people[start : start + CHUNK])


def answers_of_server(held: Sequence[Held]) -> Answers:
    """Return whom the server shows for each row, all of them."""
    reach = Reach.of([malang().key])
    return [
        {each.person_id: each.probability for each in look_up(one.probe, reach=reach)}
        for one in held
    ]


# --- the phone --------------------------------------------------------------------------------


def carried() -> dict[str, list[Any]]:
    """Return people and areas of the register as the carried file holds them."""
    people = [
        [
            one.pk, one.public_id, one.name, str(one.area_id), one.phone, one.sex,
            one.born_on.isoformat() if one.born_on else "", one.address, 1, 0, one.nik_masked,
            "", [],
        ]
        for one in Person.objects.order_by("pk")
    ]  # fmt: skip
    areas = [
        [str(area.key), area.name, area.level, str(area.parent_id or ""), None, None]
        for area in Area.objects.inside(malang())
    ]
    return {"people": people, "areas": areas}


def typed(one: Held) -> dict[str, str]:
    """Return a row as an officer types it on the phone."""
    probe = one.probe
    nik, number = probe.nik or "", probe.phone or ""
    return {
        "name": probe.name,
        "nik": nik.digits if isinstance(nik, Nik) else nik,
        "phone": number.e164 if isinstance(number, Phone) else number,
        "sex": probe.sex,
        "born_on": probe.born_on.isoformat() if probe.born_on else "",
        "address": probe.address,
        "area": str(probe.area_key),
    }


@contextmanager
def phone(*, slower: float = 1) -> Iterator[Page]:
    """Open a bare page that can import the scripts of the phone.

    Args:
        slower: How many times slower than this machine it computes.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, "--js-flags=--expose-gc", "--enable-precise-memory-info"]
    door = FakeDoor()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
            page = browser.new_page()
            page.goto(door.address)
            throttle = page.context.new_cdp_session(page)
            throttle.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            yield page
            browser.close()
    finally:
        door.close()


OPEN = """async ([model, people, areas]) => {
  const { openAlike } = await import("/alike.js");
  gc();
  const before = performance.memory.usedJSHeapSize;
  const tasks = [0];
  const keep = (list) => tasks.push(...list.getEntries().map((one) => one.duration));
  const watch = new PerformanceObserver(keep);
  // Taking the file in from the benchmark is a long task of its own.
  await new Promise((resolve) => setTimeout(resolve, 300));
  watch.observe({ entryTypes: ["longtask"] });
  const began = performance.now();
  window.alike = await openAlike(model, people, areas);
  const built = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 100));
  watch.disconnect();
  gc();
  return {
    "reading all carried people, in slices (ms)": built,
    "longest task meanwhile (ms; 0: none above 50)": Math.max(...tasks),
    "memory of the index (MB)": (performance.memory.usedJSHeapSize - before) / 1e6,
  };
}"""
ASK = """(all) => {
  window.alike.candidates(all[0]);
  const waits = [];
  const answers = all.map((typed) => {
    const began = performance.now();
    const found = window.alike.candidates(typed, 50);
    waits.push(performance.now() - began);
    return found.map((one) => [one.pk, one.probability]);
  });
  return { answers, waits };
}"""


def answers_of_phone(answers: Sequence[Sequence[tuple[int, float]]]) -> Answers:
    """Return whom the phone shows for each row."""
    return [dict(map(tuple, one)) for one in answers]  # type: ignore[arg-type]


# --- figures ----------------------------------------------------------------------------------


def recall(held: Sequence[Held], answers: Answers) -> float:
    """Return how many of those who are registered stand among the first five."""
    pairs = zip(held, answers, strict=True)
    return share(one.person in list(found)[:SHOWN] for one, found in pairs if one.person)


def agreement(said: Answers, other: Answers) -> float:
    """Return for how many rows the same people are likely."""
    return share(likely(one) == likely(two) for one, two in zip(said, other, strict=True))


def likely(found: Mapping[int, float]) -> set[int]:
    """Return whom a row more likely means than not."""
    return {person for person, chance in found.items() if chance >= POSSIBLE}


def _beside(said: Answers, other: Answers, name: str) -> dict[str, list[float]]:
    apart = [
        abs(one[person] - two[person])
        for one, two in zip(said, other, strict=True)
        for person in one.keys() & two.keys()
    ]
    return {
        f"the same people likely as by the server, {name} (%)": [100 * agreement(said, other)],
        f"greatest difference in probability, {name}": [max(apart, default=0.0)],
    }


def _alarms(held: Sequence[Held], answers: Answers) -> float:
    return share(bool(found) for one, found in zip(held, answers, strict=True) if not one.person)


def _sizes(file: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the sizes of what is carried, of the check, and of all that the phone loads first."""
    told = json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()
    check = [linkage_model.FILE, *sorted(linkage_model.FILE.parent.glob("alike*.js"))]
    own = [path for path in worker.FOLDER.iterdir() if path.is_file()]
    shell = [*own, *(Path(str(finders.find(name))) for name in worker.OF_THE_KIT)]
    parts = {
        "carried people and areas": [told],
        "the check: tables and scripts": [path.read_bytes() for path in check],
        "all that the app loads first": [path.read_bytes() for path in shell],
    }
    return {
        f"{name}, {form} (kB)": [sum(map(size, files)) / KB]
        for name, files in parts.items()
        for form, size in (("plain", len), ("gzip", _packed))
    }


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))

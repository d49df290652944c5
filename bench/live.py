"""One look-up of somebody at the desk, beside a trigram search for the name, in the same run.

The register is made by the generator of the linkage benchmark, everybody once; 2,000 rows are held
back, of which 1,400 are about people of the register and 600 about nobody in it.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from bench.ground import analyse, malang, system
from bench.linkage.register import Row, rows
from bench.linkage.styles import STYLES
from bench.sizes import Sizes
from jembol.kit.nik import Nik, NotANik
from jembol.kit.phone import NotAPhone, Phone, phones_in
from jembol.kit.reach import Reach
from jembol.methods.linkage.compare import warm
from jembol.methods.linkage.numbers import read_birth, read_sex
from jembol.methods.linkage.where import read_home
from jembol.places import actions as places
from jembol.places.queries import AreaFinder
from jembol.registry import rules
from jembol.registry.actions.link_keys import write_link_keys
from jembol.registry.choices import Strength
from jembol.registry.matching import Probe, look_up
from jembol.registry.models import Person, PersonKey
from jembol.registry.sealed_numbers import seal_nik

KNOWN, NEW = 1400, 600
SHOWN = 5
CHUNK = 2000
SEED = 2026
STYLE = "b"
RIVAL_TURNS = 200
_SEXES = {0: "", 1: "L", 2: "P"}


@dataclass(frozen=True, slots=True)
class Held:
    """A row that is looked up, and the key of the person whom it is about; 0 for nobody."""

    probe: Probe
    person: int


def measure() -> dict[str, list[float]]:
    """Load the register, then look everybody up who was held back."""
    began = time.perf_counter()
    held = _load(Sizes.asked().people)
    loading = time.perf_counter() - began
    reach = Reach.of([malang().key])
    figures = {"loading, people/s": [Sizes.asked().people / loading]}
    warm()
    look_up(held[0].probe, reach=reach)
    figures |= _looked_up(held, reach)
    return figures | _rival(held)


def _looked_up(held: Sequence[Held], reach: Reach) -> dict[str, list[float]]:
    found: list[list[tuple[int, bool]]] = []
    cpu, wall = [], []
    for one in held:
        processor, clock = time.process_time(), time.perf_counter()
        near = look_up(one.probe, reach=reach)[:SHOWN]
        cpu.append(time.process_time() - processor)
        wall.append(time.perf_counter() - clock)
        found.append([(each.person_id, each.strength is Strength.SURE) for each in near])
    return {
        **_quality(held, found),
        **_spread(cpu, "look-up, processor"),
        **_spread(wall, "look-up, clock"),
    }


def _quality(
    held: Sequence[Held], found: Sequence[Sequence[tuple[int, bool]]]
) -> dict[str, list[float]]:
    known = [(one.person, near) for one, near in zip(held, found, strict=True) if one.person]
    new = [near for one, near in zip(held, found, strict=True) if not one.person]
    return {
        "recall at 5": [share(person in dict(near) for person, near in known)],
        "registered people with an alert": [share(bool(near) for _person, near in known)],
        "right person first, of the alerts": [
            share(near[0][0] == person for person, near in known if near)
        ],
        "right person first, of those called sure": [
            share(near[0][0] == person for person, near in known if near and near[0][1])
        ],
        "false alarms among new people": [share(bool(near) for near in new)],
        "new people called sure": [share(any(sure for _key, sure in near) for near in new)],
    }


def share(facts: Iterable[bool]) -> float:
    told = list(facts)
    return sum(told) / max(len(told), 1)


def _spread(values_s: Sequence[float], name: str) -> dict[str, list[float]]:
    cuts = statistics.quantiles(values_s, n=100, method="inclusive")
    return {f"{name}, p{cut} (ms)": [1000 * cuts[cut - 1]] for cut in (50, 95, 99)}


# --- the register -----------------------------------------------------------------------------


def _load(people: int) -> list[Held]:
    """Put everybody into the register once, in bulk, and return the rows that are held back."""
    told = list(rows(STYLES[STYLE], ("malang",), (people + NEW, people + NEW + KNOWN), SEED))
    places_of = Places(told)
    inside, outside = parted(told, NEW)
    keys: dict[int, int] = {}
    with _index_made_after(), _nothing_checked():
        for start in range(0, len(inside), CHUNK):
            keys |= stored(inside[start : start + CHUNK], places_of)
    analyse()
    return [Held(places_of.probe(row), keys.get(row.person.number, 0)) for row in outside]


@contextmanager
def _index_made_after() -> Iterator[None]:
    """Make the index over keys at the end: keys are random, and a million would take hours."""
    (index,) = PersonKey._meta.indexes  # noqa: SLF001 - Django has no other word for it
    with connection.schema_editor() as editor:
        editor.remove_index(PersonKey, index)
    yield
    with connection.schema_editor() as editor:
        editor.add_index(PersonKey, index)


@contextmanager
def _nothing_checked() -> Iterator[None]:
    """Let PostgreSQL believe that each key has its person: it would look 16 million times."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def parted(told: Sequence[Row], new_people: int) -> tuple[list[Row], list[Row]]:
    """Return one row of everybody but so many new people, and the rows that are held back."""
    counts = Counter(row.person.number for row in told)
    alone = [row for row in told if counts[row.person.number] == 1]
    new = {row.person.number for row in random.Random(SEED).sample(alone, new_people)}
    inside: dict[int, Row] = {}
    outside = []
    for row in told:
        number = row.person.number
        is_held = number in new or number in inside
        outside.append(row) if is_held else inside.setdefault(number, row)
    return list(inside.values()), outside


class Places:
    """Rows as the register and its forms take them: read as an import reads them."""

    def __init__(self, told: Sequence[Row]) -> None:
        """Enter every RT that a row names."""
        self.finder = AreaFinder(malang())
        self.city = malang().key
        self._known: dict[tuple[str, str], int | None] = {}
        wanted = {place for row in told if (place := self._place(row))}
        self.keys = places.bulk_rt(wanted=wanted, by=system())

    def _place(self, row: Row) -> tuple[int, int | None, int | None] | None:
        area = self._kelurahan(row.cells["kelurahan"], row.cells["kecamatan"])
        if area is None:
            return None
        home = read_home(row.cells["alamat"], row.cells["rt"], row.cells["rw"])
        return area, home.rw or None, (home.rt or None) if home.rw else None

    def _kelurahan(self, *names: str) -> int | None:
        if names not in self._known:
            found = self.finder.kelurahan(*names)
            self._known[names] = found.key if found else None
        return self._known[names]

    def area_of(self, row: Row) -> int:
        """Return the key of the deepest place that the row names."""
        place = self._place(row)
        return self.keys[place] if place else self.city

    def probe(self, row: Row) -> Probe:
        """Return the row as a form that is filled in."""
        cells = row.cells
        return Probe(
            row=0,
            name=cells["nama"],
            nik=_nik(cells["nik"]),
            phone=_phone(cells["telepon"]),
            born_on=_day(cells["tgl_lahir"]),
            area_key=self.area_of(row),
            sex=_SEXES[read_sex(cells["jk"])],
            address=cells["alamat"],
        )


def stored(chunk: Iterable[Row], places_of: Places) -> dict[int, int]:
    """Write people as `enrol_many` does, without journal, words and versions."""
    told = [(row.person.number, places_of.probe(row)) for row in chunk]
    people = [_person(number, probe) for number, probe in told]
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=500)
        write_link_keys(people)
    return {number: person.pk for (number, _probe), person in zip(told, people, strict=True)}


def _person(number: int, probe: Probe) -> Person:
    public_id = f"bench-{number}"
    nik = seal_nik(probe.nik if isinstance(probe.nik, Nik) else None, public_id)
    at = system().at
    return Person(
        public_id=public_id, name=probe.name[:150], folded=rules.folded_name(probe.name),
        sex=probe.sex, born_on=probe.born_on, address=probe.address[:300],
        phone=_stored_phone(probe.phone),
        nik_sealed=nik.sealed, nik_digest=nik.digest, nik_masked=nik.masked,
        area_id=probe.area_key, created_at=at, changed_at=at,
    )  # fmt: skip


def _nik(text: str) -> Nik | str:
    try:
        return Nik.parse(text)
    except NotANik:
        return text


def _phone(text: str) -> Phone | str:
    try:
        numbers = phones_in(text)
    except NotAPhone:
        return text
    return numbers[0] if len(numbers) == 1 else text


def _stored_phone(phone: Phone | str | None) -> str:
    """Return the number that the register keeps: of two the first."""
    if isinstance(phone, Phone):
        return phone.e164
    try:
        return next((one.e164 for one in phones_in(phone or "")), "")
    except NotAPhone:
        return ""


def _day(text: str) -> date | None:
    found = read_birth(text)
    return date(found // 10_000, found // 100 % 100, found % 100) if found else None


# --- the rival --------------------------------------------------------------------------------


def _rival(held: Sequence[Held]) -> dict[str, list[float]]:
    """Look the names up by trigrams, as a search over names would."""
    search = _in_postgresql() if connection.vendor == "postgresql" else _in_sqlite()
    known = [one for one in held if one.person][:RIVAL_TURNS]
    clock, right = [], []
    search(known[0].probe.name)
    for one in known:
        began = time.perf_counter()
        found = search(one.probe.name)
        clock.append(time.perf_counter() - began)
        right.append(one.person in found)
    return {"trigrams of the name: recall at 5": [share(right)]} | _spread(
        clock, "trigrams of the name, clock"
    )


def _in_postgresql() -> Callable[[str], list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE INDEX bench_trgm ON registry_person USING gin (folded gin_trgm_ops)")
        cursor.execute("ANALYZE registry_person")
    query = (
        "SELECT id FROM registry_person WHERE folded %% %s"
        " ORDER BY similarity(folded, %s) DESC LIMIT 5"
    )
    return lambda name: _first(query, [rules.folded_name(name)] * 2)


def _in_sqlite() -> Callable[[str], list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE bench_trgm USING fts5(folded, tokenize='trigram')")
        cursor.execute(
            "INSERT INTO bench_trgm (rowid, folded) SELECT id, folded FROM registry_person"
        )
    query = (
        "SELECT rowid FROM bench_trgm WHERE bench_trgm MATCH %s ORDER BY bm25(bench_trgm) LIMIT 5"
    )
    return lambda name: _first(query, [" OR ".join(_trigrams(rules.folded_name(name)))])


def _trigrams(folded: str) -> Iterator[str]:
    for at in range(max(len(folded) - 2, 1)):
        yield f'"{folded[at : at + 3]}"'


def _first(query: str, values: Sequence[object] | Mapping[str, object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return [key for (key,) in cursor.fetchall()]

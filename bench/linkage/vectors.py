"""`python -m bench.linkage.vectors`: write the pairs by which every implementation is judged.

Two records of invented people as somebody wrote them, what is read of each, the category and the
bits of each field, and how likely the two are one: worked out by the plain reference in Python.
Pairs of each kind of slip by hand, and pairs of a made register until every category of evidence
has a few. Run it after a change of the rules; the tests of Python and of the browser read the file.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bench.linkage.register import rows
from bench.linkage.styles import STYLES
from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.evidence import SIZES, categories
from jembol.methods.linkage.keys import keys_of
from jembol.methods.linkage.tokens import unpacked
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.written import Written

FILE = Path(__file__).resolve().parents[2] / "tests" / "methods" / "linkage_pairs.json"
SEED = 2026
ENOUGH = 6
"""Pairs of each category, where the made register has so many."""

COLUMNS = {
    "name": "nama", "nik": "nik", "sex": "jk", "born_on": "tgl_lahir", "phone": "telepon",
    "address": "alamat", "rt": "rt", "rw": "rw", "kelurahan": "kelurahan",
    "kecamatan": "kecamatan", "city": "kota", "business": "nama_usaha",
}  # fmt: skip

BASES = (
    Written(
        name="Siti Aminah Rahmawati", nik="3573055212840001", sex="P", born_on="1984-12-12",
        phone="081334567001", address="Jl. Melati No. 7", rt="2", rw="5", kelurahan="Dinoyo",
        kecamatan="Lowokwaru", city="Kota Malang", business="Keripik Tempe Rahma",
    ),
    Written(
        name="Muhammad Soeparman", nik="3573010307710002", sex="L", born_on="1971-07-03",
        phone="085755500112", address="Gang Kenanga 12", rt="11", rw="3", kelurahan="Kotalama",
        kecamatan="Kedungkandang", city="Kota Malang", business="Bengkel Soeparman",
    ),
    Written(
        name="Sulistyowati", nik="3576024908900005", sex="P", born_on="1990-08-09",
        phone="089690004321", address="Perum Asri Blok C-4", rt="4", rw="1", kelurahan="Meri",
        kecamatan="Kranggan", city="Mojokerto",
    ),
)  # fmt: skip

SLIPS: dict[str, tuple[dict[str, str], ...]] = {
    "title": (
        {"name": "Hj. {name}, S.Pd., M.M."}, {"name": "H.{name}"}, {"name": "Bu {name}"},
        {"name": "Drs. H. {name} SE"}, {"name": "{name} (alm)"}, {"name": "Cak {name}"},
        {"name": "Mbok {name}"}, {"name": "Raden {name}, A.Md.Keb"}, {"name": "UST. {name}"},
    ),
    "case": ({"name": "{NAME}"}, {"name": "{low}"}, {"name": "  {name}  "}),
    "family": (
        {"name": "St. Aminah Rahmawati"}, {"name": "Sitti Aminah R"}, {"name": "Moch. Suparman"},
        {"name": "Muh Suparman"}, {"name": "M. Suparman"}, {"name": "Abdurrahman Wachid"},
        {"name": "Abdul Rahman Wahid"}, {"name": "Achmad Soeparman"},
    ),
    "spelling": (
        {"name": "Sitti Aminah Rachmawati"}, {"name": "Moehammad Suparman"},
        {"name": "Soelistijowati"}, {"name": "Sulistiowati"}, {"name": "Soelistyowatie"},
        {"name": "Tjahjo Djoko Soesilo"}, {"name": "Cahyo Joko Susilo"}, {"name": "Nur'aini"},
        {"name": "Zainuddin Fauzie"}, {"name": "Sainudin Pausi"}, {"name": "José Ramírez"},
    ),
    "letters": (
        {"name": "Siti Amniah Rahmawati"}, {"name": "Siti Amina Rahmawatti"},
        {"name": "Muhammad Separman"}, {"name": "Sulistyowaty"}, {"name": "Sulsityowait"},
        {"name": "Suliistyowarti"}, {"name": "Budi Sant0so"},
    ),
    "words": (
        {"name": "Rahmawati Siti Aminah"}, {"name": "Siti Rahmawati"}, {"name": "Aminah"},
        {"name": "SitiAminah Rahmawati"}, {"name": "Siti A. Rahmawati"}, {"name": "S A R"},
        {"name": "Siti Aminah Rahmawati binti Kasan"}, {"name": "Soeparman"}, {"name": "Parman"},
        {"name": "Sulis"}, {"name": "Wati"}, {"name": "Sulistyo Wati"}, {"name": "Sulis Tyowati"},
        {"name": "Siti Rahayu Pranata Wijaya Kusuma Hadi Dewi"}, {"name": ""}, {"name": "-"},
    ),
    "other name": (
        {"name": "Joko Prasetyo"}, {"name": "Siti Wulandari"}, {"name": "Muhammad Ridwan"},
        {"name": "Siti"}, {"name": "Bu Soeparman"}, {"name": "constructor toString"},
    ),
    "nik": (
        {"nik": ""}, {"nik": "-"}, {"nik": "0"}, {"nik": "3573055212840000"},
        {"nik": "3573055212840002"}, {"nik": "3573055212840010"}, {"nik": "3573055212840734"},
        {"nik": "3573055212480001"}, {"nik": "3573052212840001"}, {"nik": "3573055212850901"},
        {"nik": "3573065312840001"}, {"nik": "357305521284001"}, {"nik": "35730552128400011"},
        {"nik": "3.57305521284E+15"}, {"nik": "3,57305521284000E+15"}, {"nik": "3.57E+15"},
        {"nik": "'3573.0552.1284.0001"}, {"nik": "3573055212840001.0"},
        {"nik": "3573051205180004"}, {"nik": "3573050000000000"}, {"nik": "1234567890123456"},
        {"nik": "3515085212840007"}, {"nik": "3573051212840001"}, {"nik": "0357305521284001"},
        {"nik": "3576024908900005"}, {"nik": "3573059912840001"},
    ),
    "birth": (
        {"born_on": ""}, {"born_on": "", "nik": ""}, {"born_on": "12-12-1984"},
        {"born_on": "12 Des 1984"}, {"born_on": "12/12/84"}, {"born_on": "3 Juli 1971"},
        {"born_on": "03/07/1971"}, {"born_on": "07/03/1971"}, {"born_on": "1971-03-07"},
        {"born_on": "1984-01-01"}, {"born_on": "1971-01-01"}, {"born_on": "1984-12-13"},
        {"born_on": "1984-12-31"}, {"born_on": "1985-12-12"}, {"born_on": "1991-02-28"},
        {"born_on": "09081990"}, {"born_on": "19900809"}, {"born_on": "33094"},
        {"born_on": "9 agt 90"}, {"born_on": "05/13/1980"}, {"born_on": "tidak tahu"},
        {"born_on": "1984-21-12"}, {"born_on": "31.12.24"},
    ),
    "phone": (
        {"phone": ""}, {"phone": "+62 813-3456-7001"}, {"phone": "6281334567001"},
        {"phone": "81334567001.0"}, {"phone": "0813.3456.7002"}, {"phone": "081334576001"},
        {"phone": "0341-551234 / 0857-5550-0112"}, {"phone": "0857 5550 0112 atau 0341551234"},
        {"phone": "081234567890"}, {"phone": "000000000"}, {"phone": "08133456700"},
        {"phone": "089690004321 dan 081334567001"}, {"phone": "0899999999999"}, {"phone": "12345"},
        {"phone": "085755500113"}, {"phone": "WA 0896-9000-4321"},
    ),
    "place": (
        {"kelurahan": ""}, {"kelurahan": "", "kecamatan": ""}, {"kelurahan": "Kel. Dinoyo"},
        {"kelurahan": "KOTA LAMA"}, {"kelurahan": "Sukun"}, {"kelurahan": "Meri", "city": "Malang"},
        {"rt": "", "rw": ""}, {"rt": "02/05", "rw": ""}, {"rt": "RT 02", "rw": "RW 05"},
        {"rt": "3"}, {"rw": "6"}, {"rt": "", "rw": "", "address": "Melati 7 RT 2 RW 5"},
        {"address": "Jln Melati nomor 7 (2/5)"}, {"address": "Melati 9"}, {"address": ""},
        {"address": "Jl. Kenanga Gg. III no.12 RT.11/RW.03", "rt": "", "rw": ""},
        {"address": "Gg Kenanga RT/RW 011/003 no 12", "kelurahan": "", "rt": "", "rw": ""},
        {"address": "Jl. Raya Asri Blok C4", "kelurahan": ""}, {"address": "rt 4 / 1 Asri C 4"},
        {"kelurahan": "", "address": "", "rt": "2", "rw": "5"},
        {"kelurahan": "", "address": "", "rt": "9", "rw": "5"},
        {"kelurahan": "", "address": "", "rt": "", "rw": ""}, {"address": "Jl. R.T. 3 R.W. 04"},
        {"city": "", "kelurahan": "Oro-Oro Dowo"},
        {"kelurahan": "-", "kecamatan": "Kec. Lowokwaru"},
        {"rt": "2.0", "rw": "5.0"}, {"address": "Jl. Danau Toba Barat Dalam 15 A"},
    ),
    "sex": ({"sex": ""}, {"sex": "Perempuan"}, {"sex": "LAKI-LAKI"}, {"sex": "1"}, {"sex": "?"}),
    "business": (
        {"business": ""}, {"business": "UD. Keripik Tempe Rahma"}, {"business": "Tempe Rahma"},
        {"business": "Keripik"}, {"business": "Bengkel Suparman"}, {"business": "Toko Jaya"},
        {"business": "-"}, {"business": "Keripik Tempee Rahmaa"}, {"business": "UD"},
    ),
}  # fmt: skip
"""What differs, in the manners of each kind; `{name}`, `{NAME}` and `{low}` are the name itself."""

FAMILY = (
    {"name": "Joko Prasetyo", "nik": "3573051208800003", "sex": "L", "born_on": "1980-08-12"},
    {"name": "Dewi Rahmawati", "nik": "3573055506080007", "born_on": "2008-06-15"},
    {"name": "Siti Aminatun", "nik": "3573055212840002"},
    {"name": "Ahmad Soeparman", "nik": "", "born_on": "1999-01-01", "sex": "L"},
)
"""Other people at one phone number, under one roof."""


def by_hand() -> Iterator[tuple[str, Written, Written]]:
    """Yield pairs of every kind of slip."""
    for base in BASES:
        yield "equal", base, base
        for kind, manners in SLIPS.items():
            for manner in manners:
                yield kind, base, _changed(base, manner)
        for manner in FAMILY:
            yield "one household", base, _changed(base, manner)
    for one, other in combinations(BASES, 2):
        yield "strangers", one, other


def _changed(base: Written, manner: dict[str, str]) -> Written:
    names = {"name": base.name, "NAME": base.name.upper(), "low": base.name.lower()}
    told = {field: getattr(base, field) for field in COLUMNS}
    return Written(**told | {field: text.format(**names) for field, text in manner.items()})


def drawn() -> Iterator[tuple[str, Written, Written]]:
    """Yield pairs of a made register that share a key, and pairs of strangers."""
    dice = random.Random(SEED)
    for style in ("a", "b"):
        made = list(rows(STYLES[style], ("malang", "mojokerto"), (600, 1500), SEED))
        told = [
            Written(**{field: row.cells[name] for field, name in COLUMNS.items()}) for row in made
        ]
        by_key: dict[int, list[int]] = {}
        for place, written in enumerate(told):
            for key in keys_of(traits_of(written)):
                by_key.setdefault(key.number, []).append(place)
        near = sorted({pair for some in by_key.values() for pair in combinations(some[:12], 2)})
        dice.shuffle(near)
        for one, other in near[:20_000]:
            is_one = made[one].person is made[other].person
            yield ("one person" if is_one else "near"), told[one], told[other]


def chosen() -> Iterator[tuple[str, Written, Written, int, tuple[int, ...]]]:
    """Yield all pairs by hand, and those drawn that show a category which few have shown."""
    seen: Counter[tuple[int, int]] = Counter()
    for number, (kind, one, other) in enumerate(by_hand()):
        crowd = (1, 1, 13, 61)[number % 4]
        found = _categories(one, other, crowd)
        seen.update(enumerate(found))
        yield kind, one, other, crowd, found
    for kind, one, other in drawn():
        found = _categories(one, other, 1)
        if any(seen[place] < ENOUGH for place in enumerate(found)):
            seen.update(enumerate(found))
            yield kind, one, other, 1, found


def _categories(one: Written, other: Written, crowd: int) -> tuple[int, ...]:
    rarity = shipped().rarity._replace(phone=lambda _phone: crowd)
    return categories(traits_of(one), traits_of(other), rarity)


def told(found: Sequence[int]) -> dict[str, Any]:
    """Return what the model says of categories."""
    evidence = shipped().model.explained(found)
    weight = shipped().scores[np.ravel_multi_index(tuple(found), SIZES)]
    return {
        "categories": [part.category for part in evidence.parts],
        "bits": [part.bits for part in evidence.parts],
        "log_odds": float(weight),
    }


def shared_keys(one: Written, other: Written) -> int:
    """Return under how many keys two records meet."""
    return len({*keys_of(traits_of(one))} & {*keys_of(traits_of(other))})


def patterns() -> Iterator[dict[str, Any]]:
    """Yield each category of each field beside others by chance, whether a pair can show it."""
    dice = random.Random(SEED)
    for place, size in enumerate(SIZES):
        for at in range(size):
            for _turn in range(2):
                found = [dice.randrange(other) for other in SIZES]
                found[place] = at
                yield told(found)


def _said(written: Written) -> dict[str, str]:
    return {field: text for field in COLUMNS if (text := getattr(written, field))}


def read(traits: Traits) -> dict[str, Any]:
    """Return traits without packed words; signs that are no letters show as `#`."""
    return {
        "words": list(map(unpacked, traits.words)),
        "nik": str(traits.nik or ""),
        "nikKind": traits.nik_kind,
        "born": traits.born,
        "sex": traits.sex,
        "phones": list(traits.phones),
        "rt": traits.rt,
        "rw": traits.rw,
        "house": traits.house,
        "street": list(map(unpacked, traits.street)),
        "kelurahan": unpacked(traits.kelurahan),
        "kecamatan": unpacked(traits.kecamatan),
        "city": unpacked(traits.city),
        "business": list(map(unpacked, traits.business)),
    }


def main() -> None:
    """Write the file."""
    records: dict[Written, int] = {}
    pairs = []
    for kind, one, other, crowd, found in chosen():
        places = [records.setdefault(record, len(records)) for record in (one, other)]
        facts = {"kind": kind, "records": places, "crowd": crowd, "keys": shared_keys(one, other)}
        pairs.append(facts | told(found))
    tables = {
        "records": [
            {"written": _said(record), "read": read(traits_of(record))} for record in records
        ],
        "pairs": pairs,
        "patterns": list(patterns()),
    }
    FILE.write_text(_laid_out(tables), encoding="utf-8")
    print(", ".join(f"{len(table)} {name}" for name, table in tables.items()))


def _laid_out(tables: dict[str, list[Any]]) -> str:
    """Return JSON with a line for each row, so that a change shows as what it is."""
    told = (
        f'"{name}": [\n' + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in tables.items()
    )
    return "{" + ",\n".join(told) + "}\n"


if __name__ == "__main__":
    main()

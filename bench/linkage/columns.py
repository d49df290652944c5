"""`python -m bench.linkage.columns PEOPLE.csv OUT.parquet`: the columns that the peers get.

They are normalised by ourselves, so all see the same.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow
import pyarrow.parquet

from bench.linkage.reading import read_rows
from jembol.methods.linkage.numbers import CARD
from jembol.methods.linkage.tokens import unpacked
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.written import Written

Columns = dict[str, list[str | None]]
"""Values by column; a blank is None."""

FIELDS = {
    "nama": "name",
    "nik": "nik",
    "jk": "sex",
    "tgl_lahir": "born_on",
    "telepon": "phone",
    "alamat": "address",
    "rt": "rt",
    "rw": "rw",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "kota": "city",
    "nama_usaha": "business",
}
COLUMNS = (
    "name", "name_sorted", "word_1", "word_2", "nik", "nik_front", "birth", "short", "phone",
    "phone_2", "sex", "rt", "rw", "street", "house", "kelurahan", "kecamatan", "city", "business",
)  # fmt: skip


def written(row: Mapping[str, str]) -> Written:
    """Return a row of a register as our matcher reads it."""
    return Written(**{ours: row[theirs] for theirs, ours in FIELDS.items()})


def normalised(rows: Iterable[Mapping[str, str]]) -> Columns:
    """Return what our normalisation reads in each row, as columns of texts."""
    told = [_texts(traits_of(written(row))) for row in rows]
    return {column: [row[place] or None for row in told] for place, column in enumerate(COLUMNS)}


def _texts(traits: Traits) -> tuple[str, ...]:
    words = [unpacked(word) for word in traits.words]
    nik = f"{traits.nik:016}" if traits.nik_kind not in (0, CARD) else ""
    birth = f"{traits.born:08}" if traits.born else ""
    return (
        " ".join(words),
        " ".join(sorted(words)),
        words[0] if words else "",
        words[1] if len(words) > 1 else "",
        nik,
        nik[:12],
        birth,
        f"{birth[6:]}{birth[4:6]}{birth[2:4]}" if birth else _short(nik),
        _number(traits.phones[0]),
        _number(traits.phones[1]),
        _number(traits.sex),
        _number(traits.rt),
        _number(traits.rw),
        " ".join(unpacked(word) for word in traits.street if word),
        _number(traits.house),
        unpacked(traits.kelurahan),
        unpacked(traits.kecamatan),
        unpacked(traits.city),
        " ".join(sorted(unpacked(word) for word in traits.business)),
    )


def _short(nik: str) -> str:
    """Return DDMMYY of birth as a NIK tells it."""
    if not nik:
        return ""
    day = int(nik[6:8])
    return f"{day - 40 if day > 40 else day:02}{nik[8:12]}"


def _number(value: int) -> str:
    return str(value) if value else ""


def as_they_are(rows: list[dict[str, str]]) -> Columns:
    """Return the columns of a file that needs no normalising."""
    columns = [column for column in rows[0] if column != "record_id"]
    return {column: [row[column] or None for row in rows] for column in columns}


def main() -> None:
    """Write the columns of the file that the command line names."""
    rows = read_rows(Path(sys.argv[1]))
    columns = normalised(rows) if "nama" in rows[0] else as_they_are(rows)
    pyarrow.parquet.write_table(pyarrow.table(columns), sys.argv[2])


if __name__ == "__main__":
    main()

"""Tables of people in files, read in pieces: CSV or Parquet, each value a text."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb

ROWS: Final = 50_000

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "record_id": ("record_id",),
    "name": ("nama",),
    "nik": ("nik",),
    "sex": ("jk", "jenis_kelamin"),
    "born_on": ("tgl_lahir", "tanggal_lahir"),
    "phone": ("telepon", "no_hp"),
    "address": ("alamat",),
    "rt": ("rt",),
    "rw": ("rw",),
    "kelurahan": ("kelurahan",),
    "kecamatan": ("kecamatan",),
    "city": ("kota",),
    "business": ("nama_usaha",),
}
"""Headers by the fields of `Written`, as the tool documents them."""


class NotATable(ValueError):
    """A file cannot be read as a table of people."""


def header_of(path: Path) -> list[str]:
    """Return the names of the columns.

    Raises:
        NotATable: the file is absent, or neither CSV nor Parquet.
    """
    with duckdb.connect() as connection:
        return [
            name
            for name, *_rest in _asked(
                connection, f"DESCRIBE SELECT * FROM {_source(path)}"
            ).fetchall()
        ]


def rows_in(path: Path) -> int:
    """Return the number of rows.

    Raises:
        NotATable: the file cannot be read.
    """
    with duckdb.connect() as connection:
        found = _asked(connection, f"SELECT count(*) FROM {_source(path)}").fetchone()
        return int(found[0]) if found else 0


def fields_in(header: Sequence[str]) -> dict[str, str]:
    """Return for each known field its column."""
    known = {name.strip().casefold(): name for name in reversed(header)}
    found = {
        field: next((known[name] for name in names if name in known), "")
        for field, names in HEADERS.items()
    }
    return {field: name for field, name in found.items() if name}


def pieces(
    path: Path, columns: Mapping[str, str], rows: int = ROWS
) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the columns, each piece as texts by field; an empty cell is an empty text.

    Args:
        path: The file.
        columns: For each field the name of its column.
        rows: Most rows of a piece.

    Raises:
        NotATable: the file cannot be read, or breaks off.
    """
    chosen = ", ".join(
        f"coalesce(cast({_quoted(name)} AS VARCHAR), '')" for name in columns.values()
    )
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        answer = _asked(connection, f"SELECT {chosen} FROM {_source(path)}")
        while True:
            try:
                taken = answer.fetchmany(rows)
            except duckdb.Error as problem:
                raise NotATable(_first_line(problem)) from problem
            if not taken:
                return
            yield dict(zip(columns, zip(*taken, strict=True), strict=True))


def _asked(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(query)
    except duckdb.Error as problem:
        raise NotATable(_first_line(problem)) from problem


def _source(path: Path) -> str:
    if not path.exists():
        raise NotATable(f"there is no file {path}")
    name = str(path).replace("'", "''")
    if path.suffix.casefold() == ".parquet":
        return f"read_parquet('{name}')"
    # A quote that is guessed would be the apostrophe of Ma'ruf.
    return f"read_csv('{name}', all_varchar = true, header = true, quote = '\"', escape = '\"')"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]

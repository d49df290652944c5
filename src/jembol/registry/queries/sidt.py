"""Enterprises in the layout of SIDT-KUMKM; our own import reads them back as no change."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from jembol.kit.area import AreaCode
from jembol.kit.ids import PublicId
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.choices import Education, Sex
from jembol.registry.models import Enterprise, EnterpriseReport, Ownership, Person
from jembol.registry.sealed_numbers import open_nik
from jembol.registry.sidt import COLUMNS, FIGURES
from jembol.registry.telling import Known, known_of

CHUNK: Final = 2000

# How SIDT-KUMKM writes these words is not documented [U]; our import reads them in many ways.
_SEXES: Final = {Sex.MAN.value: "Laki-laki", Sex.WOMAN.value: "Perempuan"}
_SCHOOLS: Final = {
    Education.NONE.value: "Tidak sekolah",
    Education.PRIMARY.value: "SD",
    Education.LOWER.value: "SMP",
    Education.UPPER.value: "SMA/SMK",
    Education.DIPLOMA.value: "Diploma",
    Education.BACHELOR.value: "S1",
    Education.MASTER.value: "S2/S3",
}
_YES_OR_NO: Final = {True: "Ya", False: "Tidak", None: ""}
_LEVELS: Final = {"prov": 1, "kab": 2, "kec": 3, "kel": 4}
_RW: Final = 5
_RT: Final = 6


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader of an export may see.

    Attributes:
        owners: Where owners may be named.
        specific: Personal finance and disability may be seen (UU 27/2022 art. 4(2)).
        nik: The NIK is written whole; otherwise its column is blank, which is no change.
    """

    owners: Reach
    specific: bool
    nik: bool


def sidt_rows(enterprises: QuerySet[Enterprise], sight: Sight) -> Iterator[tuple[str, ...]]:
    """Yield the enterprises as texts in the order of `sidt.COLUMNS`.

    A chunk of 2,000 takes four queries: enterprises, owners, reports, and new areas. Whoever asks
    for the NIK journals the reading.

    Raises:
        SealBroken: the stored bytes of a NIK were changed.
    """
    ordered = enterprises if enterprises.ordered else enterprises.order_by("pk")
    names = _Names()
    rows = ordered.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        keys = [one.pk for one in chunk]
        owners, known = _owners(keys, sight.owners), known_of(keys)
        names.learn(one.area_id for one in [*chunk, *owners.values()])
        for one in chunk:
            told = known.get(one.pk, Known())
            yield _row(one, owners.get(one.pk), told, names, sight)


def _row(
    enterprise: Enterprise, owner: Person | None, known: Known, names: "_Names", sight: Sight
) -> tuple[str, ...]:
    newest = known.newest()
    cells = {
        "id_data_badan_usaha": newest.get("sidt_id") or str(PublicId.parse(enterprise.public_id)),
        "nib": enterprise.nib,
        "nama_usaha": enterprise.name,
        "kegiatan_utama": enterprise.activity,
        "produk_utama": enterprise.product,
        "kode_kbli": enterprise.kbli,
        "alamat_usaha": enterprise.address,
        **names.texts(enterprise.area_id, "usaha"),
        **_beginning(enterprise.started_on, known),
        **_figures(newest, sight),
    }
    if owner is not None:
        cells |= _owner_cells(owner, sight) | names.texts(owner.area_id, "pengusaha")
    return tuple(cells.get(name, "") for name in COLUMNS)


def _figures(newest: Mapping[str, Any], sight: Sight) -> dict[str, str]:
    """Return the columns of reports; a number is a text, so that no spreadsheet rounds it."""
    hidden: Collection[str] = () if sight.specific else EnterpriseReport.Privacy.specific
    return {
        column: str(newest[name])
        for column, name in FIGURES.items()
        if name in newest and name not in hidden
    }


def _beginning(day: date | None, known: Known) -> dict[str, str]:
    if day is None:
        return {}
    told = known.starting_month(day.year)
    month = day.month if told is None else told
    return {"tahun_mulai_operasi": str(day.year), "bulan_mulai_operasi": str(month or "")}


def _owner_cells(owner: Person, sight: Sight) -> dict[str, str]:
    return {
        "nik_pengusaha": open_nik(owner) if sight.nik else "",
        "nama_pengusaha": owner.name,
        "jenis_kelamin": _SEXES.get(owner.sex, ""),
        "is_disabilitas": _YES_OR_NO[owner.has_disability] if sight.specific else "",
        "tanggal_lahir": owner.born_on.isoformat() if owner.born_on else "",
        "pendidikan_formal": _SCHOOLS.get(owner.education, ""),
        "kontak_hp": owner.phone,
        "alamat_pengusaha": owner.address,
    }


def _owners(keys: Collection[int], reach: Reach) -> dict[int, Person]:
    """Return the owner of each enterprise within reach; the first entered of several."""
    held = Ownership.objects.filter(enterprise__in=keys, ends_on=None).within(reach, "person__area")
    newest_first = held.select_related("person").order_by("-pk")
    return {row.enterprise_id: row.person for row in newest_first}


class _Names:
    """Names of areas from province to kelurahan, each read once."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def learn(self, keys: Iterable[int]) -> None:
        """Read the names that these areas need and that are not known yet."""
        needed = {place.key for key in set(keys) for place in _parts(key).values()}
        missing = needed - self._names.keys()
        if missing:
            self._names |= dict(Area.objects.filter(key__in=missing).values_list("key", "name"))

    def texts(self, key: int, whose: str) -> dict[str, str]:
        """Return the six columns of a place."""
        code = AreaCode.from_key(key)
        parts = code.parts
        named = {
            f"{word}_{whose}": self._names.get(place.key, "") for word, place in _parts(key).items()
        }
        return named | {
            f"rw_{whose}": str(parts[_RW - 1]) if code.level >= _RW else "",
            f"rt_{whose}": str(parts[_RT - 1]) if code.level >= _RT else "",
        }


def _parts(key: int) -> dict[str, AreaCode]:
    code = AreaCode.from_key(key)
    found = {word: code.at_level(level) for word, level in _LEVELS.items()}
    return {word: place for word, place in found.items() if place is not None}

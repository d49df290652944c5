"""Lists as rows to export; our own import reads them back as no change."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from jembol.kit.area import AreaCode
from jembol.kit.ids import PublicId
from jembol.places.models import Area
from jembol.registry.choices import Education, EnterpriseStatus
from jembol.registry.models import Enterprise, Ownership, Person
from jembol.registry.past import PastRows

Listed = TypeVar("Listed", Person, Enterprise)
FirstOwners = Callable[[list[int]], Mapping[int, Person]]

CHUNK: Final = 2000

PEOPLE_COLUMNS: Final[Mapping[str, str]] = {
    "ID Jembol": "public_id",
    "Nama": "name",
    "NIK": "nik",
    "L/P": "sex",
    "Tgl Lahir": "born_on",
    "Tempat Lahir": "birth_place",
    "No HP": "phone",
    "Alamat": "address",
    "RT": "rt",
    "RW": "rw",
    "Kelurahan": "kelurahan",
    "Kecamatan": "kecamatan",
    "Pendidikan": "education",
    "Disabilitas": "disability",
}
"""Heading of each column of people, and the field of `PersonRow` below it."""

ENTERPRISE_COLUMNS: Final[Mapping[str, str]] = {
    "ID Usaha": "public_id",
    "Nama Usaha": "name",
    "Jenis Usaha": "activity",
    "Produk": "product",
    "Status": "status",
    "NIB": "nib",
    "KBLI": "kbli",
    "Edisi KBLI": "kbli_edition",
    "No HP Usaha": "phone",
    "Alamat": "address",
    "RT": "rt",
    "RW": "rw",
    "Kelurahan": "kelurahan",
    "Kecamatan": "kecamatan",
    "Mulai Usaha": "started_on",
    "ID Jembol Pemilik": "owner_id",
    "Nama Pemilik": "owner",
}
"""Heading of each column of enterprises, and the field of `EnterpriseRow` below it."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as texts; what is not known is empty, and the NIK is masked."""

    public_id: str
    name: str
    nik: str
    sex: str
    born_on: str
    birth_place: str
    phone: str
    address: str
    rt: str
    rw: str
    kelurahan: str
    kecamatan: str
    education: str
    disability: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts in the order of `PEOPLE_COLUMNS`."""
        return tuple(getattr(self, name) for name in PEOPLE_COLUMNS.values())


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One enterprise as texts; of several owners the first is named, by key."""

    public_id: str
    name: str
    activity: str
    product: str
    status: str
    nib: str
    kbli: str
    kbli_edition: str
    phone: str
    address: str
    rt: str
    rw: str
    kelurahan: str
    kecamatan: str
    started_on: str
    owner_id: str
    owner: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts in the order of `ENTERPRISE_COLUMNS`."""
        return tuple(getattr(self, name) for name in ENTERPRISE_COLUMNS.values())


def people_rows(people: QuerySet[Person] | PastRows) -> Iterator[PersonRow]:
    """Yield the people as texts, in the order of the queryset (by key when it has none).

    A chunk of 2,000 takes two queries: the people, and the areas not met before.
    """
    ordered = people if people.ordered else people.order_by("pk")
    areas = _AreaNames()
    for chunk in _chunks(ordered.iterator(chunk_size=CHUNK)):
        areas.learn(person.area_id for person in chunk)
        for person in chunk:
            yield _person_row(person, areas)


def enterprise_rows(
    enterprises: QuerySet[Enterprise] | PastRows, owners_of: FirstOwners | None = None
) -> Iterator[EnterpriseRow]:
    """Yield the enterprises as texts, in the order of the queryset (by key when it has none).

    A chunk of 2,000 takes three queries: the enterprises, their owners, and new areas.
    """
    ordered = enterprises if enterprises.ordered else enterprises.order_by("pk")
    areas = _AreaNames()
    for chunk in _chunks(ordered.iterator(chunk_size=CHUNK)):
        areas.learn(enterprise.area_id for enterprise in chunk)
        owners = (owners_of or _first_owners)([enterprise.pk for enterprise in chunk])
        for enterprise in chunk:
            yield _enterprise_row(enterprise, areas, owners.get(enterprise.pk))


# The words of a list are fixed, whatever the language of the page: the import reads them back.
_SCHOOLS: Final = {
    Education.NONE: "Tidak sekolah",
    Education.PRIMARY: "SD",
    Education.LOWER: "SMP",
    Education.UPPER: "SMA/SMK",
    Education.DIPLOMA: "Diploma",
    Education.BACHELOR: "S1",
    Education.MASTER: "S2/S3",
}
_STATUSES: Final = {
    EnterpriseStatus.IDEA: "Rencana",
    EnterpriseStatus.STARTER: "Rintisan",
    EnterpriseStatus.OPERATING: "Aktif",
    EnterpriseStatus.DORMANT: "Tidak aktif",
    EnterpriseStatus.CLOSED: "Tutup",
}
_YES_OR_NO: Final = {True: "Ya", False: "Tidak", None: ""}

_KECAMATAN: Final = 3
_KELURAHAN: Final = 4
_RW: Final = 5
_RT: Final = 6


@dataclass(frozen=True, slots=True)
class _PlaceTexts:
    rt: str
    rw: str
    kelurahan: str
    kecamatan: str


class _AreaNames:
    """Names of kelurahan and kecamatan, each read once."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def learn(self, keys: Iterable[int]) -> None:
        """Read the names that these areas need and that are not known yet."""
        needed = {place.key for key in set(keys) for place in _named_places(key)}
        missing = needed - self._names.keys()
        if missing:
            named = Area.objects.filter(key__in=missing)
            self._names |= dict(named.values_list("key", "name"))

    def texts(self, key: int) -> _PlaceTexts:
        """Return the texts of one area's columns."""
        code = AreaCode.from_key(key)
        parts = code.parts
        names = {place.level: self._names.get(place.key, "") for place in _named_places(key)}
        return _PlaceTexts(
            rt=str(parts[_RT - 1]) if code.level >= _RT else "",
            rw=str(parts[_RW - 1]) if code.level >= _RW else "",
            kelurahan=names.get(_KELURAHAN, ""),
            kecamatan=names.get(_KECAMATAN, ""),
        )


def _named_places(key: int) -> list[AreaCode]:
    code = AreaCode.from_key(key)
    places = (code.at_level(level) for level in (_KECAMATAN, _KELURAHAN))
    return [place for place in places if place is not None]


def _person_row(person: Person, areas: _AreaNames) -> PersonRow:
    place = areas.texts(person.area_id)
    return PersonRow(
        public_id=_shown_id(person.public_id),
        name=person.name,
        nik=person.nik_masked,
        sex=person.sex,
        born_on=_day(person.born_on),
        birth_place=person.birth_place,
        phone=person.phone,
        address=person.address,
        rt=place.rt,
        rw=place.rw,
        kelurahan=place.kelurahan,
        kecamatan=place.kecamatan,
        education=_SCHOOLS.get(Education(person.education), "") if person.education else "",
        disability=_YES_OR_NO[person.has_disability],
    )


def _enterprise_row(
    enterprise: Enterprise, areas: _AreaNames, owner: Person | None
) -> EnterpriseRow:
    place = areas.texts(enterprise.area_id)
    return EnterpriseRow(
        public_id=_shown_id(enterprise.public_id),
        name=enterprise.name,
        activity=enterprise.activity,
        product=enterprise.product,
        status=_STATUSES[EnterpriseStatus(enterprise.status)],
        nib=enterprise.nib,
        kbli=enterprise.kbli,
        kbli_edition=enterprise.kbli_edition,
        phone=enterprise.phone,
        address=enterprise.address,
        rt=place.rt,
        rw=place.rw,
        kelurahan=place.kelurahan,
        kecamatan=place.kecamatan,
        started_on=_day(enterprise.started_on),
        owner_id=_shown_id(owner.public_id) if owner else "",
        owner=owner.name if owner else "",
    )


def _first_owners(keys: Iterable[int]) -> dict[int, Person]:
    """Return the owner of each enterprise whose hold stands; the first entered of several.

    Of a merged enterprise any entry may name the owner, and of a merged owner the survivor is told.
    """
    asked = list(keys)
    rows = Enterprise.objects.filter(Q(pk__in=asked) | Q(survivor__in=asked))
    held = Ownership.objects.filter(enterprise__in=rows.values("pk"), ends_on=None)
    newest_first = held.select_related("enterprise", "person__survivor").order_by("-pk")
    return {
        row.enterprise.survivor_id or row.enterprise_id: row.person.survivor or row.person
        for row in newest_first
    }


def _chunks(rows: Iterator[Listed]) -> Iterator[list[Listed]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _shown_id(compact: str) -> str:
    return str(PublicId.parse(compact))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

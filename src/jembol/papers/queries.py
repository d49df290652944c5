"""Which letterhead and which template a city has."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from jembol.kit.area import city_key
from jembol.papers.kinds import Kind, shared_part
from jembol.papers.models import Letterhead, PaperTemplate
from jembol.places.models import Area, City


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is drawn with.

    Attributes:
        text: The template.
        shared: The part that it imports.
        version: The kept row, or None for a default that nothing was printed with yet.
        is_own: Whether the city wrote it.
    """

    text: str
    shared: str
    version: PaperTemplate | None = None
    is_own: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of both texts."""
        return sha256(f"{self.text}\x00{self.shared}".encode()).hexdigest()


def city_of(area: Area) -> Area:
    """Return the city in which an area lies; itself when it is one."""
    key = city_key(area.key)
    return area if area.key == key else Area.objects.get(key=key)


def letterhead_of(city: Area) -> Letterhead:
    """Return the city's letterhead; one that is not kept yet says what is known of the city."""
    found = Letterhead.objects.filter(area=city).first()
    if found is not None:
        return found
    served = City.objects.filter(area=city).first()
    # Names of areas come as "Kota Malang" or "Kabupaten Blitar" (Kemendagri).
    return Letterhead(
        area=city,
        government=f"Pemerintah {city.name}",
        office=served.office if served else "",
        place=city.name.removeprefix("Kota ").removeprefix("Kabupaten "),
    )


def letterhead_data(letterhead: Letterhead) -> dict[str, str]:
    """Return a letterhead as templates read it, under Indonesian names."""
    return {
        "pemerintah": letterhead.government,
        "dinas": letterhead.office,
        "alamat": letterhead.address,
        "kontak": letterhead.contact,
        "tempat": letterhead.place,
        "jabatan": letterhead.signatory_title,
        "nama": letterhead.signatory_name,
        "pangkat": letterhead.signatory_rank,
        "nip": letterhead.signatory_nip,
    }


def source_of(kind: Kind, city: Area, *, at: datetime) -> Source:
    """Return the template in force at a moment: the city's newest, or else the default.

    A default that was kept with an earlier paper does not stand in the way of a newer default.
    """
    rows = PaperTemplate.objects.filter(area=city, kind=kind.word, active_from__lte=at)
    newest = rows.order_by("-version").first()
    if newest is not None and not newest.is_default:
        return source_of_version(newest)
    default = Source(text=kind.text, shared=shared_part())
    if newest is not None and newest.digest == default.digest:
        return source_of_version(newest)
    return default


def source_of_version(row: PaperTemplate) -> Source:
    """Return what one kept version is drawn with."""
    return Source(text=row.text, shared=row.shared, version=row, is_own=not row.is_default)


def versions_of(kind: Kind, city: Area) -> list[PaperTemplate]:
    """Return the kept versions, the newest first."""
    return list(PaperTemplate.objects.filter(area=city, kind=kind.word).order_by("-version"))

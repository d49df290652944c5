"""The classes of the demo: documented ones with their source, and invented ones around today.

Of a documented class only what its source says is told as a fact. Where the source names no number
of people, the rows are invented and `doubt` says so. Texts are Indonesian, as officers write them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Final

from jembol.console.demo.sign_ins import DINOYO, MALANG, MOJOKERTO
from jembol.console.demo.sizes import PURWANTORO
from jembol.training.choices import Organiser, Unit


class From(Enum):
    """Among whom the participants are chosen."""

    CITY = "city"
    EACH_KECAMATAN = "each kecamatan, the same number"
    COOKIES = "the cookies cluster"
    DINOYO = "the group of Dinoyo"


@dataclass(frozen=True, slots=True)
class Told:
    """A number that the source tells about a class."""

    unit: Unit
    number: int
    source: str
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClass:
    """One class as it shall stand in the demo.

    Attributes:
        course: Slug of its course.
        came: For each day whose roll was taken, how many came.
        people: How many are registered by officers.
        sign_ups: How many more sign up themselves on the public page.
        venue: Name of one of `VENUES`, or empty.
        cancelled: Why it was cancelled, or empty.
        invited: How many of the best-fit people are invited by links of WhatsApp.
    """

    course: str
    title: str
    area: str
    days: tuple[date, ...]
    people: int
    came: tuple[int, ...] = ()
    chosen: From = From.CITY
    organiser: Organiser = Organiser.OFFICE
    organiser_name: str = ""
    venue: str = ""
    seats: int | None = None
    mentors: tuple[str, ...] = ()
    source: str = ""
    doubt: str = ""
    told: tuple[Told, ...] = ()
    sign_ups: int = 0
    is_published: bool = False
    cancelled: str = ""
    invited: int = 0

    @property
    def city(self) -> str:
        """Code of its city."""
        return self.area[:5]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVenue:
    """One place for classes; invented unless its name says otherwise."""

    name: str
    area: str
    address: str = ""
    capacity: int | None = None
    step_free: bool | None = None


HOTEL_2017: Final = "Hotel di Kota Malang (nama tidak disebut sumber, 2017)"
HOTEL_2023: Final = "Hotel di Kota Malang (nama tidak disebut sumber, 2023)"

VENUES: Final = (
    DemoVenue(name=HOTEL_2017, area=MALANG),
    DemoVenue(name=HOTEL_2023, area=MALANG),
    DemoVenue(name="Balai Kelurahan Purwantoro (contoh)", area=PURWANTORO, capacity=60,
              step_free=True),
    DemoVenue(name="Balai RW 03 Dinoyo (contoh)", area=DINOYO, capacity=50, step_free=False),
    DemoVenue(name="Aula Kecamatan Kedungkandang (contoh)", area="35.73.03", capacity=80,
              step_free=True),
    DemoVenue(name="Aula Kecamatan Sukun (contoh)", area="35.73.04", capacity=80),
    DemoVenue(name="Rumah Kreatif Kota Malang (contoh)", area="35.73.02", capacity=40,
              step_free=True),
    DemoVenue(name="Aula Kecamatan Magersari (contoh)", area="35.76.02", capacity=100,
              step_free=True),
    DemoVenue(name="Balai Kelurahan Miji (contoh)", area="35.76.03.1002", capacity=50),
)  # fmt: skip

_INVENTED: Final = "Baris peserta dan kehadiran adalah rekaan."
_S0: Final = (
    "Laporan pers S0 (Dinoyo, Lowokwaru, Senin 7 Oktober 2024): kelas kue hias dengan pendamping "
    "dan materi pemasaran, serta kelas potong rambut gratis; kurang lebih 20 kelompok berisi 30 "
    "sampai 50 orang; diselenggarakan pasangan calon."
)
_S4: Final = (
    "Laporan pers S4 (Kota Mojokerto, 5–7 April 2021): lebih dari 6.000 peserta dari 300 IKM; "
    "siapa saja boleh ikut; sepuluh pelatihan disebut namanya."
)
_S4_CLAIM: Final = "Laporan pers S4, April 2021"
_APRIL_2021: Final = (date(2021, 4, 5), date(2021, 4, 6), date(2021, 4, 7))
_DINOYO_DAY: Final = (date(2024, 10, 7),)
_CANDIDATE: Final = "Pasangan calon (nama tidak disimpan)"
_S4_DOUBT: Final = "Sumber tidak menyebut hari dan jumlah peserta tiap pelatihan. " + _INVENTED

DOCUMENTED: Final = (
    DemoClass(
        course="kain-perca",
        title="Kerajinan kain perca dan lukis kain",
        area=MALANG,
        days=(date(2017, 8, 8), date(2017, 8, 9), date(2017, 8, 10)),
        people=40,
        came=(39, 37, 34),
        venue=HOTEL_2017,
        source=(
            "Laporan pers S2 (Malang, 8–10 Agustus 2017): pelatihan kain perca dan lukis kain "
            "selama tiga hari di sebuah hotel; pelatihan tidak boleh berhenti di pelatihan."
        ),
        doubt="Sumber tidak menyebut jumlah peserta. " + _INVENTED,
    ),
    DemoClass(
        course="inkubasi",
        title="Pelatihan dan inkubasi IKM Mojokerto, April 2021 (seluruh program)",
        area=MOJOKERTO,
        days=_APRIL_2021,
        people=0,
        source=_S4,
        doubt=(
            "Angka sumber berlaku untuk semua pelatihan bersama dan satuannya tidak disebut: 6.000 "
            "dari 300 IKM berarti 20 orang tiap IKM, atau 300 kelompok. Disimpan sebagai klaim, "
            "tidak pernah dijumlahkan."
        ),
        told=(
            Told(Unit.UNSTATED, 6_000, _S4_CLAIM, at_least=True),
            Told(Unit.ENTERPRISES, 300, _S4_CLAIM),
        ),
    ),
    DemoClass(course="jajanan-tradisional", title="Jajanan tradisional", area=MOJOKERTO,
              days=_APRIL_2021, people=30, came=(30, 28, 27), source=_S4, doubt=_S4_DOUBT),
    DemoClass(course="ecoprint", title="Ecoprint", area=MOJOKERTO, days=_APRIL_2021, people=24,
              came=(24, 23, 21), source=_S4, doubt=_S4_DOUBT),
    DemoClass(course="cor-kuningan", title="Cor kuningan", area=MOJOKERTO, days=_APRIL_2021,
              people=16, came=(16, 16, 15), source=_S4, doubt=_S4_DOUBT),
    DemoClass(course="temu-usaha", title="Temu usaha alas kaki", area=MOJOKERTO,
              days=_APRIL_2021[:1], people=20, came=(19,), source=_S4, doubt=_S4_DOUBT),
    DemoClass(
        course="kue-kering",
        title="Kue kering untuk lima kecamatan",
        area=MALANG,
        days=(date(2023, 1, 6),),
        people=130,
        came=(130,),
        chosen=From.EACH_KECAMATAN,
        venue=HOTEL_2023,
        source=(
            "Laporan pers S1 (Kota Malang, “Senin 06/01/2023”): kelas kue kering di sebuah hotel, "
            "130 orang dari lima kecamatan."
        ),
        doubt=(
            "Sumber menulis Senin, tetapi 6 Januari 2023 adalah hari Jumat; 6 Februari 2023 jatuh "
            "pada hari Senin. Tanggal sumber disimpan apa adanya. Jumlah 130 dari sumber, "
            "nama-namanya rekaan."
        ),
        told=(Told(Unit.PEOPLE, 130, "Laporan pers S1, 2023"),),
    ),
    DemoClass(
        course="konten-media-sosial",
        title="Konten media sosial untuk mengurangi kemiskinan",
        area=MALANG,
        days=(date(2024, 5, 31),),
        people=40,
        came=(38,),
        source=(
            "Laporan pers S3 (Kota Malang, 31 Mei 2024): pelatihan media sosial dan pembuatan "
            "konten untuk mengurangi kemiskinan."
        ),
        doubt="Sumber tidak menyebut jumlah peserta. " + _INVENTED,
    ),
    DemoClass(
        course="kue-hias",
        title="Kue hias Dinoyo",
        area=DINOYO,
        days=_DINOYO_DAY,
        people=30,
        came=(30,),
        chosen=From.DINOYO,
        organiser=Organiser.CANDIDATE,
        organiser_name=_CANDIDATE,
        source=_S0,
        doubt="Jumlah peserta kelas ini tidak disebut. " + _INVENTED,
        told=(Told(Unit.GROUPS, 20, "Laporan pers S0, 7 Oktober 2024 (kurang lebih)"),),
    ),
    DemoClass(
        course="potong-rambut",
        title="Potong rambut gratis Dinoyo",
        area=DINOYO,
        days=_DINOYO_DAY,
        people=18,
        came=(17,),
        chosen=From.DINOYO,
        organiser=Organiser.CANDIDATE,
        organiser_name=_CANDIDATE,
        source=_S0,
        doubt="Jumlah peserta kelas ini tidak disebut. " + _INVENTED,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days counted from the reference day."""

    today: date
    _one: timedelta = field(default=timedelta(days=1), repr=False)

    def days(self, *offsets: int) -> tuple[date, ...]:
        """Return the days so many days after the reference day, before it when negative."""
        return tuple(self.today + offset * self._one for offset in offsets)


def recent(calendar: Calendar) -> tuple[DemoClass, ...]:
    """Return invented classes of the last weeks, and the one that runs today."""
    return (
        DemoClass(course="ecoprint", title="Ecoprint dasar", area="35.73.02",
                  days=calendar.days(-30, -29), people=32, came=(31, 29), seats=40,
                  venue="Rumah Kreatif Kota Malang (contoh)"),
        DemoClass(course="kue-kering", title="Kue kering angkatan Purwantoro", area=PURWANTORO,
                  days=calendar.days(-24), people=28, came=(27,), chosen=From.COOKIES, seats=30,
                  venue="Balai Kelurahan Purwantoro (contoh)"),
        DemoClass(course="bordir", title="Bordir Magersari", area="35.76.02",
                  days=calendar.days(-20, -19), people=24, came=(22, 23), seats=30,
                  venue="Aula Kecamatan Magersari (contoh)"),
        DemoClass(course="konten-media-sosial", title="Foto produk dengan telepon", area="35.73.03",
                  days=calendar.days(-15), people=36, came=(33,), seats=40,
                  organiser=Organiser.COMPANY, organiser_name="Perusahaan contoh (CSR)",
                  venue="Aula Kecamatan Kedungkandang (contoh)"),
        DemoClass(course="shibori", title="Shibori bersama komunitas", area="35.73.05",
                  days=calendar.days(-9), people=20, came=(19,), organiser=Organiser.COMMUNITY,
                  organiser_name="Komunitas kriya contoh"),
        DemoClass(course="bordir", title="Bordir dua hari", area="35.73.04",
                  days=calendar.days(-1, 0), people=32, came=(28,), seats=35,
                  venue="Aula Kecamatan Sukun (contoh)", is_published=True,
                  mentors=("Ibu Sumarti (pendamping contoh)",)),
    )  # fmt: skip


def coming(calendar: Calendar) -> tuple[DemoClass, ...]:
    """Return invented classes after the reference day."""
    return (
        DemoClass(course="kue-kering", title="Kue kering Purwantoro, angkatan baru",
                  area=PURWANTORO, days=calendar.days(6, 7), people=20, sign_ups=3, seats=40,
                  chosen=From.COOKIES, venue="Balai Kelurahan Purwantoro (contoh)",
                  is_published=True, mentors=("Ibu Wartini (pendamping contoh)",)),
        DemoClass(course="konten-media-sosial", title="Konten media sosial untuk pemula",
                  area="35.73.02", days=calendar.days(9), people=22, sign_ups=1, seats=25,
                  venue="Rumah Kreatif Kota Malang (contoh)", is_published=True, invited=24,
                  mentors=("Bapak Lanjar (pendamping contoh)",)),
        DemoClass(course="ecoprint", title="Ecoprint lanjutan", area=MALANG,
                  days=calendar.days(13, 14), people=12, seats=30, is_published=True,
                  cancelled="Gedung dipakai untuk kegiatan lain; jadwal baru akan diumumkan."),
        DemoClass(course="potong-rambut", title="Potong rambut Kedungkandang", area="35.73.03",
                  days=calendar.days(16, 17, 18), people=9, seats=20, is_published=True,
                  venue="Aula Kecamatan Kedungkandang (contoh)",
                  mentors=("Bapak Parjo (pendamping contoh)",)),
        DemoClass(course="kue-hias", title="Kue hias Dinoyo bersama dinas", area=DINOYO,
                  days=calendar.days(20), people=6, seats=30, is_published=True,
                  venue="Balai RW 03 Dinoyo (contoh)",
                  mentors=("Ibu Rukmini (pendamping contoh)",
                           "Ibu Wartini (pendamping contoh)")),
        DemoClass(course="inkubasi", title="Inkubasi usaha, angkatan berikutnya", area=MALANG,
                  days=calendar.days(34, 35, 36), people=0, seats=30),
        DemoClass(course="jajanan-tradisional", title="Onde-onde dan jajanan Mojokerto",
                  area="35.76.03", days=calendar.days(11), people=12, sign_ups=1, seats=30,
                  venue="Balai Kelurahan Miji (contoh)", is_published=True,
                  mentors=("Ibu Lastri (pendamping contoh)",)),
        DemoClass(course="temu-usaha", title="Temu usaha alas kaki", area=MOJOKERTO,
                  days=calendar.days(23), people=10, seats=40, is_published=True,
                  venue="Aula Kecamatan Magersari (contoh)"),
    )  # fmt: skip

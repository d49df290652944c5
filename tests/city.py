"""One small invented city, built only through actions.

    Indonesia
    └─ 35 Jawa Timur
       ├─ 35.73 Kota Malang: 5 kecamatan, 57 kelurahan
       │  ├─ 01 Blimbing ── 1007 Purwantoro          lapangan.purwantoro
       │  ├─ 02 Klojen ──── 1007 Kauman              (the same name as in Mojokerto)
       │  └─ 05 Lowokwaru ─ 1004 Dinoyo              lapangan.dinoyo
       │                        └─ RW 03             lapangan.rw3
       │                            └─ RT 02
       └─ 35.76 Kota Mojokerto: 3 kecamatan, 18 kelurahan   pelatihan.mojokerto
          └─ 01 Prajuritkulon ─ 1004 Kauman

    In the whole of Malang, one officer for each role: kepala, pelatihan, lapangan, pendamping,
    alat, kurator, harga, tpid, auditor, privasi, admin. In Mojokerto also admin.mojokerto.

Everybody here is invented, and all sign in with PASSWORD. NOW is a Monday morning in the office.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.places import actions as places
from jembol.places.models import Area

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
SINCE = date(2024, 1, 1)
PASSWORD = "tikar-pandan-tujuh"

MALANG, MOJOKERTO = "35.73", "35.76"
DINOYO, DINOYO_RW = "35.73.05.1004", "35.73.05.1004.003"
PURWANTORO = "35.73.01.1007"

# Sign-in name: the role and the code of the area of duty.
OFFICERS = {
    "kepala": (Role.HEAD, MALANG),
    "pelatihan": (Role.TRAINING, MALANG),
    "lapangan": (Role.FIELD, MALANG),
    "pendamping": (Role.MENTOR, MALANG),
    "alat": (Role.KEEPER, MALANG),
    "kurator": (Role.CURATOR, MALANG),
    "harga": (Role.SURVEYOR, MALANG),
    "tpid": (Role.ANALYST, MALANG),
    "auditor": (Role.AUDITOR, MALANG),
    "privasi": (Role.PRIVACY, MALANG),
    "admin": (Role.ADMINISTRATOR, MALANG),
    "admin.mojokerto": (Role.ADMINISTRATOR, MOJOKERTO),
    "pelatihan.mojokerto": (Role.TRAINING, MOJOKERTO),
    "lapangan.dinoyo": (Role.FIELD, DINOYO),
    "lapangan.purwantoro": (Role.FIELD, PURWANTORO),
    "lapangan.rw3": (Role.FIELD, DINOYO_RW),
}


def system(at=NOW):
    """The system as actor, which reaches everywhere."""
    return By.system("tests", at=at)


@dataclass(frozen=True)
class Areas:
    malang: Area
    mojokerto: Area
    lowokwaru: Area
    dinoyo: Area
    purwantoro: Area
    kauman_malang: Area
    kauman_mojokerto: Area
    dinoyo_rw: Area
    dinoyo_rt: Area


def area(code):
    return Area.objects.get(code=code)


def build_areas():
    """The two cities with all their kelurahan, and one RW with one RT."""
    places.load_country(by=system(), inside=(MALANG, MOJOKERTO))
    for code, office in (
        (MALANG, "Dinas Koperasi, Perindustrian dan Perdagangan Kota Malang"),
        (MOJOKERTO, "Dinas Koperasi, UKM, Perindustrian dan Perdagangan Kota Mojokerto"),
    ):
        places.open_city(code=code, office=office, by=system())
    dinoyo = area(DINOYO)
    rt = places.rt_in(kelurahan=dinoyo, rw=3, rt=2, by=system())
    return Areas(
        malang=area(MALANG),
        mojokerto=area(MOJOKERTO),
        lowokwaru=area("35.73.05"),
        dinoyo=dinoyo,
        purwantoro=area(PURWANTORO),
        kauman_malang=area("35.73.02.1007"),
        kauman_mojokerto=area("35.76.01.1004"),
        dinoyo_rw=rt.parent,
        dinoyo_rt=rt,
    )


def build_officers(*usernames):
    """The named officers, or all, by sign-in name; needs `build_areas()` before."""
    return {name: build_officer(name, *OFFICERS[name]) for name in usernames or OFFICERS}


def build_officer(username, role, code):
    """One more officer with one duty."""
    officer = accounts.appoint(
        username=username, name=f"Petugas {username.title()}", password=PASSWORD, by=system()
    )
    accounts.assign(officer=officer, role=role, area=area(code), starts_on=SINCE, by=system())
    return officer


def by(officer, permission, at=NOW, door="desk"):
    """What the desk gives to an action when this officer uses this permission."""
    # Afresh, because an officer reads their duties once and lives for one request.
    now = Officer.objects.get(pk=officer.pk)
    reach = now.reach(permission, timezone.localdate(at))
    return By(kind="officer", id=now.pk, label=now.name, at=at, door=door, reach=reach)

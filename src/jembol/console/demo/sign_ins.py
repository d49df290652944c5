"""Who can sign in to the demo city: one officer for each role and a few more, all invented."""

from dataclasses import dataclass
from typing import Final

from jembol.accounts.choices import Role

# Public on purpose: it opens the demo city, which holds invented people only.
DEMO_PASSWORD: Final = "jembol-demo-2026"  # noqa: S105

MALANG: Final = "35.73"
MOJOKERTO: Final = "35.76"
DINOYO: Final = "35.73.05.1004"
DINOYO_RW: Final = "35.73.05.1004.003"


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """One sign-in: its role, and the areas of duty with the words for them."""

    username: str
    name: str
    role: Role
    areas: tuple[str, ...] = (MALANG,)
    place: str = "Kota Malang"


DEMO_OFFICERS: Final = (
    DemoOfficer("kepala", "Sri Wahyuningtyas", Role.HEAD),
    DemoOfficer("pelatihan", "Bagus Prasetya", Role.TRAINING),
    DemoOfficer("lapangan", "Nur Kholifah", Role.FIELD, (DINOYO,), "Kelurahan Dinoyo"),
    DemoOfficer("pendamping", "Yohanes Kertapati", Role.MENTOR),
    DemoOfficer("peralatan", "Slamet Hariyono", Role.KEEPER),
    DemoOfficer("kurator", "Retno Palupi", Role.CURATOR),
    DemoOfficer("harga", "Dewi Masitoh", Role.SURVEYOR),
    DemoOfficer("tpid", "Agung Tirtabrata", Role.ANALYST),
    DemoOfficer("auditor", "Martha Situmorang", Role.AUDITOR),
    DemoOfficer("pdp", "Fitri Handayani", Role.PRIVACY),
    DemoOfficer(
        "admin",
        "Hendra Wicitra",
        Role.ADMINISTRATOR,
        (MALANG, MOJOKERTO),
        "Kota Malang, Kota Mojokerto",
    ),
    DemoOfficer("lapangan.rw3", "Mat Rofiq", Role.FIELD, (DINOYO_RW,), "RW 003 Kelurahan Dinoyo"),
    DemoOfficer(
        "pelatihan.mojokerto", "Ratih Sekarini", Role.TRAINING, (MOJOKERTO,), "Kota Mojokerto"
    ),
    DemoOfficer("lapangan.mojokerto", "Imam Basori", Role.FIELD, (MOJOKERTO,), "Kota Mojokerto"),
)

DEMO_SIGN_INS: Final = tuple(
    (officer.username, DEMO_PASSWORD, officer.role.label, officer.place)
    for officer in DEMO_OFFICERS
)
"""Sign-in name, password, what the role is called, and area of duty.

The first of a role is its chief sign-in.
"""

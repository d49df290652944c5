"""Who can sign in to the demo city: one officer for each role, all invented."""

from dataclasses import dataclass

from jembol.accounts.choices import Role

# Public on purpose: it opens the demo city, which holds invented people only.
DEMO_PASSWORD = "mencoba-jembol"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """One sign-in of the demo."""

    role: Role
    username: str
    name: str


DEMO_OFFICERS = (
    DemoOfficer(Role.HEAD, "kepala", "Sri Wahyuningtyas"),
    DemoOfficer(Role.TRAINING, "pelatihan", "Bagus Prasetya"),
    DemoOfficer(Role.FIELD, "lapangan", "Nur Kholifah"),
    DemoOfficer(Role.MENTOR, "pendamping", "Yohanes Widodo"),
    DemoOfficer(Role.KEEPER, "peralatan", "Slamet Hariyono"),
    DemoOfficer(Role.CURATOR, "kurator", "Retno Palupi"),
    DemoOfficer(Role.SURVEYOR, "harga", "Dewi Masitoh"),
    DemoOfficer(Role.ANALYST, "tpid", "Agung Laksono"),
    DemoOfficer(Role.AUDITOR, "auditor", "Martha Situmorang"),
    DemoOfficer(Role.PRIVACY, "pdp", "Fitri Handayani"),
    DemoOfficer(Role.ADMINISTRATOR, "admin", "Hendra Gunawan"),
)

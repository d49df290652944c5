"""What every measure stands on: the country's areas, two cities, officers on duty."""

from datetime import date

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.places import actions as places
from jembol.places.choices import Level
from jembol.places.models import Area

MALANG = "35.73"
OFFICER = "pelatihan"
SINCE = date(2024, 1, 1)


def measure() -> dict[str, list[float]]:
    """Build the ground."""
    call_command("migrate", verbosity=0)
    by = system()
    places.load_country(by=by)
    places.open_city(code=MALANG, office="Dinas Koperasi Kota Malang", by=by)
    officer = accounts.appoint(
        username=OFFICER, name="Petugas Pelatihan", password="tikar-pandan-tujuh", by=by
    )
    # The auditor's duty opens the page of the journal too.
    for role in (Role.TRAINING, Role.AUDITOR):
        accounts.assign(officer=officer, role=role, area=malang(), starts_on=SINCE, by=by)
    analyse()
    return {}


def system() -> By:
    """Return the system as actor."""
    return By.system("bench", at=timezone.now())


def malang() -> Area:
    """Return the city."""
    return Area.objects.get(code=MALANG)


def kelurahan() -> list[Area]:
    """Return the kelurahan of the city."""
    return list(Area.objects.inside(malang()).at(Level.KELURAHAN).order_by("key"))


def officer() -> Officer:
    """Return the officer on duty in the whole city."""
    return Officer.objects.get(username=OFFICER)


def reach_of(permission: str) -> Reach:
    """Return where the officer may do this today."""
    return officer().reach(permission, timezone.localdate())


def analyse() -> None:
    """Let PostgreSQL count its rows, as its autovacuum does within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

"""A small ground for tests of the register: two cities, three kelurahan, one officer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from jembol.journal.by import By
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.places.actions import load_country, open_city, rt_in
from jembol.places.models import Area
from jembol.registry.actions import PersonDetails, enrol

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ground:
    """Malang with Dinoyo and Merjosari, Mojokerto with Miji, and who acts there."""

    malang: Area
    dinoyo: Area
    merjosari: Area
    rt: Area
    miji: Area
    by: By

    def within(self, *areas):
        """The same officer with a duty in these areas only."""
        return replace(self.by, reach=Reach.of(area.key for area in areas))

    def enrol(self, name="Siti Aminah", *, area=None, by=None, **details):
        """Enrol an invented person; in Dinoyo when no place is told."""
        told = PersonDetails(name=name, area=area or self.dinoyo, **details)
        return enrol(details=told, by=by or self.by)


@pytest.fixture
def ground(db):
    system = By.system("tests", at=AT)
    load_country(by=system, inside=["35.73", "35.76"])
    for code in ("35.73", "35.76"):
        open_city(code=code, office="Diskopindag", by=system)
    dinoyo = _area("35.73.05.1004")
    return Ground(
        malang=_area("35.73"),
        dinoyo=dinoyo,
        merjosari=_area("35.73.05.1002"),
        rt=rt_in(kelurahan=dinoyo, rw=6, rt=2, by=system),
        miji=_area("35.76.03.1002"),
        by=replace(system, kind="officer", id=1, label="Rina", door="desk"),
    )


def _area(code):
    return Area.objects.get(key=AreaCode.parse(code).key)

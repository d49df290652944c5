"""The ground of tests of imports."""

import pytest
from importing import ImportDesk

import city
from jembol.training.actions import seed_courses


@pytest.fixture
def desk(db):
    """An officer for training in Malang with an empty register."""
    areas = city.build_areas()
    officer = city.build_officer("pelatihan", *city.OFFICERS["pelatihan"])
    seed_courses(by=city.system())
    return ImportDesk(areas, city.by(officer, "intake.run"))

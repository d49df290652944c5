"""The ground of tests of imports."""

import pytest
from django.utils import translation
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


@pytest.fixture(autouse=True)
def in_english():
    """Texts are asserted as they stand in the code, not in the catalogue."""
    with translation.override("en"):
        yield

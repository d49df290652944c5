"""Areas and officers of the invented city."""

import pytest

from city import build_areas, build_officers


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    return build_officers("pelatihan", "pelatihan.mojokerto", "lapangan", "lapangan.dinoyo")

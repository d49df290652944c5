"""Areas of the invented city."""

import pytest

from city import build_areas


@pytest.fixture
def areas(db):
    return build_areas()

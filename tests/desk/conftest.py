"""The invented city once for a file of tests; each test leaves it as it was."""

import pytest
from django.db import transaction
from two_cities import build_corners

from city import build_areas, build_officers


@pytest.fixture(scope="module")
def standing_city(django_db_setup, django_db_blocker):
    """Areas and officers, in a transaction around all tests of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        areas = build_areas()
        build_officers()
        yield areas
        transaction.set_rollback(True)


@pytest.fixture
def city(standing_city, db):
    """The areas of the city, with officers of every role."""
    return standing_city


@pytest.fixture(scope="module")
def standing_corners(standing_city, django_db_blocker):
    """Everything that has a page, in two cities, inside the transaction of the standing city."""
    with django_db_blocker.unblock():
        return build_corners()


@pytest.fixture
def corners(standing_corners, db):
    """What is in the corners; each test walks them in a savepoint of its own."""
    return standing_corners

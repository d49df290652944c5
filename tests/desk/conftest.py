"""The invented city once for a file of tests; each test leaves it as it was."""

import pytest
from django.db import transaction

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

import pytest

import city
from jembol.accounts.choices import Role
from jembol.accounts.models import Duty

pytestmark = pytest.mark.django_db


def test_the_invented_city_has_an_officer_for_every_role():
    city.build_areas()

    city.build_officers()

    held = set(Duty.objects.inside(city.area(city.MALANG)).values_list("role", flat=True))
    assert held == set(Role.values)

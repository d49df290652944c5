"""One law of tenancy: rows within a reach are those whose area lies in an area of duty."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import city
from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.accounts.permissions import may
from jembol.accounts.rules import GRANTS, PERMISSIONS, roles_granted
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.places.models import Area, Venue

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)

# Codes near the edges of spans: first and last numbers, and the same number on another level.
CODES = [
    "", "35", "36", "35.73", "35.74", "35.76", "35.73.01", "35.73.05", "35.73.99",
    "35.73.05.1004", "35.73.05.1005", "35.73.05.9999", "35.73.05.1004.001", "35.73.05.1004.999",
    "35.73.05.1004.999.999", "35.73.05.1004.003", "35.73.05.1004.003.002",
    "35.73.05.1004.003.999", "35.76.01.1004", "35.76.01.1004.003", "35.76.01.1004.003.002",
]  # fmt: skip

duties = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(Role.values),
        st.integers(-3, 3),
        st.none() | st.integers(0, 3),
    ),
    max_size=5,
    unique_by=lambda duty: duty[:2],  # one role is held once in an area
)


def holds(outer, inner):
    """Whether one dotted code lies in another, told from the text alone."""
    return outer == "" or inner == outer or inner.startswith(f"{outer}.")


@pytest.fixture
def venues():
    """A venue in every area, so that rows stand on all levels."""
    codes = [AreaCode.parse(code) if code else AreaCode.nation() for code in CODES]
    Area.objects.bulk_create(
        Area(key=code.key, code=code.code, name=code.code, level=code.level, folded=code.code)
        for code in codes
    )
    Venue.objects.bulk_create(Venue(area_id=code.key, name="Balai", folded="b") for code in codes)
    return Officer.objects.create(username="uji", name="Uji", joined_at=city.NOW)


def hold(officer, wanted):
    """Give the officer these duties, straight into the table: starts and ends are random."""
    Duty.objects.filter(officer=officer).delete()
    for code, role, start, length in wanted:
        starts_on = TODAY + timedelta(days=start)
        ends_on = None if length is None else starts_on + timedelta(days=length)
        area = Area.objects.get(code=code)
        Duty.objects.create(
            officer=officer, role=role, area=area, starts_on=starts_on, ends_on=ends_on
        )
    return Officer.objects.get(pk=officer.pk)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=duties, permission=st.sampled_from(sorted(PERMISSIONS)))
def test_within_a_reach_is_containment_in_a_duty_in_force(venues, wanted, permission):
    officer = hold(venues, wanted)

    reach = officer.reach(permission, TODAY)

    held = {
        code
        for code, role, start, length in wanted
        if start <= 0
        and (length is None or start + length > 0)
        and permission in GRANTS[Role(role)]
    }
    expected = {code for code in CODES if any(holds(duty, code) for duty in held)}
    seen = Venue.objects.within(reach).values_list("area__code", flat=True)
    assert sorted(seen) == sorted(expected)
    assert set(Area.objects.within(reach).values_list("code", flat=True)) == expected
    for code in CODES:
        key = Area.objects.get(code=code).key
        assert may(officer, permission, area_key=key, on=TODAY) == (code in expected)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.sets(st.sampled_from(CODES), max_size=6), inside=st.sampled_from(CODES))
def test_a_filter_by_area_and_a_reach_meet_in_their_common_areas(venues, codes, inside):
    reach = Reach.of(AreaCode.parse(code).key if code else 0 for code in codes)
    chosen = Area.objects.get(code=inside)

    seen = Venue.objects.within(reach).inside(chosen).values_list("area__code", flat=True)

    assert set(seen) == {
        code for code in CODES if holds(inside, code) and any(holds(duty, code) for duty in codes)
    }


def test_nowhere_sees_nothing(venues):
    assert not Venue.objects.within(Reach.nowhere()).exists()
    assert not Area.objects.within(Reach.nowhere()).exists()


def test_a_deactivated_officer_reaches_nowhere(venues):
    officer = hold(venues, [("35.73", Role.TRAINING, -1, None)])
    officer.is_active = False

    assert officer.reach("registry.see", TODAY) == Reach.nowhere()


def test_a_permission_that_no_role_holds_is_a_mistake_of_the_program(venues):
    with pytest.raises(ValueError, match=r"'registry\.sea'"):
        venues.reach("registry.sea", TODAY)


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_each_permission_is_granted_by_the_table_alone(permission):
    assert set(roles_granted(permission)) == {role for role in Role if permission in GRANTS[role]}


def test_the_auditor_changes_nothing():
    changing = {"change", "run", "attend", "reveal"}

    assert not {name for name in GRANTS[Role.AUDITOR] if name.partition(".")[2] in changing}


def test_asking_for_reach_costs_one_query_for_all_permissions(venues, django_assert_num_queries):
    officer = hold(venues, [("35.73", Role.TRAINING, -1, None)])

    with django_assert_num_queries(1):
        for permission in sorted(PERMISSIONS):
            officer.reach(permission, TODAY)

"""People are found by what somebody types: words, numbers in any form, ids."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jembol.kit.ids import PublicId
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.registry.actions import EnterpriseDetails, add_enterprise
from jembol.registry.queries import search, search_enterprises

NIK = "3573054508859901"  # invented, with our own serial number


@pytest.fixture
def siti(ground):
    ground.enrol("Budi Santoso", phone="0857-1111-2222")
    return ground.enrol("Hj. Siti Nur'Aini Khadîjah, S.Pd.", phone="081234567890", nik=Nik(NIK))


@pytest.mark.parametrize(
    "text",
    [
        "siti",
        "SITI",
        "khadijah siti",
        "nuraini",
        "Nur'aini",
        "kha si",
        "Bu Siti",
        "hj siti",
        "Khadîjah",
        "0812 3456 7890",
        "+62812-3456-7890",
        "62-812-3456-7890",
        "812 3456 7890",
        "08123",
        "7890",
        "9901",
        NIK,
        "3573.0545.0885.9901",
        "3573••••••••9901",
    ],
)
def test_what_finds_her(ground, siti, text):
    assert search(text, ground.by.reach).get() == siti


@pytest.mark.parametrize(
    "text", ["sitti", "iti", "siti budi", "0813", "3573054508859902", "0", "\0", "%", "_", "'", "k"]
)
def test_what_finds_nobody(ground, siti, text):
    assert not search(text, ground.by.reach).exists()


def test_a_printed_id_finds_its_person_in_any_form(ground, siti):
    printed = str(PublicId.parse(siti.public_id))

    for text in (printed, printed.lower(), siti.public_id, f" {printed} "):
        assert search(text, ground.by.reach).get() == siti


def test_nobody_is_found_outside_the_reach(ground, siti):
    elsewhere = Reach.of([ground.miji.key])

    for text in ("siti", NIK, "081234567890", siti.public_id, "9901", ""):
        assert not search(text, elsewhere).exists()


def test_a_blank_box_shows_everybody_within_reach(ground, siti):
    assert search("  ", ground.by.reach).count() == 2


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(st.characters(categories=["L", "N", "Zs"]), min_size=3, max_size=60))
def test_every_stored_name_is_found_by_its_own_folded_name(ground, name):
    try:
        person = ground.enrol(name)
    except Exception:  # noqa: BLE001 - a refused name is another test's
        return

    if person.folded and not person.folded[0].isdigit():
        assert person in search(person.folded, ground.by.reach)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_search(ground, text):
    list(search(text, ground.by.reach)[:1])
    list(search_enterprises(text, ground.by.reach)[:1])


def test_enterprises_are_found_by_name_product_nib_and_id(ground, siti):
    details = EnterpriseDetails(
        name="Dapur Bu Siti", product="Keripik tempe", nib="9120001234567", area=ground.dinoyo
    )
    enterprise = add_enterprise(details=details, owners=[siti], by=ground.by)

    for text in ("dapur", "tempe keri", "bu siti", "9120 0012 34567", enterprise.public_id):
        assert search_enterprises(text, ground.by.reach).get() == enterprise
    for text in ("onde", "9120001234568"):
        assert not search_enterprises(text, ground.by.reach).exists()
    assert not search_enterprises("dapur", Reach.of([ground.miji.key])).exists()

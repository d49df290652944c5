"""Enterprises that may be one: the same NIB, or a name with something else in common."""

import pytest

from jembol.registry.actions import EnterpriseDetails, add_enterprise
from jembol.registry.actions.merging import judge_enterprises, merge_enterprises
from jembol.registry.linking_enterprises import CROWD, search_enterprises


def shop(ground, name, *owners, **more):
    details = EnterpriseDetails(name=name, area=ground.dinoyo, **more)
    return add_enterprise(details=details, owners=list(owners), by=ground.by)


def found(ground):
    return {
        (one.low, one.high): one.probability
        for one in search_enterprises(ground.malang, ask_above=0.5)
    }


def test_one_nib_under_two_names_is_asked_about(ground):
    one = shop(ground, "Keripik Bu Siti", nib="1234567890123")
    other = shop(ground, "Sumber Rejeki", nib="1234567890123")

    assert found(ground)[one.pk, other.pk] > 0.95


@pytest.mark.parametrize("common", ["phone", "owner"])
def test_one_name_with_an_owner_or_a_phone_in_common_is_asked_about(ground, common):
    siti = ground.enrol()
    owners = [siti] if common == "owner" else []
    more = {"phone": "081355512345"} if common == "phone" else {}
    one, other = (shop(ground, "Keripik Bu Siti", *owners, **more) for _turn in range(2))

    assert (one.pk, other.pk) in found(ground)


def test_several_enterprises_of_one_person_are_several(ground):
    siti = ground.enrol()
    for name in ("Keripik", "Warung"):
        shop(ground, name, siti, phone="081355512345")

    assert found(ground) == {}


def test_a_name_alone_says_too_little(ground):
    shop(ground, "Sumber Rejeki")
    shop(ground, "Sumber Rejeki")

    assert found(ground) == {}


def test_a_mark_that_very_many_share_says_nothing(ground):
    siti = ground.enrol()
    for _turn in range(CROWD + 1):
        shop(ground, "Warung", siti)

    assert found(ground) == {}


def test_what_was_answered_or_is_one_is_not_asked_again(ground):
    first, second = (shop(ground, f"Kedai {turn}", nib="1234567890123") for turn in range(2))
    judge_enterprises(one=first, other=second, answer="different", by=ground.by)
    third, fourth = (shop(ground, f"Toko {turn}", nib="9876543210123") for turn in range(2))
    merge_enterprises(survivor=third, absorbed=fourth, by=ground.by)

    assert found(ground) == {}

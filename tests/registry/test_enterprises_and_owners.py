"""An enterprise belongs to people over time; several of one person are several."""

from datetime import date

import pytest

from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.registry import errors
from jembol.registry.actions import (
    EnterpriseDetails,
    add_enterprise,
    add_enterprises,
    change_enterprise,
    pass_on,
    remove_enterprise,
)
from jembol.registry.models import Enterprise, Ownership, Person
from jembol.registry.queries import enterprise_page, person_page

SINCE, ON = date(2024, 1, 1), date(2026, 3, 1)


def add(ground, *owners, name="Kue Siti", since=None, **details):
    told = EnterpriseDetails(name=name, area=ground.dinoyo, **details)
    return add_enterprise(details=told, owners=owners, since=since, by=ground.by)


def test_several_enterprises_of_one_person_stay_several(ground):
    siti = ground.enrol("Siti")

    rows = [(EnterpriseDetails(name="Kue Siti", area=ground.dinoyo), [siti])] * 2
    one, other = add_enterprises(rows, by=ground.by)

    assert one.public_id != other.public_id
    assert siti.enterprises.count() == 2


def test_passing_on_keeps_the_history(ground):
    siti, dewi = ground.enrol("Siti"), ground.enrol("Dewi")
    enterprise = add(ground, siti, since=SINCE)

    pass_on(enterprise=enterprise, from_=siti, to=dewi, on=ON, by=ground.by, why="Warisan")

    page = enterprise_page(enterprise, reach=ground.by.reach, on=ON)
    assert [row.name for row in page.owners_now] == ["Dewi"]
    assert [(row.name, row.starts_on, row.ends_on) for row in page.owners_past] == [
        ("Siti", SINCE, ON)
    ]
    day_before = date(2026, 2, 28)
    assert Person.objects.having_business(day_before).get() == siti
    assert Person.objects.having_business(ON).get() == dewi
    assert person_page(siti, reach=ground.by.reach, on=ON).enterprises_past[0].name == "Kue Siti"


def test_only_an_owner_passes_on_and_only_to_somebody_else(ground):
    siti, dewi = ground.enrol("Siti"), ground.enrol("Dewi")
    enterprise = add(ground, siti, since=SINCE)

    with pytest.raises(errors.NotTheOwner):
        pass_on(enterprise=enterprise, from_=dewi, to=ground.enrol("Tono"), on=ON, by=ground.by)
    with pytest.raises(errors.AlreadyOwner):
        pass_on(enterprise=enterprise, from_=siti, to=siti, on=ON, by=ground.by)
    with pytest.raises(errors.EndsTooEarly):
        pass_on(enterprise=enterprise, from_=siti, to=dewi, on=SINCE, by=ground.by)
    with pytest.raises(errors.DayInFuture):
        pass_on(enterprise=enterprise, from_=siti, to=dewi, on=date(2027, 1, 1), by=ground.by)
    assert Ownership.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("details", "refusal", "field"),
    [
        ({"kbli": "10710"}, errors.KbliWithoutEdition, "kbli_edition"),
        ({"kbli_edition": "2025"}, errors.KbliWithoutEdition, "kbli"),
        ({"kbli": "1", "kbli_edition": "2020"}, errors.KbliUnreadable, "kbli"),
        ({"kbli": "C1071", "kbli_edition": "2020"}, errors.KbliUnreadable, "kbli"),
        ({"nib": "912000123456"}, errors.NibUnreadable, "nib"),
        ({"status": ""}, errors.ChoiceUnknown, "status"),
        ({"name": " "}, errors.ValueMissing, "name"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field(ground, details, refusal, field):
    with pytest.raises(refusal) as told:
        add(ground, **details)

    assert told.value.field == field
    assert not Enterprise.objects.exists()


def test_a_kbli_code_is_compared_with_the_stored_edition(ground):
    enterprise = add(ground, kbli="10710", kbli_edition="2020")

    changed = change_enterprise(enterprise=enterprise, changes={"kbli": "10720"}, by=ground.by)

    assert (changed.kbli, changed.kbli_edition, changed.version) == ("10720", "2020", 2)
    with pytest.raises(errors.KbliWithoutEdition):
        change_enterprise(enterprise=enterprise, changes={"kbli": ""}, by=ground.by)


def test_nothing_differs_nothing_changes_and_a_stale_form_is_refused(ground):
    enterprise = add(ground, product="kue", nib="9120001234567")
    same = {"product": " kue ", "nib": "9120.0012.34567", "area": ground.dinoyo}

    assert change_enterprise(enterprise=enterprise, changes=same, by=ground.by).version == 1
    assert not Fact.objects.filter(event="registry.enterprise.changed").exists()
    change_enterprise(enterprise=enterprise, changes={"product": "roti"}, by=ground.by)
    with pytest.raises(errors.ChangedMeanwhile) as told:
        change_enterprise(
            enterprise=enterprise, changes={"product": "donat"}, by=ground.by, version=1
        )
    assert told.value.params["theirs"] == {"product": "roti"}


def test_nobody_gives_an_enterprise_to_a_person_outside_their_areas(ground):
    outside = ground.enrol("Tono", area=ground.miji)

    with pytest.raises(OutOfReach):
        add_enterprise(
            details=EnterpriseDetails(name="Kue", area=ground.dinoyo),
            owners=[outside],
            by=ground.within(ground.malang),
        )


def test_an_owner_outside_the_reach_is_not_shown(ground):
    siti, tono = ground.enrol("Siti"), ground.enrol("Tono", area=ground.miji)
    enterprise = add(ground, siti, tono)
    in_malang = ground.within(ground.malang).reach

    page = enterprise_page(enterprise, reach=in_malang, on=ON)

    assert [row.name for row in page.owners_now] == ["Siti"]
    assert not person_page(tono, reach=ground.within(ground.miji).reach, on=ON).enterprises_now


def test_a_removed_enterprise_frees_its_owner(ground):
    siti = ground.enrol("Siti")
    enterprise = add(ground, siti)

    remove_enterprise(enterprise=enterprise, by=ground.by, why="Impor dibatalkan")

    assert not Enterprise.objects.exists()
    assert not siti.ownerships.exists()

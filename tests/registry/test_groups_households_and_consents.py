"""Memberships have periods, a household is shared, and a yes can be proven and taken back."""

from datetime import date

import pytest

from jembol.journal.models import Fact
from jembol.kit.nik import Kk
from jembol.registry import errors
from jembol.registry.actions import (
    form_group,
    form_household,
    give_consent,
    join,
    leave,
    move_in,
    move_out,
    publish_consent_text,
    remove_group,
    remove_person,
    reveal_kk,
    withdraw_consent,
)
from jembol.registry.models import Household, Person
from jembol.registry.queries import consents_of, group_page, person_page

JOINED, LEFT = date(2026, 3, 1), date(2026, 6, 1)
KK = "3573050101209902"  # invented, with our own serial number


def test_who_left_is_a_past_member_from_that_day(ground):
    siti, budi = ground.enrol("Siti"), ground.enrol("Budi")
    group = form_group(name="Melati", area=ground.dinoyo, by=ground.by)
    join(group=group, person=siti, on=JOINED, is_head=True, by=ground.by)
    join(group=group, person=budi, by=ground.by)

    leave(group=group, person=budi, on=LEFT, by=ground.by, why="Pindah")
    page = group_page(group, reach=ground.by.reach, on=LEFT)

    assert [(row.name, row.is_head) for row in page.members_now] == [("Siti", True)]
    assert [(row.name, row.ends_on) for row in page.members_past] == [("Budi", LEFT)]
    assert person_page(budi, reach=ground.by.reach, on=LEFT).groups_past[0].name == "Melati"


def test_membership_is_once_at_a_time_and_can_come_again(ground):
    siti = ground.enrol("Siti")
    group = form_group(name="Melati", area=ground.dinoyo, by=ground.by)
    join(group=group, person=siti, on=JOINED, by=ground.by)

    with pytest.raises(errors.AlreadyMember):
        join(group=group, person=siti, by=ground.by)
    with pytest.raises(errors.EndsTooEarly):
        leave(group=group, person=siti, on=date(2026, 2, 1), by=ground.by)
    leave(group=group, person=siti, on=LEFT, by=ground.by)
    with pytest.raises(errors.NotAMember):
        leave(group=group, person=siti, on=LEFT, by=ground.by)
    join(group=group, person=siti, on=LEFT, by=ground.by)

    assert siti.memberships.count() == 2
    with pytest.raises(errors.StillInUse):
        remove_group(group=group, by=ground.by, why="dobel")


def test_a_household_shows_the_others_within_reach(ground):
    siti, budi = ground.enrol("Siti"), ground.enrol("Budi")
    far = ground.enrol("Tono", area=ground.miji)
    household = form_household(
        area=ground.dinoyo, kk=Kk(KK), members=[siti, budi, far], by=ground.by
    )

    page = person_page(
        Person.objects.get(pk=siti.pk), reach=ground.within(ground.malang).reach, on=LEFT
    )

    assert page.household == household
    assert [row.name for row in page.household_members] == ["Budi"]
    assert reveal_kk(household=household, by=ground.by, why="Cocokkan kartu") == KK


def test_moving_between_households_is_told_and_refused_when_nothing_moves(ground):
    siti = ground.enrol("Siti", kk=Kk(KK))
    other = form_household(area=ground.dinoyo, by=ground.by)

    move_in(household=other, person=siti, by=ground.by)
    with pytest.raises(errors.AlreadyInHousehold):
        move_in(household=other, person=siti, by=ground.by)
    move_out(person=siti, by=ground.by)
    with pytest.raises(errors.NotInHousehold):
        move_out(person=siti, by=ground.by)

    joined = Fact.objects.get(event="registry.household.joined")
    assert joined.details["household"] == [siti.household.public_id, other.public_id]


def test_who_hangs_on_nothing_can_be_removed_with_their_empty_household(ground):
    siti = ground.enrol("Siti", kk=Kk(KK), phone="081234567890")

    remove_person(person=siti, by=ground.by, why="Impor dibatalkan")

    assert not Person.objects.exists()
    assert not Household.objects.exists()
    assert Fact.objects.get(event="registry.person.removed").person_id == siti.pk


def test_who_is_in_a_group_is_not_removed(ground):
    siti = ground.enrol("Siti")
    group = form_group(name="Melati", area=ground.dinoyo, by=ground.by)
    join(group=group, person=siti, by=ground.by)

    with pytest.raises(errors.StillInUse):
        remove_person(person=siti, by=ground.by, why="dobel")

    assert Person.objects.get() == siti


def text_of(ground, purpose, version=1, body="Boleh?"):
    return publish_consent_text(
        purpose=purpose, version=version, body=body, on=JOINED, by=ground.by
    )


def test_a_yes_is_withdrawn_for_its_purpose_alone(ground):
    siti = ground.enrol("Siti")
    for purpose in ("contact", "photo"):
        text = text_of(ground, purpose)
        give_consent(person=siti, text=text, channel="paper", witness="Bu RT", by=ground.by)

    withdraw_consent(person=siti, purpose="contact", channel="public", by=ground.by)

    stands = {row.purpose: row.stands for row in consents_of(siti)}
    assert stands == {"contact": False, "photo": True}
    assert not person_page(siti, reach=ground.by.reach, on=LEFT).may_be_contacted
    assert not Person.objects.consenting_to("contact").exists()
    assert Person.objects.consenting_to("photo").get() == siti
    with pytest.raises(errors.NothingToWithdraw):
        withdraw_consent(person=siti, purpose="contact", channel="desk", by=ground.by)


def test_a_yes_can_be_proven(ground):
    siti, text = ground.enrol("Siti"), text_of(ground, "contact")
    give_consent(person=siti, text=text, channel="field", witness="Bu RT", by=ground.by)
    text_of(ground, "contact", version=2, body="Boleh kami hubungi lewat WA?")

    (row,) = consents_of(siti)
    assert (row.version, row.channel, row.witness) == (1, "field", "Bu RT")
    assert row.given_at == ground.by.at
    assert row.stands
    assert not row.is_latest_text
    with pytest.raises(errors.AlreadyConsented):
        give_consent(person=siti, text=text, channel="desk", by=ground.by)


def test_published_words_never_change(ground):
    text = text_of(ground, "photo", body="Boleh  difoto?\n\nTerima kasih.")

    assert text_of(ground, "photo", body="Boleh difoto?\n\nTerima kasih. ") == text
    with pytest.raises(errors.ConsentTextTaken):
        text_of(ground, "photo", body="Boleh difoto dan ditayangkan?")
    assert text.body == "Boleh difoto?\n\nTerima kasih."

"""Keys that follow one another, cards that are issued and revoked, each told to the journal."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from city import NOW, build_areas, build_officers, system
from city import by as acting
from jembol.cards import actions, errors
from jembol.cards.models import Card, SigningKey
from jembol.cards.queries import all_keys, card_of, cards_of, public_keys, revoked_of
from jembol.cards.signing import signer_on
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.signed_code import Fault, Kind, verify
from jembol.registry import actions as registry
from training.classroom import enrol

TODAY = NOW.date()


@pytest.fixture
def person(db):
    (found,) = enrol(build_areas().dinoyo)
    return found


def code_on(day, person, serial="C00000000R"):
    actions.ensure_key(by=system(NOW))
    serial = Card.objects.first().serial if Card.objects.exists() else serial
    return signer_on(day).code(
        Kind.CARD, serial, person, valid_from=day, valid_until=day + timedelta(days=1000)
    )


def test_the_first_code_makes_the_key_and_its_private_part_is_sealed(person):
    actions.issue_card(person=person, by=system())

    key = SigningKey.objects.get()
    private = signer_on(TODAY).private
    assert set(public_keys(TODAY)) == {key.key_id}
    assert private not in bytes(key.private_sealed)
    assert private.hex() not in str(Fact.objects.values_list("details", flat=True))


def test_a_new_key_signs_while_the_former_one_still_proves(person):
    actions.issue_card(person=person, by=system())
    old = code_on(TODAY, person)
    later = NOW + timedelta(days=200)
    actions.rotate_keys(by=system(later))

    new = code_on(later.date(), person)

    keys = public_keys(later.date())
    assert len(keys) == 2
    assert verify(old, keys, on=later.date()).holds
    assert verify(new, keys, on=later.date()).holds
    assert verify(old, keys, on=later.date()).code.key_id != signer_on(later.date()).key_id


def test_a_key_that_has_signed_for_a_year_is_followed_by_another_by_itself(person):
    first = actions.ensure_key(by=system())

    second = actions.ensure_key(by=system(NOW + timedelta(days=366)))

    assert first.key_id != second.key_id
    assert actions.ensure_key(by=system(NOW + timedelta(days=367))) == second


def test_a_stolen_key_proves_nothing_any_more(person):
    actions.issue_card(person=person, by=system())
    code = code_on(TODAY, person)
    name = signer_on(TODAY).key_id

    actions.distrust_key(name=name, why="dicuri", by=system())

    assert verify(code, all_keys(), on=TODAY).fault is Fault.KEY_EXPIRED
    assert public_keys(TODAY) == {}
    with pytest.raises(errors.UnknownKey):
        actions.distrust_key(name="00000000", why="x", by=system())


def test_nobody_holds_two_cards_and_a_lost_one_is_replaced(person):
    lost = actions.issue_card(person=person, by=system())
    with pytest.raises(errors.CardStands, match="Revoke it first"):
        actions.issue_card(person=person, by=system())

    actions.revoke_card(card=lost, why="hilang", by=system())
    fresh = actions.issue_card(person=person, by=system())

    assert card_of(person) == fresh
    assert cards_of([person.pk]) == {person.pk: fresh.serial}
    assert revoked_of([person.pk]) == [lost.serial]
    assert [fact.event for fact in Fact.objects.filter(about_kind="cards.card").order_by("pk")] == [
        "cards.card.issued", "cards.card.revoked", "cards.card.issued",
    ]  # fmt: skip
    with pytest.raises(errors.CardRevokedBefore):
        actions.revoke_card(card=lost, why="lagi", by=system())


def test_a_merged_person_holds_the_card_of_either_entry(person):
    actions.issue_card(person=person, by=system())
    (other,) = enrol(person.area, prefix="Sama")
    registry.merge(survivor=other, absorbed=person, by=system(), why="kembar")
    other.refresh_from_db()

    assert card_of(other) is not None
    with pytest.raises(errors.CardStands):
        actions.issue_card(person=other, by=system())


def test_two_desks_at_once_cannot_both_give_the_next_card(person):
    card = actions.issue_card(person=person, by=system())

    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(
            person=person, number=card.number, serial="C11111111X", issued_at=timezone.now()
        )


def test_cards_are_bounded_by_the_area_of_duty(person):
    officers = build_officers("lapangan.purwantoro", "lapangan.dinoyo")
    card = actions.issue_card(
        person=person, by=acting(officers["lapangan.dinoyo"], "registry.change")
    )
    stranger = acting(officers["lapangan.purwantoro"], "registry.change")

    with pytest.raises(OutOfReach):
        actions.revoke_card(card=card, why="x", by=stranger)
    with pytest.raises(OutOfReach):
        actions.issue_card(person=person, by=stranger)


def test_the_command_lists_changes_and_distrusts_keys(person, capsys):
    actions.ensure_key(by=system(timezone.now()))
    first = SigningKey.objects.get().key_id

    call_command("keys", rotate=True)
    call_command("keys", distrust=first, why="laptop hilang")

    told = capsys.readouterr().out
    assert told.count(first) == 2
    assert Fact.objects.filter(event="cards.key.distrusted").get().why == "laptop hilang"
    with pytest.raises(CommandError, match="--why"):
        call_command("keys", distrust=first)
    with pytest.raises(CommandError, match="There is no key"):
        call_command("keys", distrust="00000000", why="x")

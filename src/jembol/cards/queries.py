"""Keys that prove, cards that stand, serials that were revoked."""

from collections.abc import Collection
from datetime import date

from jembol.cards.models import Card, CardRevocation, SigningKey, SigningKeyQuerySet
from jembol.kit.signed_code import PublicKey
from jembol.registry.models import Person
from jembol.registry.queries.identity import members_of


def public_keys(on: date) -> dict[str, PublicKey]:
    """Return the keys that may prove a code on this day, by their id."""
    return _by_id(SigningKey.objects.proving(on))


def all_keys() -> dict[str, PublicKey]:
    """Return every key that ever signed, by its id, so that an old one is told from a forged."""
    return _by_id(SigningKey.objects.all())


def card_of(person: Person) -> Card | None:
    """Return the card that the person holds, under whichever of their ids."""
    standing = Card.objects.standing().filter(person__in=members_of(person))
    return standing.order_by("-issued_at", "-pk").first()


def cards_of(people: Collection[int]) -> dict[int, str]:
    """Return the serial of the card that each of these people holds."""
    rows = Card.objects.standing().filter(person__in=people).order_by("number")
    return dict(rows.values_list("person_id", "serial"))


def revoked_of(people: Collection[int]) -> list[str]:
    """Return the serials of these people's cards that were revoked."""
    rows = CardRevocation.objects.filter(card__person__in=people)
    return list(rows.order_by("card__serial").values_list("card__serial", flat=True))


def _by_id(keys: SigningKeyQuerySet) -> dict[str, PublicKey]:
    return {
        key.key_id: PublicKey(bytes(key.public), key.valid_from, key.valid_until)
        for key in keys.order_by("valid_from", "pk")
    }

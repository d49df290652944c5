"""Signing keys, cards, and the end of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from jembol.registry.models import Person

if TYPE_CHECKING:
    from datetime import date


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    """Signing keys."""

    def proving(self, on: date) -> Self:
        """Keep those by which a code may be proved on this day."""
        return self.filter(valid_from__lte=on, valid_until__gte=on)

    def signing(self, on: date) -> Self:
        """Keep those that may sign on this day."""
        return self.proving(on).filter(signs_until__gte=on)


class SigningKey(models.Model):
    """A pair of Ed25519 keys; the private one is sealed.

    It signs until one day, and proves what it signed until a later one, so that an old card works
    while the next key signs already. All days are inclusive.
    """

    key_id = models.CharField(max_length=8, unique=True)
    public = models.BinaryField(max_length=32)
    private_sealed = models.BinaryField()
    valid_from = models.DateField()
    signs_until = models.DateField()
    valid_until = models.DateField()
    created_at = models.DateTimeField()

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="signing_key_proves_as_long_as_it_signs",
                condition=Q(valid_until__gte=F("signs_until")),
            ),
        )

    class Privacy:
        public = frozenset(
            {"id", "key_id", "public", "valid_from", "signs_until", "valid_until", "created_at"}
        )
        internal = frozenset({"private_sealed"})

    def __str__(self) -> str:
        return f"key {self.key_id}"


class CardQuerySet(models.QuerySet["Card"]):
    """Cards."""

    def standing(self) -> Self:
        """Keep those that were not revoked."""
        return self.filter(revocation__isnull=True)


class Card(models.Model):
    """A card handed to a person; `number` counts the cards that the person had."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cards")
    number = models.PositiveSmallIntegerField()
    serial = models.CharField(max_length=20, unique=True)
    officer_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = (
            # Two desks at once cannot both give the next card.
            models.UniqueConstraint(fields=["person", "number"], name="card_number_once"),
        )

    class Privacy:
        official = frozenset({"id", "person", "number", "serial", "issued_at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return self.serial


class CardRevocation(models.Model):
    """The end of a card, with the reason."""

    card = models.OneToOneField(Card, models.PROTECT, related_name="revocation")
    officer_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "card", "why", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"revocation of {self.card_id}"

"""Who wants a seat in a class with a published rule, whose turn it is, and who got in otherwise."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from jembol.registry.models import Group, Person
from jembol.training.choices import Door, EntryState, OfferState, OverrideKind
from jembol.training.models.classes import Class, Registration


class WaitingQuerySet(models.QuerySet["WaitingEntry"]):
    """Entries in the lists of classes."""

    def waiting(self) -> Self:
        """Keep those who have no seat and want one."""
        return self.filter(state=EntryState.WAITING)

    def in_line(self) -> Self:
        """Put them in the order of the published rule: by place, then by the server's time."""
        return self.order_by(F("place").asc(nulls_last=True), "at", "pk")


class WaitingEntry(models.Model):
    """A person or a group who wants a seat, from asking until they have one or leave.

    `place` is given by the draw; without one the server's time decides. `pseudonym` is what
    published lists call them, and `token_digest` knows the secret link to their own page again.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="class_entries")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="class_entries")
    size = models.PositiveSmallIntegerField(default=1)
    door = models.CharField(max_length=10, choices=Door.choices)
    at = models.DateTimeField()
    place = models.PositiveIntegerField(null=True)
    pseudonym = models.CharField(max_length=12)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=EntryState.choices, default=EntryState.WAITING)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")

    objects = WaitingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["training_class", "state", "place"], name="entry_in_line"),)
        constraints = (
            models.CheckConstraint(
                name="entry_is_of_a_person_or_a_group",
                condition=Q(person__isnull=False, group__isnull=True, size=1)
                | Q(person__isnull=True, group__isnull=False, size__gte=1),
            ),
            models.UniqueConstraint(
                fields=["training_class", "person"],
                condition=Q(state="waiting"),
                name="entry_waits_once_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["training_class", "group"],
                condition=Q(state="waiting"),
                name="entry_waits_once_for_a_group",
            ),
            models.UniqueConstraint(
                fields=["training_class", "pseudonym"], name="entry_pseudonym_once"
            ),
            models.UniqueConstraint(fields=["training_class", "place"], name="entry_place_once"),
            models.CheckConstraint(
                name="entry_that_waits_has_not_ended",
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
            ),
        )

    class Privacy:
        public = frozenset({"pseudonym", "place", "size"})
        official = frozenset(
            {
                "id", "training_class", "person", "group", "door", "at", "state", "ended_at", "why",
            }
        )  # fmt: skip
        internal = frozenset({"token_digest"})

    def __str__(self) -> str:
        return f"entry {self.pseudonym} of {self.training_class_id}"


class EntryMember(models.Model):
    """One person of a group that comes together or not at all."""

    entry = models.ForeignKey(WaitingEntry, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "person"], name="entry_member_once"),
        )

    class Privacy:
        official = frozenset({"id", "entry", "person"})

    def __str__(self) -> str:
        return f"{self.person_id} in entry {self.entry_id}"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers of seats."""

    def live(self) -> Self:
        """Keep those that can still be accepted."""
        return self.filter(state=OfferState.OFFERED)


class Offer(models.Model):
    """A freed seat that is kept for whose turn it is, until it is answered or runs out."""

    entry = models.ForeignKey(WaitingEntry, models.PROTECT, related_name="offers")
    training_class = models.ForeignKey(Class, models.PROTECT, related_name="offers")
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.OFFERED)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["training_class", "state"], name="offer_by_class"),)
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="offered"), name="offer_live_once_for_an_entry"
            ),
            models.CheckConstraint(
                name="offer_is_answered_when_it_has_ended",
                condition=Q(state="offered", answered_at__isnull=True)
                | (~Q(state="offered") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="offer_expires_after_it_is_made", condition=Q(expires_at__gt=F("offered_at"))
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "entry", "training_class", "state", "offered_at", "expires_at", "answered_at"}
        )

    def __str__(self) -> str:
        return f"offer {self.pk} to {self.entry_id}"


class HeldSeat(models.Model):
    """One free seat that a live offer keeps; the row goes when the offer ends.

    Free seats are numbered from one, and a number is kept once: two promotions that both see the
    same freed seat cannot both offer it, whatever else fails.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="held_seats")
    number = models.PositiveIntegerField()
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="held_seats")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "number"], name="seat_held_for_one_offer"
            ),
            models.CheckConstraint(name="held_seat_has_a_number", condition=Q(number__gte=1)),
        )

    class Privacy:
        official = frozenset({"id", "training_class", "number", "offer"})

    def __str__(self) -> str:
        return f"free seat {self.number} of {self.training_class_id}"


class Override(models.Model):
    """Somebody got a seat otherwise than by the published rule: who, how, why, and by whom."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="overrides")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, related_name="overrides"
    )
    kind = models.CharField(max_length=12, choices=OverrideKind.choices)
    passed_over = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=300)
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["-at", "-id"], name="override_newest_first"),)
        constraints = (models.CheckConstraint(name="override_has_a_reason", condition=~Q(why="")),)

    class Privacy:
        official = frozenset(
            {
                "id", "training_class", "person", "registration", "kind", "passed_over", "why",
                "officer_name", "at",
            }
        )  # fmt: skip
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"override {self.pk} in {self.training_class_id}"

"""What envelopes made, and each field that somebody changed on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from jembol.journal.canonical import CanonicalJSONField
from jembol.sync.choices import Fate
from jembol.sync.models.envelopes import Device

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


class Made(models.Model):
    """A row that an envelope made or recognised, so that others can speak of it by the envelope.

    `envelope` is no foreign key: it is written before the envelope, in the same transaction.
    """

    envelope = models.CharField(max_length=26)
    kind = models.CharField(max_length=40)
    key = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["envelope", "kind"], name="made_once_by_an_envelope"),
        )

    class Privacy:
        official = frozenset({"id", "envelope", "kind", "key"})

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.envelope}"


class EditQuerySet(models.QuerySet["Edit"]):
    """Changed fields."""

    def apart(self) -> Self:
        """Keep those that wait for somebody to decide."""
        return self.filter(fate=Fate.APART)

    def within(self, reach: Reach) -> Self:
        """Keep those about a row in the reach."""
        spans = Q(pk__in=())
        for low, high in reach.spans:
            spans |= Q(area_key__gte=low, area_key__lt=high)
        return self.filter(spans)


class Edit(models.Model):
    """One field that somebody changed on a phone: what they saw and wrote, what became of it.

    `at` is when it was written, as far as that can be known. `stood` is what the field held when
    the edit was kept apart. `version` is the version of the row that took the edit over, if the row
    changed. A number that must not be readable stands masked in `new`, whole in the envelope;
    `new_digest` is its keyed digest, because two numbers may show the same.
    """

    envelope = models.CharField(max_length=26)
    about_kind = models.CharField(max_length=40)
    about_key = models.BigIntegerField()
    field = models.CharField(max_length=40)
    was = CanonicalJSONField(null=True)
    new = CanonicalJSONField(null=True)
    new_digest = models.CharField(max_length=64, blank=True, default="")
    stood = CanonicalJSONField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    officer_id = models.BigIntegerField(null=True)
    area_key = models.BigIntegerField()
    fate = models.CharField(max_length=8, choices=Fate.choices)
    version = models.PositiveIntegerField(null=True)

    objects = EditQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["about_kind", "about_key", "field"], name="edit_of_a_field"),
            models.Index(
                fields=["area_key", "-received_at"],
                name="edit_kept_apart",
                condition=Q(fate="apart"),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["envelope", "about_kind", "about_key", "field"],
                name="edit_once_of_an_envelope",
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "envelope", "about_kind", "about_key", "field", "was", "new", "stood", "at",
                "received_at", "device", "seq", "officer_id", "area_key", "fate", "version",
            }
        )  # fmt: skip
        internal = frozenset({"new_digest"})

    def __str__(self) -> str:
        return f"{self.field} of {self.about_kind} {self.about_key}"


class EditSettlement(models.Model):
    """What a supervisor decided of an edit that was kept apart; once for ever."""

    edit = models.OneToOneField(Edit, models.PROTECT, related_name="settlement")
    is_taken = models.BooleanField()
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "edit", "is_taken", "officer_id", "officer_label", "at"})

    def __str__(self) -> str:
        return f"settlement of edit {self.edit_id}"

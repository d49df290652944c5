"""Devices, envelopes, and second contents under one id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from jembol.journal.canonical import CanonicalJSONField
from jembol.sync.choices import Proof, State

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


class Device(models.Model):
    """One browser on one phone; its id is made there, once.

    `wipe_asked_at` is since when an order stands to destroy what it carries, `wiped_at` when it
    said that it had. What it has written and not sent is never destroyed.
    """

    id = models.CharField(primary_key=True, max_length=26)
    label = models.CharField(max_length=60)
    officer_id = models.BigIntegerField(null=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    wipe_asked_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    class Privacy:
        official = frozenset(
            {
                "id", "label", "officer_id", "first_seen_at", "last_seen_at", "wipe_asked_at",
                "wiped_at",
            }
        )  # fmt: skip

    @property
    def must_wipe(self) -> bool:
        """Whether it must destroy what it carries, and may fetch nothing anew."""
        return self.wipe_asked_at is not None

    def __str__(self) -> str:
        return f"{self.label} ({self.id})"


class DeviceKey(models.Model):
    """The public half of a key with which a phone signs for one officer.

    It was taken at first sight, from that officer signed in; the private half never leaves the
    phone. A phone whose browser forgot its key makes another one, which is a row of its own.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="keys")
    officer_id = models.BigIntegerField()
    public = models.CharField(max_length=100)
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["device", "officer_id", "public"], name="device_key_noted_once"
            ),
        )

    class Privacy:
        official = frozenset({"id", "device", "officer_id", "public", "first_seen_at"})

    def __str__(self) -> str:
        return f"key of officer {self.officer_id} on {self.device_id}"


class SignedRow(models.Model):
    """What a phone signed: the exact text (sealed), the signature, and the key that it told.

    `proof` is what the signature proved when it came.
    """

    proof = models.CharField(max_length=8, choices=Proof.choices, default=Proof.UNSIGNED)
    signed_sealed = models.BinaryField(null=True)
    signature = models.CharField(max_length=100, blank=True, default="")
    public_key = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        abstract = True


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    """Envelopes."""

    def set_aside(self) -> Self:
        """Keep those that wait for somebody's word."""
        return self.filter(state__in=(State.QUARANTINED, State.PARKED), kept_apart_at=None)

    def held(self) -> Self:
        """Keep those that wait for another envelope."""
        return self.filter(state=State.HELD)

    def waiting(self) -> Self:
        """Keep those that act when another one does: held, or set aside after a long wait."""
        in_vain = Q(state=State.PARKED, kept_apart_at=None) & ~Q(held_for="")
        return self.filter(Q(state=State.HELD) | in_vain)

    def within(self, reach: Reach) -> Self:
        """Keep those about an area in the reach."""
        spans = Q(pk__in=())
        for low, high in reach.spans:
            spans |= Q(area_key__gte=low, area_key__lt=high)
        return self.filter(spans)


class Envelope(SignedRow):
    """One thing written on a device, and what became of it.

    `officer_id` wrote it and `sender_id` was signed in when it was sent; on a shared phone these
    may be two. `device_at` is what the phone's clock said, `corrected_at` when it really was,
    `skew_s` by how much the first is ahead of the second. `held_for` names the envelope that it
    waits for. `kept_apart_at` is when somebody decided that it shall not act.
    """

    id = models.CharField(primary_key=True, max_length=26)
    kind = models.CharField(max_length=60)
    device = models.ForeignKey(Device, models.PROTECT, related_name="envelopes")
    seq = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    body = CanonicalJSONField(null=True)
    body_sealed = models.BinaryField(null=True)
    device_at = models.DateTimeField(null=True)
    mono_ms = models.FloatField(null=True)
    boot = models.CharField(max_length=60, blank=True, default="")
    received_at = models.DateTimeField()
    corrected_at = models.DateTimeField()
    skew_s = models.FloatField(default=0)
    officer_id = models.BigIntegerField(null=True)
    sender_id = models.BigIntegerField(null=True)
    area_key = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices)
    code = models.CharField(max_length=60, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    held_for = models.CharField(max_length=26, blank=True, default="")
    result = CanonicalJSONField(default=dict)
    kept_apart_at = models.DateTimeField(null=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["device", "seq"], name="envelope_by_device"),
            models.Index(
                fields=["state", "received_at"],
                name="envelope_not_settled",
                condition=~Q(state__in=("accepted", "refused")),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="envelope_body_is_plain_or_sealed",
                condition=Q(body__isnull=False, body_sealed__isnull=True)
                | Q(body__isnull=True, body_sealed__isnull=False),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "kind", "device", "seq", "body", "device_at", "mono_ms", "boot",
                "received_at", "corrected_at", "skew_s", "officer_id", "sender_id", "area_key",
                "state", "code", "words", "held_for", "result", "kept_apart_at", "proof",
                "signature", "public_key",
            }
        )  # fmt: skip
        specific = frozenset({"body_sealed", "signed_sealed"})
        internal = frozenset({"fingerprint"})

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Conflict(SignedRow):
    """A second content that came under an id that was taken: kept beside the first.

    Who wrote it, when, and where it is about may differ from the first, too. A supervisor settles
    it: the first stands alone, or the second acts too, as the envelope `became`.
    """

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="conflicts")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    body = CanonicalJSONField(null=True)
    body_sealed = models.BinaryField(null=True)
    officer_id = models.BigIntegerField(null=True)
    sender_id = models.BigIntegerField(null=True)
    device_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    area_key = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=26, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["envelope", "fingerprint"], name="conflict_kept_once_for_a_content"
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "envelope", "device", "body", "sender_id", "received_at", "settled_at",
                "became", "officer_id", "device_at", "corrected_at", "area_key", "proof",
                "signature", "public_key",
            }
        )  # fmt: skip
        specific = frozenset({"body_sealed", "signed_sealed"})
        internal = frozenset({"fingerprint"})

    def __str__(self) -> str:
        return f"conflict {self.pk} about {self.envelope_id}"

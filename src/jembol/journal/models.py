"""Facts and the heads of their chains. No foreign keys: the journal never holds live data back."""

from django.db import models

from jembol.journal.canonical import CanonicalJSONField
from jembol.journal.choices import ActorKind, Door


class Fact(models.Model):
    """One thing that happened. Append-only: the database itself refuses changes and deletion.

    The one change allowed sets `details` and `salt` to NULL (erasure under UU 27/2022).
    """

    stream = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=100)
    by_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)
    door = models.CharField(max_length=10, choices=Door.choices)
    about_kind = models.CharField(max_length=100)
    about_id = models.CharField(max_length=40)
    area_key = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    why = models.TextField(blank=True, default="")
    details = CanonicalJSONField(null=True)
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001 - erased with the details
    details_digest = models.CharField(max_length=64, blank=True, default="")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="fact_has_its_place_in_stream"),
        )
        indexes = (
            models.Index(fields=["person_id", "-id"], name="fact_by_person"),
            models.Index(fields=["about_kind", "about_id", "-id"], name="fact_by_subject"),
            models.Index(fields=["stream", "-id"], name="fact_by_stream"),
            models.Index(fields=["event", "-id"], name="fact_by_event"),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "stream", "seq", "at", "event", "by_kind", "by_id", "by_label", "door",
                "about_kind", "about_id", "area_key", "person_id", "why", "details",
            }
        )  # fmt: skip
        internal = frozenset({"salt", "details_digest", "previous_hash", "hash"})

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq} {self.event} {self.about_kind} {self.about_id}"


class Chain(models.Model):
    """The head of one stream: the newest fact's number and hash. Writers of a city queue here."""

    stream = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Privacy:
        official = frozenset({"stream", "seq"})
        internal = frozenset({"hash"})

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq}"

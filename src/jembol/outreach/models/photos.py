"""Visits as they stood before a change, and photos, which may come before the visit they show."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.accounts.models import Officer
from jembol.files.models import StoredFile
from jembol.journal.canonical import CanonicalJSONField
from jembol.outreach.models.visits import Visit


class VisitVersion(models.Model):
    """A visit as it stood until a change."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    values = CanonicalJSONField()
    until_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["visit", "version"], name="visit_version_once"),
        )

    class Privacy:
        official = frozenset({"id", "visit", "version", "values", "until_at"})

    def __str__(self) -> str:
        return f"version {self.version} of visit {self.visit_id}"


class Photo(models.Model):
    """A photo that a phone announced; its file is there once all of its pieces have come.

    It names its visit by the id that the phone gave to it, so it belongs to the visit exactly once,
    whichever of the two comes first, or at once.
    """

    key = models.CharField(max_length=26, unique=True)
    visit = models.ForeignKey(
        Visit,
        models.DO_NOTHING,
        to_field="key",
        db_constraint=False,
        related_name="photos",
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    has_consent = models.BooleanField()
    has_place = models.BooleanField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    is_refused = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["officer", "received_at"], name="photo_on_its_way", condition=Q(file=None)
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "key", "visit", "officer", "size", "has_consent", "has_place", "at",
                "received_at", "file", "is_refused",
            }
        )  # fmt: skip
        internal = frozenset({"sha256"})

    def __str__(self) -> str:
        return f"photo {self.key}"

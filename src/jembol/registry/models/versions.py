"""Rows as they stood before a change, so that the register of any past day can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from jembol.places.models import AreaBounded, AreaQuerySet

if TYPE_CHECKING:
    from datetime import datetime


class VersionQuerySet(AreaQuerySet["Version"]):
    """Earlier versions."""

    def at(self, moment: datetime) -> Self:
        """Keep those that held at the moment."""
        return self.filter(from_at__lte=moment, until_at__gt=moment)


class Version(AreaBounded):
    """A row as it stood in [from_at, until_at); `is_last` when it was then removed.

    `values` holds the fields as lists show them: numbers masked, areas as codes.
    """

    record_id = models.BigIntegerField()
    public_id = models.CharField(max_length=20)
    folded = models.CharField(max_length=150)
    version = models.PositiveIntegerField()
    values = models.JSONField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    is_last = models.BooleanField(default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True


class FormerMergeQuerySet(models.QuerySet["FormerMerge"]):
    """Merges of rows that are gone."""

    def at(self, moment: datetime) -> Self:
        """Keep those that stood at the moment."""
        return self.filter(from_at__lte=moment, until_at__gt=moment)


class FormerMerge(models.Model):
    """A merge that stood in [from_at, until_at), of two rows of which one was removed since.

    No foreign keys: it names rows that are gone.
    """

    survivor_key = models.BigIntegerField()
    absorbed_key = models.BigIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = FormerMergeQuerySet.as_manager()

    class Meta:
        abstract = True


class FormerPersonMerge(FormerMerge):
    """A former merge of people."""

    class Meta:
        indexes = (models.Index(fields=["absorbed_key"], name="former_person_merge"),)

    class Privacy:
        official = frozenset({"id", "survivor_key", "absorbed_key", "from_at", "until_at"})

    def __str__(self) -> str:
        return f"{self.absorbed_key} was {self.survivor_key} ({self.pk})"


class FormerEnterpriseMerge(FormerMerge):
    """A former merge of enterprises."""

    class Meta:
        indexes = (models.Index(fields=["absorbed_key"], name="former_enterprise_merge"),)

    class Privacy:
        official = frozenset({"id", "survivor_key", "absorbed_key", "from_at", "until_at"})

    def __str__(self) -> str:
        return f"{self.absorbed_key} was {self.survivor_key} ({self.pk})"


class PersonVersion(Version):
    """An earlier version of a person."""

    class Meta:
        indexes = (
            models.Index(fields=["record_id", "until_at"], name="person_version_of_one"),
            models.Index(fields=["until_at", "from_at"], name="person_version_by_time"),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "record_id", "public_id", "folded", "version", "from_at",
                "until_at", "is_last",
            }
        )  # fmt: skip
        specific = frozenset({"values"})

    def __str__(self) -> str:
        return f"version {self.version} of person {self.record_id}"


class EnterpriseVersion(Version):
    """An earlier version of an enterprise."""

    class Meta:
        indexes = (
            models.Index(fields=["record_id", "until_at"], name="enterprise_version_of_one"),
            models.Index(fields=["until_at", "from_at"], name="enterprise_version_by_time"),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "record_id", "public_id", "folded", "version", "from_at",
                "until_at", "is_last", "values",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"version {self.version} of enterprise {self.record_id}"

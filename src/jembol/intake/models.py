"""Sources, remembered mappings, imports, their rows, and decisions about who is who."""

from __future__ import annotations

from typing import Self

from django.db import models

from jembol.files.models import StoredFile
from jembol.intake.choices import Kind, RowState, Status, Verdict
from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.registry.models import Enterprise, Person
from jembol.training.models import Class, Registration


class Source(AreaBounded):
    """Where lists of one form come from: SIAK, OSS, a kelurahan's own workbook."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=100)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "kind", "name"], name="source_name_once"),
        )

    class Privacy:
        official = frozenset({"id", "area", "kind", "name"})

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class RememberedMapping(models.Model):
    """What an officer decided about the columns of one header, for the next such list.

    `columns` gives the field of each column by its number from 0, as text: JSON has no other keys.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="mappings")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "fingerprint"], name="mapping_once_for_a_header"
            ),
        )

    class Privacy:
        official = frozenset({"id", "source", "fingerprint", "columns", "at"})

    def __str__(self) -> str:
        return f"mapping {self.pk} of {self.source_id}"


class ImportQuerySet(AreaQuerySet["Import"]):
    """Imports."""

    def newest_first(self) -> Self:
        """Order as the list page shows them."""
        return self.order_by("-id")


class Import(AreaBounded):
    """One list that somebody sent, from upload to undo.

    `area` is where the officer works with it, and where people stand whose row names no place.
    `tables` holds one object for each table found (see `outline.TableOutline`); the first rows,
    which show people, are in `samples_sealed`.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=40, blank=True, default="")
    delimiter = models.CharField(max_length=4, blank=True, default="")
    tables = models.JSONField(default=list)
    samples_sealed = models.BinaryField(null=True)
    class_plan = models.JSONField(default=dict)
    training_class = models.ForeignKey(
        Class, models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    made_class = models.BooleanField(default=False)
    made_groups = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UPLOADED)
    refusal = models.CharField(max_length=500, blank=True, default="")
    counts = models.JSONField(default=dict)
    job_id = models.CharField(max_length=40, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "-id"], name="import_by_area_newest"),)

    class Privacy:
        official = frozenset(
            {
                "id", "area", "kind", "source", "file", "file_name", "encoding", "delimiter",
                "tables", "class_plan", "training_class", "made_class", "made_groups",
                "status", "refusal", "counts", "job_id", "officer_id", "officer_label", "at",
            }
        )  # fmt: skip
        specific = frozenset({"samples_sealed"})

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows of imports."""

    def in_file_order(self) -> Self:
        """Order as the rows stand in the file."""
        return self.order_by("table", "number")

    def parked(self) -> Self:
        """Keep those that wait for a decision."""
        return self.filter(state=RowState.PARKED)


class ImportRow(models.Model):
    """One row of a list: what it says, what it will do, and what it did.

    `number` is the row as the spreadsheet counts it. The cells and everything read from them are
    sealed in `body_sealed`; what the register held before is in `before_sealed`, for the undo.
    `candidates` lists those whom the row may be: `{"person": key}` or `{"row": number}`.
    """

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    table = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    body_sealed = models.BinaryField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.WAITING)
    has_warning = models.BooleanField(default=False)
    candidates = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="import_rows")
    enterprise = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, related_name="import_rows"
    )
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, related_name="import_rows"
    )
    before_sealed = models.BinaryField(null=True)
    left_because = models.CharField(max_length=300, blank=True, default="")

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["batch", "verdict", "table", "number"], name="row_by_verdict"),
            models.Index(fields=["batch", "state", "table", "number"], name="row_by_state"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["batch", "table", "number"], name="row_once_in_a_table"
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "batch", "table", "sheet", "number", "verdict", "state", "has_warning",
                "candidates", "person", "enterprise", "registration", "left_because",
            }
        )  # fmt: skip
        specific = frozenset({"body_sealed", "before_sealed"})

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id} ({self.pk})"


class Judgement(AreaBounded):
    """An officer's word on whether a written identity is a person of the register.

    `evidence` is a keyed digest of what identified the row, so the same row is not asked again.
    """

    evidence = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_same = models.BooleanField()
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["evidence", "person"], name="judgement_once_for_a_pair"
            ),
        )

    class Privacy:
        official = frozenset({"id", "area", "person", "is_same", "officer_id", "at"})
        internal = frozenset({"evidence"})

    def __str__(self) -> str:
        return f"judgement {self.pk} about {self.person_id}"

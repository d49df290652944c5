"""A city's own forms: extra questions on a visit, in versions that never change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.accounts.models import Officer
from jembol.files.models import StoredFile
from jembol.journal.canonical import CanonicalJSONField
from jembol.places.models import AreaBounded, AreaQuerySet


class VisitForm(AreaBounded):
    """A form as its city knows it, by the word that its workbook gives it."""

    key = models.CharField(max_length=60)
    title = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    objects = AreaQuerySet["VisitForm"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "key"], name="visit_form_once_for_an_area"),
        )

    class Privacy:
        official = frozenset({"id", "area", "key", "title", "made_at"})

    def __str__(self) -> str:
        return f"form {self.key} ({self.pk})"


class FormVersion(AreaBounded):
    """One version of a form: what is asked, and what of its workbook is not; never changed.

    `digest` is that of the content, so the same workbook sent again is the same version.
    """

    form = models.ForeignKey(VisitForm, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = CanonicalJSONField()
    report = CanonicalJSONField(default=list)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AreaQuerySet["FormVersion"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.UniqueConstraint(fields=["form", "digest"], name="form_content_once"),
            models.CheckConstraint(name="form_version_counts_from_one", condition=Q(number__gte=1)),
        )

    class Privacy:
        official = frozenset(
            {"id", "area", "form", "number", "content", "report", "file", "officer", "at"}
        )
        internal = frozenset({"digest"})

    def __str__(self) -> str:
        return f"version {self.number} of form {self.form_id} ({self.pk})"


class FormPublication(AreaBounded):
    """A version is asked on visits for a time; of each form one version at a time."""

    form = models.ForeignKey(VisitForm, models.PROTECT, related_name="publications")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="publications")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = AreaQuerySet["FormPublication"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["form"], condition=Q(ends_at__isnull=True), name="form_is_asked_once"
            ),
            models.CheckConstraint(
                name="form_is_asked_for_a_time",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("starts_at")),
            ),
        )

    class Privacy:
        official = frozenset({"id", "area", "form", "version", "officer", "starts_at", "ends_at"})

    def __str__(self) -> str:
        return f"publication of {self.version_id} ({self.pk})"

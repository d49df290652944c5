"""Certificates: the rule of a class, the city's numbers, what was issued, and what was revoked."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import connections, models
from django.db.models import Q

from jembol.files.models import StoredFile
from jembol.kit.reach import Reach
from jembol.papers.models import PaperTemplate
from jembol.places.models import Area, AreaBounded, AreaQuerySet
from jembol.registry.models import lies_in
from jembol.training.models.classes import Class, Registration


class CertificateRule(models.Model):
    """What earns the certificate of a class: days attended, and perhaps a score in the last test.

    `least_share` is 0 to 1 of the days of the class, rounded up to whole days.
    """

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="certificate_rule")
    least_share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.80"))
    least_score = models.PositiveSmallIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="certificate_share_is_a_share",
                condition=Q(least_share__gt=0, least_share__lte=1),
            ),
            models.CheckConstraint(
                name="certificate_score_is_of_a_hundred",
                condition=Q(least_score__isnull=True) | Q(least_score__lte=100),
            ),
        )

    class Privacy:
        public = frozenset({"id", "training_class", "least_share", "least_score", "changed_at"})

    def __str__(self) -> str:
        return f"certificate rule of {self.training_class_id}"


class CertificateNumbering(AreaBounded):
    """How a city writes the numbers of its certificates."""

    form = models.CharField(max_length=80)
    code = models.CharField(max_length=30)
    changed_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area"], name="certificate_numbering_once_for_a_city"),
        )

    class Privacy:
        public = frozenset({"id", "area", "form", "code", "changed_at"})

    def __str__(self) -> str:
        return f"numbering of {self.area_id} ({self.pk})"


class CertificateSeries(models.Model):
    """The next number of a city's certificates in one year.

    Whoever takes numbers holds this row to the end of the transaction that stores the
    certificates, so a number that is not stored was never taken.
    """

    city = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    next_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["city", "year"], name="certificate_series_once_for_a_year"
            ),
            models.CheckConstraint(
                name="certificate_series_counts_from_one", condition=Q(next_number__gte=1)
            ),
        )

    class Privacy:
        official = frozenset({"id", "city", "year", "next_number"})

    def __str__(self) -> str:
        return f"certificates of {self.city_id} in {self.year}"


class CertificateBatch(models.Model):
    """One press of "issue": everybody in a class who has earned the certificate and has none.

    `frozen` is what all certificates of the batch say alike, so that one begun before midnight or
    before a change of letterhead ends as it began. `closed_at` is empty while work is to be done.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="certificate_batches")
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="+")
    issued_on = models.DateField()
    frozen = models.JSONField()
    officer_id = models.BigIntegerField(null=True)
    job_id = models.CharField(max_length=26, blank=True, default="")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class"],
                condition=Q(closed_at__isnull=True),
                name="one_open_certificate_batch_for_a_class",
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "training_class", "template", "issued_on", "frozen", "at", "closed_at"}
        )
        internal = frozenset({"officer_id", "job_id"})

    def __str__(self) -> str:
        return f"certificate batch {self.pk}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates."""

    def standing(self) -> Self:
        """Keep those that were not revoked."""
        return self.filter(revoked_at__isnull=True)

    def of_people_in(self, reach: Reach) -> Self:
        """Keep those of people in the reach: a certificate is as private as its person."""
        vendor = connections[self.db].vendor
        return self.filter(lies_in(reach, "registration__person__area", vendor=vendor))


class Certificate(models.Model):
    """One certificate as it was printed; nothing of it is ever changed, and none is deleted.

    `name` is the name as the person wrote it on that day, `frozen` everything else that the paper
    says. `revoked_at` repeats the moment of the revocation, because only a column of this table
    can hold that a person has one standing certificate for a class.
    """

    code = models.CharField(max_length=12, unique=True)
    city = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    written_number = models.CharField(max_length=120)
    training_class = models.ForeignKey(Class, models.PROTECT, related_name="certificates")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="certificates")
    batch = models.ForeignKey(
        CertificateBatch, models.PROTECT, null=True, related_name="certificates"
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    title = models.CharField(max_length=150)
    days = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField(null=True)
    issued_on = models.DateField()
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="+")
    frozen = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["training_class", "number"], name="certificate_by_class"),)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "year", "number"], name="certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(revoked_at__isnull=True),
                name="one_standing_certificate_for_a_registration",
            ),
            models.CheckConstraint(name="certificate_counts_from_one", condition=Q(number__gte=1)),
        )

    class Privacy:
        public = frozenset(
            {
                "code", "city", "year", "number", "written_number", "name", "title", "days",
                "minutes", "issued_on", "frozen", "revoked_at",
            }
        )  # fmt: skip
        official = frozenset(
            {
                "id", "training_class", "registration", "batch", "replaces", "folded", "template",
                "digest", "at",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"certificate {self.number} of {self.year} ({self.pk})"


class CertificateRevocation(models.Model):
    """The end of a certificate that should not stand, with the reason; its number stays used."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="revocation")
    why = models.CharField(max_length=300)
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        public = frozenset({"at"})
        official = frozenset({"id", "certificate", "why"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"revocation of certificate {self.certificate_id}"


class CertificateBundle(models.Model):
    """All certificates of a class that one officer may see, as one PDF to print and one archive."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="certificate_bundles")
    officer_id = models.BigIntegerField(null=True)
    job_id = models.CharField(max_length=26, blank=True, default="")
    count = models.PositiveIntegerField(default=0)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    archive = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "training_class", "count", "pdf", "archive", "at"})
        internal = frozenset({"officer_id", "job_id"})

    def __str__(self) -> str:
        return f"certificate bundle {self.pk}"

"""What the papers of a class need beside the class, and the pack of all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.files.models import StoredFile
from jembol.training.choices import PaperKind
from jembol.training.models.classes import Class
from jembol.training.models.planning import CostLine


class LetterNumber(models.Model):
    """The number and the date that the office's register of letters gave a paper."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="letter_numbers")
    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    number = models.CharField(max_length=60)
    on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "kind"], name="letter_number_once_a_paper"
            ),
        )

    class Privacy:
        official = frozenset({"id", "training_class", "kind", "number", "on"})

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.training_class_id}"


class Minutes(models.Model):
    """What the minutes say of the class beside its facts."""

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="minutes")
    text = models.TextField(max_length=4000)
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "training_class", "text", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"minutes of {self.training_class_id}"


class Spending(models.Model):
    """What was paid for one line of the plan, in whole rupiah."""

    cost_line = models.OneToOneField(CostLine, models.PROTECT, related_name="spending")
    amount = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    paid_to = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "cost_line", "amount", "paid_on", "paid_to", "at"})

    def __str__(self) -> str:
        return f"spending for line {self.cost_line_id}"


class HandOver(models.Model):
    """Something that everybody who came is given and signs for."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="hand_overs")
    what = models.CharField(max_length=200)
    quantity = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="hand_over_has_a_quantity", condition=Q(quantity__gt=0)),
        )

    class Privacy:
        official = frozenset({"id", "training_class", "what", "quantity", "unit", "at"})

    def __str__(self) -> str:
        return f"{self.what} ({self.pk})"


class Pack(models.Model):
    """All papers of a class as one officer had them put together; `missing` says what lacked."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="packs")
    officer_id = models.BigIntegerField(null=True)
    size = models.CharField(max_length=2)
    job_id = models.CharField(max_length=26, blank=True, default="")
    missing = models.PositiveSmallIntegerField(default=0)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    archive = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "training_class", "size", "missing", "pdf", "archive", "at"})
        internal = frozenset({"officer_id", "job_id"})

    def __str__(self) -> str:
        return f"pack {self.pk} of {self.training_class_id}"

"""Comparisons of the NIK with what else is known of people; only counts are kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.places.models import AreaBounded, AreaQuerySet


class NumberCheck(AreaBounded):
    """One reading of all NIK of a city for the quality of the data.

    A NIK tells sex, day and month of birth as they were on the first registration, and may be
    another's or mistyped: a difference is a record to be looked at, not one that is wrong.
    """

    numbers = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    with_sex = models.PositiveIntegerField(default=0)
    other_sex = models.PositiveIntegerField(default=0)
    with_birth = models.PositiveIntegerField(default=0)
    other_birth = models.PositiveIntegerField(default=0)
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150, blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "-id"], name="number_check_newest"),)
        constraints = (
            models.CheckConstraint(
                name="number_check_differs_where_it_compares",
                condition=Q(other_sex__lte=F("with_sex"), other_birth__lte=F("with_birth")),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "numbers", "broken", "with_sex", "other_sex", "with_birth",
                "other_birth", "officer_label", "started_at", "finished_at",
            }
        )  # fmt: skip
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"check of numbers {self.pk} of {self.area_id}"

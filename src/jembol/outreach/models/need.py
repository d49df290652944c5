"""How a city weighs need and what it promises, and how many there are by somebody's estimate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.journal.canonical import CanonicalJSONField
from jembol.outreach.choices import EstimateUnit
from jembol.places.models import Area, AreaBounded, AreaQuerySet


class NeedWeights(models.Model):
    """What a city's need map weighs from a day on, and how long no area stays unvisited.

    A later day is one more row; `parts` is `{name: [weight, full]}` (rules/need.py).
    """

    city = models.ForeignKey(Area, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    parts = CanonicalJSONField(default=dict)
    unknown_percent = models.PositiveSmallIntegerField()
    promise_days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["city", "starts_on"], name="need_weights_once_for_a_day"
            ),
            models.CheckConstraint(
                name="need_weights_unknown_is_a_percentage", condition=Q(unknown_percent__lte=100)
            ),
            # A plan of a week cannot hold a promise of less than two (rules/fairness.py).
            models.CheckConstraint(
                name="need_weights_promise_spans_two_plans", condition=Q(promise_days__gte=14)
            ),
        )

    class Privacy:
        public = frozenset(
            {"id", "city", "starts_on", "parts", "unknown_percent", "promise_days", "set_at"}
        )

    def __str__(self) -> str:
        return f"weights of {self.city_id} from {self.starts_on}"


class AreaEstimate(AreaBounded):
    """How many there are in an area, as a named source says of a day; imported, never computed."""

    unit = models.CharField(max_length=12, choices=EstimateUnit.choices)
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    objects = AreaQuerySet["AreaEstimate"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "unit", "source", "as_of"], name="estimate_told_once_for_a_day"
            ),
            models.CheckConstraint(name="estimate_names_its_source", condition=~Q(source="")),
        )

    class Privacy:
        public = frozenset({"id", "area", "unit", "number", "as_of", "source", "entered_at"})

    def __str__(self) -> str:
        return f"{self.unit} of {self.area_id} by {self.source} ({self.pk})"

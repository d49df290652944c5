"""Several classes whose seats are given at once, with the plan that was made for them."""

from django.db import models
from django.db.models import Q

from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.training.models.classes import Class


class Placing(AreaBounded):
    """The seats of several classes given at once; `area` is the city.

    `plan` holds for every entry its class, or why it has none, from the moment when it was made;
    the classes are then filled one after the other, each in a transaction of its own.
    """

    officer_id = models.BigIntegerField(null=True)
    most_share = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    seed = models.PositiveIntegerField()
    plan = models.JSONField(null=True)
    value = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    job_id = models.CharField(max_length=26, blank=True, default="")
    at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="placing_share_is_a_share",
                condition=Q(most_share__isnull=True) | Q(most_share__gt=0, most_share__lte=1),
            ),
        )

    class Privacy:
        official = frozenset({"id", "area", "most_share", "seed", "plan", "value", "bound", "at"})
        internal = frozenset({"officer_id", "job_id"})

    def __str__(self) -> str:
        return f"placing {self.pk}"


class PlacedClass(models.Model):
    """A class of a placing; a class is in one at most."""

    placing = models.ForeignKey(Placing, models.PROTECT, related_name="classes")
    training_class = models.OneToOneField(Class, models.PROTECT, related_name="placed_in")

    class Privacy:
        official = frozenset({"id", "placing", "training_class"})

    def __str__(self) -> str:
        return f"class {self.training_class_id} of placing {self.placing_id}"

"""What is left of a class: materials, photographs, what came of it, and who was asked later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import connections, models
from django.db.models import Q

from jembol.files.models import StoredFile
from jembol.registry.models import Group, lies_in
from jembol.training.choices import AfterDays, OutcomeKind, PhotoGround, Reached
from jembol.training.models.classes import Attendance, Class, Registration, Session

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


class Material(models.Model):
    """Something to read or watch: a file that was handed in, or an address elsewhere."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="materials")
    title = models.CharField(max_length=150)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    address = models.URLField(max_length=500, blank=True, default="")
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="material_is_a_file_or_an_address",
                condition=Q(file__isnull=False, address="")
                | (Q(file__isnull=True) & ~Q(address="")),
            ),
        )

    class Privacy:
        public = frozenset({"id", "training_class", "title", "file", "address", "is_public", "at"})

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


class Photo(models.Model):
    """A photograph of a class: drawn anew on arrival, so it tells neither place nor camera."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="photos")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True, default="")
    ground = models.CharField(max_length=10, choices=PhotoGround.choices)
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset(
            {"id", "training_class", "session", "file", "caption", "ground", "officer_id", "at"}
        )

    def __str__(self) -> str:
        return f"photo {self.pk} of {self.training_class_id}"


class PartialDay(models.Model):
    """A person came, but not for the whole day."""

    attendance = models.OneToOneField(Attendance, models.CASCADE, related_name="partial")
    minutes = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="partial_day_has_minutes", condition=Q(minutes__gt=0)),
        )

    class Privacy:
        official = frozenset({"id", "attendance", "minutes", "why", "at"})

    def __str__(self) -> str:
        return f"part of attendance {self.attendance_id}"


Row = TypeVar("Row", bound=models.Model)


class OfPeopleQuerySet(models.QuerySet[Row]):
    """Rows that hang on a registration."""

    def of_people_in(self, reach: Reach) -> Self:
        """Keep those about people in the reach."""
        vendor = connections[self.db].vendor
        return self.filter(lies_in(reach, "registration__person__area", vendor=vendor))


class Outcome(models.Model):
    """What a person made of a class: a new product, a recipe, a business, an order, a job."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    what = models.CharField(max_length=300)
    on = models.DateField()
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    objects = OfPeopleQuerySet["Outcome"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["-on", "-id"], name="outcome_newest_first"),)

    class Privacy:
        official = frozenset({"id", "registration", "kind", "what", "on", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"outcome {self.pk}"


class FollowUp(models.Model):
    """The answer of a person some days after a class; that one is due needs no row."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="follow_ups")
    after_days = models.PositiveSmallIntegerField(choices=AfterDays.choices)
    reached = models.CharField(max_length=10, choices=Reached.choices)
    uses_it = models.BooleanField(null=True)
    has_business = models.BooleanField(null=True)
    monthly_sales = models.BigIntegerField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    objects = OfPeopleQuerySet["FollowUp"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["registration", "after_days"], name="follow_up_once_a_date"
            ),
            models.CheckConstraint(
                name="monthly_sales_are_not_negative",
                condition=Q(monthly_sales__isnull=True) | Q(monthly_sales__gte=0),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id",
                "registration",
                "after_days",
                "reached",
                "uses_it",
                "has_business",
                "words",
                "at",
            }
        )
        specific = frozenset({"monthly_sales"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class FormedGroup(models.Model):
    """A group that came out of a class and is followed from there."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="formed_groups")
    group = models.OneToOneField(Group, models.PROTECT, related_name="formed_by")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "training_class", "group", "at"})

    def __str__(self) -> str:
        return f"group {self.group_id} out of {self.training_class_id}"

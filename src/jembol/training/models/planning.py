"""Mentors, what a class is planned to be and to cost, and the turns of venues and mentors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from jembol.accounts.models import Officer
from jembol.places.models import AreaBounded, AreaQuerySet, Venue
from jembol.registry.models import Person
from jembol.training.choices import CostKind, Language
from jembol.training.models.classes import Class, Session

if TYPE_CHECKING:
    from datetime import datetime

Taken = TypeVar("Taken", bound=models.Model)


class MentorQuerySet(AreaQuerySet["Mentor"]):
    """Mentors."""

    def available(self) -> Self:
        """Keep those who still take classes."""
        return self.filter(left_on__isnull=True)


class Mentor(AreaBounded):
    """Somebody who gives classes: an officer, somebody of the register, or a guest.

    `area` is where the mentor is known; `honorarium_per_hour` is in whole rupiah.
    """

    public_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    phone = models.CharField(max_length=20, blank=True, default="")
    officer = models.OneToOneField(Officer, models.PROTECT, null=True, related_name="mentor")
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="mentor")
    expertise = models.CharField(max_length=300, blank=True, default="")
    honorarium_per_hour = models.PositiveBigIntegerField(null=True)
    left_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = MentorQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "folded"], name="mentor_by_area_and_name"),)

    class Privacy:
        public = frozenset({"id", "area", "public_id", "name", "folded", "expertise"})
        official = frozenset(
            {"phone", "officer", "person", "honorarium_per_hour", "left_on", "created_at"}
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"


class MentorAssignment(models.Model):
    """A mentor of a class: one of the list, or a guest of whom only the name is known."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="mentors")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="assignments")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="classes_mentored")
    name = models.CharField(max_length=150)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "mentor"], name="mentor_once_in_a_class"
            ),
        )

    class Privacy:
        public = frozenset({"id", "training_class", "mentor", "officer", "name"})

    def __str__(self) -> str:
        return f"{self.name} for {self.training_class_id} ({self.pk})"


class Plan(models.Model):
    """What the class needs beside its days: money's place in the budget, language, access."""

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="plan")
    budget_code = models.CharField(max_length=60, blank=True, default="")
    budget_line = models.CharField(max_length=200, blank=True, default="")
    budget_year = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(
        max_length=10, choices=Language.choices, default=Language.INDONESIAN
    )
    accessibility = models.CharField(max_length=300, blank=True, default="")
    companions = models.PositiveSmallIntegerField(default=0)
    materials_note = models.CharField(max_length=500, blank=True, default="")

    class Privacy:
        public = frozenset(
            {"id", "training_class", "language", "accessibility", "companions", "materials_note"}
        )
        official = frozenset({"budget_code", "budget_line", "budget_year"})

    def __str__(self) -> str:
        return f"plan of {self.training_class_id}"


class CostLine(models.Model):
    """One line of what a class is planned to cost, in whole rupiah."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="cost_lines")
    account_code = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=12, choices=CostKind.choices)
    what = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=30)
    unit_price = models.PositiveBigIntegerField()
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="cost_lines")

    class Meta:
        constraints = (
            models.CheckConstraint(name="cost_line_has_a_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="cost_line_pays_a_mentor_as_honorarium",
                condition=Q(mentor__isnull=True) | Q(kind=CostKind.HONORARIUM),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "training_class", "account_code", "kind", "what", "quantity", "unit",
                "unit_price", "mentor",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"cost line {self.pk} of {self.training_class_id}"


class SessionCancellation(models.Model):
    """One day of a class that will not be held, with the reason; its number stays its own."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="cancellation")
    officer_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Privacy:
        public = frozenset({"id", "session", "why", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"cancellation of session {self.session_id}"


class TurnQuerySet(models.QuerySet[Taken]):
    """Turns of a venue or of a mentor."""

    def overlapping(self, *, starts_at: datetime, ends_at: datetime) -> Self:
        """Keep those that share a moment with [starts_at, ends_at)."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Turn(models.Model):
    """The time that a session takes of something: [starts_at, ends_at), as moments.

    `has_hours` is whether the session's hours are known. One without hours lasts from midnight to
    midnight and stands in the way only of others without hours: whoever gives no hours does not
    say that the whole day is taken.
    """

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    has_hours = models.BooleanField()

    class Meta:
        abstract = True


class VenueTurn(Turn):
    """A session's time in a venue; the database lets no two of them overlap (migration 0003)."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="venue_turn")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="turns")

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["venue", "starts_at"], name="venue_turn_by_time"),)
        constraints = (
            models.CheckConstraint(
                name="venue_turn_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        )

    class Privacy:
        public = frozenset({"id", "session", "venue", "starts_at", "ends_at", "has_hours"})

    def __str__(self) -> str:
        return f"session {self.session_id} in venue {self.venue_id}"


class MentorTurn(Turn):
    """A session's time of a mentor; the database lets no two of them overlap (migration 0003)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="mentor_turns")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="turns")

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["mentor", "starts_at"], name="mentor_turn_by_time"),)
        constraints = (
            models.UniqueConstraint(fields=["session", "mentor"], name="mentor_turn_once"),
            models.CheckConstraint(
                name="mentor_turn_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        )

    class Privacy:
        public = frozenset({"id", "session", "mentor", "starts_at", "ends_at", "has_hours"})

    def __str__(self) -> str:
        return f"session {self.session_id} with mentor {self.mentor_id}"

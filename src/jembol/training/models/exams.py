"""Tests before and after a class, and what each person answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.training.choices import ExamMoment
from jembol.training.models.classes import Class, Registration


class Exam(models.Model):
    """One test of a class: its key has one letter a question, `questions` what each one asks.

    The texts are optional, because most tests are handed out on paper; then only letters are
    entered. `questions` is a list of `{"text": str, "choices": [str, …]}` in the order of the key.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="exams")
    moment = models.CharField(max_length=4, choices=ExamMoment.choices)
    key = models.CharField(max_length=60)
    questions = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["training_class", "moment"], name="exam_once_a_moment"),
            models.CheckConstraint(name="exam_asks_something", condition=~Q(key="")),
        )

    class Privacy:
        official = frozenset({"id", "training_class", "moment", "key", "questions", "at"})

    def __str__(self) -> str:
        return f"{self.moment}-test of {self.training_class_id} ({self.pk})"


class Sitting(models.Model):
    """What one person answered: a letter a question, `-` where nothing was answered."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="sittings")
    given = models.CharField(max_length=60)
    right = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["exam", "registration"], name="sitting_once_an_exam"),
        )

    class Privacy:
        official = frozenset({"id", "exam", "registration", "given", "right", "at"})

    def __str__(self) -> str:
        return f"sitting {self.pk} of exam {self.exam_id}"

"""What people thought of a class; nothing leads from an opinion to its person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.training.models.classes import Class
from jembol.training.models.planning import MentorAssignment


class Opinion(models.Model):
    """One answer about a class, on scales of 1 to 5 with words beside them.

    There is no link to a registration. `signed` is what somebody wrote who wants to be asked back.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="opinions")
    useful = models.PositiveSmallIntegerField()
    clear = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    liked = models.CharField(max_length=500, blank=True, default="")
    better = models.CharField(max_length=500, blank=True, default="")
    signed = models.CharField(max_length=150, blank=True, default="")
    # A day, not a moment: with the door's times a moment would tell whose answer it is.
    on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="opinion_is_on_its_scales",
                condition=Q(useful__range=(1, 5), clear__range=(1, 5), place__range=(1, 5)),
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "training_class", "useful", "clear", "place", "liked", "better", "on"}
        )
        specific = frozenset({"signed"})

    def __str__(self) -> str:
        return f"opinion {self.pk} of {self.training_class_id}"


class MentorOpinion(models.Model):
    """How well a mentor explained, 1 to 5, in one opinion."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="mentors")
    mentor = models.ForeignKey(MentorAssignment, models.PROTECT, related_name="opinions")
    explained = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["opinion", "mentor"], name="mentor_once_an_opinion"),
            models.CheckConstraint(
                name="mentor_opinion_is_on_its_scale", condition=Q(explained__range=(1, 5))
            ),
        )

    class Privacy:
        official = frozenset({"id", "opinion", "mentor", "explained"})

    def __str__(self) -> str:
        return f"opinion {self.opinion_id} of mentor {self.mentor_id}"

"""Who was invited, who was reminded or told of a change, and in which words and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.outbox.choices import Channel
from jembol.outbox.models import Message
from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.registry.models import Person
from jembol.training.choices import LetterKind, Tongue
from jembol.training.models.classes import Class, Session


class Invitation(models.Model):
    """A person was asked to come to a class; once for each of the two."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    at = models.DateTimeField()
    officer_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    message = models.OneToOneField(Message, models.PROTECT, related_name="invitation")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "person"], name="invitation_once_for_a_person"
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "training_class", "person", "at", "officer_id", "channel", "message"}
        )

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.training_class_id}"


class Notice(models.Model):
    """A participant was reminded of a day, or told that it was moved or cancelled.

    `revision` is that of the day: when it is moved, the new time gets a reminder of its own.
    `session` is empty when the whole class was cancelled.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="notices")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="notices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    message = models.OneToOneField(Message, models.PROTECT, related_name="notice")

    class Meta:
        indexes = (models.Index(fields=["training_class", "id"], name="notice_by_class"),)
        constraints = (
            models.UniqueConstraint(
                fields=["session", "kind", "revision", "person"],
                condition=Q(session__isnull=False),
                name="notice_of_a_day_once",
            ),
            models.UniqueConstraint(
                fields=["training_class", "kind", "person"],
                condition=Q(session__isnull=True),
                name="notice_of_a_class_once",
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "training_class", "session", "person", "kind", "revision", "at", "message"}
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} about {self.training_class_id}"


class MessageTimes(AreaBounded):
    """When a city reminds people, and by which channel; an empty hour is no reminder."""

    eve_at = models.TimeField(null=True)
    morning_at = models.TimeField(null=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True, default="")

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area"], name="message_times_once_for_a_city"),
        )

    class Privacy:
        public = frozenset({"id", "area", "eve_at", "morning_at", "channel"})

    def __str__(self) -> str:
        return f"message times of {self.area_id}"


class Wording(AreaBounded):
    """A city's own words for one kind of message in one language."""

    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    language = models.CharField(max_length=2, choices=Tongue.choices)
    text = models.TextField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "kind", "language"], name="wording_once"),
        )

    class Privacy:
        public = frozenset({"id", "area", "kind", "language", "text"})

    def __str__(self) -> str:
        return f"{self.kind} in {self.language} for {self.area_id}"

"""Feeds as rows: the address itself is sealed, and found by a digest."""

from django.db import models

from jembol.calendars.choices import Subject
from jembol.places.models import AreaBounded, AreaQuerySet


class Feed(AreaBounded):
    """The one calendar address of one subject; replacing it makes the old one lead nowhere.

    `area` is where the subject belongs. The subjects lie above this package, so `subject_key` is
    their plain key.
    """

    subject = models.CharField(max_length=10, choices=Subject.choices)
    subject_key = models.BigIntegerField()
    token_digest = models.CharField(max_length=64, unique=True)
    token_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    turns = models.PositiveIntegerField(default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["subject", "subject_key"], name="feed_once_a_subject"),
        )

    class Privacy:
        official = frozenset({"id", "area", "subject", "subject_key", "made_at", "turns"})
        specific = frozenset({"token_sealed"})
        internal = frozenset({"token_digest"})

    def __str__(self) -> str:
        return f"feed of {self.subject} {self.subject_key}"

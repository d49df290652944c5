"""Work and messages as rows."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from jembol.outbox.choices import LIVE, Channel, JobState, MessageState


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs."""

    def live(self) -> Self:
        """Keep jobs that will still do something."""
        return self.filter(state__in=LIVE)


class Job(models.Model):
    """One piece of background work.

    `attempts` is also the fencing token: a worker may write only while it is still the number it
    was when this worker claimed the job.
    """

    id = models.CharField(primary_key=True, max_length=26)
    kind = models.CharField(max_length=100)
    args = models.JSONField()
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True, default="")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    error = models.TextField(blank=True, default="")
    trace = models.TextField(blank=True, default="")
    result = models.JSONField(null=True)
    dedup = models.CharField(max_length=200, blank=True, default="")
    # `places` and `accounts` lie above this package, so both are plain keys.
    area_key = models.BigIntegerField(default=0)
    requested_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_live_job_for_one_purpose",
                fields=["kind", "dedup"],
                condition=Q(state__in=LIVE) & ~Q(dedup=""),
            ),
            models.CheckConstraint(
                name="running_job_has_a_lease",
                condition=~Q(state=JobState.RUNNING)
                | (Q(lease_until__isnull=False) & ~Q(worker="")),
            ),
            models.CheckConstraint(
                name="job_attempts_are_bounded", condition=Q(attempts__lte=F("max_attempts"))
            ),
        )
        indexes = (
            models.Index(
                fields=["-priority", "run_after", "id"],
                name="job_to_be_claimed",
                condition=Q(state__in=LIVE),
            ),
            models.Index(fields=["area_key", "-created_at"], name="job_by_area"),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "kind", "state", "priority", "run_after", "attempts", "max_attempts",
                "lease_until", "worker", "done", "total", "note", "error", "result", "area_key",
                "requested_by", "created_at", "finished_at",
            }
        )  # fmt: skip
        internal = frozenset({"args", "dedup", "trace"})

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Message(models.Model):
    """One message to one recipient, whose address is sealed.

    `purpose` and the digest of the recipient stand together once, so that nobody is written to
    twice about one thing, under however many entries of the register. `link_digest` finds the
    message by the secret in its link, and `until` ends the time in which it still makes sense.
    """

    id = models.CharField(primary_key=True, max_length=26)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    recipient_sealed = models.BinaryField()
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    error = models.TextField(blank=True, default="")
    person_id = models.BigIntegerField(null=True)
    area_key = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=120, blank=True, default="")
    recipient_digest = models.CharField(max_length=64, blank=True, default="")
    link_digest = models.CharField(max_length=64, blank=True, default="")
    gateway_id = models.CharField(max_length=200, blank=True, default="")
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["person_id", "-created_at"], name="message_by_person"),
            models.Index(
                fields=["created_at"], name="message_with_its_text", condition=~Q(body="")
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="message_once_for_a_purpose",
                fields=["purpose", "recipient_digest"],
                condition=~Q(purpose=""),
            ),
            models.UniqueConstraint(
                name="message_link_leads_to_one",
                fields=["link_digest"],
                condition=~Q(link_digest=""),
            ),
            models.CheckConstraint(
                name="opened_message_has_its_moment",
                condition=~Q(state=MessageState.OPENED) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_message_has_its_moment",
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "channel", "subject", "state", "error", "person_id", "area_key",
                "created_at", "sent_at", "opened_at", "purpose", "until",
            }
        )  # fmt: skip
        specific = frozenset({"recipient_sealed", "body"})
        internal = frozenset({"recipient_digest", "link_digest", "gateway_id"})

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"


class OptOut(models.Model):
    """A number or address that wants no more messages, whichever entries of the register have it.

    Only a keyed digest is kept: it stops messages, and nobody reads from it whom.
    """

    recipient_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "at"})
        internal = frozenset({"recipient_digest"})

    def __str__(self) -> str:
        return f"opt-out {self.pk}"

"""Visits, and what came out of them: needs, referrals, promises."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.accounts.models import Officer
from jembol.journal.canonical import CanonicalJSONField
from jembol.outreach.choices import NeedKind, ReferralKind, ReferralState, VisitOutcome
from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.registry.models import Enterprise, Person


class Visit(AreaBounded):
    """An officer was at a door.

    `key` is a ULID made where the visit was written, on a phone or at the desk, so the same visit
    can never be two rows. `area` is the deepest place known. A visit about nobody by name (an RW
    service point, a closed shutter) has neither person nor enterprise.
    """

    key = models.CharField(max_length=26, unique=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=VisitOutcome.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="visits")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="visits")
    advice = models.CharField(max_length=1000, blank=True, default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    answers = CanonicalJSONField(default=dict)
    received_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet["Visit"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["area", "-at"], name="visit_by_area"),
            models.Index(fields=["officer", "-at"], name="visit_by_officer"),
            models.Index(fields=["person", "-at"], name="visit_by_person"),
            models.Index(fields=["enterprise", "-at"], name="visit_by_enterprise"),
        )
        constraints = (
            models.CheckConstraint(
                name="visit_has_both_coordinates_or_none",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "key", "officer", "at", "outcome", "person", "enterprise", "advice",
                "lat", "lon", "accuracy_m", "answers", "received_at", "version",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"visit {self.key}"


class Need(AreaBounded):
    """Something that somebody needs, said at a visit; met when it was answered."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=10, choices=NeedKind.choices)
    words = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=300, blank=True, default="")

    objects = AreaQuerySet["Need"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "kind", "at"], name="need_by_area"),)
        constraints = (
            models.UniqueConstraint(fields=["visit", "kind"], name="need_once_for_a_visit"),
        )

    class Privacy:
        official = frozenset({"id", "area", "visit", "kind", "words", "at", "met_at", "how"})

    def __str__(self) -> str:
        return f"need {self.kind} of {self.visit_id}"


class Referral(AreaBounded):
    """Somebody was sent on, and has an answer or waits for one.

    `officer` looks after it when that is no longer who made the visit.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="referrals")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ReferralKind.choices)
    words = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(
        max_length=10, choices=ReferralState.choices, default=ReferralState.OPEN
    )
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")

    objects = AreaQuerySet["Referral"].as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["area", "at"], name="referral_that_waits", condition=Q(state="open")
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["visit", "kind"], name="referral_once_for_a_visit"),
            models.CheckConstraint(
                name="referral_is_closed_at_a_time",
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "visit", "officer", "kind", "words", "state", "at", "closed_at",
                "answer",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"referral {self.kind} of {self.visit_id}"


class Promise(AreaBounded):
    """What an officer said would come next, and until when; at most one for a visit."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="promise")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    kept_at = models.DateTimeField(null=True)

    objects = AreaQuerySet["Promise"].as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["area", "due_on"],
                name="promise_not_kept",
                condition=Q(kept_at__isnull=True),
            ),
        )

    class Privacy:
        official = frozenset({"id", "area", "visit", "officer", "words", "due_on", "kept_at"})

    def __str__(self) -> str:
        return f"promise of {self.visit_id}"

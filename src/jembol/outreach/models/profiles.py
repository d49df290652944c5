"""With what an officer can be planned, and the days on which services stand in an RW."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.accounts.models import Officer
from jembol.outreach.choices import Travel
from jembol.places.models import AreaBounded, AreaQuerySet


class WorkProfile(AreaBounded):
    """Skills, hours and start of an officer; `area` is where the day begins.

    The day has two halves around the midday rest, which on Friday is the Friday prayer. `lat` and
    `lon` say the start exactly; without them the middle of the area counts.
    """

    officer = models.OneToOneField(Officer, models.PROTECT, related_name="work_profile")
    skills = models.JSONField(default=list)
    tongues = models.JSONField(default=list)
    travel = models.CharField(max_length=10, choices=Travel.choices, default=Travel.MOTORCYCLE)
    starts_at = models.TimeField()
    rests_at = models.TimeField()
    resumes_at = models.TimeField()
    friday_rests_at = models.TimeField()
    friday_resumes_at = models.TimeField()
    ends_at = models.TimeField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    changed_at = models.DateTimeField()

    objects = AreaQuerySet["WorkProfile"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="profile_hours_follow_each_other",
                condition=Q(
                    starts_at__lte=F("rests_at"),
                    rests_at__lte=F("resumes_at"),
                    resumes_at__lte=F("ends_at"),
                    friday_rests_at__gte=F("starts_at"),
                    friday_resumes_at__gte=F("friday_rests_at"),
                    friday_resumes_at__lte=F("ends_at"),
                ),
            ),
            models.CheckConstraint(
                name="profile_has_both_coordinates_or_none",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "officer", "skills", "tongues", "travel", "starts_at", "rests_at",
                "resumes_at", "friday_rests_at", "friday_resumes_at", "ends_at", "changed_at",
            }
        )  # fmt: skip
        # The start may be the door of a home.
        internal = frozenset({"lat", "lon"})

    def __str__(self) -> str:
        return f"work profile of {self.officer_id}"


class ServiceDay(AreaBounded):
    """A day on which several services stand in one place of an RW, for many visitors."""

    on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=150)
    services = models.JSONField()
    officers = models.PositiveSmallIntegerField()
    visitors = models.PositiveIntegerField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    objects = AreaQuerySet["ServiceDay"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "on"], name="service_day_by_area"),)
        constraints = (
            models.UniqueConstraint(
                fields=["area", "on", "place"],
                name="service_day_once_in_a_place",
                condition=Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="service_day_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="service_day_has_officers", condition=Q(officers__gte=1, officers__lte=20)
            ),
        )

    class Privacy:
        public = frozenset(
            {
                "id", "area", "on", "starts_at", "ends_at", "place", "services", "visitors", "lat",
                "lon", "cancelled_at",
            }
        )  # fmt: skip
        official = frozenset({"officers", "at"})

    def __str__(self) -> str:
        return f"service day {self.pk} on {self.on}"

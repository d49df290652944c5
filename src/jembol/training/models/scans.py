"""Scans at the door of a class: each one stored, whatever was said to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import Q

from jembol.registry.models import lies_in
from jembol.sync.models import Device
from jembol.training.choices import Reader, ScanBy, Verdict, Way
from jembol.training.models.classes import Class, Registration, Session

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


class DoorHours(models.Model):
    """How long the door of a class is open before a day begins and after it ends."""

    training_class = models.OneToOneField(Class, models.CASCADE, related_name="door_hours")
    early_min = models.PositiveSmallIntegerField()
    late_min = models.PositiveSmallIntegerField()

    class Privacy:
        public = frozenset({"id", "training_class", "early_min", "late_min"})

    def __str__(self) -> str:
        return f"door hours of {self.training_class_id}"


class ScanQuerySet(models.QuerySet["Scan"]):
    """Scans."""

    def standing(self) -> Self:
        """Keep those that nobody took back, at the door or at the desk."""
        return self.filter(undone_by__isnull=True).exclude(settlement__is_accepted=False)

    def entering(self) -> Self:
        """Keep those by which somebody came in."""
        return self.exclude(by=ScanBy.UNDO).filter(way=Way.IN, has_entered=True)

    def about(self, seat: Registration, session: Session) -> Self:
        """Keep those of one person's day."""
        return self.filter(registration=seat, session=session)

    def of_people_in(self, reach: Reach) -> Self:
        """Keep those of people in the reach, and those of nobody we know."""
        vendor = connections[self.db].vendor
        theirs = lies_in(reach, "registration__person__area", vendor=vendor)
        return self.filter(Q(registration__isnull=True) | theirs)

    def doubtful(self) -> Self:
        """Keep those that a supervisor should look at and has not."""
        odd = Q(verdict__in=(Verdict.NOT_ALLOWED, Verdict.UNKNOWN_CODE)) | Q(is_skewed=True)
        return self.filter(odd, settlement__isnull=True, undone_by__isnull=True)


class Scan(models.Model):
    """One scan, one name pressed, or one taking back.

    `at` is when it really was, `device_at` what the phone's clock said. `has_entered` is false for
    who was sent away. `counts` says that the scan alone shows that the person came, and
    `made_attendance` marks the one from which the attendance came.
    """

    envelope = models.CharField(max_length=26, unique=True)
    training_class = models.ForeignKey(Class, models.PROTECT, related_name="scans")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="scans")
    registration = models.ForeignKey(Registration, models.SET_NULL, null=True, related_name="scans")
    way = models.CharField(max_length=3, choices=Way.choices)
    by = models.CharField(max_length=4, choices=ScanBy.choices)
    reader = models.CharField(max_length=8, choices=Reader.choices, blank=True, default="")
    code = models.CharField(max_length=200, blank=True, default="")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    why = models.CharField(max_length=30, blank=True, default="")
    is_again = models.BooleanField(default=False)
    is_skewed = models.BooleanField(default=False)
    has_entered = models.BooleanField(default=True)
    counts = models.BooleanField(default=False)
    made_attendance = models.BooleanField(default=False)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    objects = ScanQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["training_class", "-at", "-id"], name="scan_newest_first"),
            models.Index(fields=["registration", "session"], name="scan_by_seat_and_day"),
        )
        constraints = (
            models.CheckConstraint(
                name="scan_undoes_when_it_is_an_undo",
                condition=Q(by="undo", undoes__isnull=False) | ~Q(by="undo") & Q(undoes=None),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "envelope", "training_class", "session", "registration", "way", "by",
                "reader", "code", "verdict", "why", "is_again", "is_skewed", "has_entered",
                "counts", "made_attendance", "undoes", "device", "officer_id", "at", "device_at",
                "received_at",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"scan {self.envelope}"


class ScanSettlement(models.Model):
    """What a supervisor said of a doubtful scan."""

    scan = models.OneToOneField(Scan, models.PROTECT, related_name="settlement")
    is_accepted = models.BooleanField()
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "scan", "is_accepted", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"settlement of {self.scan_id}"

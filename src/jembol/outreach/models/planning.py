"""The plan of a week: who goes where on which day, and what changed since it was made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.accounts.models import Officer
from jembol.journal.canonical import CanonicalJSONField
from jembol.outreach.choices import ChangeKind, MustWhy, PlanState, Skill, StopKind
from jembol.outreach.models.profiles import ServiceDay
from jembol.outreach.models.visits import Promise, Visit
from jembol.places.models import AreaBounded, AreaQuerySet


class WeekPlan(AreaBounded):
    """The plan of one week for a city or a kecamatan.

    `terms` are the numbers that the planner chose; `ledger` holds the shares and multipliers of the
    kecamatan; `problem` is what the solver was given, so that whoever holds the solver of that
    version, the seed and the iterations finds the same plan again. `version` grows with every
    change.
    """

    starts_on = models.DateField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.ASKED)
    officer_id = models.BigIntegerField(null=True)
    terms = CanonicalJSONField()
    ledger = CanonicalJSONField(default=dict)
    problem = models.JSONField(null=True)
    input_hash = models.CharField(max_length=64, blank=True, default="")
    solver = models.CharField(max_length=40, blank=True, default="")
    seed = models.PositiveIntegerField()
    iterations = models.PositiveIntegerField(null=True)
    value = models.BigIntegerField(null=True)
    is_reproducible = models.BooleanField(null=True)
    job_id = models.CharField(max_length=26, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    objects = AreaQuerySet["WeekPlan"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "starts_on"],
                name="week_plan_once_for_an_area",
                condition=~Q(state="replaced"),
            ),
            models.CheckConstraint(
                name="week_plan_is_made_at_a_time",
                condition=~Q(state="made") | Q(made_at__isnull=False),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "starts_on", "state", "terms", "ledger", "input_hash", "solver",
                "seed", "iterations", "value", "is_reproducible", "version", "at", "made_at",
            }
        )  # fmt: skip
        internal = frozenset({"officer_id", "job_id", "problem"})

    def __str__(self) -> str:
        return f"plan {self.pk} of the week of {self.starts_on}"


class PlannedOfficer(models.Model):
    """An officer of a plan; in one week an officer is in one plan.

    `number` is how the map and the lists call the officer.
    """

    plan = models.ForeignKey(WeekPlan, models.PROTECT, related_name="officers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "officer"], name="officer_once_in_a_plan"),
            models.UniqueConstraint(fields=["plan", "number"], name="number_once_in_a_plan"),
            models.UniqueConstraint(
                fields=["officer", "starts_on"],
                name="officer_in_one_plan_of_a_week",
                condition=Q(is_live=True),
            ),
        )

    class Privacy:
        official = frozenset({"id", "plan", "officer", "number", "starts_on", "is_live"})

    def __str__(self) -> str:
        return f"officer {self.officer_id} in plan {self.plan_id}"


class Absence(models.Model):
    """An officer of a plan is away on a day."""

    planned = models.ForeignKey(PlannedOfficer, models.PROTECT, related_name="absences")
    on = models.DateField()
    noted_by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["planned", "on"], name="absence_once_on_a_day"),
        )

    class Privacy:
        official = frozenset({"id", "planned", "on", "at"})
        internal = frozenset({"noted_by"})

    def __str__(self) -> str:
        return f"absence of {self.planned_id} on {self.on}"


class Stop(AreaBounded):
    """Somewhere that a plan could send an officer; without an officer it is not visited, and why.

    `ref` names the stop in the solver's problem. A paired visit and a service day of several
    officers are several stops with the same `together`.
    """

    plan = models.ForeignKey(WeekPlan, models.PROTECT, related_name="stops")
    ref = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=StopKind.choices)
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="stops")
    service = models.ForeignKey(ServiceDay, models.PROTECT, null=True, related_name="stops")
    together = models.CharField(max_length=60, blank=True, default="")
    need = models.PositiveSmallIntegerField(default=0)
    must = models.CharField(max_length=10, choices=MustWhy.choices, blank=True, default="")
    skill = models.CharField(max_length=10, choices=Skill.choices, blank=True, default="")
    minutes = models.PositiveSmallIntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    why = CanonicalJSONField(default=list)
    unserved = CanonicalJSONField(default=dict)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="stops")
    on = models.DateField(null=True)
    place = models.PositiveSmallIntegerField(null=True)
    arrives_at = models.TimeField(null=True)
    leaves_at = models.TimeField(null=True)

    objects = AreaQuerySet["Stop"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["officer", "on"], name="stop_by_officer_and_day"),)
        constraints = (
            models.UniqueConstraint(fields=["plan", "ref"], name="stop_once_in_a_plan"),
            models.UniqueConstraint(
                fields=["plan", "officer", "on", "place"],
                name="stop_has_a_place_of_its_own",
                condition=Q(officer__isnull=False),
            ),
            models.CheckConstraint(
                name="stop_is_planned_wholly_or_not",
                condition=Q(
                    officer__isnull=True,
                    on__isnull=True,
                    place__isnull=True,
                    arrives_at__isnull=True,
                    leaves_at__isnull=True,
                )
                | Q(
                    officer__isnull=False,
                    on__isnull=False,
                    place__isnull=False,
                    arrives_at__isnull=False,
                    leaves_at__gte=F("arrives_at"),
                ),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "plan", "ref", "kind", "promise", "service", "together", "need",
                "must", "skill", "minutes", "lat", "lon", "why", "unserved", "officer", "on",
                "place", "arrives_at", "leaves_at",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"stop {self.ref} of plan {self.plan_id}"


class PlanChange(models.Model):
    """One change of a plan after it was made, with what it moved and cost."""

    plan = models.ForeignKey(WeekPlan, models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    details = CanonicalJSONField()
    changed_by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "version"], name="one_change_of_a_version"),
        )

    class Privacy:
        official = frozenset({"id", "plan", "version", "kind", "details", "at"})
        internal = frozenset({"changed_by"})

    def __str__(self) -> str:
        return f"change {self.version} of plan {self.plan_id}"


class StopVisit(models.Model):
    """The visit that an officer wrote at a stop; a visit is at one stop at most."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="visited")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="at_stop")

    class Privacy:
        official = frozenset({"id", "stop", "visit"})

    def __str__(self) -> str:
        return f"visit {self.visit_id} at stop {self.stop_id}"

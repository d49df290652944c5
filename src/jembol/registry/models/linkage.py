"""When two records are one: verdicts, merges, doubts that wait, and the keys of the look-up.

A merge rewrites nothing: it is a record, and `survivor` on the absorbed row is derived from the
standing merges, so that readers need no walk and an unmerge restores everything by ending one.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.registry.choices import Answer, MergeDoor
from jembol.registry.models.register import Enterprise, Person


class PairOfPeople(models.Model):
    """Two different people, the smaller key first, so that a pair is written one way only."""

    low = models.ForeignKey(Person, models.CASCADE, related_name="+")
    high = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class PairOfEnterprises(models.Model):
    """Two different enterprises, the smaller key first."""

    low = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    high = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Verdict(models.Model):
    """What somebody answered about a pair; kept for ever, and the latest of a pair counts."""

    answer = models.CharField(max_length=10, choices=Answer.choices)
    why = models.CharField(max_length=300, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class PersonVerdict(PairOfPeople, Verdict):
    """A verdict about two people."""

    class Meta:
        indexes = (
            models.Index(fields=["low", "high", "-id"], name="person_verdict_of_a_pair"),
            models.Index(fields=["high"], name="person_verdict_by_high"),
        )
        constraints = (
            models.CheckConstraint(name="person_verdict_low_first", condition=Q(low__lt=F("high"))),
        )

    class Privacy:
        official = frozenset({"id", "low", "high", "answer", "why", "officer_label", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.answer} ({self.pk})"


class EnterpriseVerdict(PairOfEnterprises, Verdict):
    """A verdict about two enterprises."""

    class Meta:
        indexes = (
            models.Index(fields=["low", "high", "-id"], name="enterprise_verdict_of_a_pair"),
            models.Index(fields=["high"], name="enterprise_verdict_by_high"),
        )
        constraints = (
            models.CheckConstraint(
                name="enterprise_verdict_low_first", condition=Q(low__lt=F("high"))
            ),
        )

    class Privacy:
        official = frozenset({"id", "low", "high", "answer", "why", "officer_label", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.answer} ({self.pk})"


class MergeQuerySet(models.QuerySet["models.Model"]):
    """Merges."""

    def standing(self) -> Self:
        """Keep those that were not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """The decision that one record is another, and, when it was undone, by whom and why.

    `taken` holds the fields that the survivor took over, as {field: [before, after]}, and `kept`
    those that stayed when it was undone, because somebody had changed them since; `parts` the
    evidence as it stood, as [field, category, bits]; `batch` names a bulk accept.
    """

    probability = models.FloatField(null=True)
    parts = models.JSONField(default=list)
    taken = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    door = models.CharField(max_length=10, choices=MergeDoor.choices)
    batch = models.CharField(max_length=26, blank=True, default="")
    why = models.CharField(max_length=300, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=300, blank=True, default="")
    undone_by_id = models.BigIntegerField(null=True)
    undone_by_label = models.CharField(max_length=150, blank=True, default="")

    objects = MergeQuerySet.as_manager()

    class Meta:
        abstract = True


class PersonMerge(Merge):
    """Two records of one person; both ids stay alive.

    Of a NIK that was taken over, `taken` holds the masked digits only: `nik_before` is the one that
    the survivor had, sealed for it, and `nik_taken` the digest of the one that came.
    """

    survivor = models.ForeignKey(Person, models.PROTECT, related_name="absorptions")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    nik_before = models.BinaryField(null=True)
    nik_taken = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="person_absorbed_once_while_it_stands",
            ),
            models.CheckConstraint(
                name="person_merge_of_two", condition=~Q(survivor=F("absorbed"))
            ),
        )
        indexes = (models.Index(fields=["batch"], name="person_merge_by_batch"),)

    class Privacy:
        official = frozenset(
            {
                "id", "survivor", "absorbed", "probability", "parts", "kept", "door", "batch",
                "why", "officer_label", "at", "undone_at", "undone_why", "undone_by_label",
            }
        )  # fmt: skip
        specific = frozenset({"taken", "nik_before"})
        internal = frozenset({"officer_id", "undone_by_id", "nik_taken"})

    def __str__(self) -> str:
        return f"{self.absorbed_id} is {self.survivor_id} ({self.pk})"


class EnterpriseMerge(Merge):
    """Two records of one enterprise; both ids stay alive."""

    survivor = models.ForeignKey(Enterprise, models.PROTECT, related_name="absorptions")
    absorbed = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="enterprise_absorbed_once_while_it_stands",
            ),
            models.CheckConstraint(
                name="enterprise_merge_of_two", condition=~Q(survivor=F("absorbed"))
            ),
        )
        indexes = (models.Index(fields=["batch"], name="enterprise_merge_by_batch"),)

    class Privacy:
        official = frozenset(
            {
                "id", "survivor", "absorbed", "probability", "parts", "taken", "kept", "door",
                "batch", "why", "officer_label", "at", "undone_at", "undone_why",
                "undone_by_label",
            }
        )  # fmt: skip
        internal = frozenset({"officer_id", "undone_by_id"})

    def __str__(self) -> str:
        return f"{self.absorbed_id} is {self.survivor_id} ({self.pk})"


class Doubt(AreaBounded):
    """What a run of linkage found of a pair that waits for an answer.

    `area` is the deepest area that holds both; who answers needs both in reach. `value` says how
    much the answer changes, and the queue is read in its order.
    """

    probability = models.FloatField()
    parts = models.JSONField(default=list)
    value = models.FloatField()
    found_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        abstract = True


class PersonDoubt(PairOfPeople, Doubt):
    """Two people who may be one."""

    class Meta:
        indexes = (
            models.Index(fields=["-value", "-id"], name="person_doubt_by_value"),
            models.Index(fields=["area", "-value"], name="person_doubt_by_area"),
        )
        constraints = (
            models.UniqueConstraint(fields=["low", "high"], name="person_doubt_once"),
            models.CheckConstraint(name="person_doubt_low_first", condition=Q(low__lt=F("high"))),
        )

    class Privacy:
        official = frozenset(
            {"id", "area", "low", "high", "probability", "parts", "value", "found_at"}
        )

    def __str__(self) -> str:
        return f"{self.low_id} or {self.high_id} ({self.pk})"


class EnterpriseDoubt(PairOfEnterprises, Doubt):
    """Two enterprises that may be one."""

    class Meta:
        indexes = (
            models.Index(fields=["-value", "-id"], name="enterprise_doubt_by_value"),
            models.Index(fields=["area", "-value"], name="enterprise_doubt_by_area"),
        )
        constraints = (
            models.UniqueConstraint(fields=["low", "high"], name="enterprise_doubt_once"),
            models.CheckConstraint(
                name="enterprise_doubt_low_first", condition=Q(low__lt=F("high"))
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "area", "low", "high", "probability", "parts", "value", "found_at"}
        )

    def __str__(self) -> str:
        return f"{self.low_id} or {self.high_id} ({self.pk})"


class LinkagePolicy(models.Model):
    """What one city lets the linkage do by itself; no row means the defaults of `rules`."""

    city = models.OneToOneField("places.Area", models.PROTECT, related_name="+")
    merge_above = models.FloatField()
    ask_above = models.FloatField()
    audit_share = models.FloatField()
    changed_at = models.DateTimeField()

    class Privacy:
        official = frozenset(
            {"id", "city", "merge_above", "ask_above", "audit_share", "changed_at"}
        )

    def __str__(self) -> str:
        return f"linkage policy of {self.city_id}"


class LinkageRun(AreaBounded):
    """One search of a city's whole register for records of one person.

    `model` is what was learned (weights and frequencies); `remaining` the estimated number of
    records too many, with its 95 % interval; `by_area` the same by kelurahan key.
    """

    records = models.PositiveIntegerField(default=0)
    pairs = models.PositiveBigIntegerField(default=0)
    remaining = models.FloatField(null=True)
    remaining_low = models.FloatField(null=True)
    remaining_high = models.FloatField(null=True)
    by_area = models.JSONField(default=dict)
    by_source = models.JSONField(default=dict)
    model = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "-id"], name="linkage_run_newest"),)

    class Privacy:
        official = frozenset(
            {
                "id", "area", "records", "pairs", "remaining", "remaining_low", "remaining_high",
                "by_area", "by_source", "started_at", "finished_at",
            }
        )  # fmt: skip
        internal = frozenset({"model"})

    def __str__(self) -> str:
        return f"linkage run {self.pk} of {self.area_id}"


class MergeSample(models.Model):
    """One merge of a bulk accept, drawn by lot for a second pair of eyes."""

    merge = models.OneToOneField(PersonMerge, models.CASCADE, related_name="sample")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    officer_label = models.CharField(max_length=150, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        official = frozenset({"id", "merge", "answer", "officer_label", "answered_at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"sample of merge {self.merge_id}"


class PersonKey(models.Model):
    """One key under which records of one person meet, of one row as it was written.

    A keyed digest, so that the table tells nothing without the deployment's key.
    """

    key = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="link_keys", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["key", "person"], name="person_by_link_key"),)
        constraints = (
            models.UniqueConstraint(fields=["person", "key"], name="link_key_once_for_a_person"),
        )

    class Privacy:
        internal = frozenset({"id", "key", "person"})

    def __str__(self) -> str:
        return f"key {self.pk} of {self.person_id}"


class PersonTraits(models.Model):
    """What linkage compares of one row, normalised, packed and sealed."""

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="link_traits", primary_key=True
    )
    packed_sealed = models.BinaryField()
    # Of keys and traits; whoever was written before there were versions has the first.
    version = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Privacy:
        internal = frozenset({"person", "version"})
        specific = frozenset({"packed_sealed"})

    def __str__(self) -> str:
        return f"traits of {self.person_id}"

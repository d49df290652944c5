"""The published rule of a class, its quotas, and the draw that was made by it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.registry.models import Group, Person
from jembol.training.choices import DrawOutcome, QuotaKind, SelectionKind
from jembol.training.models.classes import Class


class SelectionRule(models.Model):
    """By what rule the seats of a class are given out, as published.

    `conditions` and `weights` are data that `rules` reads, so that the rule which people see is the
    rule which decides. Every version stays readable as a `RuleRevision`.
    """

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="selection_rule")
    kind = models.CharField(max_length=12, choices=SelectionKind.choices)
    text = models.TextField(max_length=2000)
    text_en = models.TextField(max_length=2000, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    offer_hours = models.PositiveSmallIntegerField(default=24)
    conditions = models.JSONField(default=list)
    weights = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="rule_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="rule_gives_time_to_answer", condition=Q(offer_hours__gte=1)
            ),
        )

    class Privacy:
        public = frozenset(
            {
                "id", "training_class", "kind", "text", "text_en", "version", "opens_at",
                "closes_at", "offer_hours", "conditions", "weights",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"rule of {self.training_class_id}, version {self.version}"


class RuleRevision(models.Model):
    """One version of a rule with all that it said, and why it was changed."""

    rule = models.ForeignKey(SelectionRule, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    why = models.CharField(max_length=300, blank=True, default="")
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rule", "version"], name="rule_version_once"),
            models.CheckConstraint(
                name="rule_version_counts_from_one", condition=Q(version__gte=1)
            ),
        )

    class Privacy:
        public = frozenset({"id", "rule", "version", "content", "why", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"version {self.version} of rule {self.rule_id}"


class Quota(models.Model):
    """How many seats of a class go to some people at least, or at most.

    `value` names the part of its kind: the key of a kecamatan, a band of deciles like `1-4`, or
    nothing for women and people with a disability.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="quotas")
    kind = models.CharField(max_length=12, choices=QuotaKind.choices)
    value = models.CharField(max_length=20, blank=True, default="")
    at_least = models.PositiveIntegerField(default=0)
    at_most = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["training_class", "kind", "value"], name="quota_once"),
            models.CheckConstraint(
                name="quota_at_most_is_not_below_at_least",
                condition=Q(at_most__isnull=True) | Q(at_most__gte=F("at_least")),
            ),
        )

    class Privacy:
        public = frozenset({"id", "training_class", "kind", "value", "at_least", "at_most"})

    def __str__(self) -> str:
        return f"quota {self.kind} {self.value} of {self.training_class_id}"


class Commitment(models.Model):
    """The digest of a secret, published before registration closes; the secret follows the draw.

    Nobody knows at registration what the secret is, and nobody can choose another one afterwards.
    """

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="commitment")
    digest = models.CharField(max_length=64)
    secret_sealed = models.BinaryField()
    closes_at = models.DateTimeField()
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="commitment_before_registration_closes", condition=Q(at__lt=F("closes_at"))
            ),
        )

    class Privacy:
        public = frozenset({"id", "training_class", "digest", "closes_at", "at"})
        internal = frozenset({"secret_sealed", "officer_id"})

    def __str__(self) -> str:
        return f"commitment of {self.training_class_id}"


class Draw(models.Model):
    """The one draw of a class, by lot or by points, with everything needed to repeat it.

    `inputs` are the published files by name; of people they hold pseudonyms only. `secret` is what
    the commitment had sealed, open from now on.
    """

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="draw")
    kind = models.CharField(max_length=12, choices=SelectionKind.choices)
    rule_version = models.PositiveIntegerField()
    seats = models.PositiveIntegerField()
    secret = models.CharField(max_length=200, blank=True, default="")
    files = models.JSONField(default=dict)
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        public = frozenset(
            {"id", "training_class", "kind", "rule_version", "seats", "secret", "files", "at"}
        )
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"draw of {self.training_class_id}"


class DrawnQuerySet(models.QuerySet["Drawn"]):
    """What draws gave."""

    def compared(self) -> DrawnQuerySet:
        """Keep the group to compare with: who could have been drawn and was not."""
        return self.filter(outcome=DrawOutcome.NOT_DRAWN)


class Drawn(models.Model):
    """What a draw gave one person or group, for ever: winners, and losers to compare them with."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="rows")
    entry = models.OneToOneField("WaitingEntry", models.PROTECT, related_name="drawn")
    pseudonym = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="draws")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="draws")
    size = models.PositiveSmallIntegerField(default=1)
    stratum = models.CharField(max_length=100, blank=True, default="")
    place = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=DrawOutcome.choices)
    reason = models.CharField(max_length=200, blank=True, default="")
    points = models.IntegerField(null=True)
    parts = models.JSONField(default=list)

    objects = DrawnQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draw", "pseudonym"], name="drawn_once_in_a_draw"),
            models.UniqueConstraint(fields=["draw", "place"], name="drawn_place_once"),
            models.CheckConstraint(
                name="drawn_is_a_person_or_a_group",
                condition=Q(person__isnull=False, group__isnull=True)
                | Q(person__isnull=True, group__isnull=False),
            ),
        )

    class Privacy:
        public = frozenset({"id", "draw", "pseudonym", "place", "outcome", "size"})
        official = frozenset({"entry", "person", "group", "stratum", "reason", "points"})
        # The parts tell a welfare decile and a disability (UU 27/2022 art. 4).
        specific = frozenset({"parts"})

    def __str__(self) -> str:
        return f"place {self.place} in draw {self.draw_id}"

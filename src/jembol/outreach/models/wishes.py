"""The links of RT and RW heads, what they wish for, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from jembol.accounts.models import Officer
from jembol.outreach.choices import NeedKind, OwnBudget, ReplyKind, WishSource, WishState
from jembol.places.models import Area, AreaBounded, AreaQuerySet
from jembol.training.models import Class

if TYPE_CHECKING:
    from datetime import date


class RtDoorQuerySet(AreaQuerySet["RtDoor"]):
    """Links of RT and RW heads."""

    def open_on(self, on: date) -> Self:
        """Keep those that lead somewhere on this day."""
        return self.filter(closed_at__isnull=True, expires_on__gte=on)


class RtDoor(AreaBounded):
    """The one link of an RT or RW, for whoever heads it; replacing it ends the old one.

    It says which RT and nothing about a person: who heads the RT is not kept here.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    token_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    turns = models.PositiveIntegerField(default=0)

    objects = RtDoorQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area"], name="rt_door_once_an_area"),)

    class Privacy:
        official = frozenset({"id", "area", "made_at", "expires_on", "closed_at", "turns"})
        specific = frozenset({"token_sealed"})
        internal = frozenset({"token_digest"})

    def __str__(self) -> str:
        return f"link of {self.area_id}"


class WishPolicy(models.Model):
    """What a city says of the links: how long they lead somewhere, how many wishes may wait."""

    city = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="+")
    most_open = models.PositiveIntegerField()
    doors_until = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="wish_policy_lets_one_wait", condition=Q(most_open__gt=0)),
        )

    class Privacy:
        public = frozenset({"city", "most_open", "doors_until"})

    def __str__(self) -> str:
        return f"rules of links in {self.city_id}"


class WishQuerySet(AreaQuerySet["Wish"]):
    """Wishes; `gathered__gathering__reply` tells the rest."""

    def standing(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered(self) -> Self:
        """Keep those that wait for an answer, gathered or not."""
        return self.standing().filter(gathered__gathering__reply__isnull=True)

    def alone(self) -> Self:
        """Keep those that wait and are gathered with no others."""
        return self.standing().filter(gathered__isnull=True)

    def in_state(self, state: str) -> Self:
        """Keep those of one state."""
        gathered = self.standing().filter(gathered__isnull=False)
        narrowed = {
            WishState.OPEN: self.alone(),
            WishState.GATHERED: gathered.filter(gathered__gathering__reply__isnull=True),
            WishState.ANSWERED: gathered.filter(gathered__gathering__reply__isnull=False),
            WishState.WITHDRAWN: self.filter(withdrawn_at__isnull=False),
        }
        return narrowed[WishState(state)]


class Wish(AreaBounded):
    """One thing that an RT or RW needs in one year, told by its head or in a deliberation.

    `said` is `words` folded: the same wish of one RT in one year is one row, however often it is
    sent. Words that hold what may be a NIK or a telephone number are not taken.
    """

    kind = models.CharField(max_length=10, choices=NeedKind.choices)
    words = models.CharField(max_length=300, blank=True, default="")
    said = models.CharField(max_length=300, blank=True, default="")
    people = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=10, choices=WishSource.choices)
    year = models.PositiveSmallIntegerField()
    in_own_budget = models.CharField(
        max_length=3, choices=OwnBudget.choices, blank=True, default=OwnBudget.UNKNOWN
    )
    told_at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.CharField(max_length=300, blank=True, default="")

    objects = WishQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["area", "kind"],
                name="wish_that_stands",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.Index(fields=["-told_at", "-id"], name="wish_newest_first"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["area", "year", "kind", "said"],
                condition=Q(withdrawn_at__isnull=True),
                name="wish_once_for_an_rt_and_year",
            ),
            models.CheckConstraint(
                name="wish_is_for_somebody",
                condition=Q(people__isnull=True) | Q(people__gte=1, people__lte=5000),
            ),
            models.CheckConstraint(
                name="wish_by_link_has_no_officer",
                condition=Q(source=WishSource.RT_HEAD, officer__isnull=True)
                | ~Q(source=WishSource.RT_HEAD),
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "kind", "words", "said", "people", "source", "year",
                "in_own_budget", "told_at", "officer", "withdrawn_at", "why_withdrawn",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"wish {self.kind} of {self.area_id} ({self.pk})"


class Gathering(AreaBounded):
    """Like wishes that get one answer: one class, one oven, one visit.

    `area` is the smallest area that holds them all.
    """

    kind = models.CharField(max_length=10, choices=NeedKind.choices)
    topic = models.CharField(max_length=100, blank=True, default="")
    made_at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = AreaQuerySet["Gathering"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["-made_at", "-id"], name="gathering_newest_first"),)

    class Privacy:
        official = frozenset({"id", "area", "kind", "topic", "made_at", "officer"})

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class GatheredWish(models.Model):
    """A wish in a gathering; the database lets it stand in one at most."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="gathered")
    wish = models.OneToOneField(Wish, models.PROTECT, related_name="gathered")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "gathering", "wish", "at"})

    def __str__(self) -> str:
        return f"wish {self.wish_id} in gathering {self.gathering_id}"


class Reply(models.Model):
    """What the city answers to all wishes of a gathering; their RT read it."""

    gathering = models.OneToOneField(
        Gathering, models.PROTECT, primary_key=True, related_name="reply"
    )
    kind = models.CharField(max_length=10, choices=ReplyKind.choices)
    words = models.CharField(max_length=300, blank=True, default="")
    training_class = models.ForeignKey(Class, models.PROTECT, null=True, related_name="+")
    visit_on = models.DateField(null=True)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="reply_of_a_class_names_it",
                condition=Q(kind=ReplyKind.CLASS, training_class__isnull=False)
                | (~Q(kind=ReplyKind.CLASS) & Q(training_class__isnull=True)),
            ),
            models.CheckConstraint(
                name="reply_that_declines_says_why",
                condition=~Q(kind=ReplyKind.DECLINED) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="reply_of_a_visit_alone_has_its_day",
                condition=Q(kind=ReplyKind.VISIT) | Q(visit_on__isnull=True),
            ),
        )

    class Privacy:
        official = frozenset({"officer"})
        public = frozenset({"gathering", "kind", "words", "training_class", "visit_on", "at"})

    def __str__(self) -> str:
        return f"reply to gathering {self.gathering_id}"

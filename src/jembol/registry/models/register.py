"""People, households, enterprises, groups and consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from jembol.places.models import AreaBounded, AreaQuerySet
from jembol.registry.choices import (
    Channel,
    Education,
    EnterpriseStatus,
    GroupKind,
    KbliEdition,
    Purpose,
    Sex,
)

if TYPE_CHECKING:
    from datetime import date

    from jembol.kit.reach import Reach

Row = TypeVar("Row", bound=models.Model)
Held = TypeVar("Held", bound=models.Model)


class Household(AreaBounded):
    """A family as its card (KK) names it; the number is sealed, and one per card and city."""

    public_id = models.CharField(max_length=20, unique=True)
    kk_sealed = models.BinaryField(null=True)
    kk_digest = models.CharField(max_length=64, blank=True, default="")
    kk_masked = models.CharField(max_length=16, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["area", "id"], name="household_by_area"),
            models.Index(fields=["kk_digest"], name="household_by_kk", condition=~Q(kk_digest="")),
        )

    class Privacy:
        official = frozenset({"id", "area", "public_id", "kk_masked", "address", "created_at"})
        specific = frozenset({"kk_sealed"})
        internal = frozenset({"kk_digest"})

    def __str__(self) -> str:
        return self.public_id


class RegisterQuerySet(AreaQuerySet[Row]):
    """Long lists of people or enterprises, read page by page in the order of their names."""

    def standing(self) -> Self:
        """Keep the rows that stand for themselves: each person or enterprise once."""
        return self.filter(survivor__isnull=True)

    def within(self, reach: Reach, field: str = "area") -> Self:
        """Keep the rows whose area lies in the reach.

        SQLite knows no shares, so it would gather and sort a whole city to show its first page
        (0.34 s of 100,000 people, against 2 ms along the index of names). A sum keeps a wide span
        from being taken for a narrow one; PostgreSQL knows from its statistics.
        """
        return self.filter(lies_in(reach, field, vendor=connections[self.db].vendor))


def lies_in(reach: Reach, field: str, *, vendor: str) -> Q:
    """Return the condition that an area lies in the reach, false for no reach.

    Args:
        reach: Where.
        field: Path to the area, without `_id`.
        vendor: Which database is asked; why that matters stands at `RegisterQuerySet.within`.
    """
    wide = any(high - low >= _KECAMATAN_SPAN for low, high in reach.spans)
    key = F(f"{field}_id") + Value(0) if wide and vendor == "sqlite" else F(f"{field}_id")
    spans = Q(pk__in=())
    for low, high in reach.spans:
        spans |= Q(GreaterThanOrEqual(key, low)) & Q(LessThan(key, high))
    return spans


_KECAMATAN_SPAN = 10**10
"""Keys of one kecamatan: the digits of kelurahan, RW and RT."""


class PersonQuerySet(RegisterQuerySet["Person"]):
    """People."""

    def having_business(self, on: date) -> Self:
        """Keep those who own an enterprise on this day, under whichever of their ids."""
        return self.filter(theirs(Ownership.objects.standing(on)))

    def consenting_to(self, purpose: Purpose) -> Self:
        """Keep those whose consent for this purpose stands."""
        return self.filter(theirs(Consent.objects.standing().filter(text__purpose=purpose)))


def theirs(rows: models.QuerySet[Held]) -> Q:
    """Return the condition that one of these rows names the person, or one they stand for."""
    own, absorbed = rows.filter(person=OuterRef("pk")), rows.filter(person__survivor=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(absorbed))


class Person(AreaBounded):
    """One citizen of the register.

    `name` is as the person writes it, titles and all; `folded` is the key by which it is found.
    `area` is the deepest place known: an RT, a kelurahan, or only the city. `survivor` is the row
    that stands for this one while a merge says so, always one that stands itself.
    """

    public_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True, default="")
    born_on = models.DateField(null=True)
    birth_place = models.CharField(max_length=100, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    education = models.CharField(max_length=10, choices=Education.choices, blank=True, default="")
    has_disability = models.BooleanField(null=True)
    nik_sealed = models.BinaryField(null=True)
    nik_digest = models.CharField(max_length=64, blank=True, default="")
    nik_masked = models.CharField(max_length=16, blank=True, default="")
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="members"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    survivor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["folded", "id"], name="person_by_folded_name"),
            # With `survivor`, so that people are counted from the index alone.
            models.Index(fields=["area", "id", "survivor"], name="person_by_area"),
            models.Index(
                fields=["survivor"],
                name="person_by_survivor",
                condition=Q(survivor__isnull=False),
            ),
            models.Index(fields=["phone"], name="person_by_phone", condition=~Q(phone="")),
            models.Index(fields=["nik_digest"], name="person_by_nik", condition=~Q(nik_digest="")),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "public_id", "name", "folded", "sex", "born_on", "birth_place",
                "phone", "address", "education", "nik_masked", "household", "created_at",
                "changed_at", "version", "survivor",
            }
        )  # fmt: skip
        specific = frozenset({"has_disability", "nik_sealed"})
        internal = frozenset({"nik_digest"})

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"


class PersonWord(models.Model):
    """One word by which a person is found: of the name, the phone, or a tail of a number.

    Bytes, not text: a span of bytes is one step down the index on SQLite and on PostgreSQL, while
    text sorts by the server's locale there (docs/adr/0003-name-search.md).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(max_length=48)

    class Meta:
        indexes = (models.Index(fields=["word", "person"], name="person_by_word"),)
        constraints = (
            models.UniqueConstraint(fields=["person", "word"], name="word_once_for_a_person"),
        )

    class Privacy:
        official = frozenset({"id", "person", "word"})

    def __str__(self) -> str:
        return f"word {self.pk} of {self.person_id}"


class Enterprise(AreaBounded):
    """One business, however small; several of one person are several enterprises."""

    public_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    activity = models.CharField(max_length=200, blank=True, default="")
    product = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(
        max_length=10, choices=EnterpriseStatus.choices, default=EnterpriseStatus.OPERATING
    )
    nib = models.CharField(max_length=13, blank=True, default="")
    kbli = models.CharField(max_length=5, blank=True, default="")
    kbli_edition = models.CharField(
        max_length=4, choices=KbliEdition.choices, blank=True, default=""
    )
    phone = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    started_on = models.DateField(null=True)
    owners = models.ManyToManyField(Person, through="Ownership", related_name="enterprises")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    survivor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )

    objects = RegisterQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["folded", "id"], name="enterprise_by_folded_name"),
            # With `survivor`, so that enterprises are counted from the index alone.
            models.Index(fields=["area", "id", "survivor"], name="enterprise_by_area"),
            models.Index(
                fields=["survivor"],
                name="enterprise_by_survivor",
                condition=Q(survivor__isnull=False),
            ),
            models.Index(fields=["nib"], name="enterprise_by_nib", condition=~Q(nib="")),
        )
        constraints = (
            models.CheckConstraint(
                name="enterprise_kbli_names_its_edition",
                condition=Q(kbli="", kbli_edition="") | (~Q(kbli="") & ~Q(kbli_edition="")),
            ),
        )

    class Privacy:
        public = frozenset({"public_id", "name", "product", "activity", "area", "status"})
        official = frozenset(
            {
                "id", "folded", "nib", "kbli", "kbli_edition", "phone", "address", "started_on",
                "owners", "created_at", "changed_at", "version", "survivor",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"


class EnterpriseWord(models.Model):
    """One word by which an enterprise is found: of its name or its product."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(max_length=48)

    class Meta:
        indexes = (models.Index(fields=["word", "enterprise"], name="enterprise_by_word"),)
        constraints = (
            models.UniqueConstraint(
                fields=["enterprise", "word"], name="word_once_for_an_enterprise"
            ),
        )

    class Privacy:
        official = frozenset({"id", "enterprise", "word"})

    def __str__(self) -> str:
        return f"word {self.pk} of {self.enterprise_id}"


class PeriodQuerySet(AreaQuerySet[Held]):
    """Rows that hold from a day until (not including) another; an unknown day is open."""

    def standing(self, on: date) -> Self:
        """Keep those in force on this day."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=on),
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
        )


class Ownership(models.Model):
    """A person's hold of an enterprise, from a day until (not including) another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ownerships")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="ownerships")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "enterprise"],
                condition=Q(ends_on__isnull=True),
                name="ownership_once_while_it_stands",
            ),
            models.CheckConstraint(
                name="ownership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
            ),
        )

    class Privacy:
        official = frozenset({"id", "person", "enterprise", "starts_on", "ends_on"})

    def __str__(self) -> str:
        return f"{self.person_id} owns {self.enterprise_id} ({self.pk})"


class Group(AreaBounded):
    """People who come together: a kelompok of 30 to 50, a cluster, a KUBE."""

    public_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=GroupKind.choices, default=GroupKind.TRAINING)
    formed_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "folded"], name="group_by_area_and_name"),)

    class Privacy:
        public = frozenset({"public_id", "name", "kind", "area"})
        official = frozenset({"id", "folded", "formed_on", "created_at"})

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"


class Membership(models.Model):
    """A person's place in a group, from a day until (not including) another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    is_head = models.BooleanField(default=False)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=Q(ends_on__isnull=True),
                name="membership_once_while_it_stands",
            ),
            models.CheckConstraint(
                # A membership entered by mistake ends on the day it began.
                name="membership_ends_on_or_after_its_start",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        )

    class Privacy:
        official = frozenset({"id", "person", "group", "is_head", "starts_on", "ends_on"})

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id} ({self.pk})"


class ConsentText(models.Model):
    """The words that were put to people, word for word, by version."""

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="id")
    body = models.TextField()
    published_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["purpose", "version", "language"], name="consent_text_once"
            ),
        )

    class Privacy:
        public = frozenset({"id", "purpose", "version", "language", "body", "published_on"})

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version} {self.language} ({self.pk})"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents."""

    def standing(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)


class Consent(models.Model):
    """A person's yes to one text, and how it can be proven (UU 27/2022 art. 22 and 24)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    witness = models.CharField(max_length=150, blank=True, default="")
    given_at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Privacy:
        official = frozenset({"id", "person", "text", "channel", "witness", "given_at"})

    def __str__(self) -> str:
        return f"consent {self.pk} of {self.person_id}"


class ConsentWithdrawal(models.Model):
    """The same person's later no (UU 27/2022 art. 9 and 40)."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    withdrawn_at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "consent", "channel", "withdrawn_at"})

    def __str__(self) -> str:
        return f"withdrawal of {self.consent_id}"

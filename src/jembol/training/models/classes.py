"""Courses, classes, sessions, registrations and attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThan

from jembol.places.models import AreaBounded, AreaQuerySet, Venue
from jembol.registry.models import Group, Person, lies_in
from jembol.training.choices import Door, Organiser, Unit

if TYPE_CHECKING:
    from datetime import date

    from jembol.kit.period import Period
    from jembol.kit.reach import Reach
    from jembol.places.models import Area


def _within(period: Period[date], field: str) -> Q:
    """Return the condition that a day lies in the half-open period."""
    condition = Q(**{f"{field}__gte": period.starts})
    return condition if period.ends is None else condition & Q(**{f"{field}__lt": period.ends})


def _count_of(rows: models.QuerySet[models.Model], owner: str) -> Coalesce:
    """Return the number of rows that belong to the class of the outer query."""
    of_one = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(of_one.annotate(number=Count("pk")).values("number")), 0)


def _is_older() -> Q:
    """Return the condition that a row is older than the outer one.

    A sum, so that SQLite does not walk all rows of a class that have a lower key.
    """
    return Q(LessThan(F("pk") + Value(0), OuterRef("pk")))


def _is_absorbed(person: str) -> Q:
    return Q(**{f"{person}__survivor__isnull": False})


def _cancelled(training_class: str) -> Exists:
    """Return the condition that the class was cancelled.

    `cancellation__isnull=True` would join and look for NULL, and PostgreSQL takes that for almost
    no rows: people reached of 300,000 attendances in 1.7 s, against 0.4 s with NOT EXISTS.
    """
    return Exists(Cancellation.objects.filter(training_class=OuterRef(training_class)))


class Course(models.Model):
    """One kind of training in the catalogue."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    about = models.CharField(max_length=300, blank=True, default="")

    class Privacy:
        public = frozenset({"id", "slug", "name", "name_en", "about"})

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


class ClassQuerySet(AreaQuerySet["Class"]):
    """Classes."""

    def of_the_city(self) -> Self:
        """Keep those that count as the city's programme: not a party's or candidate's."""
        return self.exclude(organiser=Organiser.CANDIDATE)

    def standing(self) -> Self:
        """Keep those that were not cancelled."""
        return self.filter(~_cancelled("pk"))

    def published(self) -> Self:
        """Keep those that citizens may see."""
        return self.standing().filter(publication__isnull=False)

    def counted(self) -> Self:
        """Keep those that the city's figures count: its own, and not cancelled."""
        return self.standing().of_the_city()

    def beginning_in(self, period: Period[date]) -> Self:
        """Keep those whose first day lies in the period."""
        return self.filter(_within(period, "starts_on"))

    def with_seats_left(self) -> Self:
        """Add `registered` and `seats_left`."""
        standing = Registration.objects.standing()
        return self.annotate(registered=_count_of(standing.once(), "training_class")).annotate(
            # Where there is no limit there is no number left: NULL, not 0 (GREATEST of PostgreSQL
            # ignores a NULL, MAX of SQLite does not).
            seats_left=Case(
                When(seats__isnull=False, then=Greatest(F("seats") - F("registered"), 0)),
                output_field=models.IntegerField(),
            )
        )

    def with_counts(self) -> Self:
        """Add `session_count`, `attended_people` and `attendances` to the count of the seats.

        Each is a subquery of its own: joined together they would multiply one another.
        """
        return self.with_seats_left().annotate(
            session_count=_count_of(Session.objects.standing(), "training_class"),
            attended_people=_count_of(Registration.objects.attended().once(), "training_class"),
            attendances=_count_of(Attendance.objects.once(), "session__training_class"),
        )


class Class(AreaBounded):
    """One run of a course (angkatan), on one or several days.

    `area` is where it is given. `source` says where knowledge of a past class comes from, and
    `doubt` what is uncertain about it, in words.
    """

    public_id = models.CharField(max_length=20, unique=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="classes")
    title = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    organiser = models.CharField(max_length=10, choices=Organiser.choices)
    organiser_name = models.CharField(max_length=150, blank=True, default="")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="classes")
    seats = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True, default="")
    doubt = models.CharField(max_length=300, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField()

    objects = ClassQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["-starts_on", "-id"], name="class_newest_first"),
            models.Index(fields=["area", "starts_on"], name="class_by_area_and_day"),
        )
        constraints = (
            models.CheckConstraint(
                name="class_ends_on_or_after_its_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
        )

    class Privacy:
        public = frozenset(
            {
                "id", "area", "public_id", "course", "title", "folded", "organiser",
                "organiser_name", "venue", "seats", "source", "doubt", "starts_on", "ends_on",
                "created_at",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} ({self.public_id})"


class Publication(models.Model):
    """The moment from which citizens may see the class and sign up."""

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="publication")
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        public = frozenset({"id", "training_class", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"publication of {self.training_class_id}"


class Cancellation(models.Model):
    """The end of a class that will not be given, with the reason."""

    training_class = models.OneToOneField(Class, models.PROTECT, related_name="cancellation")
    officer_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Privacy:
        public = frozenset({"id", "training_class", "why", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"cancellation of {self.training_class_id}"


class SessionQuerySet(models.QuerySet["Session"]):
    """Days of classes."""

    def standing(self) -> Self:
        """Keep those that were not cancelled."""
        return self.filter(cancellation__isnull=True)


class Session(models.Model):
    """One day of a class; `venue` where it is held elsewhere than the class.

    `revision` grows by one whenever the day is moved or cancelled, as calendars count changes.
    """

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="sessions")
    revision = models.PositiveIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "number"], name="session_number_once"
            ),
            models.UniqueConstraint(fields=["training_class", "on"], name="session_day_once"),
        )

    class Privacy:
        public = frozenset(
            {"id", "training_class", "number", "on", "starts_at", "ends_at", "venue", "revision"}
        )

    def __str__(self) -> str:
        return f"session {self.number} of {self.training_class_id} ({self.pk})"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations."""

    def standing(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def attended(self) -> Self:
        """Keep those whose person came to one session at least, withdrawn later or not."""
        return self.filter(Exists(Attendance.objects.filter(registration=OuterRef("pk"))))

    def counted(self) -> Self:
        """Keep those that the city's figures count: standing, in a class of its own that stands."""
        return self.standing().filter(
            _not_a_candidates("training_class"), ~_cancelled("training_class")
        )

    def of_classes_in(self, area: Area) -> Self:
        """Keep those for classes given in this area."""
        low, high = area.span
        return self.filter(training_class__area_id__gte=low, training_class__area_id__lt=high)

    def of_people_in(self, reach: Reach) -> Self:
        """Keep those of people in the reach: a registration is as private as its person."""
        return self.filter(lies_in(reach, "person__area", vendor=connections[self.db].vendor))

    def beginning_in(self, period: Period[date]) -> Self:
        """Keep those whose class has its first day in the period."""
        return self.filter(_within(period, "training_class__starts_on"))

    def once(self) -> Self:
        """Keep one of these for each person and class, whichever ids the person had; call it last.

        A merge moves no registration, so a merged person may hold two in one class.
        """
        return self.filter(~self.again())

    def again(self) -> Q:
        """Return the condition that one of these stands for the person in that class already.

        Of several the one of the surviving entry leads, or else the oldest. Only rows of absorbed
        people are looked at closer, from their few entries on.
        """
        there = self.filter(training_class=OuterRef("training_class")).order_by()
        own = there.filter(person=OuterRef("person__survivor"))
        older = there.filter(_is_older(), person__survivor=OuterRef("person__survivor"))
        return _is_absorbed("person") & (Q(Exists(own)) | Q(Exists(older)))


def _not_a_candidates(path: str) -> Q:
    return ~Q(**{f"{path}__organiser": Organiser.CANDIDATE})


class Registration(models.Model):
    """A person's place in a class."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="registrations")
    door = models.CharField(max_length=10, choices=Door.choices)
    at = models.DateTimeField()

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["training_class", "id"], name="registration_by_class"),)
        constraints = (
            models.UniqueConstraint(
                fields=["training_class", "person"], name="registration_once_for_a_person"
            ),
        )

    class Privacy:
        official = frozenset({"id", "training_class", "person", "group", "door", "at"})

    def __str__(self) -> str:
        return f"registration {self.pk}"


class Withdrawal(models.Model):
    """A place given back, with the reason; taking it up again removes the withdrawal."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="withdrawal")
    why = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "registration", "why", "at"})

    def __str__(self) -> str:
        return f"withdrawal of {self.registration_id}"


class Roll(models.Model):
    """The fact that attendance of a session was taken; before it, absence means nothing."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="roll")
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "session", "at"})
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"roll of {self.session_id}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendances."""

    def counted(self) -> Self:
        """Keep those that the city's figures count: at a class of its own that stands."""
        return self.filter(
            _not_a_candidates("session__training_class"), ~_cancelled("session__training_class")
        )

    def of_classes_in(self, area: Area) -> Self:
        """Keep those at classes given in this area."""
        low, high = area.span
        return self.filter(
            session__training_class__area_id__gte=low, session__training_class__area_id__lt=high
        )

    def of_people_in(self, reach: Reach) -> Self:
        """Keep those of people in the reach."""
        vendor = connections[self.db].vendor
        return self.filter(lies_in(reach, "registration__person__area", vendor=vendor))

    def on_days_of(self, period: Period[date]) -> Self:
        """Keep those at sessions held in the period."""
        return self.filter(_within(period, "session__on"))

    def once(self) -> Self:
        """Keep one of these for each person and session; call it last."""
        return self.filter(~self.again())

    def again(self) -> Q:
        """Return the condition that one of these notes the person at that session already."""
        root = OuterRef("registration__person__survivor")
        # The class is named too, so that its few seats lead to the attendances.
        there = self.filter(
            session=OuterRef("session"),
            registration__training_class=OuterRef("session__training_class"),
        ).order_by()
        own = there.filter(registration__person=root)
        older = there.filter(_is_older(), registration__person__survivor=root)
        return _is_absorbed("registration__person") & (Q(Exists(own)) | Q(Exists(older)))


class Attendance(models.Model):
    """A registered person came to one session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="attendances")
    at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "registration"], name="attendance_once_for_a_session"
            ),
        )

    class Privacy:
        official = frozenset({"id", "session", "registration", "at"})

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Claim(models.Model):
    """A number that a source reports about a class; shown beside our rows, never added to them."""

    training_class = models.ForeignKey(Class, models.PROTECT, related_name="claims")
    unit = models.CharField(max_length=15, choices=Unit.choices)
    number = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)
    source = models.CharField(max_length=300)

    class Privacy:
        public = frozenset({"id", "training_class", "unit", "number", "at_least", "source"})

    def __str__(self) -> str:
        return f"claim {self.pk} about {self.training_class_id}"

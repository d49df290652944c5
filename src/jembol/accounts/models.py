"""Officers and their duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models import F, Q

from jembol.accounts.choices import Role
from jembol.accounts.rules import roles_granted
from jembol.kit.reach import Reach
from jembol.places.models import AreaBounded, AreaQuerySet

if TYPE_CHECKING:
    from datetime import date


class Officer(AbstractBaseUser):
    """A person who works for the programme and signs in."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Privacy:
        official = frozenset({"id", "username", "name", "phone", "email", "is_active", "joined_at"})
        internal = frozenset({"password", "last_login"})

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"

    def get_full_name(self) -> str:
        """Return the name as it is written on papers."""
        return self.name

    def held(self, on: date) -> list[tuple[str, int]]:
        """Return role and area key of every duty in force on this day; none when deactivated.

        Read once for an instance, and an instance lives for one request, so a duty that ends
        takes effect at the next click.
        """
        if not self.is_active:
            return []
        known: dict[date, list[tuple[str, int]]] = self.__dict__.setdefault("_held", {})
        if on not in known:
            known[on] = list(self.duties.standing(on).values_list("role", "area_id"))
        return known[on]

    def reach(self, permission: str, on: date) -> Reach:
        """Return where this officer may do this, on this day."""
        roles = roles_granted(permission)
        return Reach.of(key for role, key in self.held(on) if role in roles)


class DutyQuerySet(AreaQuerySet["Duty"]):
    """Duties."""

    def standing(self, on: date) -> Self:
        """Keep those in force on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class Duty(AreaBounded):
    """A role held in an area, from a day until (not including) another.

    A duty taken back on its first day has an empty period: it never stood.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="duties")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="duty_ends_not_before_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["officer", "role", "area"],
                condition=Q(ends_on__isnull=True),
                name="duty_once_while_it_stands",
            ),
        )

    class Privacy:
        official = frozenset({"id", "area", "officer", "role", "starts_on", "ends_on"})

    def __str__(self) -> str:
        return f"{self.role} in {self.area_id} ({self.pk})"

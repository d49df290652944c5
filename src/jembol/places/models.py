"""Areas, their aliases and boundaries, the cities served, and venues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

from jembol.kit.area import AreaCode
from jembol.places.choices import Level

if TYPE_CHECKING:
    from jembol.kit.reach import Reach

Row = TypeVar("Row", bound=models.Model)


class AreaQuerySet(models.QuerySet[Row]):
    """Rows that stand in an area."""

    def within(self, reach: Reach, field: str = "area") -> Self:
        """Keep the rows whose area lies in the reach; the one mechanism of tenancy."""
        spans = Q()
        for low, high in reach.spans:
            spans |= Q(**{f"{field}_id__gte": low, f"{field}_id__lt": high})
        return self.filter(spans) if reach else self.none()

    def inside(self, area: Area, field: str = "area") -> Self:
        """Keep the rows that stand in this area or below it."""
        low, high = area.span
        return self.filter(**{f"{field}_id__gte": low, f"{field}_id__lt": high})


class AreaTreeQuerySet(models.QuerySet["Area"]):
    """Areas themselves."""

    def within(self, reach: Reach) -> Self:
        """Keep the areas that lie in the reach."""
        spans = Q()
        for low, high in reach.spans:
            spans |= Q(key__gte=low, key__lt=high)
        return self.filter(spans) if reach else self.none()

    def inside(self, area: Area) -> Self:
        """Keep this area and those below it."""
        low, high = area.span
        return self.filter(key__gte=low, key__lt=high)

    def at(self, level: Level) -> Self:
        """Keep the areas of one level."""
        return self.filter(level=level)


class Area(models.Model):
    """One place of the administrative tree.

    `key` holds the code's digits, PP KK CC DDDD WWW TTT, as one number; `code` is how people
    write it, `35.73.05.1004`, with `.006.002` for RW 6 and RT 2.
    """

    key = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    folded = models.CharField(max_length=100)
    postal_code = models.CharField(max_length=5, blank=True, default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    objects = AreaTreeQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["folded", "level"], name="area_by_folded_name"),)
        constraints = (
            models.CheckConstraint(
                name="area_has_both_coordinates_or_none",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
            ),
        )

    class Privacy:
        public = frozenset(
            {
                "key",
                "code",
                "name",
                "level",
                "kind",
                "parent",
                "folded",
                "postal_code",
                "lat",
                "lon",
            }
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def span(self) -> tuple[int, int]:
        """The half-open span of keys of this area and all below it."""
        return AreaCode.from_key(self.key).span


class Edition(models.Model):
    """One complete load of the country's area codes: from which table, and how many areas."""

    source = models.CharField(max_length=100, unique=True)
    areas = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Privacy:
        public = frozenset({"id", "source", "areas", "loaded_at"})

    def __str__(self) -> str:
        return f"{self.source} ({self.areas})"


class AreaAlias(models.Model):
    """Another spelling by which people write an area."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, db_index=True)
    source = models.CharField(max_length=100)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "folded"], name="alias_once_for_an_area"),
        )

    class Privacy:
        public = frozenset({"id", "area", "text", "folded", "source"})

    def __str__(self) -> str:
        return f"{self.text} = {self.area_id}"


class City(models.Model):
    """A city whose programme this deployment runs."""

    area = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="city")
    office = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    is_demo = models.BooleanField(default=False)

    class Privacy:
        public = frozenset({"area", "office", "time_zone", "is_demo"})

    def __str__(self) -> str:
        return f"{self.area.name} ({self.area_id})"


class Boundary(models.Model):
    """The official outline of an area, WGS 84, as GeoJSON Polygon or MultiPolygon."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    class Privacy:
        public = frozenset({"area", "geometry", "source", "loaded_at"})

    def __str__(self) -> str:
        return f"boundary of {self.area_id}"


class AreaBounded(models.Model):
    """A row that belongs somewhere, and is seen only by those on duty there."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Venue(AreaBounded):
    """A place where people come together: a hall, a hotel, a balai RW."""

    name = models.CharField(max_length=150)
    folded = models.CharField(max_length=150)
    address = models.CharField(max_length=300, blank=True, default="")
    capacity = models.PositiveIntegerField(null=True)
    step_free = models.BooleanField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["area", "folded"], name="venue_by_area_and_name"),)
        constraints = (
            models.CheckConstraint(
                name="venue_capacity_is_positive",
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
            ),
        )

    class Privacy:
        public = frozenset(
            {"id", "area", "name", "folded", "address", "capacity", "step_free", "lat", "lon"}
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"

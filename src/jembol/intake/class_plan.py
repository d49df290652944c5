"""The class to which an attendance list belongs: one that is there, or one to be opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from jembol.intake.errors import ClassUnclear
from jembol.intake.models import Import
from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.kit.text import fold_name
from jembol.places.actions import add_venue
from jembol.places.models import Area, Venue
from jembol.training.actions import open_class
from jembol.training.choices import Organiser
from jembol.training.models import Class, Course
from jembol.training.rules import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPlan:
    """What an officer said about the class of a list.

    Attributes:
        class_id: A class that is there; then the rest but `listed_is_present` is not used.
        course: Slug of the course.
        title: Name of the class.
        organiser: Value of `training.choices.Organiser`.
        organiser_name: Who that was.
        days: Its days; the first is day 1 of the list.
        venue: Name of the hall; a new one is added to the venues of the city.
        source: Where the list comes from.
        doubt: What is uncertain about it.
        listed_is_present: Being on the list means having come, when no day has a column; `None`
            is yes for a class of one day only, because nobody knows on which of several.
    """

    class_id: int | None = None
    course: str = ""
    title: str = ""
    organiser: str = Organiser.OFFICE
    organiser_name: str = ""
    days: tuple[date, ...] = ()
    venue: str = ""
    source: str = ""
    doubt: str = ""
    listed_is_present: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the plan for storage."""
        names = [name for name in self.__slots__ if name != "days"]
        stored = {name: getattr(self, name) for name in names}
        return {**stored, "days": [day.isoformat() for day in self.days]}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what `as_json` made."""
        days = tuple(date.fromisoformat(day) for day in value["days"])
        return cls(**{**value, "days": days})

    def checked(self, area: Area, *, today: date, by: By) -> Self:
        """Return the plan when a class can be had from it, its days in order.

        Raises:
            ClassUnclear: there is no such class or course, no title, no day, or one to come.
            OutOfReach: the class lies outside the actor's duty.
        """
        if self.class_id:
            there = Class.objects.filter(pk=self.class_id).first()
            if there is None or city_key(there.area_id) != city_key(area.key):
                raise _unclear(_("There is no such class in this city. Choose another."))
            by.must_cover(there.area_id)
            return self
        if not Course.objects.filter(slug=self.course).exists():
            raise _unclear(_("Choose the course of this class."), "course")
        if not self.title.strip():
            raise _unclear(_("Write the name of the class."), "title")
        if self.organiser not in Organiser.values:
            raise _unclear(_("Choose who gave the class."), "organiser")
        return self._with_checked_days(today)

    def _with_checked_days(self, today: date) -> Self:
        if not self.days:
            raise _unclear(_("Write the days on which the class was given."), "days")
        days = tuple(sorted(set(self.days)))
        if days[-1] > today:
            raise _unclear(
                _("%(day)s has not come yet; a list of who came cannot be older than its class.")
                % {"day": days[-1].isoformat()},
                "days",
            )
        return replace(self, days=days)


def presence_by_listing(plan: ClassPlan, days: int) -> bool:
    """Whether being on the list means having come."""
    return days == 1 if plan.listed_is_present is None else plan.listed_is_present


def class_for(batch: Import, by: By) -> Class:
    """Return the class of an attendance list, opened when the plan says so.

    Raises:
        Refusal: the class cannot be opened; as `training.actions.open_class`.
    """
    plan = ClassPlan.from_json(batch.class_plan)
    if plan.class_id:
        return Class.objects.get(pk=plan.class_id)
    return open_class(
        course=Course.objects.get(slug=plan.course),
        title=plan.title,
        area=batch.area,
        organiser=plan.organiser,
        organiser_name=plan.organiser_name,
        days=[Day(day) for day in plan.days],
        venue=_venue(plan.venue, batch, by),
        # Where nothing else is said, the file is what is known of the class.
        source=plan.source or batch.file_name,
        doubt=plan.doubt,
        by=by,
    )


def _venue(name: str, batch: Import, by: By) -> Venue | None:
    folded = fold_name(name)
    if not folded:
        return None
    city = Area.objects.get(pk=city_key(batch.area_id) or batch.area_id)
    known = Venue.objects.inside(city).filter(folded=folded).order_by("pk").first()
    return known or add_venue(name=name, area=batch.area, by=by)


def _unclear(message: str, field: str = "class_id") -> ClassUnclear:
    return ClassUnclear(message, field=field)

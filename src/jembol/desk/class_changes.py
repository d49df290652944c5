"""A class is changed, copied, or repeated at the next points of its city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jembol.desk.areas import area_initial
from jembol.desk.classes import class_within, warnings_of
from jembol.desk.planning_words import warn_about, warnings_about
from jembol.desk.training_forms import (
    MOST_DAYS,
    ClassForm,
    DaysForm,
    VenueField,
    days_of,
    watched,
)
from jembol.kit.area import city_key
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Area, Venue
from jembol.training import actions, queries
from jembol.training.models import Class, Course
from jembol.training.rules import FIRST_DAY, LAST_DAY, Day, shifted, starts_after
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from jembol.places.models import AreaQuerySet

CHANGED = ("course", "title", "organiser", "organiser_name", "venue", "seats")
PROPOSED = 3
MOST_POINTS = 20


@writes("training.change")
def class_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Change what a class is about, where it is, and how many seats it has."""
    each = class_within(request, public_id)
    form = _class_form(request, each)
    if form.is_valid():
        with refusals_into(form):
            changes = {
                **{name: form.cleaned_data[name] for name in CHANGED},
                "area": places_actions.place(**form.named, by=request.by),
            }
            actions.change_class(training_class=each, changes=changes, by=request.by)
            messages.success(request, _("Saved."))
            return redirect("desk:class_detail", public_id=public_id)
    context = {**_page(each, _("Change the class"), _("Save")), "form": form}
    return show(request, "ui/form.html", context)


@writes("training.change")
def class_copy_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Open a class like this one on other days, perhaps elsewhere."""
    each = class_within(request, public_id)
    form = _class_form(request, each)
    for name in ("course", "organiser", "organiser_name", "seats"):
        del form.fields[name]
    days = DaysForm(sent(request), initial=_shifted_days(each))
    if form.is_valid() and days.is_valid():
        with refusals_into(form):
            point = actions.Point(
                title=form.cleaned_data["title"],
                area=places_actions.place(**form.named, by=request.by),
                days=days_of(days),
                venue=form.cleaned_data["venue"],
            )
            copy = actions.copy_class(training_class=each, point=point, by=request.by)
            warn_about(request, days_of(days))
            messages.success(request, _("Class opened, with its mentors, plan and costs."))
            return redirect("desk:class_detail", public_id=copy.public_id)
    context = {
        **_page(each, _("Give the class once more"), _("Open the class")),
        "form": form,
        "days": days,
        "notes": warnings_of(days),
    }
    return show(request, "desk/class_copy_create.html", context)


class PointsForm(forms.Form):
    """One class for each chosen kelurahan: its title, first day and venue."""

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        venues: AreaQuerySet[Venue],
        each: Class,
        **kwargs: Any,
    ) -> None:
        """Make three fields for each kelurahan."""
        super().__init__(*args, **kwargs)
        self.areas = areas
        firsts = starts_after(
            max(each.ends_on, timezone.localdate()),
            weekday=each.starts_on.weekday(),
            count=len(areas),
        )
        for area, first in zip(areas, firsts, strict=True):
            here = _near(venues, area)
            self._add(area, first, here, self._suggested(here, area, each))
            title = f"{each.course.name} {area.name}"
            self.fields[f"title_{area.key}"] = forms.CharField(
                label=gettext_lazy("Title of the class"), max_length=150, initial=title
            )

    def _add(self, area: Area, first: date, venues: QuerySet[Venue], venue: Venue | None) -> None:
        day = DayField(label=gettext_lazy("First day"))
        # A class of several days must not run over the end of the calendar.
        day.validators += [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
        day.initial = first
        day.widget.attrs.update(watched())
        self.fields[f"first_{area.key}"] = day
        self.fields[f"venue_{area.key}"] = VenueField(
            label=gettext_lazy("Venue"), queryset=venues, required=False, initial=venue
        )

    @staticmethod
    def _suggested(venues: QuerySet[Venue], area: Area, each: Class) -> Venue | None:
        """Return a hall of the kelurahan itself that holds the seats, step-free ones first."""
        own = [venue for venue in venues if _holds(area, venue) and _is_large(venue, each)]
        return min(own, key=lambda venue: (not venue.step_free, venue.name), default=None)

    @property
    def rows(self) -> list[tuple[Area, list[forms.BoundField]]]:
        """The fields of each kelurahan."""
        return [
            (area, [self[f"{name}_{area.key}"] for name in ("title", "first", "venue")])
            for area in self.areas
        ]

    def points(self, days: Sequence[Day]) -> list[actions.Point]:
        """Return the points that the form names, with the days moved to their first one."""
        given = self.cleaned_data
        return [
            actions.Point(
                title=given[f"title_{area.key}"],
                area=area,
                days=shifted(days, first=given[f"first_{area.key}"]),
                venue=given[f"venue_{area.key}"],
            )
            for area in self.areas
        ]


@writes("training.change")
def class_repeat_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Repeat a class at the next points: kelurahan first, then when and where."""
    each = class_within(request, public_id)
    city = Area.objects.get(pk=city_key(each.area_id))
    areas = _chosen(request, city)
    if not areas:
        return _choices(request, each, city)
    venues = Venue.objects.within(request.reach).order_by("name", "pk")
    form = PointsForm(sent(request), areas=areas, venues=venues, each=each)
    if form.is_valid():
        with refusals_into(form):
            points = form.points(_days(each))
            made = actions.repeat_class(training_class=each, points=points, by=request.by)
            warn_about(request, [day for point in points for day in point.days])
            number = len(made)
            told = ngettext("%(number)d class opened.", "%(number)d classes opened.", number)
            messages.success(request, told % {"number": number})
            return redirect("desk:class_list")
    firsts = [form[f"first_{area.key}"].value() for area in areas]
    context = {
        **_page(each, _("Repeat at the next points"), _("Open these classes")),
        "form": form,
        "length": (each.ends_on - each.starts_on).days + 1,
        "notes": warnings_about(first for first in firsts if isinstance(first, date)),
    }
    return show(request, "desk/class_repeat_create.html", context)


def _choices(request: OfficerRequest, each: Class, city: Area) -> HttpResponse:
    rows = queries.demand(each.course, city, request.reach, timezone.localdate())
    proposed = {row.area.key for row in rows[:PROPOSED] if row.is_unmet}
    context = {
        **_page(each, _("Repeat at the next points"), _("Go on with the ticked kelurahan")),
        "rows": [(row, row.area.key in proposed) for row in rows],
        "most": MOST_POINTS,
        "today": timezone.localdate(),
    }
    return show(request, "desk/class_point_choice.html", context)


def _chosen(request: OfficerRequest, city: Area) -> list[Area]:
    words = request.GET.getlist("titik")[:MOST_POINTS]
    keys = {key for word in words if (key := parse_key(word)) is not None}
    rows = Area.objects.inside(city).within(request.reach).filter(pk__in=keys)
    return list(rows.order_by("name", "key"))


def _class_form(request: OfficerRequest, each: Class) -> ClassForm:
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    initial = {name: getattr(each, name) for name in CHANGED}
    return ClassForm(
        sent(request),
        initial={**initial, **area_initial(each.area, choices)},
        choices=choices,
        courses=Course.objects.order_by("name"),
        venues=Venue.objects.within(request.reach).order_by("name", "pk"),
    )


def _days(each: Class) -> list[Day]:
    rows = each.sessions.standing().order_by("number")
    return [Day(row.on, row.starts_at, row.ends_at) for row in rows]


def _shifted_days(each: Class) -> dict[str, Any]:
    """Return the same weekdays in the next week that has not begun."""
    days = _days(each)
    after = max(each.ends_on, timezone.localdate())
    (first,) = starts_after(after, weekday=days[0].on.weekday(), count=1)
    moved = shifted(days, first=first)[:MOST_DAYS]
    return {
        **{f"day_{number}": day.on for number, day in enumerate(moved, start=1)},
        "starts_at": moved[0].starts_at,
        "ends_at": moved[0].ends_at,
    }


def _near(venues: AreaQuerySet[Venue], area: Area) -> AreaQuerySet[Venue]:
    """Return the venues of the kecamatan, and those that belong to the whole city."""
    above = area.parent
    own = venues.inside(above) if above else venues.inside(area)
    return own | venues.filter(area_id=city_key(area.key))


def _holds(area: Area, venue: Venue) -> bool:
    low, high = area.span
    return low <= venue.area_id < high


def _is_large(venue: Venue, each: Class) -> bool:
    return venue.capacity is None or each.seats is None or each.seats <= venue.capacity


def _page(each: Class, title: str, submit: str) -> dict[str, Any]:
    return {
        "title": title,
        "lead": each.title,
        "submit": submit,
        "back": {
            "link": reverse("desk:class_detail", args=[each.public_id]),
            "title": each.title,
        },
    }


paths = [
    path("kelas/<slug:public_id>/ubah/", class_change, name="class_change"),
    path("kelas/<slug:public_id>/salinan/", class_copy_create, name="class_copy_create"),
    path(
        "kelas/<slug:public_id>/titik-berikutnya/", class_repeat_create, name="class_repeat_create"
    ),
]

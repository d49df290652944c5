"""Forms of the training pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jembol.places.models import Venue
from jembol.training.choices import Organiser
from jembol.training.models import Course
from jembol.training.rules import Day
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField


class CourseField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A course by its name in the reader's language."""

    def label_from_instance(self, obj: Course) -> str:
        """Return the name in the reader's language."""
        return obj.name_en if get_language() == "en" else obj.name


class VenueField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A venue by its name."""

    def label_from_instance(self, obj: Venue) -> str:
        """Return the name."""
        return obj.name


class ClassForm(AreaForm):
    """What a class is about, where, and by whom."""

    course = CourseField(label=_("Course"), queryset=Course.objects.none())
    title = forms.CharField(label=_("Title of the class"), max_length=150)
    organiser = forms.ChoiceField(
        label=_("Given by"),
        choices=Organiser.choices,
        help_text=_("Classes of a party or candidate are kept out of the city's statistics."),
    )
    organiser_name = forms.CharField(
        label=_("Name of the organiser"), max_length=150, required=False
    )
    venue = VenueField(label=_("Venue"), queryset=Venue.objects.none(), required=False)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=10_000)
    mentors = forms.CharField(
        label=_("Mentors"),
        required=False,
        help_text=_("One name a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = (
        "course",
        "title",
        "area",
        "rw",
        "rt",
        "venue",
        "seats",
        "organiser",
        "organiser_name",
        "mentors",
    )

    def __init__(self, *args: Any, courses: Any, venues: Any, **kwargs: Any) -> None:
        """Offer these courses and venues."""
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """Up to five days with one pair of hours; a longer class gets more days on its page."""

    day_1 = DayField(label=_("First day"))
    day_2 = DayField(label=_("Second day"), required=False)
    day_3 = DayField(label=_("Third day"), required=False)
    day_4 = DayField(label=_("Fourth day"), required=False)
    day_5 = DayField(label=_("Fifth day"), required=False)
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends_at = forms.TimeField(
        label=_("Ends at"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )


def days_of(form: DaysForm) -> list[Day]:
    """Return the days that the form names."""
    given = form.cleaned_data
    named = [given[f"day_{number}"] for number in range(1, 6)]
    return [Day(on, given["starts_at"], given["ends_at"]) for on in named if on]

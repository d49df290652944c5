"""Forms of the training pages."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jembol.places.models import Venue
from jembol.training.choices import Organiser
from jembol.training.models import Course, Mentor
from jembol.training.rules import Day
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField, HourField
from jembol.ui.listing import parse_key


class CourseField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A course by its name in the reader's language."""

    def label_from_instance(self, obj: Course) -> str:
        """Return the name in the reader's language."""
        return obj.name_en if get_language() == "en" else obj.name


class VenueField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A venue by its name, and how many people it holds."""

    def label_from_instance(self, obj: Venue) -> str:
        """Return the name and the capacity."""
        if obj.capacity is None:
            return obj.name
        return gettext("%(venue)s (holds %(capacity)d)") % {
            "venue": obj.name,
            "capacity": obj.capacity,
        }


class MentorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # no subscript
    """Mentors by name and what they teach, to tick."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the ticked mentors.

        Raises:
            ValidationError: one of them is nobody, or a number that no database takes.
        """
        ticked = [word for word in value or () if word]
        for word in ticked:
            if parse_key(str(word)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(word)[:20]},
                )
        return super().clean(ticked)

    def label_from_instance(self, obj: Mentor) -> str:
        """Return the name and the expertise."""
        return f"{obj.name} – {obj.expertise}" if obj.expertise else obj.name


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
    mentors = MentorsField(label=_("Mentors"), queryset=Mentor.objects.none(), required=False)
    guests = forms.CharField(
        label=_("Guests who are not on the list"),
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
        "guests",
    )

    def __init__(
        self, *args: Any, courses: Any, venues: Any, mentors: Any = None, **kwargs: Any
    ) -> None:
        """Offer these courses, venues and mentors; no mentors where they are chosen elsewhere."""
        super().__init__(*args, **kwargs)
        if mentors is None:
            del self.fields["mentors"], self.fields["guests"]
        else:
            self.fields["mentors"].queryset = mentors  # type: ignore[attr-defined]
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]


MOST_DAYS: Final = 12
_SHOWN_DAYS: Final = 2


class DaysForm(forms.Form):
    """The days of a class with one pair of hours; the page of its days gives each its own."""

    starts_at = HourField(label=_("Begins at"))
    ends_at = HourField(label=_("Ends at"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field for each day; what is known of a date is told as soon as it is chosen."""
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_DAYS + 1):
            field = DayField(label=_("Day %(number)d") % {"number": number}, required=number == 1)
            field.widget.attrs.update(watched())
            self.fields[f"day_{number}"] = field

    @property
    def first_days(self) -> list[forms.BoundField]:
        """The days that are always shown."""
        return [self[f"day_{number}"] for number in range(1, _SHOWN_DAYS + 1)]

    @property
    def more_days(self) -> list[forms.BoundField]:
        """The days of longer classes."""
        return [self[f"day_{number}"] for number in range(_SHOWN_DAYS + 1, MOST_DAYS + 1)]

    @property
    def has_more_days(self) -> bool:
        """Whether one of the later days is filled in."""
        return any(field.value() for field in self.more_days)


def watched() -> dict[str, str]:
    """Return what makes a field of a date tell what is worth knowing about it."""
    return {
        "hx-get": reverse("desk:day_notes"),
        "hx-trigger": "change",
        "hx-include": "[data-day]",
        "hx-target": "#day_notes",
        "hx-swap": "outerHTML",
        "data-day": "",
    }


def days_of(form: DaysForm) -> list[Day]:
    """Return the days that the form names."""
    given = form.cleaned_data
    named = [given[f"day_{number}"] for number in range(1, MOST_DAYS + 1)]
    return [Day(on, given["starts_at"], given["ends_at"]) for on in named if on]


def guests_of(text: str) -> list[str]:
    """Return the names that were typed, one a line."""
    return [name.strip() for name in text.splitlines() if name.strip()]

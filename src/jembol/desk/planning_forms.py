"""Forms of planning: mentors, plans, cost lines, and where and when a day is held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jembol.desk.training_forms import MentorsField, VenueField, watched
from jembol.places.models import Venue
from jembol.training.choices import CostKind, Language
from jembol.training.models import Mentor
from jembol.training.rules import MOST_COMPANIONS
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField, HourField, MoneyField


class PersonNamedField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """Somebody by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.name)


class MentorForm(AreaForm):
    """Somebody who gives classes."""

    name = forms.CharField(label=_("Name"), max_length=150)
    expertise = forms.CharField(label=_("What the mentor teaches"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    honorarium_per_hour = MoneyField(
        label=_("Honorarium for an hour"),
        required=False,
        help_text=_("For example 150000 or 150rb. Leave it blank when it is agreed each time."),
    )
    officer = PersonNamedField(
        label=_("The same as this officer"),
        queryset=None,
        required=False,
        help_text=_("An officer is on the list once at most."),
    )
    left_on = DayField(
        label=_("Takes no classes from"), required=False, help_text=_("Blank while active.")
    )
    field_order = ("name", "expertise", "area", "rw", "rt", "phone", "honorarium_per_hour")

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        """Offer these officers."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """What a class needs beside its days."""

    budget_code = forms.CharField(
        label=_("Budget code"),
        max_length=60,
        required=False,
        help_text=_("Code of the sub-activity (sub kegiatan) in the DPA."),
    )
    budget_line = forms.CharField(label=_("Budget line"), max_length=200, required=False)
    budget_year = forms.IntegerField(
        label=_("Budget year"), required=False, min_value=2000, max_value=2100
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    companions = forms.IntegerField(
        label=_("Companions for each participant"),
        min_value=0,
        max_value=MOST_COMPANIONS,
        initial=0,
        help_text=_("A child, or somebody who helps. 0 when none may come along."),
    )
    accessibility = forms.CharField(
        label=_("Access for people with disabilities"),
        max_length=300,
        required=False,
        help_text=_("What the venue does not say by itself: a ramp, an interpreter, large print."),
    )
    materials_note = forms.CharField(
        label=_("Tools and materials: who brings what"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CostForm(forms.Form):
    """One line of the costs."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CostKind.choices)
    what = forms.CharField(label=_("What for"), max_length=200)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1_000_000)
    unit = forms.CharField(
        label=_("Unit"), max_length=30, help_text=_("For example kg, box, hour, person.")
    )
    unit_price = MoneyField(
        label=_("Price of one unit"), help_text=_("For example 12500 or Rp12.500.")
    )
    account_code = forms.CharField(
        label=_("Account code"), max_length=40, required=False,
        help_text=_("For example 5.1.02.01.01.0052."),
    )  # fmt: skip
    mentor = PersonNamedField(
        label=_("Paid to this mentor"),
        queryset=None,
        required=False,
        help_text=_("Only for an honorarium."),
    )

    def __init__(self, *args: Any, mentors: Any, **kwargs: Any) -> None:
        """Offer the mentors of the class."""
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = mentors  # type: ignore[attr-defined]


class HoursForm(forms.Form):
    """When a day of a class is, and where when not in the venue of the class."""

    on = DayField(label=_("Date"))
    starts_at = HourField(label=_("Begins at"))
    ends_at = HourField(label=_("Ends at"))
    venue = VenueField(label=_("Venue of this day"), queryset=Venue.objects.none(), required=False)

    def __init__(self, *args: Any, venues: Any, own_venue: str, **kwargs: Any) -> None:
        """Offer these venues; nothing chosen means the venue of the class."""
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs.update(watched())
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        self.fields["venue"].empty_label = own_venue  # type: ignore[attr-defined]


class MoveForm(HoursForm):
    """Where and when a day is held from now on, and why."""

    why = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It is told to those who are registered.")
    )


class MentorsForm(forms.Form):
    """Who gives a class."""

    mentors = MentorsField(
        label=_("Mentors of the list"), queryset=Mentor.objects.none(), required=False
    )
    guests = forms.CharField(
        label=_("Guests who are not on the list"),
        required=False,
        help_text=_("One name a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, mentors: Any, **kwargs: Any) -> None:
        """Offer these mentors."""
        super().__init__(*args, **kwargs)
        self.fields["mentors"].queryset = mentors  # type: ignore[attr-defined]

"""Forms of going to the people: work profiles, service days, and the terms of a week."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jembol.outreach.choices import ServiceKind, Skill, Tongue, Travel
from jembol.outreach.rules.week import Terms
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField, HourField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def _boxes(label: Any, choices: Any, *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple
    )


class ProfileForm(AreaForm):
    """How an officer works."""

    travel = forms.ChoiceField(label=_("Gets about"), choices=Travel.choices)
    skills = _boxes(_("Can do"), Skill.choices)
    tongues = _boxes(_("Speaks"), Tongue.choices, required=True)
    starts_at = HourField(label=_("Day begins"), required=True)
    rests_at = HourField(label=_("Midday rest begins"), required=True)
    resumes_at = HourField(label=_("Midday rest ends"), required=True)
    friday_rests_at = HourField(label=_("Friday: leaves for prayer"), required=True)
    friday_resumes_at = HourField(label=_("Friday: back from prayer"), required=True)
    ends_at = HourField(label=_("Day ends"), required=True)
    lat = forms.FloatField(
        label=_("Latitude of the start"),
        required=False,
        help_text=_("Leave both empty for the middle of the kelurahan."),
    )
    lon = forms.FloatField(label=_("Longitude of the start"), required=False)
    field_order = ("travel", "skills", "tongues")


class ServiceDayForm(AreaForm):
    """A day on which services stand in an RW."""

    on = DayField(label=_("Day"))
    starts_at = HourField(label=_("From"), required=True)
    ends_at = HourField(label=_("Until"), required=True)
    starts_at.help_text = _("Officers need half an hour from the beginning of their day.")
    place = forms.CharField(
        label=_("Where people come"), max_length=150, help_text=_("For example Balai RW 03.")
    )
    services = _boxes(_("Services"), ServiceKind.choices, required=True)
    officers = forms.IntegerField(label=_("Officers at once"), min_value=1, max_value=20, initial=2)
    visitors = forms.IntegerField(
        label=_("Visitors expected"), min_value=0, max_value=5000, initial=50
    )
    lat = forms.FloatField(
        label=_("Latitude"),
        required=False,
        help_text=_("Leave both empty when it is not known."),
    )
    lon = forms.FloatField(label=_("Longitude"), required=False)
    field_order = ("on", "starts_at", "ends_at", "place", "area", "rw", "rt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the usual hours."""
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].initial, self.fields["ends_at"].initial = time(8, 30), time(11, 30)


class WeekForm(forms.Form):
    """Which week of which area is planned, and by which numbers."""

    area = forms.TypedChoiceField(label=_("Area"), coerce=int)
    starts_on = forms.ChoiceField(label=_("Week from Monday"))
    point_minutes = forms.IntegerField(
        label=_("Minutes of travel that a point of need is worth"),
        min_value=1,
        max_value=120,
        help_text=_("More sends officers farther for need; less keeps their ways short."),
    )
    area_minutes = forms.IntegerField(
        label=_("Minutes for a visit to an RW"), min_value=10, max_value=240
    )
    promise_minutes = forms.IntegerField(
        label=_("Minutes for an appointment"), min_value=5, max_value=240
    )
    slack_percent = forms.IntegerField(
        label=_("Time that stays free (per cent)"),
        min_value=0,
        max_value=50,
        help_text=_("With 5 to 10 per cent free, an officer who falls ill hurts less."),
    )
    shop_from = HourField(label=_("Shopkeepers have time from"), required=True)
    shop_until = HourField(label=_("Shopkeepers have time until"), required=True)
    cook_from = HourField(label=_("Cooks have time from"), required=True)
    cook_until = HourField(label=_("Cooks have time until"), required=True)
    is_fair = forms.BooleanField(
        label=_("Kecamatan that had less so far count more"), required=False
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[tuple[int, str]],
        mondays: Sequence[tuple[date, str]],
        terms: Terms,
        **kwargs: Any,
    ) -> None:
        """Offer these areas and weeks; the numbers are those of the last plan."""
        kwargs["initial"] = terms.kept()
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["starts_on"].choices = [(day.isoformat(), text) for day, text in mondays]  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """The numbers that were given."""
        given = {
            name: f"{value:%H:%M}" if isinstance(value, time) else value
            for name, value in self.cleaned_data.items()
            if name not in {"area", "starts_on"}
        }
        return Terms.read(given)


class MoveForm(forms.Form):
    """Where a stop goes: to whom, on which day, at which place in the order."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    officer = forms.TypedChoiceField(label=_("Officer"), coerce=int)
    day = forms.ChoiceField(label=_("Day"))
    place = forms.TypedChoiceField(
        label=_("Place in the order"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Empty for where it costs least."),
    )

    def __init__(
        self,
        *args: Any,
        officers: Sequence[tuple[int, str]],
        days: Sequence[tuple[date, str]],
        places: int,
        **kwargs: Any,
    ) -> None:
        """Offer these officers, days and places."""
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = officers  # type: ignore[attr-defined]
        self.fields["day"].choices = [(day.isoformat(), text) for day, text in days]  # type: ignore[attr-defined]
        numbers = [(str(number), str(number)) for number in range(1, places + 2)]
        self.fields["place"].choices = [("", "–"), *numbers]  # type: ignore[attr-defined]

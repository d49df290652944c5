"""The words of a city's messages, and the hours of its reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.cities import chosen_city, cities_within
from jembol.outbox.channels import setup_of
from jembol.outbox.choices import Channel
from jembol.training import actions, queries
from jembol.training.choices import LetterKind, Tongue
from jembol.training.rules import LONGEST, PLACEHOLDERS, length_of
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.places.models import Area

BY_THEMSELVES = (Channel.WHATSAPP, Channel.SMS, Channel.WA_LINK, Channel.FILE)


class WordingForm(forms.Form):
    """The words of one kind of message."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        help_text=_("Empty: no such reminder."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class TimesForm(forms.Form):
    """When people are reminded, and how."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the channels that leave without a person, and the link that waits for one."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["eve_at"] = _clock(_("On the day before, at"))
        self.fields["morning_at"] = _clock(_("In the morning of the day, at"))
        names = [(one.value, str(one.label)) for one in BY_THEMSELVES if setup_of(one).is_ready]
        self.fields["channel"] = forms.ChoiceField(
            label=_("Channel"),
            required=False,
            choices=[("", _("the best that is set up")), *names],
            help_text=_("“Opened by hand” waits in the list of the class."),
        )


@reads("training.change")
def wording_list(request: OfficerRequest) -> HttpResponse:
    """Show a city's texts and hours."""
    city = chosen_city(request)
    texts = queries.all_words(city.key)
    context = {
        "title": _("Words of messages"),
        "city": city,
        "cities": cities_within(request.reach),
        "times": queries.times_of(city.key),
        "rows": [
            (LetterKind(kind), Tongue(language), text, is_own, length_of(text))
            for (kind, language), (text, is_own) in texts.items()
        ],
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/wording_list.html", context)


@writes("training.change")
def wording_change(request: OfficerRequest, code: str, kind: str, language: str) -> HttpResponse:
    """Change a city's words for one kind of message."""
    city = _city_within(request, code)
    if kind not in LetterKind.values or language not in Tongue.values:
        raise Http404
    key = LetterKind(kind), Tongue(language)
    text, _is_own = queries.all_words(city.key)[key]
    form = WordingForm(sent(request), initial={"text": text})
    if form.is_valid():
        with refusals_into(form):
            actions.change_wording(
                city=city, kind=key[0], language=key[1], by=request.by, **form.cleaned_data
            )
            messages.success(request, _("The words are changed."))
            return redirect(_list_of(city))
    names = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    context = {
        "title": f"{key[0].label} ({key[1].label})",
        "lead": _("What stands in braces is filled in: %s. Empty brings our words back.") % names,
        "form": form,
        "submit": _("Save the words"),
        "back": {"link": _list_of(city), "title": _("Words of messages")},
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def message_times_change(request: OfficerRequest, code: str) -> HttpResponse:
    """Change when a city reminds people."""
    city = _city_within(request, code)
    times = queries.times_of(city.key)
    initial = {"eve_at": times.eve_at, "morning_at": times.morning_at}
    form = TimesForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            actions.change_times(
                city=city,
                eve_at=given["eve_at"],
                morning_at=given["morning_at"],
                channel=Channel(given["channel"]) if given["channel"] else None,
                by=request.by,
            )
            messages.success(request, _("The hours are changed."))
            return redirect(_list_of(city))
    context = {
        "title": _("Hours of the reminders"),
        "lead": city.name,
        "form": form,
        "submit": _("Save the hours"),
        "back": {"link": _list_of(city), "title": _("Words of messages")},
    }
    return show(request, "ui/form.html", context)


def _city_within(request: OfficerRequest, code: str) -> Area:
    """Return a city that lies whole within the officer's reach.

    Raises:
        Http404: it does not.
    """
    for city in cities_within(request.reach):
        if city.code == code and request.reach.covers(city.key):
            return city
    raise Http404


def _list_of(city: Area) -> str:
    return f"{reverse('desk:wording_list')}?kota={city.code}"


paths = [
    path("pesan/", wording_list, name="wording_list"),
    path("pesan/<str:code>/jam/", message_times_change, name="message_times_change"),
    path("pesan/<str:code>/<slug:kind>/<slug:language>/", wording_change, name="wording_change"),
]

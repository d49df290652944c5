"""Coming classes, and the sign-up that needs only name, RT and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.core import ratelimit
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.calendars.ics import google_link
from jembol.kit.reach import Reach
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Area
from jembol.places.queries import served_cities
from jembol.public import own_sign_ups
from jembol.public.selection import rule_context
from jembol.public.taking_part import materials_of
from jembol.training import actions, queries
from jembol.training.actions.entries import token_digest, token_of
from jembol.training.choices import EntryState
from jembol.training.models import Class, ClassQuerySet
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show
from jembol.ui.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY = "kunci"
"""In the address of the thanks: the secret word of the applicant's own page."""

AGAIN = "lagi"
"""In the address of the thanks when this browser had signed up before."""


class SignUpForm(AreaForm):
    """Who wants a seat, where they live, and how to reach them."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone (WhatsApp)"),
        max_length=20,
        help_text=gettext_lazy("For example 0812 3456 7890"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


def _asked_city(request: CitizenRequest, cities: Sequence[Area]) -> Area | None:
    wanted = request.GET.get("kota", "")
    named = next((city for city in cities if city.code == wanted), None)
    if wanted and named is None:
        raise Http404
    return named or (cities[0] if cities else None)


@open_to_all
def home(request: CitizenRequest) -> HttpResponse:
    """Show the classes that are open for sign-up."""
    cities = served_cities()
    city = _asked_city(request, cities)
    coming = queries.coming(timezone.localdate(), city) if city else Class.objects.none()
    context = {
        "title": _("Free classes"),
        "cities": cities,
        "city": city,
        "classes": [(each, getattr(each, "selection_rule", None)) for each in coming],
        "now": request.by.at,
    }
    return show(request, "public/home.html", context)


def open_class(public_id: str) -> Class:
    """Return a class that citizens may see.

    Raises:
        Http404: there is none with this number that is shown.
    """
    found: Class = get_object_or_404(_shown(), public_id=public_id)
    return found


def _shown() -> ClassQuerySet:
    return Class.objects.published().select_related("course", "area", "venue")


@open_to_all
def class_detail(request: CitizenRequest, public_id: str) -> HttpResponse:
    """Show one class."""
    each = get_object_or_404(_shown().with_seats_left(), public_id=public_id)
    rule = queries.rule_of(each)
    context = {
        "title": each.title,
        "each": each,
        "sessions": each.sessions.select_related("venue", "cancellation").order_by("number"),
        "mentors": each.mentors.order_by("pk"),
        "materials": materials_of(each),
        "is_open": each.starts_on >= timezone.localdate(),
        "now": request.by.at,
        **(rule_context(each, rule) if rule else {"rule": None}),
        "google": _google(each),
    }
    return show(request, "public/class_detail.html", context)


def _google(each: Class) -> str:
    """Return the address at which Google's calendar offers to keep the first day."""
    days = queries.occasions_of_class(each, page_of=lambda _number: "")
    return next((google_link(one) for one in days if not one.is_cancelled), "")


@open_to_all
def sign_up(request: CitizenRequest, public_id: str) -> HttpResponse:
    """Take a seat with a name, an RT and a phone number."""
    each = open_class(public_id)
    city = next((area for area in served_cities() if _holds(area, each.area_id)), None)
    if city is None or each.starts_on < timezone.localdate():
        raise Http404
    choices = area_choices(Reach((city.span,)))
    form = SignUpForm(sent(request), choices=choices)
    if request.method == "POST" and not ratelimit.consume(request, action="public_sign_up"):
        return refuse(
            request,
            429,
            _("Too many sign-ups from here in one minute."),
            _("Wait a minute, go back and send the form again. Nothing you typed is lost."),
        )
    if form.is_valid():
        with refusals_into(form):
            return _signed_up(request, each, form)
    rule = queries.rule_of(each)
    context = {
        "title": _("Sign up"),
        "each": each,
        "form": form,
        "rule": rule,
        "now": request.by.at,
        "conditions": [words for _one, words in queries.conditions_of(each)],
    }
    return show(request, "public/sign_up.html", context)


def _signed_up(request: CitizenRequest, each: Class, form: SignUpForm) -> HttpResponse:
    """Give the seat and lead to the thanks; only the browser that sent it before is told so.

    Raises:
        Refusal: the class or the register refuses.
    """
    given = form.cleaned_data
    word = own_sign_ups.word_of(each.public_id, given["name"], given["phone"])
    is_own = own_sign_ups.is_own(request, word)
    if queries.rule_of(each) is not None:
        return _on_the_list(request, each, form, word)
    seat = actions.sign_up(
        training_class=each,
        name=given["name"],
        phone=given["phone"],
        area=places_actions.place(**form.named, by=request.by),
        by=request.by,
        is_own=is_own,
    )
    link = reverse("public:thanks", args=[each.public_id])
    is_again = is_own and seat.at != request.by.at
    response = redirect(f"{link}?{AGAIN}=ya" if is_again else link)
    own_sign_ups.remember(request, response, word)
    return response


def _on_the_list(request: CitizenRequest, each: Class, form: SignUpForm, word: str) -> HttpResponse:
    """Sign up by the rule; the secret link is only for whoever made the entry, on their browser.

    Raises:
        Refusal: the class, its rule or the register refuses.
    """
    given = form.cleaned_data
    signed = actions.sign_up_by_rule(
        training_class=each,
        name=given["name"],
        phone=given["phone"],
        area=places_actions.place(**form.named, by=request.by),
        by=request.by,
    )
    link = reverse("public:thanks", args=[each.public_id])
    is_own = own_sign_ups.is_own(request, word)
    told = {KEY: token_of(signed.entry)} if signed.is_new or is_own else {}
    if is_own and not signed.is_new:
        told[AGAIN] = "ya"
    response = redirect(f"{link}?{urlencode(told)}" if told else link)
    if signed.is_new:
        own_sign_ups.remember(request, response, word)
    return response


def _holds(area: Area, key: int) -> bool:
    low, high = area.span
    return low <= key < high


@open_to_all
def thanks(request: CitizenRequest, public_id: str) -> HttpResponse:
    """Say that the seat is taken, and what comes next."""
    is_again = AGAIN in request.GET
    each = open_class(public_id)
    key = request.GET.get(KEY, "")
    standing = queries.standing_of(each, token_digest(key), request.by.at) if key else None
    context = {
        "title": _("You are already signed up") if is_again else _("You are on the list"),
        "each": each,
        "by_rule": queries.rule_of(each) is not None,
        "key": key if standing else "",
        "is_seated": standing is not None and standing.entry.state == EntryState.SEATED,
    }
    response = show(request, "public/thanks.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


paths = [
    path("", home, name="home"),
    path("kelas/<slug:public_id>/", class_detail, name="class_detail"),
    path("kelas/<slug:public_id>/daftar/", sign_up, name="sign_up"),
    path("kelas/<slug:public_id>/terdaftar/", thanks, name="thanks"),
]

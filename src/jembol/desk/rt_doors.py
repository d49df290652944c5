"""Links of RT and RW heads: the list, making them, the letter to print, replacing and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import area_filter, named
from jembol.desk.cities import chosen_city
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.kit.area import AreaCode, city_key
from jembol.outreach import actions, queries
from jembol.outreach.models import RtDoor
from jembol.outreach.rt_links import token_of
from jembol.places import actions as places_actions
from jembol.places.choices import Level
from jembol.places.choosing import area_choices, span_of
from jembol.places.models import Area, City
from jembol.ui.addresses import lasting
from jembol.ui.area_form import AreaForm
from jembol.ui.components import day, pill
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

MOST_LETTERS: Final = 200
MOST_AT_ONCE: Final = 500

STATES: Final[Mapping[str, Callable[[Any, date], Any]]] = {
    "terbuka": lambda rows, on: rows.open_on(on),
    "ditutup": lambda rows, _on: rows.filter(closed_at__isnull=False),
    "habis": lambda rows, on: rows.filter(closed_at__isnull=True, expires_on__lt=on),
}


def _state(door: RtDoor) -> tuple[str, str]:
    if door.closed_at is not None:
        return _("closed"), "bad"
    has_ended = door.expires_on < timezone.localdate()
    return (_("run out"), "warn") if has_ended else (_("in use"), "good")


@reads("outreach.see")
def rt_door_list(request: OfficerRequest) -> HttpResponseBase:
    """Show which RT and RW have a link; the links themselves stand on their letters only."""
    may_plan = may(request, "outreach.plan")
    listing = Listing(
        request,
        rows=queries.rt_doors(reach_of_list(request, "outreach.see")),
        columns=[
            Column("wilayah", "RT/RW", lambda row: named(row.area), sort="area_id"),
            Column("dibuat", _("Made"), lambda row: timezone.localdate(row.made_at),
                   lambda row: day(timezone.localdate(row.made_at)), sort="made_at"),
            Column("sampai", _("Until"), lambda row: row.expires_on,
                   lambda row: day(row.expires_on), sort="expires_on"),
            Column("diganti", _("Times replaced"), lambda row: row.turns, align="end", wide=True),
            Column("keadaan", _("State"), lambda row: _state(row)[0],
                   lambda row: pill(_state(row)[0], tone=_state(row)[1])),
        ],
        filters=[area_filter(request.reach), _state_filter()],
        sort="wilayah",
        name="tautan-rt",
        detail=(lambda row: reverse("desk:rt_door_detail", args=[row.pk])) if may_plan else None,
        empty=_("Make a link for an RT, print its letter and hand it to the head."),
    )  # fmt: skip
    context = {
        "title": _("Links of RT heads"),
        "unit": _("links"),
        "may_plan": may_plan,
        "may_set": may(request, "outreach.policy"),
        "wilayah": request.GET.get("wilayah", ""),
    }
    return listed(
        request, listing, context, template="desk/rt_door_list.html", export="outreach.see"
    )


def _state_filter() -> Filter:
    choices = [("terbuka", _("in use")), ("ditutup", _("closed")), ("habis", _("run out"))]
    return Filter(
        "keadaan",
        _("State"),
        choices,
        lambda rows, word: STATES[word](rows, timezone.localdate()),
    )


class RtDoorForm(AreaForm):
    """Which RT or RW gets a link, or all that are known inside."""

    every = forms.BooleanField(
        label=gettext_lazy("Every RT and RW that is known inside it too"), required=False
    )
    field_order = ("area", "rw", "rt", "every")


@writes("outreach.plan")
def rt_door_create(request: OfficerRequest) -> HttpResponse:
    """Make the link of an RT or RW, or of all inside a kelurahan."""
    form = RtDoorForm(sent(request), choices=area_choices(request.reach))
    if form.is_valid():
        with refusals_into(form):
            return _made(request, form)
    context = {
        "title": _("Make links"),
        "lead": _("One link for each RT or RW. A link that stands already is kept as it is."),
        "form": form,
        "submit": _("Make"),
        "back": _back(),
    }
    return show(request, "ui/form.html", context)


def _made(request: OfficerRequest, form: RtDoorForm) -> HttpResponse:
    """Make what the form names and lead to the letter, or to the list of several.

    Raises:
        Refusal: the place is none that gets a link.
    """
    area = places_actions.place(**form.named, by=request.by)
    if not form.cleaned_data["every"]:
        door = actions.open_rt_door(area=area, by=request.by)
        return redirect("desk:rt_door_detail", door_id=door.pk)
    inside = Area.objects.inside(area).within(request.reach)
    areas = inside.filter(level__in=(Level.RW, Level.RT)).order_by("key")[:MOST_AT_ONCE]
    doors = actions.open_rt_doors(areas=list(areas), by=request.by)
    told = _("%(number)d RT and RW have a link now.") % {"number": len(doors)}
    messages.success(request, told)
    around = AreaCode.from_key(area.key).kelurahan or AreaCode.from_key(area.key)
    return redirect(f"{reverse('desk:rt_door_list')}?wilayah={around.code}")


def door_within(request: OfficerRequest, door_id: int) -> RtDoor:
    """Return the link, or answer that there is none in these areas."""
    return get_object_or_404(queries.rt_doors(request.reach), pk=door_id)


@reads("outreach.plan")
def rt_door_detail(request: OfficerRequest, door_id: int) -> HttpResponse:
    """Show the letter with the link, to print or to send by WhatsApp."""
    door = door_within(request, door_id)
    word, tone = _state(door)
    context = {
        "title": named(door.area),
        "door": door,
        "letters": [_letter(request, door)] if tone == "good" else [],
        "state": {"word": word, "tone": tone},
        "back": _back(),
    }
    return _private(show(request, "desk/rt_door_detail.html", context))


@reads("outreach.plan")
def rt_door_sheet(request: OfficerRequest) -> HttpResponse:
    """Show the letters of all open links of an area, one a page."""
    low, high = span_of(request.GET.get("wilayah", ""))
    rows = queries.rt_doors(request.reach).open_on(timezone.localdate())
    doors = rows.filter(area_id__gte=low, area_id__lt=high).order_by("area_id")[:MOST_LETTERS]
    context = {
        "title": _("Letters to RT heads"),
        "letters": [_letter(request, door) for door in doors],
        "most": MOST_LETTERS,
        "back": _back(),
    }
    return _private(show(request, "desk/rt_door_sheet.html", context))


def _letter(request: OfficerRequest, door: RtDoor) -> dict[str, Any]:
    link = lasting(request, "public:rt_door", token_of(door))
    place = named(door.area)
    words = _(
        "%(place)s: see what came to you from the city's programme, and tell what you need, in "
        "four taps: %(link)s (until %(until)s; please do not pass it on)"
    ) % {"place": place, "link": link, "until": f"{door.expires_on:%d-%m-%Y}"}
    return {
        "door": door,
        "place": place,
        "is_rw": door.area.level == Level.RW,
        "link": link,
        "share": f"https://wa.me/?text={quote(words, safe='')}",
        "office": _office(door.area),
    }


def _office(area: Area) -> str:
    city = City.objects.filter(pk=city_key(area.key)).first()
    return city.office if city else ""


@writes("outreach.plan")
def rt_door_replacement_create(request: OfficerRequest, door_id: int) -> HttpResponse:
    """Replace the link; the old one leads nowhere from this moment on."""
    door = door_within(request, door_id)
    question = Question(
        title=_("Replace the link"),
        lead=named(door.area),
        submit=_("Replace"),
        done=_("There is a new link. The old one leads nowhere; print the letter again."),
        back=(reverse("desk:rt_door_detail", args=[door.pk]), named(door.area)),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.replace_rt_door(door=door, by=request.by)
    )


@writes("outreach.plan")
def rt_door_closing_create(request: OfficerRequest, door_id: int) -> HttpResponse:
    """Close the link with a reason."""
    door = door_within(request, door_id)
    question = Question(
        title=_("Close the link"),
        lead=named(door.area),
        submit=_("Close"),
        done=_("The link leads nowhere any more."),
        back=(reverse("desk:rt_door_detail", args=[door.pk]), named(door.area)),
    )
    return answered(
        request, question, lambda why: actions.close_rt_door(door=door, why=why, by=request.by)
    )


class WishPolicyForm(forms.Form):
    """By which rules the links of a city live."""

    doors_until = DayField(
        label=gettext_lazy("Links lead somewhere until"),
        help_text=gettext_lazy("It holds for the links that stand already, too."),
    )
    most_open = forms.IntegerField(
        label=gettext_lazy("Wishes of one RT that may wait at once"), min_value=1, max_value=100
    )


@writes("outreach.policy")
def wish_policy_change(request: OfficerRequest) -> HttpResponse:
    """Say until when links live, and how many wishes may wait."""
    city = chosen_city(request)
    if not request.reach.covers(city.key):
        raise Http404
    policy = queries.policy_of(city.key, timezone.localdate())
    initial = {"doors_until": policy.doors_until, "most_open": policy.most_open}
    form = WishPolicyForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_into(form):
            actions.set_wish_policy(city=city, by=request.by, **form.cleaned_data)
            messages.success(request, _("The rules hold from now on."))
            return redirect("desk:rt_door_list")
    context = {
        "title": _("Rules of the links"),
        "lead": city.name,
        "form": form,
        "submit": _("Set"),
        "back": _back(),
    }
    return show(request, "ui/form.html", context)


def _back() -> dict[str, str]:
    return {"link": reverse("desk:rt_door_list"), "title": _("Links of RT heads")}


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


paths = [
    path("tautan-rt/", rt_door_list, name="rt_door_list"),
    path("tautan-rt/baru/", rt_door_create, name="rt_door_create"),
    path("tautan-rt/surat/", rt_door_sheet, name="rt_door_sheet"),
    path("tautan-rt/aturan/", wish_policy_change, name="wish_policy_change"),
    path("tautan-rt/<int:door_id>/", rt_door_detail, name="rt_door_detail"),
    path(
        "tautan-rt/<int:door_id>/ganti/",
        rt_door_replacement_create,
        name="rt_door_replacement_create",
    ),
    path("tautan-rt/<int:door_id>/tutup/", rt_door_closing_create, name="rt_door_closing_create"),
]

"""Venues: the list, and adding one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR, named
from jembol.desk.lists import listed, may
from jembol.kit.text import fold_name
from jembol.places import actions
from jembol.places.choosing import area_choices
from jembol.places.models import Venue
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - a value of a row, not a switch
    """Return yes, no, or nothing for unknown."""
    return "" if value is None else (_("yes") if value else _("no"))


@reads("places.see")
def venue_list(request: OfficerRequest) -> HttpResponseBase:
    """Show where classes can be given."""
    listing = Listing(
        request,
        rows=Venue.objects.within(request.reach).select_related(NEAR),
        columns=[
            Column("nama", _("Venue"), lambda row: row.name, sort="name"),
            Column("wilayah", _("Area"), lambda row: named(row.area)),
            Column("alamat", _("Address"), lambda row: row.address, wide=True),
            Column("kapasitas", _("Capacity"), lambda row: row.capacity, align="end"),
            Column("landai", _("Step-free"), lambda row: yes_no(row.step_free)),
        ],
        filters=[
            Filter(
                "landai",
                _("Step-free"),
                [("ya", _("yes")), ("tidak", _("no"))],
                lambda rows, word: rows.filter(step_free=word == "ya"),
            )
        ],
        search=lambda rows, words: rows.filter(folded__contains=fold_name(words)),
        sort="nama",
        name="tempat",
        empty=_("Add the halls and balai RW where classes are given."),
    )
    context = {
        "title": _("Places"),
        "unit": _("venues"),
        "may_change": may(request, "places.change"),
    }
    return listed(request, listing, context, template="desk/venue_list.html")


class VenueForm(AreaForm):
    """A hall, a hotel, a balai RW."""

    name = forms.CharField(label=gettext_lazy("Name of the venue"), max_length=150)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Capacity"), required=False, min_value=1, max_value=100_000
    )
    step_free = forms.NullBooleanField(
        label=gettext_lazy("Step-free for wheelchairs"), required=False
    )
    field_order = ("name", "area", "rw", "rt", "address", "capacity", "step_free")


@writes("places.change")
def venue_create(request: OfficerRequest) -> HttpResponse:
    """Add a venue."""
    form = VenueForm(sent(request), choices=area_choices(request.reach))
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            actions.add_venue(
                name=given["name"],
                area=actions.place(**form.named, by=request.by),
                address=given["address"],
                capacity=given["capacity"],
                step_free=given["step_free"],
                by=request.by,
            )
            messages.success(request, _("Venue added."))
            return redirect("desk:venue_list")
    context = {
        "title": _("New venue"),
        "form": form,
        "submit": _("Add"),
        "back": {"link": reverse("desk:venue_list"), "title": _("Places")},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("tempat/", venue_list, name="venue_list"),
    path("tempat/baru/", venue_create, name="venue_create"),
]

"""Groups: the list, one group with its members, forming one, and who joins."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.finding import people_found
from jembol.desk.lists import listed, may
from jembol.desk.reasons import ReasonForm
from jembol.kit.text import fold_name
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.registry import actions
from jembol.registry.choices import GroupKind
from jembol.registry.models import Group, Membership, Person
from jembol.registry.queries.pages import group_page
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing, parse_key
from jembol.ui.pages import show

MEMBER = Coalesce("memberships__person__survivor_id", "memberships__person_id")
"""Who is a member, under whichever of their entries."""


@reads("registry.see")
def group_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the groups of the officer's areas."""
    standing = Q(memberships__ends_on__isnull=True) | Q(
        memberships__ends_on__gt=timezone.localdate()
    )
    rows = Group.objects.within(request.reach).select_related(NEAR)
    listing = Listing(
        request,
        rows=rows.annotate(size=Count(MEMBER, filter=standing, distinct=True)),
        columns=[
            Column("nama", _("Group"), lambda row: row.name, sort="folded"),
            Column("jenis", _("Kind"), lambda row: row.get_kind_display()),
            Column("wilayah", _("Area"), lambda row: named(row.area)),
            Column("anggota", _("Members"), lambda row: row.size, align="end"),
        ],
        filters=[
            area_filter(request.reach),
            Filter(
                "jenis",
                _("Kind"),
                [(one.value, str(one.label)) for one in GroupKind],
                lambda rows, word: rows.filter(kind=word),
            ),
        ],
        search=lambda rows, words: rows.filter(folded__contains=fold_name(words)),
        sort="nama",
        name="kelompok",
        detail=lambda row: reverse("desk:group_detail", args=[row.public_id]),
        empty=_("Groups of 30 to 50 people that are trained and followed together stand here."),
    )
    context = {
        "title": _("Groups"),
        "unit": _("groups"),
        "may_change": may(request, "registry.change"),
    }
    return listed(request, listing, context, template="desk/group_list.html")


def group_within(request: OfficerRequest, public_id: str) -> Group:
    """Return the group, or answer that there is none in these areas."""
    rows = Group.objects.within(request.reach).select_related(NEAR)
    return get_object_or_404(rows, public_id=public_id)


@reads("registry.see")
def group_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show a group with its members now and before."""
    group = group_within(request, public_id)
    context = {
        "title": group.name,
        "group": group,
        "where": named(group.area),
        "page": group_page(group, reach=request.reach, on=timezone.localdate()),
        "may_change": may(request, "registry.change", at=group.area_id),
        "back": {"link": reverse("desk:group_list"), "title": _("Groups")},
    }
    return show(request, "desk/group_detail.html", context)


class GroupForm(AreaForm):
    """A group that comes together."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=150)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=GroupKind.choices)
    formed_on = DayField(label=gettext_lazy("Formed on"), required=False)
    field_order = ("name", "kind", "area", "rw", "rt", "formed_on")


@writes("registry.change")
def group_create(request: OfficerRequest) -> HttpResponse:
    """Form a group."""
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    form = GroupForm(sent(request), choices=choices)
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            group = actions.form_group(
                name=given["name"],
                area=places_actions.place(**form.named, by=request.by),
                kind=given["kind"],
                formed_on=given["formed_on"],
                by=request.by,
            )
            messages.success(request, _("Group formed."))
            return redirect("desk:group_detail", public_id=group.public_id)
    context = {
        "title": _("New group"),
        "form": form,
        "submit": _("Form the group"),
        "back": {"link": reverse("desk:group_list"), "title": _("Groups")},
    }
    return show(request, "ui/form.html", context)


@writes("registry.change")
def membership_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Find a person and let them join."""
    group = group_within(request, public_id)
    form = ReasonForm(sent(request), asks=False)
    if form.is_valid():
        chosen = parse_key(request.POST.get("orang", ""))
        person = get_object_or_404(Person.objects.within(request.reach), pk=chosen)
        with refusals_into(form):
            actions.join(group=group, person=person, by=request.by, is_head="ketua" in request.POST)
            messages.success(request, _("%(name)s joined.") % {"name": person.name})
            return redirect("desk:group_detail", public_id=public_id)
    standing = Membership.objects.filter(group=group, ends_on=None)
    members = standing.values(member=Coalesce("person__survivor_id", "person_id"))
    context = {
        "title": _("New member"),
        "lead": group.name,
        "form": form,
        "found": people_found(request, without=members),
        "may_enter": True,
        "back": {"link": reverse("desk:group_detail", args=[public_id]), "title": group.name},
    }
    return show(request, "desk/membership_create.html", context)


paths = [
    path("kelompok/", group_list, name="group_list"),
    path("kelompok/baru/", group_create, name="group_create"),
    path("kelompok/<slug:public_id>/", group_detail, name="group_detail"),
    path("kelompok/<slug:public_id>/anggota/", membership_create, name="membership_create"),
]

"""How officers work: skills, hours, where their day begins; what weeks are planned with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.desk.areas import area_initial, named
from jembol.desk.lists import listed
from jembol.desk.outreach_forms import ProfileForm
from jembol.outreach import actions
from jembol.outreach.actions import ProfileDetails
from jembol.outreach.choices import Skill, Tongue, Travel
from jembol.outreach.models import WorkProfile
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.db.models import QuerySet

GOES_OUT = (Role.FIELD, Role.TRAINING)


def _columns() -> list[Column]:
    return [
        Column("nama", _("Officer"), lambda row: row.name, sort="name"),
        Column("cara", _("Gets about"), _travel),
        Column("bisa", _("Can do"), _skills),
        Column("jam", _("Hours"), _hours),
        Column("mulai", _("Day begins in"), _start, wide=True),
    ]


@reads("outreach.plan")
def profile_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the officers who go out, and how they work."""
    listing = Listing(
        request,
        rows=_officers(request),
        columns=_columns(),
        sort="nama",
        name="profil-kerja",
        detail=lambda row: reverse("desk:profile_change", args=[row.pk]),
        empty=_("Officers with a duty in the field stand here."),
    )
    context = {
        "title": _("How officers work"),
        "lead": _("An officer without hours is in no plan."),
        "unit": _("officers"),
    }
    return listed(request, listing, context, template="desk/profile_list.html")


@writes("outreach.plan")
def profile_change(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Say how an officer works."""
    officer = get_object_or_404(_officers(request), pk=officer_id)
    choices = area_choices(request.reach)
    there = _profile(officer)
    form = ProfileForm(sent(request), initial=_initial(there, choices), choices=choices)
    if form.is_valid():
        with refusals_into(form):
            area = places_actions.place(**form.named, by=request.by)
            names = set(ProfileDetails.__slots__) - {"area"}
            values = {name: form.cleaned_data[name] for name in names}
            details = ProfileDetails(area=area, **values)
            actions.set_profile(officer=officer, details=details, by=request.by)
            messages.success(request, _("Saved."))
            return redirect("desk:profile_list")
    context = {
        "title": _("How the officer works"),
        "lead": officer.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": reverse("desk:profile_list"), "title": _("How officers work")},
    }
    return show(request, "desk/profile_change.html", context)


def _officers(request: OfficerRequest) -> QuerySet[Officer]:
    """Return the officers on duty in the field within reach, each with the profile if any."""
    duties = Duty.objects.standing(timezone.localdate(request.by.at)).within(request.reach)
    keys = duties.filter(role__in=GOES_OUT).values("officer")
    rows = Officer.objects.filter(is_active=True, pk__in=keys)
    return rows.select_related("work_profile__area__parent")


def _profile(row: Officer) -> WorkProfile | None:
    return getattr(row, "work_profile", None)


def _initial(there: WorkProfile | None, choices: Any) -> dict[str, Any]:
    usual = {
        name: field.default
        for name, field in ProfileDetails.__dataclass_fields__.items()
        if name != "area"
    }
    if there is None:
        return {**usual, "tongues": [Tongue.INDONESIAN]}
    kept = {name: getattr(there, name) for name in usual}
    return {**kept, **area_initial(there.area, choices)}


def _travel(row: Officer) -> str:
    there = _profile(row)
    return "–" if there is None else str(Travel(there.travel).label)


def _skills(row: Officer) -> str:
    there = _profile(row)
    return "" if there is None else ", ".join(str(Skill(one).label) for one in there.skills)


def _hours(row: Officer) -> str:
    there = _profile(row)
    if there is None:
        return _("not said yet")
    return (
        f"{there.starts_at:%H.%M}–{there.rests_at:%H.%M}, "
        f"{there.resumes_at:%H.%M}–{there.ends_at:%H.%M}"
    )


def _start(row: Officer) -> str:
    there = _profile(row)
    return "" if there is None else named(there.area)


paths = [
    path("jemput-bola/petugas/", profile_list, name="profile_list"),
    path("jemput-bola/petugas/<int:officer_id>/", profile_change, name="profile_change"),
]

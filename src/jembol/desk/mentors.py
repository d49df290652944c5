"""Mentors: the list, one mentor with their calendar, and who gives a class."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.desk.areas import NEAR, area_filter, area_initial, named
from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.planning_forms import MentorForm, MentorsForm
from jembol.desk.training_forms import guests_of
from jembol.kit.money import Rupiah
from jembol.kit.text import fold_name
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.training import actions, queries
from jembol.training.models import Class, Mentor, Session
from jembol.ui.components import phone, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

STATES = {
    "aktif": lambda rows: rows.available(),
    "berhenti": lambda rows: rows.filter(left_on__isnull=False),
}


def _columns() -> list[Column]:
    return [
        Column("nama", _("Name"), lambda row: row.name, sort="folded"),
        Column("keahlian", _("What the mentor teaches"), lambda row: row.expertise),
        Column("wilayah", _("Area"), lambda row: named(row.area), wide=True),
        Column("telepon", _("Phone"), lambda row: row.phone, lambda row: phone(row.phone)),
        Column("honor", _("Honorarium for an hour"), lambda row: row.honorarium_per_hour,
               honorarium, align="end", wide=True),
        Column("kelas", _("Classes"), lambda row: row.class_count, align="end"),
        Column("keadaan", _("State"), lambda row: _state(row)[0],
               lambda row: pill(_state(row)[0], tone=_state(row)[1])),
    ]  # fmt: skip


def honorarium(row: Mentor) -> str | None:
    """Return the honorarium for an hour in words of money, or None."""
    amount = row.honorarium_per_hour
    return None if amount is None else Rupiah(amount).format()


def _state(row: Mentor) -> tuple[str, str]:
    return (_("active"), "good") if row.left_on is None else (_("takes no classes"), "plain")


@reads("training.see")
def mentor_list(request: OfficerRequest) -> HttpResponseBase:
    """Show who gives classes."""
    listing = Listing(
        request,
        rows=queries.mentors(reach_of_list(request, "training.export")).select_related(NEAR),
        columns=_columns(),
        filters=[
            area_filter(request.reach),
            Filter(
                "keadaan",
                _("State"),
                [("aktif", _("active")), ("berhenti", _("takes no classes"))],
                lambda rows, word: STATES[word](rows),
            ),
        ],
        search=lambda rows, words: rows.filter(folded__contains=fold_name(words)),
        sort="nama",
        name="mentor",
        detail=lambda row: reverse("desk:mentor_detail", args=[row.public_id]),
        empty=_("Add who gives your classes: officers, people of the register, guests."),
    )
    context = {
        "title": _("Mentors"),
        "unit": _("mentors"),
        "may_change": may(request, "training.change"),
    }
    return listed(
        request, listing, context, template="desk/mentor_list.html", export="training.export"
    )


def mentor_within(request: OfficerRequest, public_id: str) -> Mentor:
    """Return a mentor whom this officer may see.

    Raises:
        Http404: there is none with this number within reach.
    """
    rows = Mentor.objects.within(request.reach).select_related("officer", "person", NEAR)
    found: Mentor = get_object_or_404(rows, public_id=public_id)
    return found


@reads("training.see")
def mentor_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show one mentor, and the days on which they give classes."""
    each = mentor_within(request, public_id)
    today = timezone.localdate()
    days = (
        Session.objects.standing()
        .filter(training_class__mentors__mentor=each, training_class__cancellation__isnull=True)
        .filter(training_class__in=Class.objects.within(request.reach))
        .select_related("training_class", "venue", "training_class__venue")
    )
    context = {
        "title": each.name,
        "each": each,
        "lives": named(each.area),
        "honorarium": honorarium(each),
        "coming": days.filter(on__gte=today).order_by("on", "pk"),
        "past": days.filter(on__lt=today).order_by("-on", "-pk")[:20],
        "may_change": may(request, "training.change", at=each.area_id),
        "back": {"link": reverse("desk:mentor_list"), "title": _("Mentors")},
    }
    return show(request, "desk/mentor_detail.html", context)


def _form(request: OfficerRequest, initial: dict[str, Any]) -> MentorForm:
    today = timezone.localdate()
    giving = Duty.objects.standing(today).filter(role=Role.MENTOR).within(request.reach)
    officers = Officer.objects.filter(is_active=True, pk__in=giving.values("officer"))
    choices = area_choices(request.reach, with_city=_("the whole city"))
    area = initial.pop("place", None)
    return MentorForm(
        sent(request),
        initial={**initial, **(area_initial(area, choices) if area else {})},
        choices=choices,
        officers=officers.order_by("name", "pk"),
    )


def _given(form: MentorForm, request: OfficerRequest) -> dict[str, Any]:
    names = ("name", "phone", "expertise", "honorarium_per_hour", "officer")
    area = places_actions.place(**form.named, by=request.by)
    return {**{name: form.cleaned_data[name] for name in names}, "area": area}


@writes("training.change")
def mentor_create(request: OfficerRequest) -> HttpResponse:
    """Put somebody on the list."""
    form = _form(request, {})
    del form.fields["left_on"]
    if form.is_valid():
        with refusals_into(form):
            details = actions.MentorDetails(**_given(form, request))
            each = actions.add_mentor(details=details, by=request.by)
            messages.success(request, _("Mentor added."))
            return redirect("desk:mentor_detail", public_id=each.public_id)
    context = {
        "title": _("New mentor"),
        "form": form,
        "submit": _("Add"),
        "back": {"link": reverse("desk:mentor_list"), "title": _("Mentors")},
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def mentor_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Change a mentor."""
    each = mentor_within(request, public_id)
    amount = each.honorarium_per_hour
    initial = {
        **{name: getattr(each, name) for name in ("name", "phone", "expertise", "officer")},
        "left_on": each.left_on,
        "honorarium_per_hour": None if amount is None else Rupiah(amount),
        "place": each.area,
    }
    form = _form(request, initial)
    if form.is_valid():
        with refusals_into(form):
            changes = {**_given(form, request), "left_on": form.cleaned_data["left_on"]}
            actions.change_mentor(mentor=each, changes=changes, by=request.by)
            messages.success(request, _("Saved."))
            return redirect("desk:mentor_detail", public_id=public_id)
    context = {
        "title": _("Change details"),
        "lead": each.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": reverse("desk:mentor_detail", args=[public_id]), "title": each.name},
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def class_mentors_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Choose who gives a class."""
    each = class_within(request, public_id)
    there = list(each.mentors.order_by("pk"))
    chosen = {row.mentor_id for row in there if row.mentor_id}
    offered = Mentor.objects.within(request.reach)
    offered = offered.filter(pk__in=chosen) | offered.available()
    form = MentorsForm(
        sent(request),
        initial={
            "mentors": chosen,
            "guests": "\n".join(row.name for row in there if not row.mentor_id),
        },
        mentors=offered.order_by("folded", "pk"),
    )
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            actions.choose_mentors(
                training_class=each,
                mentors=[*given["mentors"], *guests_of(given["guests"])],
                why=given["why"],
                by=request.by,
            )
            messages.success(request, _("Saved."))
            return redirect("desk:class_plan", public_id=public_id)
    link, name = back_to(each)
    context = {
        "title": _("Who gives the class"),
        "lead": each.title,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": name},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("mentor/", mentor_list, name="mentor_list"),
    path("mentor/baru/", mentor_create, name="mentor_create"),
    path("mentor/<slug:public_id>/", mentor_detail, name="mentor_detail"),
    path("mentor/<slug:public_id>/ubah/", mentor_change, name="mentor_change"),
    path("kelas/<slug:public_id>/mentor/", class_mentors_change, name="class_mentors_change"),
]

"""Officers, their duties, and one's own account."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts import actions
from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.places.queries import served_cities
from jembol.ui.components import pill
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import ANY_OFFICER, OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show


@reads(ANY_OFFICER)
def account(request: OfficerRequest) -> HttpResponse:
    """Show one's own name, duties, and the doors to password, second factor and devices."""
    duties = Duty.objects.standing(timezone.localdate()).filter(officer_id=request.officer.pk)
    context = {
        "title": _("My account"),
        "duties": duties.select_related("area").order_by("role", "area_id"),
    }
    return show(request, "desk/account.html", context)


def visible_officers(reach: Reach) -> Any:
    """Return the officers who hold or held a duty within this reach."""
    duties = Duty.objects.within(reach).values("officer_id")
    return Officer.objects.filter(pk__in=duties)


@reads("accounts.see")
def officer_list(request: OfficerRequest) -> HttpResponseBase:
    """Show who works here."""
    listing = Listing(
        request,
        rows=visible_officers(reach_of_list(request, "accounts.see")),
        columns=[
            Column("nama", _("Name"), lambda row: row.name, sort="name"),
            Column("akun", _("Sign-in name"), lambda row: row.username, sort="username"),
            Column("telepon", _("Phone"), lambda row: row.phone, wide=True),
            Column("aktif", _("State"), _state_word, cell=_state),
        ],
        filters=[
            Filter(
                "peran",
                _("Role"),
                [(role.value, str(role.label)) for role in Role],
                lambda rows, role: rows.filter(
                    pk__in=Duty.objects.within(request.reach)
                    .standing(timezone.localdate())
                    .filter(role=role)
                    .values("officer_id")
                ),
            )
        ],
        search=lambda rows, words: rows.filter(
            Q(name__icontains=words) | Q(username__icontains=words)
        ),
        sort="nama",
        name="petugas",
        detail=lambda row: reverse("desk:officer_detail", args=[row.pk]),
        empty=_("Officers appear here when an administrator appoints them."),
    )
    context = {
        "title": _("Officers"),
        "unit": _("officers"),
        "may_change": may(request, "accounts.change"),
    }
    return listed(
        request, listing, context, template="desk/officer_list.html", export="accounts.see"
    )


def _state_word(officer: Officer) -> str:
    return _("active") if officer.is_active else _("deactivated")


def _state(officer: Officer) -> object:
    return pill(_state_word(officer), tone="good" if officer.is_active else "bad")


def officer_within(request: OfficerRequest, officer_id: int) -> Officer:
    """Return the officer, or answer that there is none in these areas."""
    found: Officer = get_object_or_404(visible_officers(request.reach), pk=officer_id)
    return found


@reads("accounts.see")
def officer_detail(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Show an officer with the duties that lie within reach."""
    officer = officer_within(request, officer_id)
    change_reach = request.officer.reach("accounts.change", timezone.localdate())
    duties = (
        officer.duties.within(request.reach).select_related("area").order_by("-starts_on", "-pk")
    )
    context = {
        "title": officer.name,
        "officer": officer,
        "duties": [
            (duty, duty.ends_on is None and change_reach.covers(duty.area_id)) for duty in duties
        ],
        "back": {"link": reverse("desk:officer_list"), "title": _("Officers")},
        "may_change": bool(change_reach),
    }
    return show(request, "desk/officer_detail.html", context)


class DutyForm(forms.Form):
    """A role in an area from a day."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    area = forms.CharField(
        label=gettext_lazy("Area of duty"),
        help_text=gettext_lazy(
            "The code of a city, kecamatan, kelurahan, RW or RT: 35.73, or 35.73.05.1004."
        ),
        widget=forms.TextInput(attrs={"list": "areas"}),
    )
    starts_on = DayField(label=gettext_lazy("From"))

    def clean_area(self) -> Area:
        """Find the area by its code."""
        area = Area.objects.filter(code=self.cleaned_data["area"].strip()).first()
        if area is None:
            raise forms.ValidationError(
                _("There is no area with this code. Choose one from the list.")
            )
        return area


class AppointmentForm(DutyForm):
    """A new officer with the first duty."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=60,
        help_text=gettext_lazy("Letters a to z, digits, dots and hyphens: lapangan.dinoyo"),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20, required=False)
    password = forms.CharField(
        label=gettext_lazy("First password"),
        help_text=gettext_lazy("At least ten signs. The officer changes it after signing in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("name", "username", "phone", "password", "role", "area", "starts_on")


def _charge(given: dict[str, Any]) -> actions.Charge:
    return actions.Charge(given["role"], given["area"], given["starts_on"])


def _known_areas(reach: Reach) -> Any:
    keys = [key for city in served_cities() for key in city.span]
    rows = Area.objects.within(reach).filter(level__lte=4)
    return rows.filter(key__gte=min(keys, default=0), key__lt=max(keys, default=0)).order_by("key")


@writes("accounts.change")
def officer_create(request: OfficerRequest) -> HttpResponse:
    """Appoint an officer with the first duty."""
    form = AppointmentForm(sent(request), initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        given = form.cleaned_data
        with refusals_into(form):
            officer = actions.appoint(
                username=given["username"],
                name=given["name"],
                phone=given["phone"],
                password=given["password"],
                charge=_charge(given),
                by=request.by,
            )
            messages.success(request, _("Officer appointed."))
            return redirect("desk:officer_detail", officer_id=officer.pk)
    context = {
        "title": _("Appoint an officer"),
        "form": form,
        "submit": _("Appoint"),
        "areas": _known_areas(request.reach),
        "back": {"link": reverse("desk:officer_list"), "title": _("Officers")},
    }
    return show(request, "desk/officer_create.html", context)


@writes("accounts.change")
def duty_create(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Give an officer one more duty."""
    officer = officer_within(request, officer_id)
    form = DutyForm(sent(request), initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        with refusals_into(form):
            actions.assign(officer=officer, **asdict(_charge(form.cleaned_data)), by=request.by)
            messages.success(request, _("Duty assigned."))
            return redirect("desk:officer_detail", officer_id=officer.pk)
    link, name = back_to(officer)
    context = {
        "title": _("New duty"),
        "lead": officer.name,
        "form": form,
        "submit": _("Assign"),
        "areas": _known_areas(request.reach),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/officer_create.html", context)


def back_to(officer: Officer) -> tuple[str, str]:
    """Return address and title of the officer's page."""
    return reverse("desk:officer_detail", args=[officer.pk]), officer.name


@writes("accounts.change")
def relief_create(request: OfficerRequest, duty_id: int) -> HttpResponse:
    """End a duty today; one that has not begun never stands."""
    duty = get_object_or_404(
        Duty.objects.within(request.reach).select_related("officer", "area"), pk=duty_id
    )
    ends_on = max(timezone.localdate(), duty.starts_on)
    question = Question(
        title=_("End this duty"),
        lead=f"{duty.officer.name}: {duty.get_role_display()}, {duty.area.name}",
        submit=_("End the duty today"),
        done=_("The duty has ended."),
        back=back_to(duty.officer),
    )
    return answered(
        request,
        question,
        lambda why: actions.relieve(duty=duty, ends_on=ends_on, by=request.by, why=why),
    )


@writes("accounts.change")
def deactivation_create(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Stop an officer from signing in; what they did stays."""
    officer = officer_within(request, officer_id)
    question = Question(
        title=_("Deactivate"),
        lead=officer.name,
        submit=_("Deactivate"),
        done=_("The officer can no longer sign in."),
        back=back_to(officer),
    )
    return answered(
        request,
        question,
        lambda why: actions.deactivate(officer=officer, by=request.by, why=why),
    )


@writes("accounts.change")
def reinstatement_create(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Let a deactivated officer in again."""
    officer = officer_within(request, officer_id)
    question = Question(
        title=_("Let in again"),
        lead=officer.name,
        submit=_("Let in again"),
        done=_("The officer can sign in again."),
        back=back_to(officer),
    )
    return answered(
        request, question, lambda why: actions.reinstate(officer=officer, by=request.by, why=why)
    )


paths = [
    path("akun/", account, name="account"),
    path("petugas/", officer_list, name="officer_list"),
    path("petugas/baru/", officer_create, name="officer_create"),
    path("petugas/<int:officer_id>/", officer_detail, name="officer_detail"),
    path("petugas/<int:officer_id>/tugas/", duty_create, name="duty_create"),
    path("petugas/<int:officer_id>/penonaktifan/", deactivation_create, name="deactivation_create"),
    path(
        "petugas/<int:officer_id>/pengaktifan/", reinstatement_create, name="reinstatement_create"
    ),
    path("tugas/<int:duty_id>/akhir/", relief_create, name="relief_create"),
]

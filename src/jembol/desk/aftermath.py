"""After a class: whom to ask, what came of it, groups that stay together."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import named
from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import listed, may, reach_of_list
from jembol.training import actions, queries
from jembol.training.choices import AfterDays, OutcomeKind, Reached
from jembol.training.models import Class, Registration
from jembol.training.queries.aftermath import (
    answers_after,
    due_follow_ups,
    groups_out_of,
    outcomes,
)
from jembol.ui.components import day, phone, written
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing, parse_key
from jembol.ui.pages import show

YES_OR_NO = [
    ("", gettext_lazy("not asked")),
    ("ya", gettext_lazy("yes")),
    ("tidak", gettext_lazy("no")),
]
ANSWERS = {"": None, "ya": True, "tidak": False}


class FollowUpForm(forms.Form):
    """What somebody answered."""

    reached = forms.ChoiceField(
        label=gettext_lazy("How it went"), choices=Reached.choices, widget=forms.RadioSelect
    )
    uses_it = forms.ChoiceField(
        label=gettext_lazy("Uses what was learned"), choices=YES_OR_NO, required=False
    )
    has_business = forms.ChoiceField(
        label=gettext_lazy("Has a business now"), choices=YES_OR_NO, required=False
    )
    monthly_sales = forms.IntegerField(
        label=gettext_lazy("Sales of last month (Rp)"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=gettext_lazy("Leave it empty when not known; 0 means that nothing was sold."),
    )
    words = forms.CharField(
        label=gettext_lazy("What else was said"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OutcomeForm(forms.Form):
    """What somebody made of a class."""

    kind = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=OutcomeKind.choices)
    what = forms.CharField(label=gettext_lazy("In a few words"), max_length=300)
    on = DayField(label=gettext_lazy("Day"))


class FormedGroupForm(forms.Form):
    """The name of a group that stays together."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=150)


@reads("training.see")
def follow_up_list(request: OfficerRequest) -> HttpResponseBase:
    """Show whose answer is due."""
    reach = reach_of_list(request, "training.export")
    listing = Listing(
        request,
        rows=due_follow_ups(reach, timezone.localdate()),
        columns=[
            Column(
                "nama", _("Name"), lambda row: row.person.name, lambda row: written(row.person.name)
            ),
            Column(
                "telepon",
                _("Phone"),
                lambda row: row.person.phone,
                lambda row: phone(row.person.phone),
            ),
            Column("wilayah", _("Lives in"), lambda row: named(row.person.area)),
            Column("kelas", _("Class"), lambda row: row.training_class.title),
            Column(
                "tanya",
                _("Asked"),
                lambda row: str(AfterDays(row.after_days).label),
            ),
            Column(
                "selesai",
                _("Last day"),
                lambda row: row.training_class.ends_on,
                lambda row: day(row.training_class.ends_on),
                sort="training_class__ends_on",
                wide=True,
            ),
        ],
        filters=[
            Filter(
                "tanya",
                _("Asked"),
                [(str(one.value), str(one.label)) for one in AfterDays],
                lambda rows, word: rows.filter(after_days=int(word)),
            )
        ],
        sort="selesai",
        name="tindak-lanjut",
        detail=_answer_to if may(request, "training.attend") else None,
        empty=_("People who came to a class are asked 30, 90, 180 and 365 days after it."),
    )
    context = {"title": _("To be asked"), "unit": _("people")}
    return listed(request, listing, context, export="training.export")


def _answer_to(row: Registration) -> str:
    return reverse("desk:follow_up_create", args=[row.pk, row.after_days])  # type: ignore[attr-defined]


def _seat(request: OfficerRequest, registration_id: int) -> Registration:
    rows = queries.registrations(request.reach)
    found: Registration = get_object_or_404(rows, pk=registration_id)
    return found


@writes("training.attend")
def follow_up_create(
    request: OfficerRequest, registration_id: int, after_days: int
) -> HttpResponse:
    """Note what somebody answered."""
    seat = _seat(request, registration_id)
    get_object_or_404(Registration.objects.attended(), pk=seat.pk)
    form = FollowUpForm(sent(request))
    if form.is_valid() and after_days in AfterDays.values:
        given = form.cleaned_data
        with refusals_into(form):
            actions.note_follow_up(
                registration=seat,
                after_days=after_days,
                reached=given["reached"],
                uses_it=ANSWERS[given["uses_it"]],
                has_business=ANSWERS[given["has_business"]],
                monthly_sales=given["monthly_sales"],
                words=given["words"],
                by=request.by,
            )
            messages.success(request, _("Answer saved."))
            return redirect("desk:follow_up_list")
    context = {
        "title": seat.person.name,
        "lead": f"{seat.training_class.title} · {dict(AfterDays.choices).get(after_days, '')}",
        "form": form,
        "submit": _("Save the answer"),
        "back": {"link": reverse("desk:follow_up_list"), "title": _("To be asked")},
    }
    return show(request, "ui/form.html", context)


@reads("training.see")
def outcome_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what people made of classes."""
    reach = reach_of_list(request, "training.export")
    listing = Listing(
        request,
        rows=outcomes(reach),
        columns=[
            Column("apa", _("What"), lambda row: row.what, lambda row: written(row.what)),
            Column("jenis", _("Kind"), lambda row: row.get_kind_display()),
            Column(
                "nama",
                _("Name"),
                lambda row: row.registration.person.name,
                lambda row: written(row.registration.person.name),
            ),
            Column("kelas", _("Class"), lambda row: row.registration.training_class.title),
            Column("hari", _("Day"), lambda row: row.on, lambda row: day(row.on), sort="on"),
        ],
        filters=[
            Filter(
                "jenis",
                _("Kind"),
                [(one.value, str(one.label)) for one in OutcomeKind],
                lambda rows, word: rows.filter(kind=word),
            )
        ],
        sort="-hari",
        name="hasil",
        empty=_("A new product, a recipe, a business: noted on the page of a class."),
    )
    context = {"title": _("What came of classes"), "unit": _("outcomes")}
    return listed(request, listing, context, export="training.export")


@writes("training.attend")
def outcome_create(request: OfficerRequest, registration_id: int) -> HttpResponse:
    """Note what somebody made of a class."""
    seat = _seat(request, registration_id)
    form = OutcomeForm(sent(request), initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_into(form):
            actions.note_outcome(registration=seat, by=request.by, **form.cleaned_data)
            messages.success(request, _("Outcome noted."))
            return redirect("desk:aftermath", public_id=seat.training_class.public_id)
    context = {
        "title": _("What came of it"),
        "lead": f"{seat.person.name} · {seat.training_class.title}",
        "form": form,
        "submit": _("Save"),
        "back": _back(seat.training_class),
    }
    return show(request, "ui/form.html", context)


@reads("training.see")
def aftermath(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show what came of one class."""
    each = class_within(request, public_id)
    link, name = back_to(each)
    grid = queries.attendance_grid(each, request.reach)
    of_class = outcomes(request.reach).filter(registration__training_class=each)
    context = {
        "title": _("What came of it"),
        "lead": each.title,
        "each": each,
        "outcomes": of_class.order_by("-on", "-pk"),
        "answers": answers_after(each),
        "groups": groups_out_of(each),
        "came": [row for row in grid.rows if any(row.present)],
        "may_attend": may(request, "training.attend", at=each.area_id),
        "may_change": may(request, "training.change", at=each.area_id),
        "may_see_groups": may(request, "registry.see"),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/aftermath.html", context)


@writes("training.change")
def formed_group_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Form a group of people of a class."""
    each = class_within(request, public_id)
    form = FormedGroupForm(sent(request), initial={"name": each.title})
    words = request.POST.getlist("anggota")
    ticked = {key for word in words if (key := parse_key(word)) is not None}
    head = parse_key(request.POST.get("ketua", ""))
    if form.is_valid():
        with refusals_into(form):
            actions.form_group_out(
                training_class=each,
                name=form.cleaned_data["name"],
                registrations=ticked,
                head=head,
                by=request.by,
            )
            messages.success(request, _("Group formed."))
            return redirect("desk:aftermath", public_id=public_id)
    grid = queries.attendance_grid(each, request.reach)
    rows = [row for row in grid.rows if not row.is_withdrawn]
    context = {
        "title": _("Form a group"),
        "lead": each.title,
        "form": form,
        "rows": [(row, not words or row.registration.pk in ticked) for row in rows],
        "head": head,
        "back": _back(each),
    }
    return show(request, "desk/formed_group_create.html", context)


def _back(each: Class) -> dict[str, str]:
    link = reverse("desk:aftermath", args=[each.public_id])
    return {"link": link, "title": _("What came of it")}


paths = [
    path("tindak-lanjut/", follow_up_list, name="follow_up_list"),
    path(
        "tindak-lanjut/<int:registration_id>/<int:after_days>/",
        follow_up_create,
        name="follow_up_create",
    ),
    path("hasil-pelatihan/", outcome_list, name="outcome_list"),
    path("hasil-pelatihan/<int:registration_id>/baru/", outcome_create, name="outcome_create"),
    path("kelas/<slug:public_id>/hasil/", aftermath, name="aftermath"),
    path("kelas/<slug:public_id>/kelompok/", formed_group_create, name="formed_group_create"),
]

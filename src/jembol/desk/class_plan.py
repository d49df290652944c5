"""The plan of a class: its place in the budget, access, language, room, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.classes import class_within, course_name
from jembol.desk.lists import may, wants_file
from jembol.desk.mentors import honorarium
from jembol.desk.planning_forms import CostForm, PlanForm
from jembol.desk.planning_words import hours_of, note_pills, room_words
from jembol.desk.reasons import Question, answered
from jembol.kit.money import Rupiah
from jembol.training import actions, queries
from jembol.training.choices import Language
from jembol.training.models import Class, CostLine, Mentor, Plan
from jembol.training.queries import CostPlan
from jembol.training.rules import Cost, room_fault
from jembol.ui.export import Value, file_answer
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

PLAN_FIELDS = (
    "budget_code", "budget_line", "budget_year", "language", "companions", "accessibility",
    "materials_note",
)  # fmt: skip


@reads("training.see")
def class_plan(request: OfficerRequest, public_id: str) -> HttpResponseBase:
    """Show what the class needs and what it is planned to cost, on a page that prints well."""
    each = class_within(request, public_id)
    costs = queries.cost_plan(each)
    if wants_file(request):
        name = f"rencana-{each.public_id}-{timezone.localdate().isoformat()}"
        return file_answer(request.GET["unduh"], name, _titles(), _rows(costs))
    plan = Plan.objects.filter(training_class=each).first() or Plan(
        training_class=each, language=Language.INDONESIAN
    )
    fault = room_fault(
        capacity=each.venue.capacity if each.venue else None,
        seats=each.seats,
        companions=plan.companions,
    )
    context = {
        "title": _("Plan and costs"),
        "each": each,
        "course": course_name(each.course),
        "plan": plan,
        "room": room_words(fault, each),
        "costs": costs,
        "mentors": [
            (row, row.mentor and honorarium(row.mentor))
            for row in each.mentors.select_related("mentor").order_by("pk")
        ],
        "days": [
            (day, hours_of(day.session), note_pills(day.notes))
            for day in queries.days_of_class(each)
        ],
        "may_change": may(request, "training.change", at=each.area_id) and _stands(each),
        "back": {"link": reverse("desk:class_detail", args=[public_id]), "title": each.title},
    }
    return show(request, "desk/class_plan.html", context)


def _stands(each: Class) -> bool:
    return not hasattr(each, "cancellation")


def _titles() -> list[str]:
    return [
        _("Account code"), _("Kind"), _("What for"), _("Mentor"), _("Quantity"), _("Unit"),
        _("Price of one unit"), _("Total"),
    ]  # fmt: skip


def _rows(costs: CostPlan) -> Iterator[Sequence[Value]]:
    for row in costs.lines:
        line = row.line
        yield (
            line.account_code,
            str(line.get_kind_display()),
            line.what,
            line.mentor.name if line.mentor else "",
            line.quantity,
            line.unit,
            line.unit_price,
            row.total.amount,
        )
    yield ("", "", _("Total"), "", None, "", None, costs.total.amount)


@writes("training.change")
def class_plan_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Write the plan of a class."""
    each = class_within(request, public_id)
    plan = Plan.objects.filter(training_class=each).first()
    year = each.starts_on.year
    initial = {name: getattr(plan, name) for name in PLAN_FIELDS} if plan else {"budget_year": year}
    form = PlanForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_into(form):
            details = actions.PlanDetails(**form.cleaned_data)
            actions.make_plan(training_class=each, details=details, by=request.by)
            messages.success(request, _("Saved."))
            return redirect("desk:class_plan", public_id=public_id)
    return _asked(request, each, form, _("Change the plan"))


@writes("training.change")
def cost_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Add a line to the costs of a class."""
    each = class_within(request, public_id)
    form = CostForm(sent(request), mentors=_mentors(each))
    if form.is_valid():
        with refusals_into(form):
            actions.add_cost(training_class=each, cost=_cost(form), by=request.by)
            messages.success(request, _("Line added."))
            return redirect("desk:class_plan", public_id=public_id)
    return _asked(request, each, form, _("Add a cost line"))


@writes("training.change")
def cost_change(request: OfficerRequest, cost_id: int) -> HttpResponse:
    """Change a line of the costs."""
    line = _line_within(request, cost_id)
    initial = {
        **{name: getattr(line, name) for name in ("kind", "what", "quantity", "unit", "mentor")},
        "account_code": line.account_code,
        "unit_price": Rupiah(line.unit_price),
    }
    mentors = _mentors(line.training_class, or_paid_by=line)
    form = CostForm(sent(request), initial=initial, mentors=mentors)
    if form.is_valid():
        with refusals_into(form):
            actions.change_cost(line=line, cost=_cost(form), by=request.by)
            messages.success(request, _("Saved."))
            return redirect("desk:class_plan", public_id=line.training_class.public_id)
    return _asked(request, line.training_class, form, _("Change a cost line"))


@writes("training.change")
def cost_removal_create(request: OfficerRequest, cost_id: int) -> HttpResponse:
    """Take a line out of the costs."""
    line = _line_within(request, cost_id)
    public_id = line.training_class.public_id
    question = Question(
        title=_("Remove a cost line"),
        lead=f"{line.what} · {Rupiah(line.unit_price) * line.quantity}",
        submit=_("Remove"),
        done=_("Line removed."),
        back=(reverse("desk:class_plan", args=[public_id]), line.training_class.title),
        asks=False,
    )
    return answered(request, question, lambda _why: actions.remove_cost(line=line, by=request.by))


def _line_within(request: OfficerRequest, cost_id: int) -> CostLine:
    rows = CostLine.objects.filter(training_class__in=Class.objects.within(request.reach))
    found: CostLine = get_object_or_404(rows.select_related("training_class", "mentor"), pk=cost_id)
    return found


def _mentors(each: Class, *, or_paid_by: CostLine | None = None) -> QuerySet[Mentor]:
    giving = Q(pk__in=each.mentors.values("mentor"))
    paid = Q(cost_lines=or_paid_by) if or_paid_by else Q()
    return Mentor.objects.filter(giving | paid).distinct().order_by("folded", "pk")


def _cost(form: CostForm) -> Cost:
    given = dict(form.cleaned_data)
    mentor = given.pop("mentor")
    return Cost(**given, mentor_id=mentor.pk if mentor else None)


def _asked(request: OfficerRequest, each: Class, form: Any, title: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": each.title,
        "form": form,
        "submit": _("Save"),
        "back": {
            "link": reverse("desk:class_plan", args=[each.public_id]),
            "title": _("Plan and costs"),
        },
    }
    return show(request, "ui/form.html", context)


paths = [
    path("kelas/<slug:public_id>/rencana/", class_plan, name="class_plan"),
    path("kelas/<slug:public_id>/rencana/ubah/", class_plan_change, name="class_plan_change"),
    path("kelas/<slug:public_id>/biaya/", cost_create, name="cost_create"),
    path("biaya/<int:cost_id>/ubah/", cost_change, name="cost_change"),
    path("biaya/<int:cost_id>/penghapusan/", cost_removal_create, name="cost_removal_create"),
]

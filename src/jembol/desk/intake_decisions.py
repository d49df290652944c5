"""Rows that may be somebody known already: side by side, and an officer says who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.intake_words import COMPARED, AreaNames, labels, told_by, worded
from jembol.intake import actions
from jembol.intake.choices import Verdict
from jembol.intake.models import Import, ImportRow
from jembol.intake.queries import CandidateView, RowView, candidates_of, imports, row_view
from jembol.kit.refusal import Refusal
from jembol.registry.choices import Reason
from jembol.registry.models import Enterprise, Person
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of the row beside that of a person; `is_equal` is None where one says nothing."""

    label: str
    ours: str
    theirs: str
    is_equal: bool | None


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody whom the row may be.

    Attributes:
        person: The person of the register.
        reasons: Why, in words.
        row: Number of the earlier row of this list that is this person; 0 for none.
        fields: What the row and the register say, field by field.
    """

    person: Person
    reasons: list[str]
    row: int
    fields: list[Compared]


@writes("intake.run")
def decision_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Decide who a parked row is; the next one follows."""
    batch = get_object_or_404(imports(request.reach), pk=import_id)
    if request.method == "POST":
        about = get_object_or_404(batch.rows, pk=_number(request.POST.get("baris", "")))
        _decide(request, about)
        here = reverse("desk:decision_create", args=[batch.pk])
        return redirect(f"{here}?sesudah={about.pk}")
    row = _next(batch, _number(request.GET.get("sesudah", "")))
    context = {
        "title": _("Who is it?"),
        "batch": batch,
        "left": batch.rows.parked().count(),
        "row": row,
        **(_asked(row, request.reach) if row else {}),
        "back": {"link": reverse("desk:import_detail", args=[batch.pk]), "title": batch.file_name},
    }
    return show(request, "desk/import_decision.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _next(batch: Import, after: int) -> ImportRow | None:
    """Return the parked row after this one, or the first again when none is left behind it."""
    parked = batch.rows.parked().order_by("pk")
    return parked.filter(pk__gt=after).first() or parked.first()


# --- the decision -----------------------------------------------------------------------------


def _decide(request: OfficerRequest, row: ImportRow) -> None:
    """Carry out what was said, and tell what came of it, or why not."""
    try:
        settled = actions.settle(row=row, same_as=_person(request), by=request.by)
    except Refusal as refusal:
        messages.warning(request, f"{_here(row)}: {refusal}")
        return
    if settled.verdict == Verdict.ERROR:
        told = " ".join(problem.what for problem in row_view(settled).problems)
        messages.warning(request, f"{_here(row)}: {told}")
    elif request.POST.get("orang"):
        messages.success(request, _("%(row)s: noted as the same person.") % {"row": _here(row)})
    else:
        messages.success(request, _("%(row)s: entered as somebody new.") % {"row": _here(row)})


def _here(row: ImportRow) -> str:
    return _("%(sheet)s, row %(number)d") % {"sheet": row.sheet, "number": row.number}


def _person(request: OfficerRequest) -> Person | None:
    """Return the person whom the officer chose, or None for somebody new.

    Raises:
        Http404: neither was said, or nobody in the officer's areas was meant.
    """
    chosen = request.POST.get("orang")
    if chosen is None:
        raise Http404
    if not chosen:
        return None
    found: Person = get_object_or_404(Person.objects.within(request.reach), pk=_number(chosen))
    return found


# --- side by side -----------------------------------------------------------------------------


def _asked(row: ImportRow, reach: Reach) -> dict[str, object]:
    view = row_view(row)
    ours = told_by(view, AreaNames([view.values.get("area")]))
    found = candidates_of(row, reach)
    enterprises = [one["enterprise"] for one in row.candidates if "enterprise" in one]
    known = Enterprise.objects.within(reach).filter(pk__in=enterprises).order_by("pk")
    titles = labels()
    return {
        "view": view,
        "told": [(titles[name], ours[name]) for name in COMPARED if ours.get(name)],
        "options": [_option(one, ours) for one in found],
        "enterprises": list(known),
        "hidden": len(row.candidates) - len(found) - len(known),
        "noun": _noun(view),
    }


def _noun(view: RowView) -> str:
    is_person = bool(view.values.get("name") or view.values.get("id"))
    return _("Somebody new") if is_person else _("A new enterprise")


def _option(one: CandidateView, ours: dict[str, str]) -> Option:
    titles, theirs = labels(), _held(one.person)
    return Option(
        person=one.person,
        reasons=[str(Reason(reason).label) for reason in one.reasons if reason in Reason.values],
        row=one.row,
        fields=[
            Compared(
                titles[name],
                ours.get(name, ""),
                theirs[name],
                ours[name].casefold() == theirs[name].casefold()
                if ours.get(name) and theirs[name]
                else None,
            )
            for name in COMPARED
            if name in theirs and (ours.get(name) or theirs[name])
        ],
    )


def _held(person: Person) -> dict[str, str]:
    """Return what the register holds, in the words in which the row is told."""
    plain = ("name", "sex", "born_on", "birth_place", "phone", "address", "education")
    return {name: worded(name, getattr(person, name)) for name in plain} | {
        "nik": person.nik_masked,
        "place": named(person.area),
        "disability": worded("disability", person.has_disability),
    }


paths = [path("impor/<int:import_id>/keputusan/", decision_create, name="decision_create")]

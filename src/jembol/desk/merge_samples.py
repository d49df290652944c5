"""Merges drawn by lot from a bulk accept, shown blind to a second officer."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR
from jembol.desk.doubt_kinds import PEOPLE
from jembol.desk.doubt_pairs import field_rows
from jembol.kit.refusal import Refusal
from jembol.places.models import Area
from jembol.registry.actions.samples import judge_sample
from jembol.registry.choices import Answer
from jembol.registry.models import MergeSample, Person
from jembol.registry.queries.doubts import samples_waiting
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

# Its key on the keyboard, the answer, and what its button says.
BUTTONS: Final = (
    ("1", Answer.SAME, gettext_lazy("Right: one person")),
    ("2", Answer.DIFFERENT, gettext_lazy("Wrong: two people")),
    ("3", Answer.UNSURE, gettext_lazy("I cannot tell")),
)
SHOWN: Final = (f"merge__survivor__{NEAR}", f"merge__absorbed__{NEAR}")


@writes("registry.merge")
def merge_sample_create(request: OfficerRequest) -> HttpResponse:
    """Say of one merge after the other whether it was right, without knowing how sure it was."""
    waiting = samples_waiting(request.reach, officer_id=request.officer.pk)
    if request.method == "POST":
        named = parse_key(request.POST.get("sampel", "")) or 0
        return _judged(request, get_object_or_404(waiting, pk=named))
    rows = waiting.select_related(
        *SHOWN, "merge__survivor__household", "merge__absorbed__household"
    )
    sample = rows.order_by("pk").first()
    context = {
        "title": _("Was this merge right?"),
        "left": waiting.count(),
        "sample": sample,
        "fields": _side_by_side(sample) if sample else [],
        "buttons": BUTTONS,
        "back": {"link": reverse("desk:doubt_list"), "title": _("Possible duplicates")},
    }
    return show(request, "desk/merge_sample_create.html", context)


def _judged(request: OfficerRequest, sample: MergeSample) -> HttpResponse:
    word = request.POST.get("jawaban", "")
    try:
        judge_sample(sample=sample, answer=word, by=request.by)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("desk:merge_sample_create")
    if word == Answer.DIFFERENT:
        messages.success(request, _("Noted as wrong. Undo the merge here."))
        return redirect("desk:person_part_create", sample.merge_id)
    messages.success(request, _("Noted."))
    return redirect("desk:merge_sample_create")


def _side_by_side(sample: MergeSample) -> list[Any]:
    """Return both as they stood before the merge; nothing tells how sure the linkage was."""
    survivor, absorbed = sample.merge.survivor, sample.merge.absorbed
    for name, (before, _after) in sample.merge.taken.items():
        _put_back(survivor, name, before)
    # The older one first, so that the place does not tell which one survived.
    first, second = sorted((survivor, absorbed), key=lambda one: one.pk)
    return field_rows(PEOPLE, (first, second), first)


def _put_back(person: Person, name: str, text: Any) -> None:
    """Write into the row in hand, which nobody saves, what it said before the merge."""
    if name == "born_on":
        person.born_on = date.fromisoformat(text) if text else None
    elif name == "nik":
        person.nik_masked = text
    elif name == "area":
        person.area = Area.objects.select_related("parent__parent").get(code=text)
    elif name == "household":
        person.household = None
    else:
        setattr(person, name, text)


paths = [
    path("kembar/sampel/", merge_sample_create, name="merge_sample_create"),
]

"""Entries that are one: told on their common page, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.journal_words import FIELDS
from jembol.desk.lists import may
from jembol.desk.reasons import ReasonForm
from jembol.registry.actions import unmerge, unmerge_enterprises
from jembol.registry.models import Enterprise, EnterpriseMerge, Person, PersonMerge
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from datetime import datetime

CAME_BY = "lewat"
"""In the address of a page: the id of the absorbed entry by which one came."""


@dataclass(frozen=True, slots=True)
class MergeTold:
    """One merge as the page of both tells it.

    Attributes:
        public_id: The id that was absorbed, which still leads here.
        name: The name that stands there.
        into: The id into which it was merged, where that is not this page's own.
        by: Who decided.
        at: When.
        why: The reason, if one was told.
        undo: The page that undoes it; empty for who may not.
        is_asked: One came to this page by the absorbed id.
    """

    public_id: str
    name: str
    into: str
    by: str
    at: datetime
    why: str
    undo: str
    is_asked: bool


def merges_told(
    request: OfficerRequest, row: Person | Enterprise, merges: Iterable[Any]
) -> Sequence[MergeTold]:
    """Return the merges that made this person or enterprise, as its page tells them.

    One with an entry outside the reach is left out: its id and name are not this officer's.
    """
    route = "desk:person_part_create" if isinstance(row, Person) else "desk:enterprise_part_create"
    asked = request.GET.get(CAME_BY, "")
    return [
        MergeTold(
            public_id=merge.absorbed.public_id,
            name=merge.absorbed.name,
            into="" if merge.survivor_id == row.pk else merge.survivor.public_id,
            by=merge.officer_label,
            at=merge.at,
            why=merge.why,
            undo=reverse(route, args=[merge.pk]) if _may_undo(request, merge) else "",
            is_asked=merge.absorbed.public_id == asked,
        )
        for merge in merges
        if request.reach.covers(merge.survivor.area_id)
        and request.reach.covers(merge.absorbed.area_id)
    ]


def _may_undo(request: OfficerRequest, merge: Any) -> bool:
    rows = (merge.survivor, merge.absorbed)
    return all(may(request, "registry.merge", at=row.area_id) for row in rows)


def passed_on(route: str, row: Person | Enterprise, public_id: str) -> HttpResponse:
    """Lead from the id of an absorbed entry to the page of the one that stands for it."""
    link = reverse(route, args=[row.public_id])
    return redirect(f"{link}?{urlencode({CAME_BY: public_id})}")


def sent_on(request: OfficerRequest, route: str, row: Person | Enterprise) -> HttpResponse:
    """Lead from a form about an absorbed entry to the one about what stands for it.

    What was typed is not carried along: it was typed beside other values.
    """
    if request.method == "POST":
        messages.warning(
            request,
            _(
                "This entry became one with another while the form was open, so nothing was "
                "saved. Compare, and write your changes here."
            ),
        )
    return redirect(route, public_id=row.public_id)


@writes("registry.merge")
def person_part_create(request: OfficerRequest, merge_id: int) -> HttpResponse:
    """Undo a merge of two people, with the reason."""
    rows = PersonMerge.objects.standing().select_related("survivor", "absorbed")
    merge = get_object_or_404(
        rows,
        pk=merge_id,
        survivor__in=Person.objects.within(request.reach),
        absorbed__in=Person.objects.within(request.reach),
    )
    return _undone(
        request, merge, "desk:person_detail", lambda why: _parted(request, merge, why, unmerge)
    )


@writes("registry.merge")
def enterprise_part_create(request: OfficerRequest, merge_id: int) -> HttpResponse:
    """Undo a merge of two enterprises, with the reason."""
    rows = EnterpriseMerge.objects.standing().select_related("survivor", "absorbed")
    merge = get_object_or_404(
        rows,
        pk=merge_id,
        survivor__in=Enterprise.objects.within(request.reach),
        absorbed__in=Enterprise.objects.within(request.reach),
    )
    return _undone(
        request,
        merge,
        "desk:enterprise_detail",
        lambda why: _parted(request, merge, why, unmerge_enterprises),
    )


def _undone(
    request: OfficerRequest, merge: Any, route: str, act: Callable[[str], Any]
) -> HttpResponse:
    """Ask for the reason; undo; lead to the entry that stands alone again."""
    form = ReasonForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            act(form.cleaned_data["why"])
            return redirect(route, public_id=merge.absorbed.public_id)
    link = reverse(route, args=[merge.survivor.public_id])
    context = {
        "title": _("Undo the merge"),
        "lead": f"{merge.absorbed} → {merge.survivor}",
        "form": form,
        "submit": _("Take the two apart"),
        "back": {"link": link, "title": merge.survivor.name},
    }
    return show(request, "desk/part_create.html", context | {"merge": merge})


def _parted(request: OfficerRequest, merge: Any, why: str, undo: Callable[..., Any]) -> None:
    undone = undo(merge=merge, by=request.by, why=why)
    messages.success(request, _("The merge is undone; both stand as before."))
    if undone.kept:
        names = ", ".join(str(FIELDS.get(name, name)) for name in undone.kept)
        messages.warning(
            request,
            _("Somebody has changed these details since, so they stay as they are: %(names)s.")
            % {"names": names},
        )


paths = [
    path("orang/gabungan/<int:merge_id>/", person_part_create, name="person_part_create"),
    path("usaha/gabungan/<int:merge_id>/", enterprise_part_create, name="enterprise_part_create"),
]

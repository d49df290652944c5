"""One pair of possible duplicates: shown side by side, answered, and the answer taken back."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.doubt_kinds import ENTERPRISES, PEOPLE, Kind, percent, standing
from jembol.desk.doubt_pairs import evidence_rows, field_rows, hanging_rows
from jembol.desk.doubt_queue import following, go_on, kept_of, list_link, narrowed
from jembol.desk.lists import may
from jembol.desk.reasons import ReasonForm
from jembol.kit.refusal import Refusal
from jembol.registry import errors
from jembol.registry.actions.doubting import Answered, take_back
from jembol.registry.actions.doubting import answer as answer_doubt
from jembol.registry.choices import Answer
from jembol.registry.queries.doubts import fuller_first
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

LAST: Final = "kembar.terakhir"
"""Where the session keeps the officer's last answer, so that it can be taken back."""


@reads("registry.see")
def doubt_detail(request: OfficerRequest, doubt_id: int) -> HttpResponse:
    """Show two people side by side, with the evidence and what hangs on each."""
    return _opened(request, PEOPLE, doubt_id)


@reads("registry.see")
def enterprise_doubt_detail(request: OfficerRequest, doubt_id: int) -> HttpResponse:
    """Show two enterprises side by side, with the evidence and what hangs on each."""
    return _opened(request, ENTERPRISES, doubt_id)


@writes("registry.merge")
def verdict_create(request: OfficerRequest, doubt_id: int) -> HttpResponse:
    """Answer a pair of people; the next one follows."""
    return _answered(request, PEOPLE, doubt_id)


@writes("registry.merge")
def enterprise_verdict_create(request: OfficerRequest, doubt_id: int) -> HttpResponse:
    """Answer a pair of enterprises; the next one follows."""
    return _answered(request, ENTERPRISES, doubt_id)


def _opened(request: OfficerRequest, kind: Kind, doubt_id: int) -> HttpResponse:
    return _shown(request, kind, get_object_or_404(kind.pairs(request.reach), pk=doubt_id))


def _answered(request: OfficerRequest, kind: Kind, doubt_id: int) -> HttpResponse:
    if request.method != "POST":
        return _opened(request, kind, doubt_id)
    doubt = kind.pairs(request.reach).filter(pk=doubt_id).first()
    if doubt is None:
        return _settled(request, kind)
    word = request.POST.get("jawaban", "")
    if word not in [answer for _key, answer, _label in kind.buttons]:
        messages.warning(request, _("Choose one of the answers."))
        return _shown(request, kind, doubt)
    return _answer(request, kind, doubt, word)


def _answer(request: OfficerRequest, kind: Kind, doubt: Any, word: str) -> HttpResponse:
    survivor, take = _chosen(request, kind, doubt)
    why = request.POST.get("why", "")
    try:
        given = answer_doubt(
            doubt=doubt, answer=word, by=request.by, why=why, survivor=survivor, take=take
        )
    except (errors.AnsweredMeanwhile, errors.SettledMeanwhile):
        return _settled(request, kind)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return _shown(request, kind, doubt)
    request.session[LAST] = given.to_json()
    return go_on(request, kind, doubt)


def _chosen(request: OfficerRequest, kind: Kind, doubt: Any) -> tuple[int, list[str]]:
    """Return who stands from now on, and the fields that are taken over from the other."""
    both = standing(doubt)
    keys = [one.pk for one in both]
    named = parse_key(request.POST.get("bertahan", ""))
    survivor: int = next((key for key in keys if key == named), fuller_first(*both)[0].pk)
    (other,) = (key for key in keys if key != survivor)
    chosen = [name for name in kind.takeable if request.POST.get(f"isi_{name}") == str(other)]
    return survivor, chosen


def _settled(request: OfficerRequest, kind: Kind) -> HttpResponse:
    """Say that somebody was faster, and go on; a pair outside the reach does not exist.

    Raises:
        Http404: the form names no pair, or one outside the officer's areas.
    """
    keys = [parse_key(request.POST.get(side, "")) or 0 for side in ("low", "high")]
    seen: Any = kind.records.objects
    if seen.within(request.reach).filter(pk__in=keys).count() != len(keys):
        raise Http404
    verdicts: Any = kind.verdicts.objects
    verdict = verdicts.filter(low=keys[0], high=keys[1]).order_by("-pk").first()
    told = _("This pair waits no more.")
    if verdict is not None:
        told = _("%(officer)s answered this pair a moment ago: %(answer)s.") % {
            "officer": verdict.officer_label,
            "answer": Answer(verdict.answer).label,
        }
    messages.warning(request, f"{told} {_('Your answer was not written; this is the next pair.')}")
    return go_on(request, kind)


def _shown(request: OfficerRequest, kind: Kind, doubt: Any) -> HttpResponse:
    both = standing(doubt)
    survivor = fuller_first(*both)[0]
    coming = following(request, kind, doubt)
    link = list_link(request, kind)
    context = {
        "title": kind.question,
        "kind": kind,
        "doubt": doubt,
        "both": [(one, reverse(kind.record, args=[one.public_id])) for one in both],
        "survivor": survivor,
        "probability": percent(doubt.probability),
        "fields": field_rows(kind, both, survivor),
        "evidence": evidence_rows(doubt.parts),
        "hanging": hanging_rows(
            both,
            reach=request.reach,
            intake=request.officer.reach("intake.see", timezone.localdate()),
        ),
        "may_answer": all(may(request, "registry.merge", at=one.area_id) for one in both),
        "verdict_link": reverse(kind.verdict, args=[doubt.pk]) + kept_of(request),
        "left": narrowed(request, kind).count(),
        "later": reverse(kind.detail, args=[coming.pk]) + kept_of(request) if coming else "",
        "last": last_told(request),
        "back": {"link": link, "title": _("Possible duplicates")},
    }
    return show(request, "desk/doubt_detail.html", context)


# Taking the last answer back


def last_told(request: OfficerRequest) -> str:
    """Return the officer's last answer in words; empty when there is none to take back."""
    last = _last(request)
    if last is None:
        return ""
    verdicts: Any = (PEOPLE if last.is_of_people else ENTERPRISES).verdicts.objects
    rows = verdicts.filter(pk=last.verdict_id, officer_id=request.officer.pk)
    verdict = rows.select_related("low", "high").first()
    if verdict is None:
        return ""
    return _("%(one)s – %(other)s: %(answer)s") % {
        "one": verdict.low.name,
        "other": verdict.high.name,
        "answer": Answer(verdict.answer).label,
    }


def _last(request: OfficerRequest) -> Answered | None:
    told = request.session.get(LAST)
    return Answered.from_json(told) if told else None


@writes("registry.merge")
def answer_return_create(request: OfficerRequest) -> HttpResponse:
    """Take back one's own last answer: all is as before, and the pair waits again."""
    form = ReasonForm(sent(request), asks=False)
    last = _last(request)
    nothing = _("There is no answer of yours to take back.")
    if request.method == "POST":
        with refusals_into(form):
            if last is None:
                raise errors.AnswerSettled(nothing)
            doubt = take_back(answered=last, by=request.by)
            del request.session[LAST]
            messages.success(request, _("Taken back. The pair waits again."))
            kind = PEOPLE if last.is_of_people else ENTERPRISES
            return redirect(kind.detail, doubt.pk)
    context = {
        "title": _("Take the answer back"),
        "lead": last_told(request) or nothing,
        "form": form,
        "submit": _("Take it back"),
        "back": {"link": reverse("desk:doubt_list"), "title": _("Possible duplicates")},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("kembar/tarik-jawaban/", answer_return_create, name="answer_return_create"),
    path("kembar/<int:doubt_id>/", doubt_detail, name="doubt_detail"),
    path("kembar/<int:doubt_id>/putusan/", verdict_create, name="verdict_create"),
    path("kembar/usaha/<int:doubt_id>/", enterprise_doubt_detail, name="enterprise_doubt_detail"),
    path(
        "kembar/usaha/<int:doubt_id>/putusan/",
        enterprise_verdict_create,
        name="enterprise_verdict_create",
    ),
]

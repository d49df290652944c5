"""The published rule, the page behind each applicant's secret link, and the files of a draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jembol.registry.models import Group, Membership, Person
from jembol.training import actions, queries
from jembol.training.actions.entries import group_token_of, token_digest, token_of
from jembol.training.actions.room import share_words
from jembol.training.choices import Door, DrawOutcome, EntryState, OfferState, SelectionKind
from jembol.training.models import Class, Commitment, Draw, Offer
from jembol.training.rules import part_words
from jembol.training.rules.placing import ELSEWHERE
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jembol.training.models import SelectionRule

PERSONAL: Final = frozenset({"decile", "disability"})
"""Parts of the points that are personal data of the specific kind (UU 27/2022 art. 4(2))."""

KINDS: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


def rule_context(each: Class, rule: SelectionRule) -> dict[str, Any]:
    """Return what the public pages tell of a rule."""
    draw = Draw.objects.filter(training_class=each).first()
    return {
        "rule": rule,
        "rule_english": get_language() == "en",
        "conditions": [words for _one, words in queries.conditions_of(each)],
        "quotas": [(share_words(one), one) for one in queries.shares_of(each)],
        "weights": [(part_words()[one], number) for one, number in rule.weights.items()],
        "commitment": Commitment.objects.filter(training_class=each).first(),
        "files": sorted(draw.files) if draw else [],
        "revisions": rule.revisions.order_by("-version"),
    }


def _published(public_id: str) -> Class:
    rows = Class.objects.published().select_related("course", "area", "venue")
    found: Class = get_object_or_404(rows, public_id=public_id)
    return found


class AnswerForm(forms.Form):
    """What an applicant does on their own page."""

    jawaban = forms.ChoiceField(choices=[(one, one) for one in ("terima", "tolak", "keluar")])


@open_to_all
def status(request: CitizenRequest, public_id: str, token: str) -> HttpResponse:
    """Show one applicant where they stand and why, and let them answer; nobody else is on it."""
    each = _published(public_id)
    standing = queries.standing_of(each, token_digest(token), request.by.at)
    if standing is None:
        raise Http404
    form = AnswerForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            _answer(form.cleaned_data["jawaban"], standing, request)
            return redirect("public:status", public_id=public_id, token=token)
    link = request.build_absolute_uri(reverse("public:status", args=[public_id, token]))
    words = _("My place in the class %(title)s: %(link)s") % {"title": each.title, "link": link}
    context = {
        "title": _("Your place"),
        "each": each,
        "standing": standing,
        "state": _state(standing),
        "people": standing.entry.group is not None,
        "parts": _parts(standing),
        "share": f"https://wa.me/?text={quote(words)}",
        "form": form,
    }
    response = show(request, "public/status.html", context)
    # The address is the key to the page: it must not travel on to other sites.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _answer(word: str, standing: queries.Standing, request: CitizenRequest) -> None:
    if word == "keluar":
        actions.leave_list(entry=standing.entry, by=request.by)
        return
    # Whichever offer the page showed: an older one is refused in words.
    offer = standing.offer or Offer.objects.filter(entry=standing.entry).order_by("-pk").first()
    if offer is None:
        raise Http404
    if word == "terima":
        actions.accept(offer=offer, by=request.by)
    else:
        actions.decline(offer=offer, by=request.by)


def _parts(standing: queries.Standing) -> list[tuple[str, int, bool]]:
    """Return the points of the applicant, part by part.

    Whoever signed up on the public page proved nothing: what the register knew before of a person
    of that name and number, such as the family's decile, is told at the office only.
    """
    told = standing.drawn.parts if standing.drawn else []
    is_proven = standing.entry.door != Door.PUBLIC
    open_parts = [one for one in told if is_proven or one["name"] not in PERSONAL]
    rows = [(part_words()[one["name"]], one["points"], one["is_known"]) for one in open_parts]
    if rest := [one for one in told if one not in open_parts]:
        rows.append((_("Told at the office"), sum(one["points"] for one in rest), True))
    return rows


def _state(standing: queries.Standing) -> dict[str, Any]:
    """Return the applicant's state in a word and in a sentence that says why."""
    entry = standing.entry
    if entry.state == EntryState.SEATED:
        words = _("You have a seat. Come on the first day and say your name.")
        return _told(_("You have a seat"), "good", words, may_leave=True)
    return _left(entry.why) if entry.state == EntryState.LEFT else _state_in_line(standing)


def _state_in_line(standing: queries.Standing) -> dict[str, Any]:
    """Return the state of somebody who waits."""
    if standing.offer:
        words = _("A seat has become free, and it is your turn.")
        return _told(_("A seat is offered to you"), "good", words, may_leave=False)
    if standing.rule.kind == SelectionKind.FIRST_COME:
        words = _("Every seat that you could have is taken by people who signed up earlier. "
                  "When one becomes free, it is offered down the line.")  # fmt: skip
        return _told(_("You are in line"), "warn", words, in_line=True, may_leave=True)
    if standing.draw is None:
        words = _("You are on the list. Seats are given after registration has closed.")
        return _told(_("Signed up"), "info", words, may_leave=True)
    return _told(_("No seat this time"), "warn", _why_not(standing), in_line=True, may_leave=True)


def _told(
    word: str, tone: str, words: str, *, in_line: bool = False, may_leave: bool
) -> dict[str, Any]:
    return {"word": word, "tone": tone, "words": words, "in_line": in_line, "may_leave": may_leave}


def _left(why: str) -> dict[str, Any]:
    words: Mapping[str, str] = {
        OfferState.EXPIRED: _("The time to answer ran out, and the seat went to the next in line."),
        OfferState.DECLINED: _("You gave the offered seat to the next in line."),
        ELSEWHERE: _("You have a seat in another class for which you signed up."),
    }
    told = words.get(why) or _("You left the list. You can sign up again while it is open.")
    return _told(_("Not on the list any more"), "plain", told, may_leave=False)


def _why_not(standing: queries.Standing) -> str:
    """Return in words why the draw gave the applicant no seat."""
    drawn = standing.drawn
    if drawn is None or standing.draw is None:
        return _("You signed up after the seats were drawn, so you are in line.")
    if drawn.outcome == DrawOutcome.NOT_ELIGIBLE:
        return _("One of the conditions was not met. Ask at the office which one.")
    words = {
        "full": _("The seats were full before your place was reached."),
        "limit": _("The seats for people of your place or kind were taken before you."),
        "kept": _("The seats that were left are kept for those for whom the rule keeps them."),
        "group_too_large": _("Fewer seats were left than your group needs together."),
        "household": _("Each family gets one seat, and somebody of yours has it."),
    }
    return words.get(drawn.reason) or words["full"]


@open_to_all
def draw_file(request: CitizenRequest, public_id: str, name: str) -> HttpResponse:
    """Give one of the files by which anybody can draw again."""
    del request
    draw = get_object_or_404(Draw, training_class=_published(public_id))
    if name not in draw.files:
        raise Http404
    kind = KINDS.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    response = HttpResponse(draw.files[name], content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@open_to_all
def group_sign_up(
    request: CitizenRequest, public_id: str, group_id: str, token: str
) -> HttpResponse:
    """Let the head of a group say who comes, through the secret link that the office sent."""
    each = _published(public_id)
    group = get_object_or_404(Group, public_id=group_id)
    if not constant_time_compare(token, group_token_of(each, group)):
        raise Http404
    standing = Membership.objects.standing(request.by.at.date()).filter(group=group)
    people = list(Person.objects.filter(pk__in=standing.values("person")).order_by("folded", "pk"))
    chosen = [one for one in people if one.public_id in request.POST.getlist("orang")]
    form = forms.Form(sent(request))
    if form.is_valid():
        with refusals_into(form):
            applied = actions.register_group(
                training_class=each, group=group, people=chosen, by=request.by, door=Door.PUBLIC
            )
            if applied.entry is None:
                return redirect("public:thanks", public_id=public_id)
            return redirect("public:status", public_id=public_id, token=token_of(applied.entry))
    context = {
        "title": _("Sign a group up"),
        "each": each,
        "group": group,
        "people": people,
        "ticked": {one.public_id for one in chosen},
        "form": form,
    }
    return show(request, "public/group_sign_up.html", context)


paths = [
    path("kelas/<slug:public_id>/status/<slug:token>/", status, name="status"),
    path("kelas/<slug:public_id>/undian/<str:name>/", draw_file, name="draw_file"),
    path(
        "kelas/<slug:public_id>/kelompok/<slug:group_id>/<slug:token>/",
        group_sign_up,
        name="group_sign_up",
    ),
]

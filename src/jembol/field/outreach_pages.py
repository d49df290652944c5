"""Pages of the phone for going to the people: enrol, visit, my area, the queue, the end of day.

A page that a phone keeps names the officer and the places of their duty, and nobody else. What they
write goes into the phone's queue; where no script runs, enrolling and visiting are plain forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.field import alike_words, plain_enrolment, plain_form, plain_visit
from jembol.field.outreach_words import OUTREACH_WORDS
from jembol.field.question_words import QUESTION_WORDS
from jembol.field.words import STRIP_WORDS, WORDS
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.places.choosing import area_choices
from jembol.registry.choices import Answer, Purpose, Sex
from jembol.registry.models import ConsentText
from jembol.registry.queries.finding import search
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from jembol.kit.reach import Reach
    from jembol.registry.models import Person
    from jembol.sync.parcels import Answer as Answered

MOST_FOUND: Final = 12
NO_MORE: Final[Mapping[str, str | Promise]] = {}
AT_A_VISIT: Final = (Purpose.PHOTO,)
AT_ENROLMENT: Final = tuple(one for one in Purpose if one not in AT_A_VISIT)


def _page(
    request: OfficerRequest,
    template: str,
    context: Mapping[str, Any],
    words: Mapping[str, str | Promise] = NO_MORE,
) -> HttpResponse:
    common = {
        "zone": settings.TIME_ZONE,
        "words": {**STRIP_WORDS, **OUTREACH_WORDS, **words},
        "back": {"link": reverse("field:start"), "title": _("My day")},
    }
    return show(request, template, common | dict(context))


def newest_texts(purposes: tuple[Purpose, ...]) -> list[ConsentText]:
    """Return the newest Indonesian text of each of these purposes, in their order."""
    rows = ConsentText.objects.filter(language="id", purpose__in=purposes).order_by("version")
    newest = {text.purpose: text for text in rows}
    return [newest[purpose] for purpose in purposes if purpose in newest]


@writes("outreach.visit", door="field")
def enrolment_create(request: OfficerRequest) -> HttpResponse:
    """Enrol a person; a form that sends one record where scripts do not run."""
    areas = area_choices(request.reach)
    texts = newest_texts(AT_ENROLMENT)
    wrong: list[str] = []
    if request.method == "POST":
        body, wrong = plain_enrolment.read(request.POST, areas, texts)
        if body is not None:
            _tell(request, plain_form.sent(request, body, kind=plain_enrolment.KIND))
            return redirect("field:enrolment_create")
    context = {
        "title": _("Enrol a person"),
        "areas": areas,
        "texts": texts,
        "needs": NeedKind.choices,
        "sexes": Sex.choices,
        "answers": Answer.choices,
        "wrong": wrong,
        "typed": _typed(request, plain_enrolment.EnrolmentForm),
    }
    why = {f"alike-{code}": told for code, told in alike_words.words().items()}
    return _page(request, "field/enrolment_create.html", context, why)


@writes("outreach.visit", door="field")
def visit_create(request: OfficerRequest) -> HttpResponse:
    """Note a visit; a form that sends one record where scripts do not run."""
    what = request.GET.get("q", "").strip()
    areas = area_choices(request.reach)
    wrong: list[str] = []
    if request.method == "POST":
        body, wrong = plain_visit.read(request.POST, areas, request.reach)
        if body is not None:
            _tell(request, plain_form.sent(request, body, kind=plain_visit.KIND))
            return redirect("field:visit_create")
    context = {
        "title": _("Note a visit"),
        "areas": areas,
        "what": what,
        # Names stand only on a page that answers a question: phones keep the bare page.
        "found": _found(what, request.reach),
        "texts": newest_texts(AT_A_VISIT),
        "outcomes": VisitOutcome.choices,
        "needs": NeedKind.choices,
        "referrals": ReferralKind.choices,
        "dues": [(7, _("1 week")), (14, _("2 weeks")), (30, _("1 month")), (0, _("Another day"))],
        "wrong": wrong,
        "typed": _typed(request, plain_visit.VisitForm),
    }
    return _page(request, "field/visit_create.html", context, QUESTION_WORDS)


def _typed(request: OfficerRequest, form: type[forms.Form]) -> dict[str, str]:
    """Return what was typed into each field, empty where nothing was."""
    return {name: request.POST.get(name, "") for name in form.base_fields}


def _found(what: str, reach: Reach) -> list[Person]:
    return list(search(what, reach).select_related("area")[:MOST_FOUND]) if what else []


def _tell(request: OfficerRequest, answer: Answered) -> None:
    tone, words = plain_form.stored(answer)
    messages.add_message(request, tone, words)


@reads("outreach.visit")
def area_detail(request: OfficerRequest) -> HttpResponse:
    """Show the place where the phone draws who lives in the officer's area."""
    return _page(request, "field/area_detail.html", {"title": _("My area")})


@reads("training.attend")
def queue_detail(request: OfficerRequest) -> HttpResponse:
    """Show the place where the phone draws its queue, record by record."""
    return _page(request, "field/queue_detail.html", {"title": _("What this phone holds")}, WORDS)


@reads("outreach.visit")
def day_end(request: OfficerRequest) -> HttpResponse:
    """Show the place where the phone draws what was done and what is still only there."""
    context = {"title": _("End of day"), "today": timezone.localdate(request.by.at)}
    return _page(request, "field/day_end.html", context)


paths = [
    path("warga/baru/", enrolment_create, name="enrolment_create"),
    path("kunjungan/", visit_create, name="visit_create"),
    path("wilayah/", area_detail, name="area_detail"),
    path("antrean/", queue_detail, name="queue_detail"),
    path("selesai/", day_end, name="day_end"),
]

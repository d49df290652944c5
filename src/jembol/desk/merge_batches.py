"""Many pairs accepted at once: the city's policy, the bulk accept, and taking one back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.cities import chosen_city, cities_within
from jembol.desk.doubt_kinds import PEOPLE, day_text, percent, standing
from jembol.desk.doubt_pairs import evidence_rows
from jembol.desk.reasons import Question, ReasonForm, answered
from jembol.places.models import Area
from jembol.registry import errors, orders
from jembol.registry.actions.policies import set_policy
from jembol.registry.models import Person
from jembol.registry.policy import UNDO_DAYS, Policy
from jembol.registry.queries.batches import Batch, batch_of, batches_of, return_of
from jembol.registry.queries.doubts import above, people_waiting, policy_of
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

PREVIEWED: Final = 20
STOP_POLLING: Final = 286
HUNDRED: Final = Decimal(100)


class PolicyForm(forms.Form):
    """The thresholds of a city, in percent."""

    merge_above = forms.DecimalField(
        label=gettext_lazy("Accept together from a probability of (%)"),
        min_value=50,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=gettext_lazy("Pairs at or above it can be accepted at once, after a preview."),
    )
    ask_above = forms.DecimalField(
        label=gettext_lazy("Ask about pairs from a probability of (%)"),
        min_value=50,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=gettext_lazy("Pairs below it are asked about no more."),
    )
    audit_share = forms.DecimalField(
        label=gettext_lazy("Share that a second officer looks at (%)"),
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=gettext_lazy("Of each bulk accept, drawn by lot, and 20 at least."),
    )


@writes("registry.policy")
def policy_change(request: OfficerRequest) -> HttpResponse:
    """Set what the city lets the linkage do by itself."""
    city = chosen_city(request)
    policy = policy_of(city)
    form = PolicyForm(sent(request), initial=_in_percent(policy))
    link = reverse("desk:doubt_list")
    if form.is_valid():
        shares = {name: float(value / HUNDRED) for name, value in form.cleaned_data.items()}
        with refusals_into(form):
            set_policy(city=city, by=request.by, **shares)
            messages.success(request, _("Saved."))
            return redirect(link)
    context = {
        "title": _("When records may be merged"),
        "lead": city.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": _("Possible duplicates")},
    }
    return show(request, "ui/form.html", context)


def _in_percent(policy: Policy) -> dict[str, str]:
    names = ("merge_above", "ask_above", "audit_share")
    shares = (Decimal(str(getattr(policy, name))) * HUNDRED for name in names)
    return {name: f"{share.normalize():f}" for name, share in zip(names, shares, strict=True)}


@writes("registry.link")
def merge_batch_create(request: OfficerRequest) -> HttpResponse:
    """Accept all pairs of a city above its threshold, after a look at some of them."""
    city = chosen_city(request)
    policy = policy_of(city)
    waiting = above(people_waiting(request.reach), city, policy.merge_above)
    form = ReasonForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            job = orders.ask_to_accept(
                city,
                above=policy.merge_above,
                share=policy.audit_share,
                why=form.cleaned_data["why"],
                by=request.by,
            )
            return redirect("desk:merge_batch_detail", job.pk)
    count = waiting.count()
    context = {
        "title": _("Accept many at once"),
        "city": city,
        "policy": policy,
        "thresholds": [percent(policy.merge_above), percent(policy.audit_share)],
        "count": count,
        "preview": _previewed(request, city, policy),
        "form": form,
        "submit": _("Merge %(count)d pairs") % {"count": count},
        "batches": batches_of(city.key),
        "back": {"link": reverse("desk:doubt_list"), "title": _("Possible duplicates")},
    }
    return show(request, "desk/merge_batch_create.html", context)


def _previewed(request: OfficerRequest, city: Area, policy: Policy) -> list[dict[str, object]]:
    rows = above(PEOPLE.pairs(request.reach), city, policy.merge_above).order_by("?")
    return [
        {
            "link": reverse("desk:doubt_detail", args=[row.pk]),
            "names": [one.name for one in standing(row)],
            "probability": percent(row.probability),
            "words": "; ".join(one.words for one in evidence_rows(row.parts)[:3]),
        }
        for row in rows[:PREVIEWED]
    ]


@writes("registry.link")
def merge_batch_detail(request: OfficerRequest, batch: str) -> HttpResponse:
    """Show how a bulk accept goes or went."""
    found = _batch(request, batch)
    undoing = return_of(found)
    works = not found.job.is_over or undoing is not None
    context = {
        "title": _("Accepted together"),
        "batch": found,
        "works": works,
        "work": undoing or found.job,
        "undoing": undoing,
        "skipped": _skipped(request, found),
        "skipped_count": sum(found.tally.get("skipped", {}).values()),
        "until": _until(found),
        "may_return": not works and _may_return(found),
        "back": {"link": reverse("desk:merge_batch_create"), "title": _("Accept many at once")},
    }
    is_part = request.headers.get("HX-Target") == "batch"
    status = STOP_POLLING if is_part and not works else 200
    return show(request, "desk/merge_batch_detail.html", context, status)


def _batch(request: OfficerRequest, key: str) -> Batch:
    """Return the bulk accept, of a city within reach.

    Raises:
        Http404: there is none.
    """
    found = batch_of(key)
    cities = [city.key for city in cities_within(request.reach)]
    if found is None or found.job.area_key not in cities:
        raise Http404
    return found


def _skipped(request: OfficerRequest, batch: Batch) -> list[tuple[list[Person], str]]:
    told: list[Any] = batch.tally.get("told", [])
    keys = {key for low, high, _why in told for key in (low, high)}
    people = Person.objects.within(request.reach).in_bulk(keys)
    return [
        ([people[low], people[high]], why)
        for low, high, why in told
        if low in people and high in people
    ]


def _until(batch: Batch) -> Any:
    ended = batch.job.finished_at or batch.job.created_at
    return timezone.localtime(ended + timedelta(days=UNDO_DAYS)).date()


def _may_return(batch: Batch) -> bool:
    return bool(batch.standing) and timezone.localdate() <= _until(batch)


@writes("registry.link")
def merge_batch_return_create(request: OfficerRequest, batch: str) -> HttpResponse:
    """Take a bulk accept back as a whole."""
    found = _batch(request, batch)
    city = Area.objects.get(pk=found.job.area_key)
    question = Question(
        title=_("Take the bulk accept back"),
        lead=_("%(count)d merges are undone one by one, and the pairs wait for an answer again.")
        % {"count": found.standing},
        submit=_("Undo all of them"),
        done=_("The undoing has begun."),
        back=(reverse("desk:merge_batch_detail", args=[batch]), _("Accepted together")),
    )

    def act(why: str) -> None:
        if not _may_return(found):
            raise errors.TooLate(
                _("It could be taken back as a whole until %(day)s. Undo single merges instead.")
                % {"day": day_text(_until(found))}
            )
        orders.ask_to_return(city, batch=batch, why=why, by=request.by)

    return answered(request, question, act)


paths = [
    path("kembar/kebijakan/", policy_change, name="policy_change"),
    path("kembar/sekaligus/", merge_batch_create, name="merge_batch_create"),
    path("kembar/sekaligus/<slug:batch>/", merge_batch_detail, name="merge_batch_detail"),
    path(
        "kembar/sekaligus/<slug:batch>/batal/",
        merge_batch_return_create,
        name="merge_batch_return_create",
    ),
]

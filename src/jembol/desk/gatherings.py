"""Like wishes of several RT: proposed together, gathered, answered at once, parted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import ReasonForm
from jembol.kit.area import AreaCode, city_key, kelurahan_key
from jembol.kit.reach import Reach
from jembol.outreach import actions, queries
from jembol.outreach.actions import ReplyText
from jembol.outreach.choices import NeedKind, ReplyKind
from jembol.outreach.models import Gathering, Wish
from jembol.training.models import Class
from jembol.ui.components import day, pill
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing, parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Sequence

WISH: Final = "usulan"
PROPOSALS_SHOWN: Final = 12
MOST_OFFERED: Final = 60


def reply_word(gathering: Gathering) -> tuple[str, str]:
    """Return what was answered in a word, with its tone."""
    reply = getattr(gathering, "reply", None)
    if reply is None:
        return _("waits for an answer"), "warn"
    return str(reply.get_kind_display()), "bad" if reply.kind == ReplyKind.DECLINED else "good"


def _title(gathering: Gathering) -> str:
    kind = str(gathering.get_kind_display())
    return f"{kind}: {gathering.topic}" if gathering.topic else kind


def _rows(reach: Reach) -> Any:
    rows = Gathering.objects.within(reach).select_related(NEAR, "reply__training_class")
    return rows.annotate(
        asked=Count("gathered__wish__area", distinct=True), people=Sum("gathered__wish__people")
    )


@reads("outreach.see")
def gathering_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what to gather next, and what was gathered."""
    listing = Listing(
        request,
        rows=_rows(reach_of_list(request, "outreach.see")),
        columns=[
            Column("isi", _("Need"), _title),
            Column("wilayah", _("Area"), lambda row: named(row.area), sort="area_id"),
            Column("rt", "RT/RW", lambda row: row.asked, align="end"),
            Column("orang", _("People"), lambda row: row.people, align="end"),
            Column("tanggal", _("Gathered on"), lambda row: timezone.localdate(row.made_at),
                   lambda row: day(timezone.localdate(row.made_at)), sort="made_at"),
            Column("jawaban", _("Answer"), lambda row: reply_word(row)[0],
                   lambda row: pill(reply_word(row)[0], tone=reply_word(row)[1])),
        ],
        filters=[
            area_filter(request.reach),
            Filter("jenis", _("Need"), [(one.value, str(one.label)) for one in NeedKind],
                   lambda rows, word: rows.filter(kind=word)),
            Filter("jawaban", _("Answer"),
                   [("belum", _("waits for an answer")),
                    *((one.value, str(one.label)) for one in ReplyKind)],
                   lambda rows, word: rows.filter(reply__isnull=True) if word == "belum"
                   else rows.filter(reply__kind=word)),
        ],
        search=lambda rows, words: rows.filter(topic__icontains=words),
        sort="-tanggal",
        name="usulan-bersama",
        detail=lambda row: reverse("desk:gathering_detail", args=[row.pk]),
        empty=_("Gather wishes that one class, one tool or one visit can answer."),
    )  # fmt: skip
    proposals = queries.gatherings_proposed(request.reach, need=_need_by_kelurahan(request))
    context = {
        "title": _("Wishes gathered"),
        "unit": _("gatherings"),
        "proposals": [(one, _gather_link(one.wishes, one.topic)) for one in proposals][
            :PROPOSALS_SHOWN
        ],
        "more": max(0, len(proposals) - PROPOSALS_SHOWN),
        "may_plan": may(request, "outreach.plan"),
    }
    return listed(
        request, listing, context, template="desk/gathering_list.html", export="outreach.see"
    )


def _need_by_kelurahan(request: OfficerRequest) -> dict[int, float]:
    """Return the score of the RW in each kelurahan that needs a visit most."""
    found: dict[int, float] = {}
    for one in queries.needs_of(request.reach, timezone.localdate(request.by.at)):
        kelurahan = kelurahan_key(one.area)
        found[kelurahan] = max(one.score, found.get(kelurahan, 0.0))
    return found


def _gather_link(wishes: Sequence[Wish], topic: str) -> str:
    words = [(WISH, str(wish.pk)) for wish in wishes]
    return f"{reverse('desk:gathering_create')}?{urlencode([*words, ('isi', topic)])}"


class GatherForm(forms.Form):
    """What a gathering is about."""

    topic = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For example: sewing. It becomes the title of the class."),
    )


@writes("outreach.plan")
def gathering_create(request: OfficerRequest) -> HttpResponse:
    """Gather the wishes that are ticked."""
    form = GatherForm(sent(request), initial={"topic": request.GET.get("isi", "")[:100]})
    ticked = _named(request.POST.getlist(WISH) or request.GET.getlist(WISH))
    if form.is_valid():
        with refusals_into(form):
            chosen = Wish.objects.within(request.reach).filter(pk__in=ticked).order_by("pk")
            made = actions.gather_wishes(
                wishes=list(chosen), topic=form.cleaned_data["topic"], by=request.by
            )
            messages.success(request, _("Gathered. Now say what is done about it."))
            return redirect("desk:gathering_detail", gathering_id=made.pk)
    context = {
        "title": _("Gather wishes"),
        "form": form,
        "rows": [
            (wish, named(wish.area), wish.pk in ticked) for wish in _offered(request.reach, ticked)
        ],
        "submit": _("Gather these"),
        "back": _back(),
    }
    return show(request, "desk/gathering_create.html", context)


def _named(words: Sequence[str]) -> set[int]:
    return {key for word in words[:MOST_OFFERED] if (key := parse_key(word)) is not None}


def _offered(reach: Reach, ticked: set[int]) -> list[Wish]:
    """Return the ticked wishes that wait alone, then others of their kind in the same city."""
    waiting = queries.wishes(reach).alone().order_by("area_id", "pk")
    chosen = list(waiting.filter(pk__in=ticked))
    if not chosen:
        return list(waiting[:MOST_OFFERED])
    city = Reach((AreaCode.from_key(city_key(chosen[0].area_id)).span,))
    others = waiting.within(city).filter(kind=chosen[0].kind).exclude(pk__in=ticked)
    return [*chosen, *others[: MOST_OFFERED - len(chosen)]]


def gathering_within(request: OfficerRequest, gathering_id: int) -> Gathering:
    """Return the gathering, or answer that there is none in these areas."""
    found: Gathering = get_object_or_404(_rows(request.reach), pk=gathering_id)
    return found


def _wishes_in(gathering: Gathering) -> list[tuple[Wish, str]]:
    rows = Wish.objects.filter(gathered__gathering=gathering).select_related(NEAR)
    return [(wish, named(wish.area)) for wish in rows.order_by("area_id", "pk")]


@reads("outreach.see")
def gathering_detail(request: OfficerRequest, gathering_id: int) -> HttpResponse:
    """Show what was gathered, and what is done about it."""
    gathering = gathering_within(request, gathering_id)
    word, tone = reply_word(gathering)
    reply = getattr(gathering, "reply", None)
    context = {
        "title": _title(gathering),
        "gathering": gathering,
        "where": named(gathering.area),
        "rows": _wishes_in(gathering),
        "reply": reply,
        "state": {"word": word, "tone": tone},
        "may_plan": may(request, "outreach.plan", at=gathering.area_id),
        "may_open": may(request, "training.change", at=gathering.area_id),
        "may_see": may(request, "training.see", at=gathering.area_id),
        "back": _back(),
    }
    return show(request, "desk/gathering_detail.html", context)


class ClassChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A class by its title and first day."""

    def label_from_instance(self, obj: Class) -> str:
        """Return the title and the first day."""
        return f"{obj.title}, {obj.starts_on:%d-%m-%Y}"


class AnswerForm(forms.Form):
    """What is done about the wishes of a gathering."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is done?"), choices=ReplyKind.choices, widget=forms.RadioSelect
    )
    which = ClassChoice(
        label=gettext_lazy("Which class?"), queryset=Class.objects.none(), required=False
    )
    visit_on = DayField(
        label=gettext_lazy("Day of the visit"),
        required=False,
        help_text=gettext_lazy("Empty while the week is not planned yet."),
    )
    words = forms.CharField(
        label=gettext_lazy("What the RT read"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("When it is declined: why, and what they can do instead."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        """Offer these classes."""
        super().__init__(*args, **kwargs)
        self.fields["which"].queryset = classes  # type: ignore[attr-defined]

    def clean_which(self) -> Class | None:
        """Return the class that was chosen, if one was."""
        found: Class | None = self.cleaned_data["which"]
        return found


@writes("outreach.plan")
def gathering_answer_create(request: OfficerRequest, gathering_id: int) -> HttpResponse:
    """Say what is done: a class, a visit, a tool, or nothing and why."""
    gathering = gathering_within(request, gathering_id)
    form = AnswerForm(
        _keys_only(request),
        classes=_classes(request, gathering),
        initial=_known(request, gathering),
    )
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            text = ReplyText(
                kind=given["kind"],
                words=given["words"],
                training_class=given["which"],
                visit_on=given["visit_on"],
            )
            actions.answer_gathering(gathering=gathering, text=text, by=request.by)
            messages.success(request, _("Answered. Every RT of it reads this on its page."))
            return redirect("desk:gathering_detail", gathering_id=gathering_id)
    context = {
        "title": _("Answer"),
        "lead": _title(gathering),
        "form": form,
        "submit": _("Answer all of them"),
        "back": _to(gathering),
    }
    return show(request, "ui/form.html", context)


def _keys_only(request: OfficerRequest) -> Any:
    """Return what was sent; a class whose number no database takes counts as none."""
    if request.method != "POST" or parse_key(request.POST.get("which", "0") or "0") is not None:
        return sent(request)
    given = request.POST.copy()
    given["which"] = "0"
    return given


def _classes(request: OfficerRequest, gathering: Gathering) -> Any:
    """Return the coming classes of the city that this officer may see, and the one answered."""
    reach = request.officer.reach("training.see", timezone.localdate())
    city = Reach((AreaCode.from_key(city_key(gathering.area_id)).span,))
    rows = Class.objects.within(reach & city).standing()
    return rows.filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk")


def _known(request: OfficerRequest, gathering: Gathering) -> dict[str, Any]:
    """Return what the form begins with: the class just opened, or the answer that stands."""
    named_class = Class.objects.filter(public_id=request.GET.get("kelas", "")[:20]).first()
    if named_class is not None:
        return {"kind": ReplyKind.CLASS, "which": named_class.pk}
    reply = getattr(gathering, "reply", None)
    if reply is None:
        return {}
    return {
        "kind": reply.kind,
        "which": reply.training_class_id,
        "visit_on": reply.visit_on,
        "words": reply.words,
    }


@writes("outreach.plan")
def gathering_split_create(request: OfficerRequest, gathering_id: int) -> HttpResponse:
    """Let the ticked wishes stand alone again."""
    gathering = gathering_within(request, gathering_id)
    form = ReasonForm(sent(request))
    ticked = _named(request.POST.getlist(WISH))
    if form.is_valid():
        with refusals_into(form):
            wishes = list(Wish.objects.within(request.reach).filter(pk__in=ticked).order_by("pk"))
            left = actions.split_gathering(
                gathering=gathering, wishes=wishes, why=form.cleaned_data["why"], by=request.by
            )
            messages.success(request, _("They stand alone again and wait for an answer."))
            if left is None:
                return redirect("desk:gathering_list")
            return redirect("desk:gathering_detail", gathering_id=gathering_id)
    context = {
        "title": _("Part wishes"),
        "lead": _title(gathering),
        "form": form,
        "rows": [(wish, where, wish.pk in ticked) for wish, where in _wishes_in(gathering)],
        "submit": _("Part the ticked ones"),
        "back": _to(gathering),
    }
    return show(request, "desk/gathering_create.html", context)


def _to(gathering: Gathering) -> dict[str, str]:
    link = reverse("desk:gathering_detail", args=[gathering.pk])
    return {"link": link, "title": _title(gathering)}


def _back() -> dict[str, str]:
    return {"link": reverse("desk:gathering_list"), "title": _("Wishes gathered")}


paths = [
    path("usulan-rt/bersama/", gathering_list, name="gathering_list"),
    path("usulan-rt/bersama/baru/", gathering_create, name="gathering_create"),
    path("usulan-rt/bersama/<int:gathering_id>/", gathering_detail, name="gathering_detail"),
    path(
        "usulan-rt/bersama/<int:gathering_id>/jawaban/",
        gathering_answer_create,
        name="gathering_answer_create",
    ),
    path(
        "usulan-rt/bersama/<int:gathering_id>/pisah/",
        gathering_split_create,
        name="gathering_split_create",
    ),
]

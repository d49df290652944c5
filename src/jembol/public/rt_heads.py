"""The page of an RT or RW head: what came here, and one wish in four taps; no account, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.outreach import actions, queries
from jembol.outreach.actions import WishText
from jembol.outreach.choices import NeedKind, OwnBudget, ReplyKind, WishSource
from jembol.outreach.rt_links import door_behind
from jembol.outreach.rules import FEWEST_TOLD, MOST_PEOPLE
from jembol.places.choices import Level
from jembol.public.looking import may_look
from jembol.training.models import Class
from jembol.ui.forms import refusals_into
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.listing import parse_key
from jembol.ui.pages import show
from jembol.ui.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jembol.outreach.models import Reply, RtDoor, Wish
    from jembol.places.models import Area

DONE: Final = "sudah"
"""In the address after something was sent: what became of it."""

WITHDRAW: Final = "tarik"


class WishForm(forms.Form):
    """One need: its kind is enough."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What does your RT need?"),
        choices=NeedKind.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What exactly?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: a sewing class. No names, no NIK, no phone numbers."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    people = forms.IntegerField(
        label=gettext_lazy("For how many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    year = forms.TypedChoiceField(label=gettext_lazy("For the year"), coerce=int, required=False)
    in_own_budget = forms.BooleanField(
        label=gettext_lazy("It also stands in our RT's own budget (such as RT Berkelas)"),
        required=False,
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        """Offer this year and the two that are planned next."""
        super().__init__(*args, **kwargs)
        years = [(year, str(year)) for year in range(this_year, this_year + 3)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["year"].initial = this_year

    @property
    def text(self) -> WishText:
        """What was filled in."""
        given = self.cleaned_data
        return WishText(
            kind=given["kind"],
            words=given["words"],
            people=given["people"],
            year=given["year"] or None,
            in_own_budget=OwnBudget.YES if given["in_own_budget"] else OwnBudget.UNKNOWN,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One wish of the RT with what became of it.

    Attributes:
        wish: The wish.
        state: How far it is, in a word.
        tone: The colour of the word.
        answer: What is done about it, in words; empty while it waits.
        link: The page of the class, where citizens see one.
        may_withdraw: Whether this link may take it back.
    """

    wish: Wish
    state: str
    tone: str
    answer: str
    link: str
    may_withdraw: bool


@open_to_all
def rt_door(request: CitizenRequest, token: str) -> HttpResponse:
    """Show an RT what came and what became of its wishes, and take one more."""
    action = "rt_wish" if request.method == "POST" else "rt_door"
    if not may_look(request, action):
        return refuse(
            request,
            429,
            _("Too much was asked from here in one minute."),
            _("Wait a minute and open the link again. Nothing that was sent before is lost."),
        )
    door = door_behind(token, timezone.localdate(request.by.at))
    if door is None:
        raise Http404
    form = WishForm(_filled(request), this_year=timezone.localdate(request.by.at).year)
    if request.method == "POST":
        done = _withdrawn(request, door) if WITHDRAW in request.POST else _told(request, door, form)
        if done:
            return redirect(f"{request.path}?{DONE}={done}#main")
    return _private(show(request, "public/rt_door.html", _context(request, door, form)))


def _filled(request: CitizenRequest) -> Any:
    is_wish = request.method == "POST" and WITHDRAW not in request.POST
    return request.POST if is_wish else None


def _told(request: CitizenRequest, door: RtDoor, form: WishForm) -> str:
    """Note the wish; a word for what was done, empty when the form was refused."""
    if not form.is_valid():
        return ""
    with refusals_into(form):
        told = actions.tell_wish_by_link(door=door, text=form.text, by=request.by)
        return "baru" if told.is_new else "lagi"
    return ""


def _withdrawn(request: CitizenRequest, door: RtDoor) -> str:
    """Take back what the form names, if this link told it and it still waits."""
    key = parse_key(request.POST[WITHDRAW])
    mine = next((one for one in _shown(door.area) if one.wish.pk == key), None)
    if mine is None:
        raise Http404
    if not mine.may_withdraw:
        return "dijawab"
    actions.withdraw_wish_by_link(door=door, wish=mine.wish, by=request.by)
    return WITHDRAW


def _context(request: CitizenRequest, door: RtDoor, form: WishForm) -> dict[str, object]:
    on = timezone.localdate(request.by.at)
    came = queries.came_to(door.area, on)
    return {
        "title": place_of(door.area),
        "is_rw": door.area.level == Level.RW,
        "door": door,
        "came": came,
        "classes": [(each, getattr(each, "selection_rule", None)) for each in came.classes],
        "fewest": FEWEST_TOLD,
        "wishes": _shown(door.area),
        "policy": queries.policy_of(door.area_id, on),
        "form": form,
        "done": request.GET.get(DONE, ""),
    }


def place_of(area: Area) -> str:
    """Return how an RT or RW is called by those who live there."""
    names = [area.name]
    above = area.parent
    while above is not None and above.level >= Level.KELURAHAN:
        names.append(above.name)
        above = above.parent
    return " ".join(names)


def _shown(area: Area) -> Sequence[Shown]:
    return [_row(wish) for wish in queries.wishes_of(area)]


def _row(wish: Wish) -> Shown:
    reply = queries.reply_of(wish)
    may_withdraw = reply is None and wish.source == WishSource.RT_HEAD
    if reply is not None:
        answer, tone, link = _answer(reply)
        return Shown(wish, str(reply.get_kind_display()), tone, answer, link, may_withdraw)
    together = getattr(wish, "together", 0)
    if together > 1:
        words = _("put together with the same wish of %(number)d others") % {"number": together - 1}
        return Shown(wish, _("being looked at"), "info", words, "", may_withdraw)
    return Shown(wish, _("waits for an answer"), "warn", "", "", may_withdraw)


def _answer(reply: Reply) -> tuple[str, str, str]:
    """Return what is done, the tone of it, and where to read more."""
    if reply.kind == ReplyKind.CLASS and reply.training_class is not None:
        return _class_told(reply.training_class, reply.words)
    if reply.kind == ReplyKind.VISIT and reply.visit_on is not None:
        on = f"{reply.visit_on:%d-%m-%Y}"
        return " · ".join(filter(None, (on, reply.words))), "good", ""
    return reply.words, "bad" if reply.kind == ReplyKind.DECLINED else "good", ""


def _class_told(each: Class, words: str) -> tuple[str, str, str]:
    if hasattr(each, "cancellation"):
        told = _("%(title)s was cancelled: %(why)s") % {
            "title": each.title,
            "why": each.cancellation.why,
        }
        return told, "bad", ""
    on = f"{each.title}, {each.starts_on:%d-%m-%Y}"
    is_shown = hasattr(each, "publication")
    link = reverse("public:class_detail", args=[each.public_id]) if is_shown else ""
    return " · ".join(filter(None, (on, words))), "good", link


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page with a secret in its address out of caches, search engines and referrers."""
    response["Cache-Control"] = "no-store"
    # With "no-referrer" a browser sends `Origin: null` with a form, which the check for forged
    # forms refuses (Fetch standard, "append a request Origin header"); other sites learn nothing.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


paths = [path("rt/<slug:token>/", rt_door, name="rt_door")]

"""How the seats of a class are given: its rule, the draw, who waits, and who got in otherwise."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.classes import back_to, class_within
from jembol.desk.journal import specific_reach
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.desk.selection_forms import RuleForm, filled_from
from jembol.kit.area import city_key
from jembol.kit.phone import NotAPhone, Phone
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.queries.identity import shown_to
from jembol.training import actions, queries
from jembol.training.actions.entries import token_of
from jembol.training.actions.room import share_words
from jembol.training.choices import OverrideKind, SelectionKind
from jembol.training.models import Class, Commitment, Offer, WaitingEntry
from jembol.training.rules import part_words
from jembol.ui.components import moment, written
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show


def back_to_selection(each: Class) -> tuple[str, str]:
    """Return the address and the title of the page about a class's rule and list."""
    return reverse("desk:selection", args=[each.public_id]), each.title


@reads("training.see")
def selection(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the rule of a class with its versions, its quotas, and who waits in line."""
    each = class_within(request, public_id)
    found = queries.selection_of(
        each, request.reach, request.by.at, specific=specific_reach(request)
    )
    rule = found.rule
    link, name = back_to(each)
    may_change = may(request, "training.change", at=each.area_id)
    context = {
        "title": _("Rule and selection"),
        "lead": each.title,
        "each": each,
        "found": found,
        "rule": rule,
        "conditions": [words for _one, words in queries.conditions_of(each)],
        "quotas": [(share_words(one.share), one) for one in found.quotas],
        "weights": [(part_words()[one], n) for one, n in rule.weights.items()] if rule else [],
        "revisions": rule.revisions.order_by("-version") if rule else [],
        "commitment": Commitment.objects.filter(training_class=each).first(),
        "steps": _steps(each, rule, found.draw, request),
        "lines": [_shown(request, line) for line in found.lines],
        "overrides": each.overrides.count(),
        "may_change": may_change,
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/selection.html", context)


def _steps(each: Class, rule: Any, draw: Any, request: OfficerRequest) -> dict[str, bool]:
    """Return which buttons have a purpose now."""
    now = request.by.at
    by_lot = rule is not None and rule.kind == SelectionKind.LOTTERY
    is_committed = Commitment.objects.filter(training_class=each).exists()
    is_closed = rule is not None and now >= rule.closes_at
    is_drawn_class = rule is not None and rule.kind != SelectionKind.FIRST_COME
    return {
        "commit": by_lot and not is_committed and not is_closed,
        "draw": is_drawn_class and draw is None and is_closed and (is_committed or not by_lot),
        "too_late": by_lot and not is_committed and is_closed,
    }


def _shown(request: OfficerRequest, line: queries.Line) -> dict[str, Any]:
    """Return an entry with what an officer can do about it."""
    entry = line.entry
    group = entry.group if entry.group and request.reach.covers(entry.group.area_id) else None
    person = shown_to(request.reach, line.person) if line.person else None
    told = person.phone if person else ""
    return {
        "line": line,
        "name": person.name if person else group.name if group else "",
        "lives": named(person.area) if person else named(group.area) if group else "",
        "link": _status_link(request, entry) if person or group else "",
        "whatsapp": _whatsapp(told, _status_link(request, entry), entry.training_class.title),
        "points": line.points,
    }


def _status_link(request: OfficerRequest, entry: WaitingEntry) -> str:
    at = reverse("public:status", args=[entry.training_class.public_id, token_of(entry)])
    return request.build_absolute_uri(at)


def _whatsapp(phone: str, link: str, title: str) -> str:
    """Return a WhatsApp link with the text filled in, or nothing for a landline."""
    try:
        number = Phone.parse(phone).whatsapp if phone else None
    except NotAPhone:
        return ""
    words = _("Your place in the class %(title)s: %(link)s") % {"title": title, "link": link}
    return f"https://wa.me/{number}?text={quote(words)}" if number else ""


@writes("training.change")
def rule_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Write the rule of a class, or a new version of it."""
    each = class_within(request, public_id)
    rule = queries.rule_of(each)
    filled = filled_from(rule, queries.shares_of(each)) if rule else None
    form = RuleForm(sent(request), kecamatan=kecamatan_of(each), initial=filled)
    if form.is_valid():
        with refusals_into(form):
            actions.write_rule(
                training_class=each,
                rule=form.rule(),
                why=form.cleaned_data["why"],
                by=request.by,
            )
            messages.success(request, _("The rule is published."))
            return redirect("desk:selection", public_id=public_id)
    link, name = back_to_selection(each)
    context = {
        "title": _("Rule of the class"),
        "lead": each.title,
        "form": form,
        "rule": rule,
        "submit": _("Publish the rule"),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/rule_create.html", context)


def kecamatan_of(each: Class) -> list[tuple[str, str]]:
    """Return the kecamatan of the class's city, by code and name."""
    rows = Area.objects.filter(parent_id=city_key(each.area_id), level=Level.KECAMATAN)
    return list(rows.order_by("code").values_list("code", "name"))


@writes("training.change")
def commitment_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Fix the secret of a lottery and publish its digest."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Fix the secret of the lottery"),
        lead=_(
            "The computer makes a secret that nobody sees, and its digest is published now. It "
            "cannot be exchanged later, so nobody can choose who is drawn."
        ),
        submit=_("Fix it and publish the digest"),
        done=_("The digest is published on the citizens' page."),
        back=back_to_selection(each),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.commit_to_secret(training_class=each, by=request.by),
    )


@writes("training.change")
def draw_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Draw the seats, once."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Draw the seats"),
        lead=_("There is one draw. Its result and its secret are published, and it stays."),
        submit=_("Draw now"),
        done=_("The seats are drawn."),
        back=back_to_selection(each),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.draw_seats(training_class=each, by=request.by)
    )


@writes("training.change")
def acceptance_create(request: OfficerRequest, entry_id: int) -> HttpResponse:
    """Accept an offered seat for somebody who said so."""
    entry = _entry_within(request, entry_id)
    offer = get_object_or_404(Offer.objects.live().filter(entry=entry))
    question = Question(
        title=_("They take the seat"),
        lead=f"{_name_of(entry)} · {entry.training_class.title}",
        submit=_("They take the seat"),
        done=_("The seat is theirs."),
        back=back_to_selection(entry.training_class),
        asks=False,
    )
    return answered(request, question, lambda _why: actions.accept(offer=offer, by=request.by))


@writes("training.change")
def leaving_create(request: OfficerRequest, entry_id: int) -> HttpResponse:
    """Take somebody off the list who does not want the seat any more."""
    entry = _entry_within(request, entry_id)
    question = Question(
        title=_("Take off the list"),
        lead=f"{_name_of(entry)} · {entry.training_class.title}",
        submit=_("Take off the list"),
        done=_("Off the list; the next one moves up."),
        back=back_to_selection(entry.training_class),
    )
    return answered(
        request, question, lambda why: actions.leave_list(entry=entry, why=why, by=request.by)
    )


def _entry_within(request: OfficerRequest, entry_id: int) -> WaitingEntry:
    rows = WaitingEntry.objects.filter(training_class__in=Class.objects.within(request.reach))
    entry = get_object_or_404(rows.select_related("training_class", "person", "group"), pk=entry_id)
    whose = entry.person or entry.group
    if whose is None or not request.reach.covers(whose.area_id):
        # Whose name the officer may not read is not theirs to answer for.
        raise Http404
    return entry


def _name_of(entry: WaitingEntry) -> str:
    whose = entry.person or entry.group
    return whose.name if whose else ""


@reads("training.see")
def override_list(request: OfficerRequest) -> HttpResponseBase:
    """Show who got a seat otherwise than by a published rule, and why."""

    def person(row: Any) -> Any:
        return shown_to(request.reach, row.person)

    listing = Listing(
        request,
        rows=queries.overrides(reach_of_list(request, "training.export")),
        columns=[
            Column("waktu", _("When"), lambda row: row.at, lambda row: moment(row.at), sort="at"),
            Column("kelas", _("Class"), lambda row: row.training_class.title),
            Column(
                "nama",
                _("Name"),
                lambda row: person(row).name,
                lambda row: written(person(row).name),
            ),
            Column("wilayah", _("Lives in"), lambda row: named(person(row).area), wide=True),
            Column("cara", _("How"), lambda row: row.get_kind_display()),
            Column("dilewati", _("Passed over"), lambda row: row.passed_over, align="end"),
            Column("alasan", _("Reason"), lambda row: row.why, lambda row: written(row.why)),
            Column("petugas", _("Officer"), lambda row: row.officer_name, wide=True),
        ],
        filters=[
            Filter(
                "cara",
                _("How"),
                [(one.value, str(one.label)) for one in OverrideKind],
                lambda rows, word: rows.filter(kind=word),
            ),
            Filter(
                "kelas",
                _("Class"),
                _classes(request),
                lambda rows, word: rows.filter(training_class__public_id=word),
            ),
        ],
        search=lambda rows, words: rows.filter(why__icontains=words),
        sort="-waktu",
        name="pengecualian",
        detail=lambda row: reverse("desk:selection", args=[row.training_class.public_id]),
        empty=_("Whoever gets a seat otherwise than by a published rule stands here, with why."),
    )
    context = {"title": _("Exceptions to the rules"), "unit": _("exceptions")}
    return listed(request, listing, context, export="training.export")


def _classes(request: OfficerRequest) -> list[tuple[str, str]]:
    rows = Class.objects.within(request.reach).filter(overrides__isnull=False).distinct()
    return [(row.public_id, row.title) for row in rows.order_by("-starts_on", "-pk")[:50]]


paths = [
    path("kelas/<slug:public_id>/seleksi/", selection, name="selection"),
    path("kelas/<slug:public_id>/seleksi/aturan/", rule_create, name="rule_create"),
    path("kelas/<slug:public_id>/seleksi/rahasia/", commitment_create, name="commitment_create"),
    path("kelas/<slug:public_id>/seleksi/undian/", draw_create, name="draw_create"),
    path("antrean/<int:entry_id>/penerimaan/", acceptance_create, name="acceptance_create"),
    path("antrean/<int:entry_id>/keluar/", leaving_create, name="leaving_create"),
    path("pengecualian/", override_list, name="override_list"),
]

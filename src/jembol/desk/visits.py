"""Visits: the list with its files, and one visit with what was found and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.visit_photos import photos_of
from jembol.kit.text import fold_name
from jembol.outreach.choices import VisitOutcome
from jembol.outreach.form_words import FAULTS
from jembol.outreach.models import Visit
from jembol.outreach.queries import answered_forms, in_language
from jembol.outreach.queries.forms import value_in_words, versions_asked_in
from jembol.outreach.rules.questions import walk
from jembol.ui.components import moment, pill, written
from jembol.ui.export import Value
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter, Listing, parse_day
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.kit.reach import Reach
    from jembol.outreach.models import Promise

TONES = {
    VisitOutcome.MET: "good",
    VisitOutcome.NOT_HOME: "warn",
    VisitOutcome.REFUSED: "warn",
    VisitOutcome.MOVED: "plain",
    VisitOutcome.CLOSED: "plain",
}
Cells = Callable[[Visit], Value]


def visits_within(reach: Reach) -> Any:
    """Return visits with all that their lists show, in a few queries."""
    return (
        Visit.objects.within(reach)
        .select_related(NEAR, "officer", "person", "enterprise", "promise")
        .prefetch_related("needs", "referrals")
    )


def who(visit: Visit, reach: Reach) -> str:
    """Return whom a visit was about, as far as the reader may know."""
    rows = (visit.person, visit.enterprise)
    return " · ".join(row.name for row in rows if row is not None and reach.covers(row.area_id))


def in_order(rows: Any) -> list[Any]:
    """Return what was read along with a visit, in the order in which it was written."""
    return sorted(rows.all(), key=lambda row: row.pk)


def promise_of(visit: Visit) -> Promise | None:
    """Return what was promised at a visit, if anything."""
    return getattr(visit, "promise", None)


def has_faults(visit: Visit) -> bool:
    """Whether an answer of the visit breaks a rule of its form."""
    return any(one["faults"] for one in visit.answers.values())


def _needs(visit: Visit) -> str:
    return "; ".join(_kind_and_words(need) for need in in_order(visit.needs))


def _referrals(visit: Visit) -> str:
    return "; ".join(
        f"{_kind_and_words(one)} ({one.get_state_display()})" for one in in_order(visit.referrals)
    )


def _kind_and_words(row: Any) -> str:
    kind = str(row.get_kind_display())
    return f"{kind}: {row.words}" if row.words else kind


def _columns(reach: Reach) -> list[Column]:
    return [
        Column("waktu", _("When"), lambda row: row.at, lambda row: moment(row.at), sort="at"),
        Column(
            "siapa", _("Whom"), lambda row: who(row, reach), lambda row: written(who(row, reach))
        ),
        Column("wilayah", _("Area"), lambda row: named(row.area)),
        Column("hasil", _("Outcome"), lambda row: row.get_outcome_display(), _outcome),
        Column("kebutuhan", _("Needs"), _needs, wide=True),
        Column("petugas", _("Officer"), lambda row: row.officer.name, wide=True),
        Column("jawaban", _("Answers"), _answers_word, _answers),
    ]


def _outcome(row: Visit) -> object:
    return pill(row.get_outcome_display(), tone=TONES[VisitOutcome(row.outcome)])


def _answers_word(row: Visit) -> str:
    if not row.answers:
        return ""
    return _("to be looked at") if has_faults(row) else _("answered")


def _answers(row: Visit) -> object:
    word = _answers_word(row)
    return pill(word, tone="warn" if has_faults(row) else "good") if word else "–"


def _filters(reach: Reach) -> list[Filter]:
    return [
        area_filter(reach),
        Filter(
            "hasil",
            _("Outcome"),
            [(one.value, str(one.label)) for one in VisitOutcome],
            lambda rows, word: rows.filter(outcome=word),
        ),
        Filter("sejak", _("From"), [], _since, is_day=True),
        Filter("sampai", _("Until"), [], _until, is_day=True),
        Filter(
            "jawaban",
            _("Answers"),
            [("periksa", _("to be looked at"))],
            # The JSON is one text in which no answer can write a bare quotation mark.
            lambda rows, _word: rows.filter(answers__contains='"faults":[{'),
        ),
    ]


def _since(rows: Any, word: str) -> Any:
    return rows.filter(at__date__gte=parse_day(word))


def _until(rows: Any, word: str) -> Any:
    return rows.filter(at__date__lte=parse_day(word))


@reads("outreach.see")
def visit_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the visits of the officer's areas, newest first, or give them as a file."""
    reach = reach_of_list(request, "registry.export")
    listing = Listing(
        request,
        rows=visits_within(reach),
        columns=_columns(reach),
        filters=_filters(request.reach),
        search=lambda rows, words: rows.filter(person__folded__contains=fold_name(words)),
        sort="-waktu",
        name="kunjungan",
        detail=lambda row: reverse("desk:visit_detail", args=[row.key]),
        export=_export(reach),
        empty=_("Visits appear here when officers send what their phones have noted."),
    )
    context = {
        "title": _("Visits"),
        "unit": _("visits"),
        "sidt": _sidt_link(request),
    }
    return listed(
        request, listing, context, template="desk/visit_list.html", export="registry.export"
    )


def _sidt_link(request: OfficerRequest) -> str:
    """Return the list of enterprises met in the chosen area; SIDT's file is made of it."""
    if not may(request, "registry.see"):
        return ""
    chosen = request.GET.get("wilayah", "")
    inside = f"&wilayah={chosen}" if chosen.replace(".", "").isdigit() else ""
    return f"{reverse('desk:enterprise_list')}?kunjungan=bertemu{inside}"


# --- files ------------------------------------------------------------------------------------


def _export(reach: Reach) -> tuple[Sequence[str], Callable[[Any], Iterator[Sequence[Value]]]]:
    columns = [*_plain_cells(reach), *_answer_cells(reach)]
    language = get_language() or "id"

    def rows(visits: Any) -> Iterator[Sequence[Value]]:
        for visit in visits.iterator(chunk_size=500):
            # A file is written while it is sent, when the page's language is no longer in force.
            with override(language):
                row = [cell(visit) for _title, cell in columns]
            yield row

    return [title for title, _cell in columns], rows


def _plain_cells(reach: Reach) -> list[tuple[str, Cells]]:
    return [
        (_("Number"), lambda row: row.key),
        (_("When"), lambda row: timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")),
        (_("Officer"), lambda row: row.officer.name),
        (_("Area"), lambda row: named(row.area)),
        (_("Code of the area"), lambda row: row.area.code),
        (_("Number of the person"), lambda row: _public_id(row.person, reach)),
        (_("Person"), lambda row: _name(row.person, reach)),
        (_("Number of the enterprise"), lambda row: _public_id(row.enterprise, reach)),
        (_("Enterprise"), lambda row: _name(row.enterprise, reach)),
        (_("Outcome"), lambda row: str(row.get_outcome_display())),
        (_("Needs"), _needs),
        (_("Advice"), lambda row: row.advice),
        (_("Referrals"), _referrals),
        (_("Promise"), lambda row: _of_promise(row, "words")),
        (_("Promised until"), lambda row: _of_promise(row, "due_on")),
        (_("Promise kept"), _kept),
        (_("Latitude"), lambda row: row.lat),
        (_("Longitude"), lambda row: row.lon),
        (_("Answers"), _answers_word),
    ]


def _name(row: Any, reach: Reach) -> str:
    return str(row.name) if row is not None and reach.covers(row.area_id) else ""


def _public_id(row: Any, reach: Reach) -> str:
    return str(row.public_id) if row is not None and reach.covers(row.area_id) else ""


def _of_promise(visit: Visit, name: str) -> Value:
    promise = promise_of(visit)
    value: Value = getattr(promise, name) if promise else ""
    return value


def _kept(visit: Visit) -> Value:
    promise = promise_of(visit)
    return timezone.localdate(promise.kept_at) if promise and promise.kept_at else ""


def _answer_cells(reach: Reach) -> list[tuple[str, Cells]]:
    """Return a column for each question of each form, and one for what does not fit."""
    language = get_language() or "id"
    items: dict[tuple[str, str], Any] = {}
    for version in versions_asked_in(reach):
        for item, _above in walk(version.content["items"]):
            items[version.form.key, item["name"]] = item
    asked = {place: item for place, item in items.items() if item["type"] not in {"note", "group"}}
    cells = [
        (
            f"{key}: {in_language(item.get('label', {}), language) or name}",
            partial(_answer_cell, key=key, item=item, language=language),
        )
        for (key, name), item in asked.items()
    ]
    return [*cells, (_("What does not fit"), _faults)] if cells else []


def _answer_cell(visit: Visit, *, key: str, item: Any, language: str) -> Value:
    said = visit.answers.get(key, {}).get("values", {}).get(item["name"], "")
    return value_in_words(item, said, language)


def _faults(visit: Visit) -> str:
    return "; ".join(
        f"{key}: {fault['name']} – {FAULTS[fault['code']]}"
        for key, one in sorted(visit.answers.items())
        for fault in one["faults"]
    )


# --- one visit --------------------------------------------------------------------------------


@reads("outreach.see")
def visit_detail(request: OfficerRequest, key: str) -> HttpResponse:
    """Show one visit: what was found, what was promised, what was answered to the city's forms."""
    visit: Visit = get_object_or_404(visits_within(request.reach), key=key)
    language = get_language() or "id"
    theirs = request.officer.reach("registry.see", timezone.localdate())
    context = {
        "title": who(visit, request.reach) or _("Visit in %(area)s") % {"area": named(visit.area)},
        "visit": visit,
        "lives": named(visit.area),
        "tone": TONES[VisitOutcome(visit.outcome)],
        "needs": in_order(visit.needs),
        "referrals": in_order(visit.referrals),
        "promise": promise_of(visit),
        "person_link": _link("desk:person_detail", visit.person, theirs),
        "enterprise_link": _link("desk:enterprise_detail", visit.enterprise, theirs),
        "forms": [_shown_form(form, language) for form in answered_forms(visit, language)],
        **photos_of(visit, request.reach),
        "back": {"link": reverse("desk:visit_list"), "title": _("Visits")},
    }
    return show(request, "desk/visit_detail.html", context)


def _link(name: str, row: Any, reach: Reach) -> str:
    return reverse(name, args=[row.public_id]) if row and reach.covers(row.area_id) else ""


def _shown_form(form: Any, language: str) -> dict[str, Any]:
    return {
        "form": form,
        "lines": [
            {
                "label": in_language(line.label, language) or line.name,
                "value": line.value,
                "fault": in_language(line.words or {}, language) or FAULTS.get(line.fault, ""),
            }
            for line in form.lines
        ],
    }


paths = [
    path("kunjungan/", visit_list, name="visit_list"),
    path("kunjungan/<slug:key>/", visit_detail, name="visit_detail"),
]

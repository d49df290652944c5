"""Possible duplicates: the queue in the order of what an answer changes, and the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from jembol.desk import doubt_answers, merge_batches, merge_samples
from jembol.desk.areas import named
from jembol.desk.cities import chosen_city
from jembol.desk.doubt_kinds import ENTERPRISES, KINDS, PEOPLE, Kind, percent, standing
from jembol.desk.doubt_pairs import evidence_in_words, evidence_rows
from jembol.desk.doubt_queue import filters_of, kept_of
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.registry import orders
from jembol.registry.queries.doubts import answered_since, newest_run, samples_waiting
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing

if TYPE_CHECKING:
    from jembol.ui.export import Value

CHUNK: Final = 500


def _columns() -> list[Column]:
    return [
        Column("pasangan", _("Pair"), _pair),
        Column("wilayah", _("Area"), _places),
        Column("keyakinan", _("Probability"), lambda row: percent(row.probability), align="end"),
        Column("bukti", _("Evidence"), _strongest, wide=True),
        Column(
            "nilai",
            _("Value of the answer"),
            lambda row: f"{row.value * 100:.2f}".replace(".", ","),
            sort="value",
            align="end",
            wide=True,
        ),
    ]


def _pair(row: Any) -> str:
    return " – ".join(one.name for one in standing(row))


def _places(row: Any) -> str:
    return " – ".join(dict.fromkeys(named(one.area) for one in standing(row)))


def _strongest(row: Any) -> str:
    return "; ".join(one.words for one in evidence_rows(row.parts)[:2])


def _exported(kind: Kind, language: str, rows: Any) -> Iterator[Sequence[Value]]:
    """Yield the pairs as rows; a file is sent when the page's language is no longer in force."""
    for row in rows.iterator(chunk_size=CHUNK):
        with override(language):
            cells = _cells(kind, row)
        yield cells


def _cells(kind: Kind, row: Any) -> list[Value]:
    cells: list[Value] = [round(row.probability, 4), round(row.value, 4)]
    for one in standing(row):
        cells += [text(one) for _label, text in kind.fields().values()]
    return [*cells, evidence_in_words(row.parts)]


def _header(kind: Kind) -> list[str]:
    titles = [label for label, _text in kind.fields().values()]
    both = [f"{title} {place}" for place in (1, 2) for title in titles]
    return [_("Probability"), _("Value of the answer"), *both, _("Evidence")]


@reads("registry.see")
def doubt_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the pairs of people that wait, the one whose answer changes most first."""
    return _queue(request, PEOPLE)


@reads("registry.see")
def enterprise_doubt_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the pairs of enterprises that wait, the one whose answer changes most first."""
    return _queue(request, ENTERPRISES)


def _queue(request: OfficerRequest, kind: Kind) -> HttpResponseBase:
    kept = kept_of(request)
    listing = Listing(
        request,
        rows=kind.pairs(reach_of_list(request, "registry.export")),
        columns=_columns(),
        filters=filters_of(request.reach),
        sort="-nilai",
        name=f"kembar-{kind.word}",
        detail=lambda row: reverse(kind.detail, args=[row.pk]) + kept,
        export=(_header(kind), partial(_exported, kind, get_language() or "id")),
        empty=_("Search the register for duplicates, or come back after the next import."),
    )
    city = chosen_city(request)
    keeps = may(request, "registry.merge")
    context = {
        "title": _("Possible duplicates"),
        "unit": kind.unit,
        "kind": kind,
        "kinds": [(one, reverse(one.queue)) for one in KINDS],
        "answered": answered_since(_midnight(), officer_id=request.officer.pk),
        "run": newest_run(city),
        "city": city,
        "is_searching": orders.is_searching(city),
        "first": _first(listing) if keeps else "",
        "may_link": may(request, "registry.link", at=city.key),
        "may_see_policy": may(request, "registry.policy", at=city.key),
        "samples": samples_waiting(request.reach, officer_id=request.officer.pk).count(),
        "may_answer": keeps,
        "last": doubt_answers.last_told(request),
    }
    return listed(
        request, listing, context, template="desk/doubt_list.html", export="registry.export"
    )


def _first(listing: Listing) -> str:
    """Return the address of the first pair that is shown; empty when none waits."""
    rows = listing.page.rows
    return listing.detail(rows[0]) if rows and listing.detail else ""


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


@writes("registry.link")
def linkage_run_create(request: OfficerRequest) -> HttpResponse:
    """Ask for a search of the whole register of a city."""
    city = chosen_city(request)
    question = Question(
        title=_("Search for duplicates"),
        lead=_(
            "Everybody in the register of %(city)s is compared with everybody else. The work goes "
            "on in the background, and what was answered is not asked again."
        )
        % {"city": city.name},
        submit=_("Search now"),
        done=_("The search has begun. New pairs appear here when it is done."),
        back=(reverse("desk:doubt_list"), _("Possible duplicates")),
        asks=False,
    )
    return answered(request, question, lambda _why: orders.ask_for_run(city, by=request.by))


paths = [
    path("kembar/", doubt_list, name="doubt_list"),
    path("kembar/usaha/", enterprise_doubt_list, name="enterprise_doubt_list"),
    path("kembar/pencarian/", linkage_run_create, name="linkage_run_create"),
    *merge_batches.paths,
    *merge_samples.paths,
    *doubt_answers.paths,
]

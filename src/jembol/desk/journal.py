"""The journal as people read it: sentences instead of event names, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from jembol.accounts import events as accounts
from jembol.intake import events as intake
from jembol.journal.queries import FactRow, facts_in
from jembol.places import events as places
from jembol.registry import events as registry
from jembol.training import events as training
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.pages import show

PAGE = 50
PHRASES: dict[str, object] = {}
for package in (accounts, intake, places, registry, training):
    PHRASES.update(package.PHRASES)


@dataclass(frozen=True, slots=True)
class Told:
    """One fact in words: what happened, and which fields went from what to what."""

    fact: FactRow
    what: str
    changes: Sequence[tuple[str, str, str]]


def told(facts: Iterable[FactRow]) -> list[Told]:
    """Return facts with their phrase and changes."""
    return [
        Told(fact, str(PHRASES.get(fact.event, fact.event)), _changes(fact.details or {}))
        for fact in facts
    ]


def _changes(details: Mapping[str, object]) -> list[tuple[str, str, str]]:
    found = []
    for name, value in details.items():
        if isinstance(value, list) and len(value) == 2:
            found.append((name, _plain(value[0]), _plain(value[1])))
        else:
            found.append((name, "", _plain(value)))
    return found


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def before_of(request: OfficerRequest) -> int | None:
    """Return the key after which the next page starts, as the address says."""
    given = request.GET.get("sebelum", "")
    return int(given) if given.isdigit() and len(given) < 19 else None


@reads("journal.see")
def fact_list(request: OfficerRequest) -> HttpResponse:
    """Show what happened in the officer's areas, newest first."""
    facts = facts_in(request.reach, before=before_of(request), limit=PAGE + 1)
    context = {
        "title": _("Journal"),
        "lead": _("What was done, by whom, when and why. Nothing here can be changed."),
        "facts": told(facts[:PAGE]),
        "next": facts[PAGE - 1].id if len(facts) > PAGE else None,
    }
    return show(request, "desk/fact_list.html", context)


paths = [path("jurnal/", fact_list, name="fact_list")]

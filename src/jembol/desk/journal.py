"""The journal as people read it: sentences instead of event names, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.journal_words import CHOICES, FIELDS, PHRASES, SYSTEM
from jembol.journal.queries import FactRow, facts_in
from jembol.kit.reach import Reach
from jembol.registry.models import EnterpriseReport, Person
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One fact in words: what happened, and which fields went from what to what."""

    fact: FactRow
    what: str
    who: str
    changes: Sequence[tuple[str, str, str]]


DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{6})?)?([+-]\d\d:\d\d)?")
# Fields that hold several values, of which two are no old and new one.
SEVERAL = frozenset(
    {"days", "evidence", "taken", "kept", "skills", "services", "officers", "wishes"}
)
SPECIFIC = Person.Privacy.specific | EnterpriseReport.Privacy.specific


def told(facts: Iterable[FactRow], *, specific: Reach) -> list[Told]:
    """Return facts with their phrase and changes.

    Args:
        facts: As the journal has them.
        specific: Where the reader may know specific data such as disability (UU 27/2022 art. 4).
    """
    return [
        Told(
            fact,
            str(PHRASES.get(fact.event, fact.event)),
            _who(fact),
            _changes(fact.details or {}, may_know=specific.covers(fact.area_key)),
        )
        for fact in facts
    ]


def _who(fact: FactRow) -> str:
    if fact.by_kind == "system":
        return str(SYSTEM.get(fact.by_label, fact.by_label))
    return fact.by_label


def specific_reach(request: OfficerRequest) -> Reach:
    """Return where this officer may know specific data."""
    return request.officer.reach("registry.specific", timezone.localdate())


def _changes(details: Mapping[str, object], *, may_know: bool) -> list[tuple[str, str, str]]:
    found = []
    for name, value in details.items():
        old, new = _old_and_new(name, value)
        if name in SPECIFIC and not may_know:
            old, new = None, _("changed; shown to those who may know it")
        found.append((str(FIELDS.get(name, name)), _plain(name, old), _plain(name, new)))
    return found


def _old_and_new(name: str, value: object) -> tuple[object, object]:
    if isinstance(value, list) and len(value) == 2 and name not in SEVERAL:
        return value[0], value[1]
    return None, value


def _plain(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_plain(name, each) for each in value)
    if isinstance(value, dict):
        pairs = value.items()
        return ", ".join(f"{FIELDS.get(key, key)}: {_plain(key, each)}" for key, each in pairs)
    return _in_words(name, str(value))


def _in_words(name: str, value: str) -> str:
    """Return one value as people say it: a choice by its label, a day or a moment in words."""
    for choices in CHOICES.get(name, ()):
        if value in choices.values:
            return str(choices(value).label)
    if DAY.fullmatch(value):
        return format_day(date.fromisoformat(value), "j F Y")
    if MOMENT.fullmatch(value):
        told = datetime.fromisoformat(value)
        return format_day(timezone.localtime(told) if told.tzinfo else told, "j F Y H:i")
    return value


def before_of(request: OfficerRequest) -> int | None:
    """Return the key after which the next page starts, as the address says."""
    return parse_key(request.GET.get("sebelum", ""))


@reads("journal.see")
def fact_list(request: OfficerRequest) -> HttpResponse:
    """Show what happened in the officer's areas, newest first."""
    facts = facts_in(request.reach, before=before_of(request), limit=PAGE + 1)
    context = {
        "title": _("Journal"),
        "lead": _("What was done, by whom, when and why. Nothing here can be changed."),
        "facts": told(facts[:PAGE], specific=specific_reach(request)),
        "next": facts[PAGE - 1].id if len(facts) > PAGE else None,
    }
    return show(request, "desk/fact_list.html", context)


paths = [path("jurnal/", fact_list, name="fact_list")]

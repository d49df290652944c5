"""The journal as people read it: sentences instead of event names, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts import events as accounts
from jembol.accounts.choices import Role
from jembol.calendars import events as calendars
from jembol.calendars.choices import Subject
from jembol.cards import events as cards
from jembol.intake import events as intake
from jembol.journal.queries import FactRow, facts_in
from jembol.kit.reach import Reach
from jembol.outbox import choices as outbox
from jembol.places import events as places
from jembol.registry import events as registry
from jembol.registry.choices import (
    Answer,
    Channel,
    Education,
    EnterpriseStatus,
    GroupKind,
    Purpose,
    Sex,
)
from jembol.registry.models import EnterpriseReport, Person
from jembol.sync import events as sync
from jembol.training import events as training
from jembol.training.choices import Door, LetterKind, Organiser, Tongue, Unit
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PAGE = 50
PHRASES: dict[str, object] = {}
for package in (accounts, calendars, cards, intake, places, registry, sync, training):
    PHRASES.update(package.PHRASES)


@dataclass(frozen=True, slots=True)
class Told:
    """One fact in words: what happened, and which fields went from what to what."""

    fact: FactRow
    what: str
    changes: Sequence[tuple[str, str, str]]


# How a page calls what a fact holds; a name that is missing is shown as it is.
FIELDS: Mapping[str, str | _StrPromise] = {
    "public_id": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "sex": gettext_lazy("Sex"),
    "born_on": gettext_lazy("Date of birth"),
    "birth_place": gettext_lazy("Place of birth"),
    "phone": gettext_lazy("Phone"),
    "address": gettext_lazy("Address"),
    "education": gettext_lazy("Education"),
    "has_disability": gettext_lazy("Lives with a disability"),
    "area": gettext_lazy("Area"),
    "door": gettext_lazy("Came in"),
    "nik": "NIK",
    "kk": gettext_lazy("Family card"),
    "product": gettext_lazy("Main product"),
    "activity": gettext_lazy("What it does"),
    "status": gettext_lazy("State"),
    "kbli": "KBLI",
    "nib": "NIB",
    "kbli_edition": gettext_lazy("Edition of the KBLI"),
    "started_on": gettext_lazy("Began on"),
    "enterprise": gettext_lazy("Enterprise"),
    "group": gettext_lazy("Group"),
    "household": gettext_lazy("Household"),
    "is_head": gettext_lazy("Head of the group"),
    "on": gettext_lazy("Day"),
    "purpose": gettext_lazy("What for"),
    "version": gettext_lazy("Version"),
    "channel": gettext_lazy("Said"),
    "witness": gettext_lazy("Witness"),
    "class": gettext_lazy("Class"),
    "title": gettext_lazy("Title of the class"),
    "days": gettext_lazy("Days"),
    "seats": gettext_lazy("Seats"),
    "organiser": gettext_lazy("Given by"),
    "organiser_name": gettext_lazy("Name of the organiser"),
    "venue": gettext_lazy("Venue"),
    "course": gettext_lazy("Course"),
    "unit": gettext_lazy("Unit"),
    "number": gettext_lazy("Number"),
    "source": gettext_lazy("Source"),
    "year": gettext_lazy("Year"),
    "as_of": gettext_lazy("As of"),
    "sales": gettext_lazy("Yearly sales"),
    "assets": gettext_lazy("Assets"),
    "capital": gettext_lazy("Capital at founding"),
    "paid_men": gettext_lazy("Paid men"),
    "paid_women": gettext_lazy("Paid women"),
    "paid_disabled_men": gettext_lazy("Paid disabled men"),
    "paid_disabled_women": gettext_lazy("Paid disabled women"),
    "unpaid_men": gettext_lazy("Unpaid men"),
    "unpaid_women": gettext_lazy("Unpaid women"),
    "unpaid_disabled_men": gettext_lazy("Unpaid disabled men"),
    "unpaid_disabled_women": gettext_lazy("Unpaid disabled women"),
    "sidt_id": gettext_lazy("Number in SIDT-KUMKM"),
    "legal_form": gettext_lazy("Legal form, as the source labels it"),
    "scale_label": gettext_lazy("Scale, as the source labels it"),
    "kbli_category": gettext_lazy("Category of KBLI"),
    "note": gettext_lazy("Remark"),
    "officer": gettext_lazy("Officer"),
    "username": gettext_lazy("Sign-in name"),
    "role": gettext_lazy("Role"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Until"),
    "is_active": gettext_lazy("May sign in"),
    "list": gettext_lazy("List"),
    "rows": gettext_lazy("Rows"),
    "asked": gettext_lazy("Filters"),
    "other": gettext_lazy("Other entry"),
    "answer": gettext_lazy("Answer"),
    "merge": gettext_lazy("Number of the merge"),
    "probability": gettext_lazy("Probability"),
    "evidence": gettext_lazy("Evidence"),
    "taken": gettext_lazy("Taken over"),
    "kept": gettext_lazy("Stayed as it is"),
    "sent_by": gettext_lazy("Channel"),
    "letter": gettext_lazy("Message"),
    "of": gettext_lazy("Of"),
    "language": gettext_lazy("Language"),
    "text": gettext_lazy("Text"),
    "eve_at": gettext_lazy("On the day before, at"),
    "morning_at": gettext_lazy("In the morning of the day, at"),
}
CHOICES: Mapping[str, type[TextChoices]] = {
    "sex": Sex,
    "education": Education,
    "status": EnterpriseStatus,
    "door": Door,
    "kind": GroupKind,
    "purpose": Purpose,
    "channel": Channel,
    "organiser": Organiser,
    "unit": Unit,
    "role": Role,
    "answer": Answer,
    "sent_by": outbox.Channel,
    "letter": LetterKind,
    "of": Subject,
    "language": Tongue,
}
# Fields that hold several values, of which two are no old and new one.
SEVERAL = frozenset({"days", "evidence", "taken", "kept"})
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
            _changes(fact.details or {}, may_know=specific.covers(fact.area_key)),
        )
        for fact in facts
    ]


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
    words = dict(CHOICES[name].choices) if name in CHOICES else {}
    return str(words.get(str(value), value))


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

"""How the journal's pages say what a fact is about: its event, its fields and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jembol.accounts import events as accounts
from jembol.accounts.choices import Role
from jembol.calendars import events as calendars
from jembol.calendars.choices import Subject
from jembol.cards import events as cards
from jembol.intake import events as intake
from jembol.journal import events as journal
from jembol.outbox import choices as outbox
from jembol.outreach import events as outreach
from jembol.outreach.choices import (
    EstimateUnit,
    NeedKind,
    ReferralKind,
    ServiceKind,
    Skill,
    Travel,
    VisitOutcome,
)
from jembol.papers import events as papers
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
from jembol.sync import events as sync
from jembol.training import events as training
from jembol.training.choices import Door, LetterKind, Organiser, Tongue, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import TextChoices
    from django.utils.functional import _StrPromise

PACKAGES = (
    accounts, calendars, cards, intake, outreach, papers, places, registry, sync, training,
)  # fmt: skip
PHRASES: dict[str, object] = {
    journal.DETAILS_ERASED: gettext_lazy("Details erased at the person's request"),
}
for package in PACKAGES:
    PHRASES.update(package.PHRASES)

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
    "at": gettext_lazy("Moment"),
    "at_least": gettext_lazy("At least"),
    "budget_line": gettext_lazy("Budget line"),
    "budget_code": gettext_lazy("Code of the budget"),
    "budget_year": gettext_lazy("Budget year"),
    "code": gettext_lazy("Code"),
    "companions": gettext_lazy("Companions"),
    "contact": gettext_lazy("Contact"),
    "device": gettext_lazy("Phone"),
    "entries": gettext_lazy("Drawn among"),
    "form": gettext_lazy("Form"),
    "found": gettext_lazy("Found"),
    "how": gettext_lazy("How"),
    "label": gettext_lazy("Name of the phone"),
    "late": gettext_lazy("Late"),
    "name_en": gettext_lazy("Name in English"),
    "noted": gettext_lazy("Noted"),
    "office": gettext_lazy("Office"),
    "officers": gettext_lazy("Officers"),
    "outcome": gettext_lazy("Outcome"),
    "parts": gettext_lazy("Weights"),
    "passed_over": gettext_lazy("Passed over"),
    "people": gettext_lazy("People"),
    "placed": gettext_lazy("Got a seat"),
    "promise_days": gettext_lazy("Days between visits, as promised"),
    "services": gettext_lazy("Services"),
    "signatory_name": gettext_lazy("Who signs"),
    "signatory_nip": gettext_lazy("NIP of who signs"),
    "signatory_rank": gettext_lazy("Rank of who signs"),
    "signatory_title": gettext_lazy("Office of who signs"),
    "skills": gettext_lazy("Skills"),
    "topic": gettext_lazy("What exactly"),
    "total": gettext_lazy("Total"),
    "travel": gettext_lazy("Way of going"),
    "visit": gettext_lazy("Visit"),
    "visit_on": gettext_lazy("Day of the visit"),
    "week": gettext_lazy("Week from"),
    "what": gettext_lazy("What"),
    "wishes": gettext_lazy("Wishes"),
    "words": gettext_lazy("In their words"),
    "certificates": gettext_lazy("Certificates"),
    "materials_note": gettext_lazy("Materials"),
    "kind": gettext_lazy("Kind"),
}
# Where a name stands for several lists, the first that knows the value says it.
CHOICES: Mapping[str, Sequence[type[TextChoices]]] = {
    "sex": (Sex,),
    "education": (Education,),
    "status": (EnterpriseStatus,),
    "door": (Door,),
    "kind": (GroupKind, NeedKind, ReferralKind),
    "purpose": (Purpose,),
    "channel": (Channel,),
    "organiser": (Organiser,),
    "unit": (Unit, EstimateUnit),
    "role": (Role,),
    "answer": (Answer,),
    "sent_by": (outbox.Channel,),
    "letter": (LetterKind,),
    "of": (Subject,),
    "language": (Tongue,),
    "outcome": (VisitOutcome,),
    "skills": (Skill,),
    "services": (ServiceKind,),
    "travel": (Travel,),
}
# The system acts under these names where nobody sits at a desk; another name is shown as it is.
SYSTEM: Mapping[str, _StrPromise] = {
    "certificates": gettext_lazy("by itself: certificates"),
    "outreach.pieces.clean": gettext_lazy("by itself: parts of photos that came too late"),
    "outreach.plan": gettext_lazy("by itself: planning the week"),
    "reminders": gettext_lazy("by itself: messages of classes"),
    "sync.release": gettext_lazy("by itself: records from phones"),
    "training.place": gettext_lazy("by itself: placing several classes"),
    "training.settle": gettext_lazy("by itself: seats of classes"),
}

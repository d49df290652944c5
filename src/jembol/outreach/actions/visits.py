"""Visits: noted once for ever, and changed later with what they were kept beside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.outreach import events
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.outreach.errors import VisitUnreadable
from jembol.outreach.models import Need, Promise, Referral, Visit, VisitVersion
from jembol.outreach.queries.charges import caretaker_of
from jembol.places.models import Area
from jembol.registry.models import Enterprise, Person

WORDS: Final = 300
ADVICE: Final = 1000

Kinds = Sequence[tuple[str, str]]
"""Kinds of needs or of referrals, each with words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSaid:
    """What an officer tells of a visit.

    Attributes:
        key: The id that was made where it was written.
        at: When it was.
        officer: Who was there.
        area: The deepest place known.
        outcome: Value of `VisitOutcome`.
        person: Whom it was about, if anybody by name.
        enterprise: Which enterprise.
        needs: Kinds with words; a kind counts once.
        advice: What was said to them.
        referrals: Where they were sent on to, kinds with words.
        promise: What comes next, and until when.
        kept: Keys of promises that this visit keeps.
        position: Latitude, longitude and accuracy in metres.
        answers: Answers to extra questions.
    """

    key: str
    at: datetime
    officer: Officer
    area: Area
    outcome: str
    person: Person | None = None
    enterprise: Enterprise | None = None
    needs: Kinds = ()
    advice: str = ""
    referrals: Kinds = ()
    promise: tuple[str, date] | None = None
    kept: Collection[int] = ()
    position: tuple[float, float, int | None] | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def note_visit(*, said: VisitSaid, by: By) -> Visit:
    """Keep a visit with what came out of it.

    Raises:
        OutOfReach: its area, or whom it is about, lies outside the actor's areas.
        VisitUnreadable: outcome or a kind is none of its list, or a text is too long.
        IntegrityError: the visit is there already.
    """
    by.must_cover(said.area.pk)
    for row in (said.person, said.enterprise):
        if row is not None:
            by.must_cover(row.area_id)
    _must_be_readable(said)
    lat, lon, accuracy = said.position or (None, None, None)
    visit = Visit.objects.create(
        key=said.key,
        officer=said.officer,
        at=said.at,
        area=said.area,
        outcome=said.outcome,
        person=said.person,
        enterprise=said.enterprise,
        advice=said.advice,
        lat=lat,
        lon=lon,
        accuracy_m=accuracy,
        answers=dict(said.answers),
        received_at=by.at,
    )
    write_needs(visit, said.needs)
    write_referrals(visit, said.referrals)
    write_promise(visit, said.promise)
    kept = _keep_promises(said, by)
    record_many([_visited(visit, by), *kept])
    return visit


@transaction.atomic
def change_visit(*, visit: Visit, changes: Mapping[str, Any], by: By, why: str = "") -> Visit:
    """Change a visit; what it was is kept beside it.

    Args:
        visit: Which; the row is read again under lock.
        changes: Of outcome, advice, needs, referrals (kinds with words) and promise.
        by: Who changes.
        why: The reason, if one is told.

    Raises:
        OutOfReach: it lies outside the actor's areas.
        VisitUnreadable: as `note_visit`.
    """
    held = Visit.objects.select_for_update(of=("self",)).select_related("officer").get(pk=visit.pk)
    by.must_cover(held.area_id)
    _must_be_known(changes)
    before = values_of(held)
    VisitVersion.objects.create(
        visit=held, version=held.version, values=before, until_at=max(by.at, _last_change(held))
    )
    for name in ("outcome", "advice"):
        setattr(held, name, changes.get(name, getattr(held, name)))
    for name, write in _WRITERS.items():
        if name in changes:
            write(held, changes[name])
    held.version += 1
    held.save(update_fields=["outcome", "advice", "version"])
    # What somebody wrote stays with the visit; the journal is kept longer, and by more people.
    details: dict[str, Any] = {"fields": sorted(changes)}
    if "outcome" in changes:
        details["outcome"] = [before["outcome"], changes["outcome"]]
    record(
        events.VISIT_CHANGED,
        about=held,
        by=by,
        area=held.area_id,
        person_id=held.person_id,
        why=why,
        details=details,
    )
    return held


def values_of(visit: Visit) -> dict[str, Any]:
    """Return what may change of a visit, as plain values."""
    promise = Promise.objects.filter(visit=visit).first()
    return plain_changes(
        {
            "outcome": visit.outcome,
            "advice": visit.advice,
            "needs": list(visit.needs.values_list("kind", "words")),
            "referrals": list(visit.referrals.values_list("kind", "words")),
            "promise": (promise.words, promise.due_on) if promise else None,
        }
    )


def plain_changes(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them: kinds sorted, a promise as words and day."""
    plain: dict[str, Any] = {}
    for name, value in changes.items():
        if name in {"needs", "referrals"}:
            plain[name] = [{"kind": kind, "words": words} for kind, words in sorted(value)]
        elif name == "promise":
            plain[name] = {"words": value[0], "due_on": value[1].isoformat()} if value else ""
        else:
            plain[name] = value
    return plain


def write_needs(visit: Visit, needs: Kinds) -> None:
    """Write the needs of a visit; one that was met stays."""
    told = dict(needs)
    visit.needs.filter(met_at=None).exclude(kind__in=told).delete()
    for kind, words in told.items():
        Need.objects.update_or_create(
            visit=visit,
            kind=kind,
            defaults={"words": words},
            create_defaults={"words": words, "at": visit.at, "area_id": visit.area_id},
        )


def write_referrals(visit: Visit, referrals: Kinds) -> None:
    """Write the referrals of a visit; one that is closed stays."""
    told = dict(referrals)
    heir = _caretaker(visit)
    made = {"at": visit.at, "area_id": visit.area_id}
    if heir != visit.officer_id:
        made["officer_id"] = heir
    visit.referrals.filter(closed_at=None).exclude(kind__in=told).delete()
    for kind, words in told.items():
        Referral.objects.update_or_create(
            visit=visit,
            kind=kind,
            defaults={"words": words},
            create_defaults={"words": words, **made},
        )


def write_promise(visit: Visit, promise: tuple[str, date] | None) -> None:
    """Write the promise of a visit; one that was kept stays."""
    if promise is None:
        Promise.objects.filter(visit=visit, kept_at=None).delete()
        return
    words, due_on = promise
    told = {"words": words, "due_on": due_on}
    made = {**told, "officer_id": _caretaker(visit), "area_id": visit.area_id}
    Promise.objects.update_or_create(visit=visit, defaults=told, create_defaults=made)


def _caretaker(visit: Visit) -> int:
    """Return who looks after what a visit leaves open: its officer, or who took over from them."""
    # A handover at the same moment waits here, or is seen: nothing falls between the two.
    Officer.objects.select_for_update(of=("self",), no_key=True).get(pk=visit.officer_id)
    return caretaker_of(visit.officer_id, visit.area_id)


_WRITERS: Final[Mapping[str, Any]] = {
    "needs": write_needs,
    "referrals": write_referrals,
    "promise": write_promise,
}


def _must_be_readable(said: VisitSaid) -> None:
    _must_be_known(
        {
            "outcome": said.outcome,
            "advice": said.advice,
            "needs": said.needs,
            "referrals": said.referrals,
            "promise": said.promise,
        }
    )


def _must_be_known(changes: Mapping[str, Any]) -> None:
    if "outcome" in changes and changes["outcome"] not in VisitOutcome.values:
        raise _unreadable(_("Say what was found at the door."), "outcome")
    if len(changes.get("advice", "")) > ADVICE:
        raise _unreadable(_("The advice is too long. Keep it below 1,000 signs."), "advice")
    for name, choices in (("needs", NeedKind), ("referrals", ReferralKind)):
        for kind, words in changes.get(name, ()):
            if kind not in choices.values or len(words) > WORDS:
                raise _unreadable(_("A need or a referral cannot be read. Choose again."), name)
    promise = changes.get("promise")
    if promise and not 0 < len(promise[0]) <= WORDS:
        raise _unreadable(_("Say in a few words what was promised."), "promise")


def _unreadable(words: str, name: str) -> VisitUnreadable:
    return VisitUnreadable(words, field=name)


def _last_change(visit: Visit) -> datetime:
    last = visit.versions.order_by("-version").values_list("until_at", flat=True).first()
    return last or visit.received_at


def _keep_promises(said: VisitSaid, by: By) -> list[Entry]:
    """Note promises as kept; one that is kept already, or lies elsewhere, is left as it is."""
    rows = Promise.objects.within(by.reach).filter(pk__in=said.kept, kept_at=None)
    entries = []
    for promise in rows.select_for_update(of=("self",)).order_by("pk"):
        promise.kept_at = said.at
        promise.save(update_fields=["kept_at"])
        entries.append(
            Entry(
                event=events.PROMISE_KEPT,
                about=promise,
                by=by,
                area=promise.area_id,
                details={"visit": said.key},
            )
        )
    return entries


def _visited(visit: Visit, by: By) -> Entry:
    return Entry(
        event=events.VISITED,
        about=visit,
        by=by,
        area=visit.area_id,
        person_id=visit.person_id,
        details={"key": visit.key, "outcome": visit.outcome, "at": visit.at.isoformat()},
    )

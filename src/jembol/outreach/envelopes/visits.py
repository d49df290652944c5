"""A visit was written on a phone, or something of it was changed there."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.kit.shaped_as_nik import without_niks
from jembol.outreach.actions import VisitSaid, mark_stop, note_visit
from jembol.outreach.envelopes.subjects import VISIT, promise_of
from jembol.outreach.errors import NoSuchVisit, VisitUnreadable
from jembol.outreach.models import Visit
from jembol.outreach.queries import checked_answers
from jembol.outreach.rules.questions import Around
from jembol.places.models import Area
from jembol.registry.models import Enterprise, Person
from jembol.sync.actions import Changes, merge_fields, note_made
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.refs import key_of, must_exist
from jembol.sync.said import Said

VISITED: Final = "outreach.visit"
CHANGED: Final = "outreach.visit_change"
MAY: Final = "outreach.visit"
WORST_ACCURACY_M: Final = 100_000


def place_of(body: Mapping[str, Any]) -> int:
    """Return the area of a visit."""
    return Said(body).number("area") or 0


def place_of_change(body: Mapping[str, Any]) -> int:
    """Return the area of the visit that a change is about, 0 when it has not come."""
    rows = Visit.objects.filter(key=Said(body).ulid("visit"))
    return rows.values_list("area_id", flat=True).first() or 0


@envelope_kind(VISITED, place=place_of, is_sealed=True)
def visit(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Keep a visit.

    Raises:
        VisitUnreadable: it does not say what it must.
        OutOfReach: it lies outside the officer's areas.
        Wait: an envelope that it speaks of has not come.
    """
    by = writing(arrived, MAY, by=by)
    said = Said(arrived.body)
    area = Area.objects.filter(pk=said.number("area") or 0).first()
    officer = Officer.objects.filter(pk=arrived.officer_id or 0).first()
    if area is None or officer is None:
        raise VisitUnreadable(
            _("This visit does not say where it was. Fetch your area anew and write it again.")
        )
    position = _position(said.part("position"))
    photos = arrived.body.get("photos")
    around = Around(
        today=timezone.localdate(arrived.corrected_at),
        has_position=position is not None,
        photos=len(photos) if isinstance(photos, list) else 0,
    )
    noted = note_visit(
        said=VisitSaid(
            key=arrived.id,
            at=arrived.corrected_at,
            officer=officer,
            area=area,
            outcome=said.word("outcome"),
            person=_person(said, by),
            enterprise=_enterprise(said, by),
            needs=_kinds(said, "needs"),
            advice=without_niks(said.text("advice")),
            referrals=_kinds(said, "referrals"),
            promise=_promise(said),
            kept=said.numbers("kept"),
            position=position,
            answers=checked_answers(arrived.body.get("forms"), area_key=area.pk, around=around),
        ),
        by=by,
    )
    mark_stop(visit=noted, stop_id=said.number("stop"), by=by)
    note_made(envelope=arrived.id, kind=VISIT, key=noted.pk)
    return {"visit": noted.key}


@envelope_kind(CHANGED, place=place_of_change, is_sealed=True)
def visit_change(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Take over what fits of a change, keep apart what does not.

    Raises:
        VisitUnreadable: it does not say what changed, or of which visit.
        NoSuchVisit: the visit lies outside the officer's areas.
        Wait: the visit has not come.
    """
    by = writing(arrived, MAY, by=by)
    said = Said(arrived.body)
    key, new = said.ulid("visit"), said.part("changes")
    if not key or new is None:
        raise VisitUnreadable(
            _("This record does not say what changed. Update the page and write it again.")
        )
    rows = Visit.objects.filter(key=key)
    if not rows.exists():
        must_exist(key)
    found = rows.within(by.reach).first()
    if found is None:
        raise NoSuchVisit(_("There is no such visit in your areas."))
    was = said.part("was") or Said({})
    changes = Changes(
        kind=VISIT,
        key=found.pk,
        was=was.parts,
        new=new.parts,
        seen=said.number("seen", 2**31 - 1),
    )
    merged = merge_fields(changes=changes, arrived=arrived, by=by)
    return {
        "applied": list(merged.applied),
        "kept_apart": list(merged.kept_apart),
        "version": merged.version,
    }


def _person(said: Said, by: By) -> Person | None:
    key = key_of(said.part("person"), "registry.person")
    if key is None:
        return None
    found = Person.objects.within(by.reach).filter(pk=key).first()
    if found is None:
        raise _nobody()
    return found


def _enterprise(said: Said, by: By) -> Enterprise | None:
    key = key_of(said.part("enterprise"), "registry.enterprise")
    if key is None:
        return None
    found = Enterprise.objects.within(by.reach).filter(pk=key).first()
    if found is None:
        raise _nobody()
    return found


def _nobody() -> VisitUnreadable:
    return VisitUnreadable(
        _("Whom this visit is about is not in your areas any more. Fetch your area anew.")
    )


def _kinds(said: Said, name: str) -> list[tuple[str, str]]:
    return [(one.word("kind"), without_niks(one.text("words"))) for one in said.each(name)]


def _promise(said: Said) -> tuple[str, date] | None:
    told = said.part("promise")
    return promise_of(told) if told else None


def _position(told: Said | None) -> tuple[float, float, int | None] | None:
    if told is None:
        return None
    lat, lon = told.real("lat", -90, 90), told.real("lon", -180, 180)
    if lat is None or lon is None:
        return None
    accuracy = told.real("accuracy_m", 0, WORST_ACCURACY_M)
    return lat, lon, None if accuracy is None else round(accuracy)

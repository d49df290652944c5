"""Decide what phones could not agree on: a value, a second content, a record set aside."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import new_ulid
from jembol.sync import events
from jembol.sync.actions.merging import stands_already, typed_of
from jembol.sync.actions.releasing import end_waits
from jembol.sync.actions.storing import act_and_store, open_conflict, place_of, sealed
from jembol.sync.choices import Fate, State
from jembol.sync.errors import NotSetAside, SettledMeanwhile
from jembol.sync.kinds import kind_of
from jembol.sync.models import Conflict, Edit, EditSettlement, Envelope
from jembol.sync.subjects import subject_of


def settle_edit(*, edit: Edit, is_taken: bool, by: By) -> EditSettlement:
    """Decide an edit that was kept apart: its value is taken, or the one that stands stays.

    Raises:
        OutOfReach: the row stands outside the actor's areas.
        SettledMeanwhile: somebody decided it a moment ago; who and what is told.
        Refusal: the value cannot be stored any more.
    """
    by.must_cover(edit.area_key)
    try:
        with transaction.atomic():
            return _settled(edit, by, is_taken=is_taken)
    except IntegrityError:
        # The database lets one decision stand, whoever comes first.
        raise _too_late(edit) from None


def settle_content(*, conflict: Conflict, is_taken: bool, by: By) -> Envelope:
    """Decide a second content: the first stands alone, or the second acts as a record of its own.

    Returns:
        The envelope that acted: the first, or the one that the second became.

    Raises:
        OutOfReach: the first, or the second that shall act, is about an area outside the actor's
            duty.
        SettledMeanwhile: somebody decided it a moment ago.
    """
    by.must_cover(conflict.envelope.area_key)
    if is_taken:
        by.must_cover(conflict.area_key)
    with transaction.atomic():
        held = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
        if held.settled_at is not None:
            raise SettledMeanwhile(
                _("Somebody decided this a moment ago. Load the page again."), by="", is_taken=None
            )
        acted = _as_its_own(held, by) if is_taken else held.envelope
        held.settled_at = by.at
        held.became = acted.pk if is_taken else ""
        held.save(update_fields=["settled_at", "became"])
        details = {"conflict": held.pk, "taken": is_taken, "became": held.became}
        area = held.envelope.area_key
        record(events.CONFLICT_SETTLED, about=held.envelope, by=by, area=area, details=details)
    return acted


def keep_out(*, envelope: Envelope, why: str, by: By) -> Envelope:
    """Decide that a record that was set aside shall not act; it stays readable where it is.

    Raises:
        OutOfReach: it is about an area outside the actor's duty.
        NotSetAside: it does not wait for anybody's word.
    """
    by.must_cover(envelope.area_key)
    with transaction.atomic():
        rows = Envelope.objects.select_for_update(of=("self",)).set_aside()
        held = rows.filter(pk=envelope.pk).first()
        if held is None:
            raise NotSetAside(
                _("This record does not wait for anybody's word. Load the page again."),
                envelope_id=envelope.pk,
            )
        held.kept_apart_at = by.at
        held.save(update_fields=["kept_apart_at"])
        details = {"kind": held.kind, "state": held.state}
        record(events.KEPT_APART, about=held, by=by, area=held.area_key, why=why, details=details)
        end_waits(held, by=by)
    return held


def _settled(edit: Edit, by: By, *, is_taken: bool) -> EditSettlement:
    subject = subject_of(edit.about_kind)
    # The row first, as whoever changes it does.
    standing = subject.hold(edit.about_key)
    held = Edit.objects.get(pk=edit.pk)
    by.must_cover(standing.area_key)
    if held.fate != Fate.APART:
        raise _too_late(held)
    settlement = EditSettlement.objects.create(
        edit=held,
        is_taken=is_taken,
        officer_id=by.id,
        officer_label=by.label[:150],
        at=by.at,
    )
    if is_taken and not stands_already(subject, held, standing):
        values = {held.field: typed_of(subject, held)}
        subject.write(held.about_key, values, by=by, why=_("Chosen of two values"))
    held.fate = Fate.TAKEN if is_taken else Fate.LEFT
    held.stood = standing.values[held.field]
    held.save(update_fields=["fate", "stood"])
    record(
        events.EDIT_SETTLED,
        about=(held.about_kind, held.about_key),
        by=by,
        area=standing.area_key,
        details={"field": held.field, "taken": is_taken, "envelope": held.envelope},
    )
    return settlement


def _too_late(edit: Edit) -> SettledMeanwhile:
    done = EditSettlement.objects.filter(edit=edit).first()
    if done is None:
        return SettledMeanwhile(
            _("This change found its place by itself meanwhile. Load the page again."),
            by="",
            is_taken=None,
        )
    chosen = _("the value from the phone") if done.is_taken else _("the value that stood")
    return SettledMeanwhile(
        _("%(officer)s decided this a moment ago: %(chosen)s stays. Nothing else was changed.")
        % {"officer": done.officer_label, "chosen": chosen},
        by=done.officer_label,
        is_taken=done.is_taken,
    )


def _as_its_own(conflict: Conflict, by: By) -> Envelope:
    """Let a second content act under an id of its own."""
    first = Envelope.objects.select_related("device").get(pk=conflict.envelope_id)
    body, id_ = open_conflict(conflict), new_ulid(by.at)
    is_sealed = first.body_sealed is not None
    own = Envelope(
        id=id_,
        kind=first.kind,
        device=conflict.device,
        seq=0,
        fingerprint=conflict.fingerprint,
        body=None if is_sealed else body,
        body_sealed=sealed(body, place_of(id_)) if is_sealed else None,
        device_at=conflict.device_at,
        received_at=conflict.received_at,
        corrected_at=conflict.corrected_at or first.corrected_at,
        officer_id=conflict.officer_id,
        sender_id=conflict.sender_id,
        area_key=conflict.area_key,
        state=State.PARKED,
    )
    kind = kind_of(first.kind)
    if kind is None:
        raise NotSetAside(_("This server does not know this kind of record."), kind=first.kind)
    act_and_store(own, kind, body, by)
    return own

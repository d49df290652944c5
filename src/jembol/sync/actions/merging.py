"""Change fields of a row as phones wrote it: what was seen, what is new, what stands now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.refusal import Refusal
from jembol.sync import events
from jembol.sync.actions.storing import body_of
from jembol.sync.choices import Fate
from jembol.sync.kinds import Arrived
from jembol.sync.models import Edit, Envelope
from jembol.sync.rules import Secret, Step, joined
from jembol.sync.said import plain
from jembol.sync.subjects import Past, Standing, Subject, Value, subject_of

LONGEST_SEEN: Final = 300
"""Signs that are kept of a value that cannot have stood there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What somebody changed of one row.

    Attributes:
        kind: Kind of the row, like `registry.person`.
        key: Its key.
        was: What the writer saw, by field.
        new: What the writer put there, by field; fields that the row does not have are left out.
        seen: The version that the writer saw, if it says.
    """

    kind: str
    key: int
    was: Mapping[str, Value]
    new: Mapping[str, Value]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of changes: the fields taken over, those kept apart, the version that stands."""

    applied: Sequence[str]
    kept_apart: Sequence[str]
    version: int


@transaction.atomic
def merge_fields(*, changes: Changes, arrived: Arrived, by: By) -> Merged:
    """Take over what fits in the order of writing, and keep apart what does not.

    Whatever waited apart about the same fields is tried again: what came now may be its missing
    piece (docs/algorithms/field-sync.md).

    Raises:
        OutOfReach: the row stands outside the actor's areas.
        Refusal: there is no such row, or a value cannot be stored.
    """
    subject = subject_of(changes.kind)
    standing = subject.hold(changes.key)
    by.must_cover(standing.area_key)
    fields = [name for name in changes.new if name in subject.fields]
    new = subject.cleaned({name: changes.new[name] for name in fields}, by)
    fresh = {
        name: _edit(subject, changes, standing, arrived, name, new[name], by) for name in fields
    }
    told = _told(changes, fields)
    fits = {name: _fit(subject, standing, fresh[name], told) for name in fields}
    values = {
        name: _real(subject, fit, fresh[name], new[name])
        for name, fit in fits.items()
        if fit.value != _standing(subject, standing, name)
    }
    version = standing.version
    if values:
        version = subject.write(changes.key, values, by=by, why="")
    for name, fit in fits.items():
        _keep(fit, fresh[name], standing, version if name in values else None)
    apart = [name for name in fields if fresh[name].fate == Fate.APART]
    if apart:
        details = {"fields": apart, "envelope": arrived.id}
        about = (changes.kind, changes.key)
        record(events.EDIT_APART, about=about, by=by, area=standing.area_key, details=details)
    applied = [name for name in fields if name not in apart]
    return Merged(applied, apart, version)


def typed_of(subject: Subject, edit: Edit) -> Value:
    """Return the value that an edit put there, whole even when only its mask is kept."""
    if edit.field not in subject.secret:
        return edit.new
    return subject.typed(body_of(Envelope.objects.get(pk=edit.envelope)), edit.field)


def stands_already(subject: Subject, edit: Edit, standing: Standing) -> bool:
    """Whether a row holds already what an edit put there."""
    return bool(_new(subject, edit) == _standing(subject, standing, edit.field))


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a field holds now, and of all its edits those that have found their place."""

    value: Value
    fitting: Sequence[Edit]
    edits: Sequence[Edit]


def _edit(
    subject: Subject,
    changes: Changes,
    standing: Standing,
    arrived: Arrived,
    name: str,
    new: Value,
    by: By,
) -> Edit:
    return Edit(
        envelope=arrived.id,
        about_kind=changes.kind,
        about_key=changes.key,
        field=name,
        was=_seen(subject, name, changes.was.get(name), by),
        new=subject.masked(name, new),
        new_digest=subject.digest_of(name, new) if name in subject.secret else "",
        at=_when(standing, changes.seen, arrived.corrected_at),
        received_at=by.at,
        device_id=arrived.device_id,
        seq=arrived.seq,
        officer_id=arrived.officer_id,
        area_key=standing.area_key,
        fate=Fate.APART,
    )


def _seen(subject: Subject, name: str, was: Value, by: By) -> Value:
    """Return what a phone saw as it would be stored, which may be a mask or no value at all."""
    if was in ("", None):
        return ""
    try:
        return subject.masked(name, subject.cleaned({name: was}, by)[name])
    except Refusal:
        return subject.masked(name, plain(was)[:LONGEST_SEEN])


def _when(standing: Standing, seen: int | None, at: datetime) -> datetime:
    """Return when it was written: never before what its writer had seen, whatever a clock said."""
    if seen is None or seen > standing.version:
        return at
    return max([at, *(one.until_at for one in standing.past if one.version < seen)])


def _told(changes: Changes, fields: Collection[str]) -> list[Edit]:
    """Return what phones have said of these fields and nobody has decided."""
    rows = Edit.objects.filter(
        about_kind=changes.kind,
        about_key=changes.key,
        field__in=fields,
        fate__in=(Fate.APPLIED, Fate.APART),
    )
    return list(rows.order_by("pk"))


def _fit(subject: Subject, standing: Standing, fresh: Edit, told: Sequence[Edit]) -> _Fit:
    name = fresh.field
    ours = [one for one in told if one.field == name]
    by_step = {_step(subject, one): one for one in [*ours, fresh]}
    waiting = [step for step, one in by_step.items() if one.fate == Fate.APART]
    stood = [step for step, one in by_step.items() if one.fate == Fate.APPLIED]
    taken_over = {one.version for one in ours if one.version is not None}
    desk = _desk_steps(subject, standing, name, taken_over)
    found = joined(_first(subject, standing, name), [*desk, *stood], waiting)
    return _Fit(found.value, [by_step[step] for step in found.fitting], [*ours, fresh])


def _step(subject: Subject, edit: Edit) -> Step:
    # A phone saw the mask of a secret value, never the value.
    was = Secret(edit.was) if edit.field in subject.secret else edit.was
    origin = (edit.device_id, edit.seq, edit.envelope)
    return Step(edit.at, origin, was, _new(subject, edit))


def _new(subject: Subject, edit: Edit) -> Value:
    """Return what an edit put there, as it is compared."""
    if edit.field not in subject.secret:
        return edit.new
    return Secret(edit.new, edit.new_digest or None)


def _standing(subject: Subject, row: Standing | Past, name: str) -> Value:
    """Return what a field holds or held, as it is compared."""
    value = row.values.get(name, "")
    return Secret(value, row.digests.get(name)) if name in subject.secret else value


def _first(subject: Subject, standing: Standing, name: str) -> Value:
    """Return what the field held before anybody changed it."""
    return _standing(subject, standing.past[0] if standing.past else standing, name)


def _desk_steps(
    subject: Subject, standing: Standing, name: str, taken_over: Collection[int]
) -> list[Step]:
    """Return the changes that no phone made: each is a version that no edit was taken over by."""
    steps = []
    after = [(one.version, _standing(subject, one, name)) for one in standing.past[1:]]
    after.append((standing.version, _standing(subject, standing, name)))
    for past, (version, new) in zip(standing.past, after, strict=False):
        was = _standing(subject, past, name)
        if was != new and version not in taken_over:
            steps.append(Step(past.until_at, ("", version, ""), was, new))
    return steps


def _real(subject: Subject, fit: _Fit, fresh: Edit, new: Value) -> Value:
    """Return the value to write: of a masked one, the one that was typed."""
    if fresh.field not in subject.secret:
        return fit.value
    if _new(subject, fresh) == fit.value:
        return new
    meant = next((one for one in fit.edits if _new(subject, one) == fit.value), None)
    return fit.value.mask if meant is None else typed_of(subject, meant)


def _keep(fit: _Fit, fresh: Edit, standing: Standing, version: int | None) -> None:
    for edit in fit.fitting:
        edit.fate, edit.version, edit.stood = Fate.APPLIED, version, None
        if edit is not fresh:
            edit.save(update_fields=["fate", "version", "stood"])
    if fresh.fate == Fate.APART:
        fresh.stood = standing.values[fresh.field]
    fresh.save(force_insert=True)

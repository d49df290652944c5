"""Enterprises: added, changed, passed on to another owner, removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.kit.ids import IdKind
from jembol.kit.refusal import Refusal
from jembol.registry import errors, events, rules
from jembol.registry.actions.drawing import draw_ids
from jembol.registry.actions.versions import (
    drop_undone_enterprise_merges,
    enterprise_as_it_stands,
    keep_enterprises,
    next_moment,
)
from jembol.registry.actions.words import replace_enterprise_words, write_enterprise_words
from jembol.registry.details import Cleaned, EnterpriseDetails, enterprise_values
from jembol.registry.models import Enterprise, Ownership, Person
from jembol.registry.queries.identity import members_of, why_it_stays

BATCH: Final = 500


@transaction.atomic
def add_enterprise(
    *,
    details: EnterpriseDetails,
    owners: Sequence[Person],
    by: By,
    since: date | None = None,
    why: str = "",
) -> Enterprise:
    """Enter an enterprise with its owners; several of one person are several enterprises.

    Raises:
        OutOfReach: the enterprise or an owner stands outside the actor's areas.
        ValueMissing: the name is blank.
        TextTooLong: a text has more signs than its place.
        TextUnreadable: a text holds NUL or half a character.
        ChoiceUnknown: status or edition is none of its list.
        PhoneUnreadable: the phone number is none.
        NibUnreadable: the NIB is none.
        KbliUnreadable: the code has not two to five digits.
        KbliWithoutEdition: only one of code and edition is given.
        DayInFuture: the first day lies ahead.
    """
    return add_enterprises([(details, owners)], by=by, since=since, why=why)[0]


@transaction.atomic
def add_enterprises(
    rows: Sequence[tuple[EnterpriseDetails, Sequence[Person]]],
    *,
    by: By,
    since: date | None = None,
    why: str = "",
) -> list[Enterprise]:
    """Enter enterprises, in order, with few statements; all of them or none.

    Raises:
        Refusal: as `add_enterprise`; `params["row"]` is the place in `rows`, from 0.
    """
    reason = rules.line(why, field="why", longest=1000)
    cleaned = [_checked(details, owners, row, by) for row, (details, owners) in enumerate(rows)]
    ids = draw_ids(Enterprise.objects.all(), IdKind.ENTERPRISE, len(rows))
    enterprises = [_row(values, id_, by) for values, id_ in zip(cleaned, ids, strict=True)]
    Enterprise.objects.bulk_create(enterprises, batch_size=BATCH)
    ownerships = [
        Ownership(person=person, enterprise=enterprise, starts_on=since)
        for enterprise, (_details, owners) in zip(enterprises, rows, strict=True)
        for person in dict.fromkeys(owners)
    ]
    Ownership.objects.bulk_create(ownerships, batch_size=BATCH)
    write_enterprise_words(enterprises)
    added = [_fact(events.ENTERPRISE_ADDED, enterprise, by, reason) for enterprise in enterprises]
    begun = [_ownership_fact(events.OWNERSHIP_BEGUN, row, by, row.starts_on) for row in ownerships]
    record_many([*added, *begun])
    return enterprises


@transaction.atomic
def change_enterprise(
    *,
    enterprise: Enterprise,
    changes: Mapping[str, object],
    by: By,
    why: str = "",
    version: int | None = None,
) -> Enterprise:
    """Change what differs, and nothing when nothing differs; the journal keeps old and new.

    Raises:
        OutOfReach: the enterprise stands, or would stand, outside the actor's areas.
        ChangedMeanwhile: it was changed after the version that the writer saw.
        ValueError: a name in `changes` is no detail of an enterprise.
        Refusal: a value cannot be stored; as `add_enterprise`.
    """
    reason = rules.line(why, field="why", longest=1000)
    held = _locked(enterprise, by)
    values = enterprise_values(changes, by.at)
    if "area" in values:
        by.must_cover(values["area"].pk)
    _pair_kbli(values, held.kbli, held.kbli_edition)
    told = _differences(held, values)
    if not told:
        return held
    _must_be_fresh(held, version, told)
    keep_enterprises([enterprise_as_it_stands(held, by.at)])
    for name in told:
        setattr(held, name, values[name])
    held.folded = rules.folded_label(held.name)
    held.version += 1
    held.changed_at = next_moment(held, by.at)
    held.save()
    if {"name", "product"} & told.keys():
        replace_enterprise_words([held])
    record_many([replace(_fact(events.ENTERPRISE_CHANGED, held, by, reason), details=told)])
    return held


@transaction.atomic
def pass_on(
    *, enterprise: Enterprise, from_: Person, to: Person, on: date, by: By, why: str = ""
) -> Ownership:
    """Pass an enterprise from one owner to another on a day; the history stays.

    Raises:
        OutOfReach: the enterprise or one of the two stands outside the actor's areas.
        NotTheOwner: the first does not own it.
        AlreadyOwner: the second owns it already.
        EndsTooEarly: the first came to own it on that day or later.
        DayInFuture: the day lies ahead.
    """
    reason = rules.line(why, field="why", longest=1000)
    held = _locked(enterprise, by)
    by.must_cover(to.area_id)
    if _standing_holds(held, to):
        raise errors.AlreadyOwner(
            _("%(name)s owns %(enterprise)s already.") % {"name": to.name, "enterprise": held.name},
            field="to",
        )
    ended = _end_ownership(held, from_, on, by)
    begun = Ownership.objects.create(person=to, enterprise=held, starts_on=on)
    record_many(
        [
            *(
                replace(_ownership_fact(events.OWNERSHIP_ENDED, row, by, on), why=reason)
                for row in ended
            ),
            replace(_ownership_fact(events.OWNERSHIP_BEGUN, begun, by, on), why=reason),
        ]
    )
    return begun


@transaction.atomic
def begin_ownership(
    *, enterprise: Enterprise, person: Person, by: By, on: date | None = None
) -> Ownership:
    """Enter one more owner of an enterprise.

    Raises:
        OutOfReach: the enterprise or the person stands outside the actor's areas.
        AlreadyOwner: the person owns it already.
    """
    held = _locked(enterprise, by)
    by.must_cover(person.area_id)
    if _standing_holds(held, person):
        raise errors.AlreadyOwner(
            _("%(name)s owns %(enterprise)s already.")
            % {"name": person.name, "enterprise": held.name}
        )
    begun = Ownership.objects.create(person=person, enterprise=held, starts_on=on)
    record_many([_ownership_fact(events.OWNERSHIP_BEGUN, begun, by, on)])
    return begun


@transaction.atomic
def remove_enterprise(*, enterprise: Enterprise, by: By, why: str) -> None:
    """Take an enterprise and its ownerships out of the register, as when an import is undone.

    Raises:
        OutOfReach: the enterprise stands outside the actor's areas.
        ReasonMissing: no reason is given.
        StillInUse: other rows name it, or a merge stands.
    """
    reason = rules.reason(why)
    held = _locked(enterprise, by)
    ownerships = list(held.ownerships.select_related("person").order_by("pk"))
    last = enterprise_as_it_stands(held, by.at, is_last=True)
    entries = [
        replace(
            _fact(events.ENTERPRISE_REMOVED, held, by, reason),
            about=("registry.enterprise", held.pk),
            details={"public_id": [held.public_id, None], "name": [held.name, None]},
        ),
        *(_ownership_fact(events.OWNERSHIP_ENDED, row, by, None) for row in ownerships),
    ]
    try:
        with transaction.atomic():
            held.ownerships.all().delete()
            # Merges that were undone hold nothing.
            drop_undone_enterprise_merges([held.pk])
            held.delete()
    except ProtectedError:
        raise errors.StillInUse(why_it_stays(enterprise), public_id=enterprise.public_id) from None
    keep_enterprises([last])
    record_many(entries)


def _checked(details: EnterpriseDetails, owners: Sequence[Person], row: int, by: By) -> Cleaned:
    try:
        by.must_cover(details.area.pk)
        for person in owners:
            by.must_cover(person.area_id)
        values = enterprise_values(details, by.at)
        _pair_kbli(values, "", "")
    except Refusal as refusal:
        refusal.params["row"] = row
        raise
    return values


def _pair_kbli(values: Cleaned, code: str, edition: str) -> None:
    """Compare code and edition as they will stand together."""
    if not {"kbli", "kbli_edition"} & values.keys():
        return
    pair = rules.kbli_pair(values.get("kbli", code), values.get("kbli_edition", edition))
    values["kbli"], values["kbli_edition"] = pair


def _row(values: Cleaned, public_id: str, by: By) -> Enterprise:
    return Enterprise(
        **values,
        folded=rules.folded_label(values["name"]),
        public_id=public_id,
        created_at=by.at,
        changed_at=by.at,
    )


def _locked(enterprise: Enterprise, by: By) -> Enterprise:
    rows = Enterprise.objects.select_for_update(of=("self",)).select_related("area")
    held = rows.get(pk=enterprise.pk)
    by.must_cover(held.area_id)
    return held


def _differences(held: Enterprise, values: Cleaned) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for name, value in values.items():
        old = getattr(held, name)
        if old != value:
            told[name] = [old.code, value.code] if name == "area" else [old, value]
    return told


def _must_be_fresh(held: Enterprise, version: int | None, told: dict[str, list[Any]]) -> None:
    if version is None or version == held.version:
        return
    raise errors.ChangedMeanwhile(
        _(
            "%(name)s was changed by somebody else while this form was open. "
            "Compare what is stored now with what you wrote, and save again."
        )
        % {"name": held.name},
        version=held.version,
        theirs={name: old for name, (old, _new) in told.items()},
        yours={name: new for name, (_old, new) in told.items()},
    )


def _standing_holds(held: Enterprise, person: Person) -> list[Ownership]:
    """Return the person's hold of the enterprise, under whichever entries of both it stands."""
    of_both = Ownership.objects.filter(
        enterprise__in=members_of(held), person__in=members_of(person), ends_on=None
    )
    return list(of_both.select_related("enterprise").order_by("pk"))


def _end_ownership(held: Enterprise, person: Person, on: date, by: By) -> list[Ownership]:
    ownerships = _standing_holds(held, person)
    if not ownerships:
        raise errors.NotTheOwner(
            _("%(name)s does not own %(enterprise)s. Choose one of its owners.")
            % {"name": person.name, "enterprise": held.name},
            field="from_",
        )
    by.must_cover(person.area_id)
    rules.past_day(on, today=timezone.localdate(by.at), field="on")
    since = max((row.starts_on for row in ownerships if row.starts_on), default=None)
    if since is not None and on <= since:
        raise errors.EndsTooEarly(
            _("%(name)s has owned it since %(since)s; choose a later day.")
            % {"name": person.name, "since": since.isoformat()},
            field="on",
        )
    for ownership in ownerships:
        ownership.ends_on = on
        ownership.save(update_fields=["ends_on"])
    return ownerships


def _fact(event: str, enterprise: Enterprise, by: By, why: str) -> Entry:
    return Entry(
        event=event,
        about=enterprise,
        by=by,
        area=enterprise.area_id,
        why=why,
        details={"public_id": [None, enterprise.public_id], "name": [None, enterprise.name]},
    )


def _ownership_fact(event: str, ownership: Ownership, by: By, on: date | None) -> Entry:
    enterprise = ownership.enterprise
    return Entry(
        event=event,
        about=("registry.enterprise", ownership.enterprise_id),
        by=by,
        area=enterprise.area_id,
        person_id=ownership.person_id,
        details={"enterprise": enterprise.public_id, "name": enterprise.name, "on": on},
    )

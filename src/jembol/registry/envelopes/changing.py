"""Something of a person or an enterprise was changed on a phone."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.registry import errors
from jembol.registry.envelopes.subjects import ENTERPRISE, PERSON, nobody
from jembol.registry.models import Enterprise, Person
from jembol.sync.actions import Changes, merge_fields
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.refs import key_of
from jembol.sync.said import Said

CHANGE: Final = "registry.change"
MAY: Final = "outreach.visit"
"""Whoever goes to people changes what they find; the register's own permission is not needed."""
KINDS: Final[dict[str, tuple[str, type[Any]]]] = {
    "person": (PERSON, Person),
    "enterprise": (ENTERPRISE, Enterprise),
}


def place_of(body: Mapping[str, Any]) -> int:
    """Return the area of the row that a change is about, 0 when it cannot be told yet."""
    said = Said(body)
    _kind, model = KINDS.get(said.word("of"), (PERSON, Person))
    ref = said.part("ref")
    key = ref.number("key") if ref else None
    rows = model.objects.filter(pk=key) if key else model.objects.none()
    return rows.values_list("area_id", flat=True).first() or 0


@envelope_kind(CHANGE, place=place_of, is_sealed=True)
def change(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Take over what fits, keep apart what does not.

    Raises:
        ChangeUnreadable: it does not say what changed, or of whom.
        NobodyThere: there is no such row in the officer's areas.
        Wait: the envelope that makes the row has not come.
        Refusal: a value cannot be stored.
    """
    by = writing(arrived, MAY, by=by)
    said = Said(arrived.body)
    named, new = said.word("of"), said.part("changes")
    if named not in KINDS or new is None:
        raise unreadable()
    kind, model = KINDS[named]
    key = key_of(said.part("ref"), kind)
    if not key or not model.objects.within(by.reach).filter(pk=key).exists():
        raise nobody()
    was = said.part("was") or Said({})
    changes = Changes(
        kind=kind, key=key, was=was.parts, new=new.parts, seen=said.number("seen", 2**31 - 1)
    )
    merged = merge_fields(changes=changes, arrived=arrived, by=by)
    return {
        "applied": list(merged.applied),
        "kept_apart": list(merged.kept_apart),
        "version": merged.version,
    }


def unreadable() -> errors.ChangeUnreadable:
    """Return the refusal of an envelope that does not say what it must."""
    return errors.ChangeUnreadable(
        _("This record does not say what it must. Update the page and write it again.")
    )

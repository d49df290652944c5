"""What a survivor takes over from the row that it absorbs, and how it goes back."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.kit.nik import Nik
from jembol.places.models import Area
from jembol.registry import errors
from jembol.registry.actions.enterprises import change_enterprise
from jembol.registry.actions.households import move_in, move_out
from jembol.registry.actions.people import change
from jembol.registry.models import Enterprise, EnterpriseMerge, Household, Person, PersonMerge
from jembol.registry.sealed_numbers import nik_digest, open_nik

PERSON_FIELDS: Final = (
    "name", "sex", "born_on", "birth_place", "phone", "address", "education", "has_disability",
    "area", "nik", "household",
)  # fmt: skip
"""What a person can take over."""

ENTERPRISE_FIELDS: Final = (
    "name", "activity", "product", "status", "nib", "kbli", "phone", "address", "started_on",
    "area",
)  # fmt: skip
"""What an enterprise can take over; with the KBLI goes its edition."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over: the columns of a merge that tell of it."""

    fields: dict[str, list[Any]] = field(default_factory=dict)
    nik_before: bytes | None = None
    nik_taken: str = ""


def take_over_person(survivor: Person, absorbed: Person, take: Collection[str], by: By) -> Taken:
    """Write into the survivor what the absorbed one knows of these fields.

    Both are locked already. What the absorbed one does not know, or both know alike, stays.

    Raises:
        NotTaken: a name is no field that can be taken over.
        OutOfReach: the place that comes with it lies outside the actor's areas.
    """
    _must_be(PERSON_FIELDS, take)
    fields = _differing(survivor, absorbed, take, _PERSON_TEXTS)
    changes = {name: _person_value(absorbed, name) for name in fields if name != "household"}
    taken = Taken(
        fields,
        bytes(survivor.nik_sealed) if survivor.nik_sealed else None,
        absorbed.nik_digest,
    )
    if changes:
        change(person=survivor, changes=changes, by=by)
    if "household" in fields and absorbed.household:
        move_in(household=absorbed.household, person=survivor, by=by)
    return taken if "nik" in fields else Taken(fields)


def take_over_enterprise(
    survivor: Enterprise, absorbed: Enterprise, take: Collection[str], by: By
) -> Taken:
    """Write into the survivor what the absorbed enterprise knows of these fields.

    Raises:
        NotTaken: a name is no field that can be taken over.
        OutOfReach: the place that comes with it lies outside the actor's areas.
    """
    _must_be(ENTERPRISE_FIELDS, take)
    wanted = {*take, "kbli_edition"} if "kbli" in take else set(take)
    fields = _differing(survivor, absorbed, wanted, _ENTERPRISE_TEXTS)
    if fields:
        changes = {name: getattr(absorbed, name) for name in fields}
        change_enterprise(enterprise=survivor, changes=changes, by=by)
    return Taken(fields)


def give_back_person(merge: PersonMerge, by: By) -> list[str]:
    """Put back what the survivor took over, and return the fields that stay as they are now.

    A field stays when somebody changed it since, or when what it held before is gone.
    """
    survivor = Person.objects.select_related("area", "household").get(pk=merge.survivor_id)
    free, kept = _free(merge, lambda name: _stands(survivor, merge, name))
    household = free.pop("household", None)
    changes = {name: _person_before(merge, name, text) for name, text in free.items()}
    if changes:
        change(person=survivor, changes=changes, by=by)
    if household is not None and not _house_again(survivor, household, by):
        kept.append("household")
    return sorted(kept)


def give_back_enterprise(merge: EnterpriseMerge, by: By) -> list[str]:
    """Put back what the survivor took over, and return the fields that stay as they are now."""
    survivor = Enterprise.objects.select_related("area").get(pk=merge.survivor_id)
    texts = _ENTERPRISE_TEXTS
    free, kept = _free(
        merge, lambda name: _text(survivor, name, texts) == merge.taken[name][_AFTER]
    )
    if {"kbli", "kbli_edition"} & set(kept):
        # Code and edition only mean something together.
        kept += [name for name in ("kbli", "kbli_edition") if free.pop(name, None) is not None]
    if free:
        changes = {name: _value(name, text) for name, text in free.items()}
        change_enterprise(enterprise=survivor, changes=changes, by=by)
    return sorted(kept)


_BEFORE, _AFTER = 0, 1

_Texts = Mapping[str, Callable[[Any], Any]]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# How a merge writes down what is no plain text.
_PERSON_TEXTS: Final[_Texts] = {
    "born_on": lambda row: _day(row.born_on),
    "area": lambda row: row.area.code,
    "nik": lambda row: row.nik_masked,
    "household": lambda row: row.household.public_id if row.household else "",
}
_ENTERPRISE_TEXTS: Final[_Texts] = {
    "started_on": lambda row: _day(row.started_on),
    "area": lambda row: row.area.code,
}


def _text(row: Any, name: str, texts: _Texts) -> Any:
    return texts[name](row) if name in texts else getattr(row, name)


def _differing(
    survivor: Any, absorbed: Any, take: Collection[str], texts: _Texts
) -> dict[str, list[Any]]:
    """Return {field: [before, after]} of what the absorbed row knows and the survivor does not."""
    pairs = {
        name: [_text(survivor, name, texts), _text(absorbed, name, texts)] for name in sorted(take)
    }
    return {
        name: pair
        for name, pair in pairs.items()
        if pair[_AFTER] not in ("", None) and not _is_same(survivor, absorbed, name, pair)
    }


def _is_same(survivor: Any, absorbed: Any, name: str, pair: list[Any]) -> bool:
    # Two numbers can look alike behind their mask.
    if name == "nik":
        return bool(survivor.nik_digest == absorbed.nik_digest)
    return bool(pair[_BEFORE] == pair[_AFTER])


def _must_be(known: Collection[str], take: Collection[str]) -> None:
    if unknown := sorted(set(take) - set(known)):
        raise errors.NotTaken(
            _("%(names)s cannot be taken over. Choose among: %(known)s.")
            % {"names": ", ".join(unknown), "known": ", ".join(known)},
            field="take",
            names=unknown,
        )


def _person_value(absorbed: Person, name: str) -> Any:
    return Nik.parse(open_nik(absorbed)) if name == "nik" else getattr(absorbed, name)


def _person_before(merge: PersonMerge, name: str, text: Any) -> Any:
    """Return what the survivor held before, as an action takes it."""
    if name != "nik":
        return _value(name, text)
    digits = _nik_before(merge)
    return Nik.parse(digits) if digits else None


def _nik_before(merge: PersonMerge) -> str:
    """Return the digits that the survivor had before; empty for none."""
    return open_nik(Person(public_id=merge.survivor.public_id, nik_sealed=merge.nik_before))


def _value(name: str, text: Any) -> Any:
    if name in ("born_on", "started_on"):
        return date.fromisoformat(text) if text else None
    return Area.objects.get(code=text) if name == "area" else text


def _stands(survivor: Person, merge: PersonMerge, name: str) -> bool:
    """Whether the survivor still holds what it took over."""
    if name == "nik":
        return survivor.nik_digest == merge.nik_taken
    return bool(_text(survivor, name, _PERSON_TEXTS) == merge.taken[name][_AFTER])


def _free(
    merge: PersonMerge | EnterpriseMerge, stands: Callable[[str], bool]
) -> tuple[dict[str, Any], list[str]]:
    """Return what goes back as {field: before}, and the fields that stay.

    Where a later merge has taken the field over what this one took, that one shall give back what
    was there before this one: whichever of the two is undone first, the end is the same.
    """
    free: dict[str, Any] = {}
    kept: list[str] = []
    model: type[Any] = type(merge)
    since = model.objects.standing().filter(survivor=merge.survivor_id, pk__gt=merge.pk)
    later = list(since.order_by("pk"))
    for name, (before, _after) in sorted(merge.taken.items()):
        over = next((other for other in later if name in other.taken), None)
        if over is not None and _follows(over, merge, name):
            _inherit(over, merge, name)
        elif over is None and stands(name):
            free[name] = before
        else:
            kept.append(name)
    return free, kept


def _follows(over: Any, merge: Any, name: str) -> bool:
    """Whether nobody changed the field between the two merges."""
    if name == "nik":
        digits = _nik_before(over)
        return bool(merge.nik_taken == (nik_digest(Nik.parse(digits)) if digits else ""))
    return bool(over.taken[name][_BEFORE] == merge.taken[name][_AFTER])


def _inherit(over: Any, merge: Any, name: str) -> None:
    over.taken[name][_BEFORE] = merge.taken[name][_BEFORE]
    if name == "nik":
        over.nik_before = merge.nik_before
    over.save(update_fields=["taken", *(["nik_before"] if name == "nik" else [])])


def _house_again(survivor: Person, public_id: str, by: By) -> bool:
    """Count the survivor to the household of before; tell whether it is still there."""
    if not public_id:
        move_out(person=survivor, by=by)
        return True
    household = Household.objects.filter(public_id=public_id).first()
    if household is None:
        return False
    move_in(household=household, person=survivor, by=by)
    return True

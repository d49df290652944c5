"""The sixth step: a few people were entered twice, and wait in the queue of possible duplicates."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.console.demo.sign_ins import MALANG
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.kit.phone import Phone
from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.written import Written
from jembol.registry import actions as registry
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.found_pairs import FoundPair, value_of
from jembol.registry.models import Person
from jembol.registry.queries.doubts import hanging_on

ENTERED_DAYS_AGO: Final = 12
FOUND_DAYS_AGO: Final = 6

Told = dict[str, Any]
"""What a second entry tells otherwise than the first."""


def double(stage: Stage) -> None:
    """Enter a few residents of Malang a second time, each with another slip, and ask about them."""
    town = stage.towns[MALANG]
    known = [one for one in town.residents if one.invented.born_on and one.invented.phone]
    chosen = stage.lots("doubles").sample([one for one in known if one.invented.nik], len(SLIPS))
    by = stage.officer(town, ENTERED_DAYS_AGO)
    details = [_again(one, slip(stage, one)) for one, slip in zip(chosen, SLIPS, strict=True)]
    again = registry.enrol_many(details, by=by)
    pairs = [
        _found(town, one, other, told)
        for one, other, told in zip(chosen, again, details, strict=True)
    ]
    note_doubts(pairs, city=town.area, by=stage.officer(town, FOUND_DAYS_AGO))
    stage.tell(_("%(count)d people entered twice wait for a decision") % {"count": len(pairs)})


def _again(one: Resident, otherwise: Told) -> registry.PersonDetails:
    invented = one.invented
    told: Told = {
        "name": invented.name,
        "area": one.person.area,
        "sex": invented.sex,
        "born_on": invented.born_on,
        "birth_place": invented.birth_place,
        "phone": invented.phone,
        "address": invented.address,
        "nik": invented.nik,
    }
    return registry.PersonDetails(**{**told, **otherwise})


# The slips, each as people make them


def _title_and_letter(_stage: Stage, one: Resident) -> Told:
    return {"name": f"{one.invented.name} S.Pd", "birth_place": "", "nik": None}


def _digits(stage: Stage, one: Resident) -> Told:
    """Another place at the front of the NIK, and with it another number at its end."""
    nik, born_on = one.invented.nik, one.invented.born_on
    if nik is None or born_on is None:
        return {}
    is_woman = one.invented.sex == "P"
    return {"nik": stage.numbers.nik("350710", born_on, is_woman=is_woman), "phone": None}


def _first_name_only(_stage: Stage, one: Resident) -> Told:
    return {"name": one.invented.name.split()[-1], "nik": None, "born_on": None}


def _namesake(stage: Stage, _one: Resident) -> Told:
    """Somebody of the same name in the same kelurahan: perhaps another, perhaps one who moved."""
    return {
        "address": "Jl. Ikan Tombro No. 7",
        "born_on": None,
        "birth_place": "",
        "nik": None,
        "phone": stage.numbers.phone(),
    }


def _old_spelling(_stage: Stage, one: Resident) -> Told:
    name = one.invented.name.lower()
    for new, old in (("u", "oe"), ("y", "j"), ("j", "dj")):
        name = name.replace(new, old, 1)
    return {"name": name.title(), "phone": None, "nik": None}


def _day_and_month(_stage: Stage, one: Resident) -> Told:
    born_on = one.invented.born_on
    if born_on is None or born_on.day > 12:
        return {"nik": None, "born_on": None}
    return {"nik": None, "born_on": born_on.replace(day=born_on.month, month=born_on.day)}


SLIPS: Final[Sequence[Callable[[Stage, Resident], Told]]] = (
    _title_and_letter,
    _digits,
    _first_name_only,
    _namesake,
    _old_spelling,
    _day_and_month,
)


# What linkage says of each


def _found(town: Town, one: Resident, other: Person, told: registry.PersonDetails) -> FoundPair:
    place = town.kelurahan[one.kelurahan].name
    first, second = _traits(_again(one, {}), place), _traits(told, place)
    evidence = shipped().evidence(first, second)
    hanging = hanging_on([one.person.pk, other.pk])
    value = value_of(evidence.probability, hanging.total())
    parts = [list(part) for part in evidence.parts]
    return FoundPair(one.person.pk, other.pk, evidence.probability, parts, value)


def _traits(told: registry.PersonDetails, kelurahan: str) -> Traits:
    return traits_of(
        Written(
            name=told.name,
            nik=told.nik.digits if told.nik else "",
            sex=told.sex,
            born_on=told.born_on.isoformat() if told.born_on else "",
            phone=told.phone.e164 if isinstance(told.phone, Phone) else "",
            address=told.address,
            kelurahan=kelurahan,
        )
    )

"""The third step: groups of 30 to 50 people, clusters among them."""

from collections.abc import Sequence
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.console.demo.names import STREETS
from jembol.console.demo.sign_ins import DINOYO, MALANG
from jembol.console.demo.sizes import PURWANTORO
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.registry import actions as registry
from jembol.registry.choices import GroupKind

# Press report S0: about twenty groups of 30 to 50 people each.
LEAST: Final = 30
MOST: Final = 50
FORMED_DAYS_AGO: Final = 38

COOKIES: Final = "Klaster kue kering Purwantoro"
TEMPE: Final = "Klaster tempe Sanan"
DINOYO_GROUP: Final = "Kelompok Anggrek Dinoyo"

Formed = tuple[str, str, GroupKind, Sequence[Resident]]
"""Name, code of the kelurahan, kind and members."""


def form_groups(stage: Stage) -> None:
    """Form the clusters and groups of both cities, each with a head."""
    for town in stage.towns.values():
        rng = stage.lots("groups", town.code)
        planned = [*_marked(town, rng), *_of_kecamatan(stage, town, rng)]
        for name, code, kind, members in planned:
            _form(stage, town, (name, code, kind, members))
        stage.tell(
            _("%(city)s: %(groups)d groups with %(members)d members")
            % {
                "city": town.area.name,
                "groups": len(planned),
                "members": sum(len(members) for *_rest, members in planned),
            }
        )


@transaction.atomic
def _form(stage: Stage, town: Town, formed: Formed) -> None:
    """Form one group with its members in one transaction, as from one list."""
    name, code, kind, members = formed
    by = stage.officer(town, FORMED_DAYS_AGO)
    on = by.at.date()
    group = registry.form_group(
        name=name, area=town.kelurahan[code], kind=kind, formed_on=on, by=by
    )
    for place, resident in enumerate(members):
        registry.join(group=group, person=resident.person, on=on, is_head=place == 0, by=by)
    town.groups[name] = (group, list(members))


def _marked(town: Town, rng: Random) -> list[Formed]:
    if town.code != MALANG:
        return []
    wanted = (
        (COOKIES, PURWANTORO, "", GroupKind.CLUSTER),
        (TEMPE, PURWANTORO, "Sanan", GroupKind.CLUSTER),
        (DINOYO_GROUP, DINOYO, "", GroupKind.TRAINING),
    )
    formed: list[Formed] = []
    for name, code, kampung, kind in wanted:
        there = [one for one in town.residents if one.kelurahan == code and one.kampung == kampung]
        formed.append((name, code, kind, _drawn(rng, there)))
    return formed


def _of_kecamatan(stage: Stage, town: Town, rng: Random) -> list[Formed]:
    """Return groups of neighbours: each takes people of adjoining kelurahan."""
    formed: list[Formed] = []
    flowers = rng.sample([street for street in STREETS if street != "Anggrek"], k=len(STREETS) - 1)
    for kecamatan, count in stage.size.share_of(town.code).groups.items():
        there = [
            one
            for one in town.residents
            if one.kecamatan == kecamatan and one.kelurahan not in {PURWANTORO, DINOYO}
        ]
        for place in range(count):
            part = there[len(there) * place // count : len(there) * (place + 1) // count]
            home = part[0].kelurahan
            name = f"Kelompok {flowers[len(formed) % len(flowers)]} {town.kelurahan[home].name}"
            kind = GroupKind.KUBE if place == 1 else GroupKind.TRAINING
            formed.append((name, home, kind, _drawn(rng, part)))
    return formed


def _drawn(rng: Random, there: Sequence[Resident]) -> list[Resident]:
    """Draw 30 to 50 of these people, or as many as the few allow."""
    most = min(MOST, len(there))
    return rng.sample(there, rng.randint(min(LEAST, most), most))

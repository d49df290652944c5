"""The fifth step: what changed since people were enrolled, and to what they said yes."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.console.demo import consents
from jembol.console.demo.sign_ins import MALANG, MOJOKERTO
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.registry import actions as registry
from jembol.registry.choices import Channel, EnterpriseStatus, Purpose
from jembol.registry.models import ConsentText, Enterprise, Ownership

ASKED_DAYS_AGO: Final = 37
CHANGED_DAYS_AGO: Final = 14
CLOSED: Final = 2
WITHDRAWALS: Final = 3
# Others may write between two batches.
BATCH: Final = 50

_PURPOSES: Final = (Purpose.PROGRAMME, Purpose.CONTACT, Purpose.PHOTO, Purpose.PUBLICITY)
_CHANNELS: Final = (Channel.FIELD, Channel.FIELD, Channel.DESK, Channel.PAPER)


def live_on(stage: Stage) -> None:
    """Ask for consent, change numbers, pass enterprises on, and close a few."""
    given = 0
    for purpose, count in zip(_PURPOSES, stage.size.consents, strict=True):
        given += _ask(stage, purpose, count)
    _withdraw(stage)
    stage.tell(_("%(consents)d consents to the texts of version 1") % {"consents": given})
    _change_phones(stage)
    _pass_on(stage)
    _close(stage)


def _ask(stage: Stage, purpose: Purpose, count: int) -> int:
    """Record the yes of so many people; who said yes to one purpose is asked for the next."""
    text = ConsentText.objects.get(purpose=purpose, version=consents.VERSION, language="id")
    town = stage.towns[MALANG]
    # The same people first for each purpose: the fewer of a later purpose are among the earlier.
    asked = _in_lot_order(stage, town)[:count]
    rng = stage.lots("consents", purpose.value)
    for start in range(0, len(asked), BATCH):
        with transaction.atomic():
            for resident in asked[start : start + BATCH]:
                registry.give_consent(
                    person=resident.person,
                    text=text,
                    channel=rng.choice(_CHANNELS),
                    witness="Nur Kholifah (petugas contoh)",
                    by=stage.officer(town, ASKED_DAYS_AGO, door="field"),
                )
    return len(asked)


def _in_lot_order(stage: Stage, town: Town) -> list[Resident]:
    lots = stage.lots("order", town.code)
    return lots.sample(town.residents, len(town.residents))


@transaction.atomic
def _withdraw(stage: Stage) -> None:
    """Let the first few who agreed to photographs say no again."""
    town = stage.towns[MALANG]
    for resident in _in_lot_order(stage, town)[:WITHDRAWALS]:
        registry.withdraw_consent(
            person=resident.person,
            purpose=Purpose.PHOTO,
            channel=Channel.DESK,
            why="Tidak ingin fotonya dipasang lagi.",
            by=stage.officer(town, CHANGED_DAYS_AGO),
        )


@transaction.atomic
def _change_phones(stage: Stage) -> None:
    town = stage.towns[MALANG]
    for resident in _last(_in_lot_order(stage, town), stage.size.changes):
        registry.change(
            person=resident.person,
            changes={"phone": stage.numbers.phone()},
            why="Ganti nomor.",
            by=stage.officer(town, CHANGED_DAYS_AGO, door="field"),
        )


def _last(residents: Sequence[Resident], count: int) -> Sequence[Resident]:
    return residents[len(residents) - count :]


@transaction.atomic
def _pass_on(stage: Stage) -> None:
    """Pass enterprises from their owner to a neighbour of the same kelurahan."""
    town = stage.towns[MALANG]
    owned = _sole_enterprises(town)
    left = stage.size.successions
    for resident in _in_lot_order(stage, town):
        heir = _neighbour(town, resident)
        if left and heir is not None and resident.person.pk in owned:
            by = stage.officer(town, CHANGED_DAYS_AGO)
            registry.pass_on(
                enterprise=owned[resident.person.pk],
                from_=resident.person,
                to=heir.person,
                on=by.at.date(),
                why="Diteruskan karena pemilik lama pindah usaha.",
                by=by,
            )
            left -= 1


def _sole_enterprises(town: Town) -> dict[int, Enterprise]:
    """Return one enterprise of each owner, the first that was entered."""
    people = [resident.person.pk for resident in town.residents]
    rows = Ownership.objects.filter(person__in=people, ends_on=None).select_related("enterprise")
    return {row.person_id: row.enterprise for row in rows.order_by("-pk")}


def _neighbour(town: Town, resident: Resident) -> Resident | None:
    near = (
        one
        for one in town.residents
        if one.kelurahan == resident.kelurahan and one.person.pk != resident.person.pk
    )
    return next(near, None)


@transaction.atomic
def _close(stage: Stage) -> None:
    """Close a few enterprises of Mojokerto; those of Malang keep their documented number."""
    town = stage.towns[MOJOKERTO]
    there = Enterprise.objects.inside(town.area).order_by("pk")[:CLOSED]
    for enterprise in there:
        registry.change_enterprise(
            enterprise=enterprise,
            changes={"status": EnterpriseStatus.CLOSED},
            why="Tutup; pemilik bekerja di tempat lain.",
            by=stage.officer(town, CHANGED_DAYS_AGO),
        )

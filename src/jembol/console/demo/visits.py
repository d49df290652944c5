"""The last step: what the city promises, what is estimated, and visits of the last months.

The estimates are invented like everything here, and their source says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.console.demo.ground import OPENED_DAYS_AGO
from jembol.console.demo.sign_ins import DINOYO, MALANG, MOJOKERTO
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.journal.by import By
from jembol.kit.ids import new_ulid
from jembol.kit.reach import Reach
from jembol.outreach import actions as outreach
from jembol.outreach.choices import EstimateUnit, NeedKind, ReferralKind, VisitOutcome
from jembol.outreach.models import Promise, Visit
from jembol.outreach.queries.need_counts import unit_of
from jembol.outreach.rules import PARTS, Weight
from jembol.places.models import Area
from jembol.registry.models import Enterprise

PROMISE_DAYS: Final = 100
LAST_DAY: Final = 115
VISITED_OF_TEN: Final = 9
ESTIMATED_OF_TEN: Final = 7
# Others may write between two batches.
BATCH: Final = 20

_SOURCE: Final = "Angka karangan untuk kota contoh, bukan pendataan"
_WHY: Final = "Rapat bidang (contoh): janji kunjungan tiap RW."
_OUTCOMES: Final = (
    *(VisitOutcome.MET,) * 7, VisitOutcome.NOT_HOME, VisitOutcome.NOT_HOME, VisitOutcome.CLOSED,
)  # fmt: skip
_NEEDS: Final = (
    (NeedKind.TOOL, "oven yang lebih besar"),
    (NeedKind.SKILL, "ingin belajar menghias kue"),
    (NeedKind.LICENCE, "belum punya NIB"),
    (NeedKind.MARKET, "ingin titip jual di toko"),
    (NeedKind.PACKAGING, "kemasan dan merek"),
    (NeedKind.CAPITAL, "modal bahan baku"),
)
_REFERRALS: Final = (
    (ReferralKind.CLASS, "kelas kue kering berikutnya"),
    (ReferralKind.LICENCE, "mengurus NIB di kecamatan"),
    (ReferralKind.MENTOR, "menghitung harga jual"),
    (ReferralKind.TOOL, "meminjam alat bersama"),
)
_PROMISES: Final = (
    "Membawa formulir NIB", "Mengabari jadwal kelas", "Menanyakan oven bersama",
    "Datang lagi dengan pendamping",
)  # fmt: skip
_ADVICE: Final = ("", "Catat penjualan setiap hari.", "Pisahkan uang usaha dari uang rumah.")


def go_to_people(stage: Stage) -> None:
    """Promise visits, note estimates, and visit some RW in the months before today."""
    for town in stage.towns.values():
        _promise(stage, town)
        _estimate(stage, town)
        _Rounds(stage, town).go()
    stage.tell(
        _("%(visits)d visits, %(promises)d promises")
        % {"visits": Visit.objects.count(), "promises": Promise.objects.count()}
    )


def _promise(stage: Stage, town: Town) -> None:
    by = stage.officer(town, OPENED_DAYS_AGO)
    outreach.set_need_weights(
        city=town.area,
        weights={part.name: Weight(part.weight, part.full) for part in PARTS},
        unknown_percent=50,
        promise_days=PROMISE_DAYS,
        starts_on=by.at.date(),
        why=_WHY,
        by=by,
    )


def _estimate(stage: Stage, town: Town) -> None:
    """Note for seven RW of ten how many enterprises there are, as nobody counted."""
    known: dict[int, int] = defaultdict(int)
    for key in (
        Enterprise.objects.inside(town.area).order_by("pk").values_list("area_id", flat=True)
    ):
        known[unit_of(key)] += 1
    rng = stage.lots("estimates", town.code)
    areas = Area.objects.filter(pk__in={unit_of(one.person.area_id) for one in town.residents})
    numbers = [
        (area, known[area.key] + rng.randint(2, 25))
        for area in areas.order_by("key")
        if rng.randrange(10) < ESTIMATED_OF_TEN
    ]
    by = stage.officer(town, LAST_DAY)
    outreach.note_estimates(
        numbers=numbers, unit=EstimateUnit.ENTERPRISES, as_of=by.at.date(), source=_SOURCE, by=by
    )


class _Rounds:
    """The visits of one city."""

    def __init__(self, stage: Stage, town: Town) -> None:
        self.stage, self.town = stage, town
        self.rng: Random = stage.lots("visits", town.code)
        names = ("lapangan", "pelatihan") if town.code == MALANG else ("lapangan.mojokerto",)
        self.officers = {one.username: one for one in Officer.objects.filter(username__in=names)}

    def go(self) -> None:
        """Visit RW after RW, the oldest visit first."""
        planned = sorted(self._planned(), key=lambda one: -one[0])
        for start in range(0, len(planned), BATCH):
            with transaction.atomic():
                for days_ago, resident in planned[start : start + BATCH]:
                    self._visit(days_ago, resident)

    def _planned(self) -> list[tuple[int, Resident]]:
        """Return the days and whom: one or two neighbours on one day."""
        by_unit: dict[int, list[Resident]] = defaultdict(list)
        for resident in self.town.residents:
            if unit_of(resident.person.area_id):
                by_unit[unit_of(resident.person.area_id)].append(resident)
        units = sorted(by_unit)
        chosen = self.rng.sample(
            units, min(self.stage.size.visited, len(units) * VISITED_OF_TEN // 10)
        )
        planned = []
        for place, unit in enumerate(chosen):
            # A few in the running week, so that the board has something to show.
            days_ago = place % 3 if place < 6 else 3 + int(112 * self.rng.random() ** 1.5)
            them = self._first_of(by_unit[unit])
            planned += [(days_ago, resident) for resident in them]
        return planned

    def _first_of(self, residents: Sequence[Resident]) -> list[Resident]:
        return self.rng.sample(list(residents), min(len(residents), self.rng.choice((1, 1, 1, 2))))

    def _visit(self, days_ago: int, resident: Resident) -> None:
        by = self._by(resident, days_ago)
        outcome = self.rng.choice(_OUTCOMES)
        is_met = outcome is VisitOutcome.MET
        officer = next(one for one in self.officers.values() if one.pk == by.id)
        needs = [self.rng.choice(_NEEDS)] if is_met and self.rng.random() < 0.6 else []
        referrals = [self.rng.choice(_REFERRALS)] if is_met and self.rng.random() < 0.4 else []
        due_on = by.at.date() + timedelta(days=self.rng.randint(7, 30))
        promise = (
            (self.rng.choice(_PROMISES), due_on) if is_met and self.rng.random() < 0.5 else None
        )
        visit = outreach.note_visit(
            said=outreach.VisitSaid(
                key=new_ulid(by.at),
                at=by.at,
                officer=officer,
                area=resident.person.area,
                outcome=outcome,
                person=resident.person,
                needs=needs,
                referrals=referrals,
                promise=promise,
                advice=self.rng.choice(_ADVICE) if is_met else "",
            ),
            by=by,
        )
        self._answer(visit, resident, days_ago)

    def _answer(self, visit: Visit, resident: Resident, days_ago: int) -> None:
        """Let half of what was told come to something, some days later."""
        then = days_ago - self.rng.randint(5, 40)
        lots = [self.rng.random() < 0.5 for _one in range(3)]
        if then < 1:
            return
        by = self._by(resident, then)
        for need in visit.needs.all() if lots[0] else ():
            outreach.meet_need(need=need, how="Sudah dibantu (contoh).", by=by)
        for referral in visit.referrals.all() if lots[1] else ():
            outreach.close_referral(referral=referral, answer="Sudah diterima (contoh).", by=by)
        if lots[2] and Promise.objects.filter(visit=visit).exists():
            outreach.keep_promise(promise=visit.promise, by=by)

    def _by(self, resident: Resident, days_ago: int) -> By:
        """Return who goes there: the field officer on duty, else the training officer."""
        code = self.town.code
        is_dinoyo = resident.kelurahan == DINOYO
        name = (
            "lapangan.mojokerto" if code == MOJOKERTO else "lapangan" if is_dinoyo else "pelatihan"
        )
        officer = self.officers[name]
        area = resident.person.area if is_dinoyo else self.town.area
        return By(
            kind="officer",
            id=officer.pk,
            label=officer.name,
            at=self.stage.moment(days_ago, hour=self.rng.randint(9, 15)),
            door="field",
            reach=Reach.of([area.key]),
        )

"""The second step: people and enterprises, kelurahan by kelurahan, in short transactions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from jembol.console.demo.people import Invented, Quarter, people_of
from jembol.console.demo.sizes import evenly, further_quarters_of, quarters_of
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.console.demo.trades import Business, businesses_of, kbli_of
from jembol.journal.by import By
from jembol.places import actions as places
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.registry.models import Person

FIRST_DAYS_AGO: Final = 100
LAST_DAYS_AGO: Final = 40
# People of one transaction: other writers wait while it is written.
BATCH: Final = 100
FURTHER_BATCH: Final = 400
# Between two lines of progress lie at least so many people.
_STEP: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Round:
    """Quarters that are visited in one way, and whether their people are kept for later steps."""

    name: str
    quarters: Sequence[Quarter]
    most: int
    is_kept: bool


def fill_register(stage: Stage) -> None:
    """Enrol the people of both cities and enter their enterprises.

    Who may be drawn for groups and classes is kept on the stage; the further people of a large city
    are not, so that memory stays bounded.
    """
    for town in stage.towns.values():
        codes = list(town.kelurahan)
        rounds = (
            _Round("first", quarters_of(stage.size, town.code, codes), BATCH, is_kept=True),
            _Round(
                "further",
                further_quarters_of(stage.size, town.code, codes),
                FURTHER_BATCH,
                is_kept=False,
            ),
        )
        _Filling(stage, town).fill(rounds)


class _Filling:
    """Fills one town and tells how far it is."""

    def __init__(self, stage: Stage, town: Town) -> None:
        self.stage, self.town = stage, town
        self.people = self.enterprises = self.told = 0

    def fill(self, rounds: Sequence[_Round]) -> None:
        """Go from kelurahan to kelurahan, as officers would."""
        batches = [(one, batch) for one in rounds for batch in _batches(one)]
        span = FIRST_DAYS_AGO - LAST_DAYS_AGO
        for place, (round_, batch) in enumerate(batches):
            by = self.stage.officer(self.town, FIRST_DAYS_AGO - span * place // len(batches))
            residents = self._visit(round_, batch, by)
            if round_.is_kept:
                self.town.residents.extend(residents)
            self._tell(is_last=place == len(batches) - 1)

    def _visit(self, round_: _Round, batch: Sequence[Quarter], by: By) -> list[Resident]:
        lots = [self.stage.lots(round_.name, part.code, part.kampung, part.part) for part in batch]
        drawn = [
            people_of(rng, self.stage.numbers, part) for rng, part in zip(lots, batch, strict=True)
        ]
        enrolled = iter(self._enrol(batch, drawn, by))
        residents = [
            [Resident(next(enrolled), one, part.code, part.kampung) for one in invented]
            for part, invented in zip(batch, drawn, strict=True)
        ]
        rows = [
            _row(business, there)
            for rng, part, there in zip(lots, batch, residents, strict=True)
            for business in businesses_of(
                rng,
                self.stage.numbers,
                part,
                [one.invented for one in there],
                part.businesses,
            )
        ]
        registry.add_enterprises(rows, by=by)
        self.people += sum(map(len, residents))
        self.enterprises += len(rows)
        return [one for there in residents for one in there]

    def _enrol(
        self, batch: Sequence[Quarter], drawn: Sequence[Sequence[Invented]], by: By
    ) -> list[Person]:
        placed = [
            ((self.town.kelurahan[part.code].key, one.rw, one.rt), one)
            for part, invented in zip(batch, drawn, strict=True)
            for one in invented
        ]
        keys = places.bulk_rt(wanted={wanted for wanted, _one in placed}, by=by)
        areas = Area.objects.in_bulk(list(keys.values()))
        return registry.enrol_many(
            [_details(one, areas[keys[wanted]]) for wanted, one in placed], by=by
        )

    def _tell(self, *, is_last: bool) -> None:
        if not is_last and self.people - self.told < _STEP:
            return
        self.told = self.people
        self.stage.tell(
            _("%(city)s: %(people)s people and %(enterprises)s enterprises")
            % {
                "city": self.town.area.name,
                "people": f"{self.people:,}",
                "enterprises": f"{self.enterprises:,}",
            }
        )


def _batches(round_: _Round) -> Iterator[list[Quarter]]:
    """Put small quarters together and cut large ones, so that each batch holds about `most`."""
    batch: list[Quarter] = []
    for quarter in round_.quarters:
        for part in _parts(quarter, round_.most):
            if batch and sum(one.people for one in batch) + part.people > round_.most:
                yield batch
                batch = []
            batch.append(part)
    if batch:
        yield batch


def _parts(quarter: Quarter, most: int) -> list[Quarter]:
    """Return the quarter in parts that have at most so many people."""
    count = max(1, -(-quarter.people // most))
    shares = zip(evenly(quarter.people, count), evenly(quarter.businesses, count), strict=True)
    return [
        replace(quarter, people=people, businesses=businesses, part=place)
        for place, (people, businesses) in enumerate(shares)
    ]


def _details(one: Invented, area: Area) -> registry.PersonDetails:
    return registry.PersonDetails(
        name=one.name,
        area=area,
        sex=one.sex,
        born_on=one.born_on,
        birth_place=one.birth_place,
        phone=one.phone,
        address=one.address,
        education=one.education,
        has_disability=one.has_disability,
        nik=one.nik,
        kk=one.kk,
    )


def _row(
    business: Business, there: Sequence[Resident]
) -> tuple[registry.EnterpriseDetails, list[Person]]:
    owner = there[business.owner]
    kbli, edition = kbli_of(business)
    details = registry.EnterpriseDetails(
        name=business.name,
        area=owner.person.area,
        activity=business.trade.activity,
        product=business.product,
        status=business.status,
        nib=business.nib,
        kbli=kbli,
        kbli_edition=edition,
        phone=owner.invented.phone if business.nib else None,
        address=owner.invented.address,
        started_on=business.started_on,
    )
    return details, [owner.person]

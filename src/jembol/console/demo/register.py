"""The second step: people and enterprises, quarter by quarter, in short transactions."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
# Other writers wait while one chunk is written.
CHUNK: Final = 400
_STEP: Final = 10


def fill_register(stage: Stage) -> None:
    """Enrol the people of both cities and enter their enterprises.

    Who is drawn later for groups and classes is kept on the stage; the further people of a large
    city are not, so that memory stays bounded.
    """
    for town in stage.towns.values():
        codes = list(town.kelurahan)
        quarters = quarters_of(stage.size, town.code, codes)
        further = further_quarters_of(stage.size, town.code, codes)
        _Filling(stage, town, len(quarters) + len(further)).fill(quarters, further)


class _Filling:
    """Fills one town and tells how far it is."""

    def __init__(self, stage: Stage, town: Town, quarters: int) -> None:
        self.stage, self.town, self.quarters = stage, town, quarters
        self.visited = self.people = self.enterprises = 0

    def fill(self, quarters: Sequence[Quarter], further: Sequence[Quarter]) -> None:
        """Go from quarter to quarter, as officers would."""
        for quarter in quarters:
            self.town.residents.extend(self._visit(quarter, "quarter"))
        for quarter in further:
            # Written and let go, one chunk after the other.
            deque(self._visit(quarter, "further"), maxlen=0)

    def _visit(self, quarter: Quarter, round_: str) -> Iterator[Resident]:
        span = FIRST_DAYS_AGO - LAST_DAYS_AGO
        by = self.stage.officer(self.town, FIRST_DAYS_AGO - span * self.visited // self.quarters)
        for place, part in enumerate(_parts(quarter)):
            rng = self.stage.lots(round_, quarter.code, quarter.kampung, place)
            invented = people_of(rng, self.stage.numbers, part)
            people = self._enrol(invented, part, by)
            owners = [person.name for person in people]
            found = businesses_of(rng, self.stage.numbers, part, owners, part.businesses)
            rows = [(_details(one, people, invented), [people[one.owner]]) for one in found]
            registry.add_enterprises(rows, by=by)
            self.people += len(people)
            self.enterprises += len(found)
            for person, facts in zip(people, invented, strict=True):
                yield Resident(person, facts, quarter.code, quarter.kampung)
        self.visited += 1
        self._tell()

    def _enrol(self, invented: Sequence[Invented], quarter: Quarter, by: By) -> list[Person]:
        kelurahan = self.town.kelurahan[quarter.code]
        wanted = {(kelurahan.key, one.rw, one.rt) for one in invented}
        keys = places.bulk_rt(wanted=wanted, by=by)
        areas = Area.objects.in_bulk(list(keys.values()))
        rows = [
            registry.PersonDetails(
                name=one.name,
                area=areas[keys[kelurahan.key, one.rw, one.rt]],
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
            for one in invented
        ]
        return registry.enrol_many(rows, by=by)

    def _tell(self) -> None:
        is_last = self.visited == self.quarters
        if is_last or self.visited % _STEP == 0:
            self.stage.tell(
                _("%(city)s: %(people)s people and %(enterprises)s enterprises")
                % {
                    "city": self.town.area.name,
                    "people": f"{self.people:,}",
                    "enterprises": f"{self.enterprises:,}",
                }
            )


def _parts(quarter: Quarter) -> list[Quarter]:
    """Return the quarter in parts of at most one chunk."""
    count = max(1, -(-quarter.people // CHUNK))
    shares = zip(evenly(quarter.people, count), evenly(quarter.businesses, count), strict=True)
    return [replace(quarter, people=people, businesses=firms) for people, firms in shares]


def _details(
    business: Business, people: Sequence[Person], invented: Sequence[Invented]
) -> registry.EnterpriseDetails:
    owner, facts = people[business.owner], invented[business.owner]
    kbli, edition = kbli_of(business)
    return registry.EnterpriseDetails(
        name=business.name,
        area=owner.area,
        activity=business.trade.activity,
        product=business.product,
        status=business.status,
        nib=business.nib,
        kbli=kbli,
        kbli_edition=edition,
        phone=facts.phone if business.nib else None,
        address=facts.address,
        started_on=business.started_on,
    )

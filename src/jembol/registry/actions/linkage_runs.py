"""Searches of a city's whole register: begun, finished, and what they found noted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import AreaCode
from jembol.places.models import Area
from jembol.registry import events
from jembol.registry.actions.families import PEOPLE, Kind
from jembol.registry.choices import Answer
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import EnterpriseDoubt, LinkageRun, PersonDoubt
from jembol.registry.queries.identity import latest_enterprise_verdicts, latest_verdicts

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search says of the whole city.

    Attributes:
        records: How many people were compared.
        pairs: How many pairs of them may be one.
        remaining: Estimated number of records too many, with its 95 % interval.
        by_area: The same by key of kelurahan.
        by_source: The same by the door through which the later record came.
        model: What was learned.
    """

    records: int
    pairs: int
    remaining: float
    remaining_low: float
    remaining_high: float
    by_area: Mapping[str, float] = field(default_factory=dict)
    by_source: Mapping[str, float] = field(default_factory=dict)
    model: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin_run(*, city: Area, by: By) -> LinkageRun:
    """Note that the register of a city is searched, and its NIK are opened for that.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(city.key)
    run = LinkageRun.objects.create(area=city, started_at=by.at)
    record(events.LINKAGE_BEGUN, about=run, by=by, area=city.key)
    return run


@transaction.atomic
def finish_run(*, run: LinkageRun, findings: Findings, by: By) -> LinkageRun:
    """Keep what a search says, and drop the doubts of the city that it found no more.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(run.area_id)
    held = LinkageRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    for name in Findings.__dataclass_fields__:
        setattr(held, name, getattr(findings, name))
    held.finished_at = by.at
    held.save()
    # A doubt that somebody noted meanwhile is younger than the search and stays.
    gone = 0
    for doubts in (PersonDoubt.objects, EnterpriseDoubt.objects):
        fallen = doubts.inside(held.area).filter(found_at__lt=held.started_at)
        gone += fallen.delete()[0]
    record(
        events.LINKAGE_RUN,
        about=held,
        by=by,
        area=held.area_id,
        details={
            "records": held.records,
            "pairs": held.pairs,
            "remaining": round(findings.remaining, 1),
            "fell_away": gone,
        },
    )
    return held


@transaction.atomic
def note_doubts(found: Sequence[FoundPair], *, city: Area, by: By, of: Kind = PEOPLE) -> int:
    """Put pairs of one city into the queue, and return how many of them now wait there.

    Left out are pairs that somebody answered, and pairs that are one already. A pair about which
    nobody could tell stays if it waits again, and does not come back by itself.

    Args:
        found: The pairs.
        city: Where both of each stand.
        by: Who notes them.
        of: Pairs of people, or of enterprises.

    Raises:
        OutOfReach: the city or a row lies outside the actor's areas.
    """
    by.must_cover(city.key)
    held = _locked(of, {key for one in found for key in (one.low, one.high)})
    for row in held.values():
        by.must_cover(row.area_id)
    asked = _unanswered(of, [one for one in found if _is_open(one, held)])
    rows = [_row(of, one, held, by.at) for one in asked]
    of.doubts.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["low", "high"],
        update_fields=["area", "probability", "parts", "value", "found_at"],
    )
    record(
        events.DOUBTS_NOTED,
        about=("places.area", city.key),
        by=by,
        area=city.key,
        details={"found": len(found), "noted": len(rows)},
    )
    return len(rows)


def _locked(kind: Kind, keys: Collection[int]) -> dict[int, Any]:
    rows = kind.rows.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return {row.pk: row for row in rows.order_by("pk")}


def _is_open(one: FoundPair, held: Mapping[int, Any]) -> bool:
    """Whether both still stand in the register, as two."""
    low, high = held.get(one.low), held.get(one.high)
    if low is None or high is None:
        return False
    return bool((low.survivor_id or low.pk) != (high.survivor_id or high.pk))


def _unanswered(kind: Kind, found: Sequence[FoundPair]) -> list[FoundPair]:
    pairs = [(one.low, one.high) for one in found]
    verdicts = latest_verdicts(pairs) if kind is PEOPLE else latest_enterprise_verdicts(pairs)
    unsure = {pair for pair, answer in verdicts.items() if answer == Answer.UNSURE}
    waiting = kind.doubts.objects.filter(low__in={low for low, _high in unsure})
    again = unsure & set(waiting.values_list("low_id", "high_id"))
    return [one for one in found if (one.low, one.high) not in verdicts.keys() - again]


def _row(kind: Kind, one: FoundPair, held: Mapping[int, Any], at: datetime) -> Any:
    return kind.doubts(
        low_id=one.low,
        high_id=one.high,
        area_id=common_area(held[one.low].area_id, held[one.high].area_id),
        probability=one.probability,
        parts=[list(part) for part in one.parts],
        value=one.value,
        found_at=at,
    )


def common_area(one: int, other: int) -> int:
    """Return the key of the deepest area that holds both."""
    first, second = AreaCode.from_key(one), AreaCode.from_key(other)
    for level in range(min(first.level, second.level), 0, -1):
        above = first.at_level(level)
        if above is not None and above == second.at_level(level):
            return above.key
    return 0

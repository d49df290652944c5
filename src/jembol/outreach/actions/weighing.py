"""Set what a city's need map weighs and promises, and keep estimates with their source."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.outreach import errors, events
from jembol.outreach.choices import EstimateUnit
from jembol.outreach.models import AreaEstimate, NeedWeights
from jembol.outreach.queries.need import weighing_of
from jembol.outreach.rules.fairness import SHORTEST_PROMISE
from jembol.outreach.rules.need import BY_NAME, Weight
from jembol.places.choices import Level
from jembol.places.models import Area, City
from jembol.registry import rules

HIGHEST_WEIGHT: Final = 100
HIGHEST_FULL: Final = 10_000
LONGEST_PROMISE: Final = 730
MOST_COUNTED: Final = 1_000_000


@transaction.atomic
def set_need_weights(
    *,
    city: Area,
    weights: Mapping[str, Weight],
    unknown_percent: int,
    promise_days: int,
    starts_on: date,
    why: str,
    by: By,
) -> NeedWeights:
    """Set what a city weighs and promises from a day on; what held before stays for its days.

    Setting the same day again corrects it; the journal keeps both.

    Args:
        city: The city, as area.
        weights: By name of the part; a part that is left out gives no points.
        unknown_percent: Which percentage of its points a part gives while it is not known.
        promise_days: No area stays unvisited longer than this.
        starts_on: The first day.
        why: What was decided where.
        by: Who sets them.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
        WeightImpossible: a number is none that can be.
        DayPassed: the day lies before today.
        ValueMissing: no reason is given.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    by.must_cover(city.key)
    # Two who set the same day queue here; the later one corrects the earlier.
    City.objects.select_for_update().get(pk=city.pk)
    reason = rules.required_line(why, field="why", longest=300)
    _refuse_impossible(weights, unknown_percent, promise_days)
    if starts_on < timezone.localdate(by.at):
        raise errors.DayPassed(
            _("Days that are over keep what held on them. Choose today or a later day."),
            field="starts_on",
        )
    before = weighing_of(city.key, starts_on)
    row, _is_new = NeedWeights.objects.update_or_create(
        city=city,
        starts_on=starts_on,
        defaults={
            "parts": {name: [one.weight, one.full] for name, one in sorted(weights.items())},
            "unknown_percent": unknown_percent,
            "promise_days": promise_days,
            "set_at": by.at,
        },
    )
    details = {
        "starts_on": starts_on.isoformat(),
        "parts": [
            {name: [one.weight, one.full] for name, one in sorted(before.weights.items())},
            row.parts,
        ],
        "unknown_percent": [before.unknown_percent, unknown_percent],
        "promise_days": [before.promise_days, promise_days],
    }
    record(events.WEIGHTS_SET, about=row, by=by, area=city.key, why=reason, details=details)
    return row


def _refuse_impossible(
    weights: Mapping[str, Weight], unknown_percent: int, promise_days: int
) -> None:
    for name, one in weights.items():
        if name not in BY_NAME:
            raise errors.WeightImpossible(
                _("“%(name)s” is no part of the need.") % {"name": name}, field=name
            )
        if not (0 <= one.weight <= HIGHEST_WEIGHT and 1 <= one.full <= HIGHEST_FULL):
            raise errors.WeightImpossible(
                _("Give a weight from 0 to 100, and a number from 1 to 10,000."), field=name
            )
    if not any(one.weight for one in weights.values()):
        raise errors.WeightImpossible(_("Give at least one part a weight above 0."))
    if not 0 <= unknown_percent <= HIGHEST_WEIGHT:
        raise errors.WeightImpossible(_("Give a share from 0 % to 100 %."), field="unknown_percent")
    if not SHORTEST_PROMISE <= promise_days <= LONGEST_PROMISE:
        raise errors.WeightImpossible(
            _("Promise 14 to 730 days: a plan of a week cannot hold a shorter promise."),
            field="promise_days",
        )


@transaction.atomic
def note_estimates(
    *, numbers: Sequence[tuple[Area, int]], unit: str, as_of: date, source: str, by: By
) -> list[AreaEstimate]:
    """Keep how many there are in RW or kelurahan, as a source says of a day.

    The same source's word on the same area and day is corrected.

    Raises:
        OutOfReach: an area lies outside the actor's areas.
        EstimateImpossible: an area is neither RW nor kelurahan, or a number is none that can be.
        DayInFuture: the day lies ahead.
        ValueMissing: no source is named.
        TextTooLong: the source does not fit.
        TextUnreadable: the source holds signs that cannot be stored.
    """
    named = rules.required_line(source, field="source", longest=200)
    rules.past_day(as_of, today=timezone.localdate(by.at), field="as_of")
    for area, number in numbers:
        by.must_cover(area.key)
        _refuse_no_estimate(area, number)
    rows = []
    for area, number in sorted(numbers, key=lambda pair: pair[0].key):
        row, _is_new = AreaEstimate.objects.update_or_create(
            area=area,
            unit=EstimateUnit(unit),
            source=named,
            as_of=as_of,
            defaults={"number": number, "entered_at": by.at},
        )
        rows.append(row)
    record_many([_noted(row, by) for row in rows])
    return rows


def _refuse_no_estimate(area: Area, number: int) -> None:
    if area.level not in (Level.KELURAHAN, Level.RW):
        raise errors.EstimateImpossible(
            _("%(area)s is neither a kelurahan nor an RW.") % {"area": area.name}, field="numbers"
        )
    if not 0 <= number <= MOST_COUNTED:
        raise errors.EstimateImpossible(
            _("Give whole numbers from 0 to 1,000,000."), field="numbers"
        )


def _noted(row: AreaEstimate, by: By) -> Entry:
    details = {
        "unit": row.unit,
        "number": row.number,
        "as_of": row.as_of.isoformat(),
        "source": row.source,
    }
    return Entry(event=events.ESTIMATE_NOTED, about=row, by=by, area=row.area_id, details=details)

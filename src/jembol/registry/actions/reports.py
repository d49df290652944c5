"""What sources tell of enterprises: kept row by row, never overwritten."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.kit.point import Point
from jembol.registry import errors, events, rules
from jembol.registry.models import Enterprise, EnterpriseReport
from jembol.registry.telling import BESIDE, LASTING, YEARLY

BATCH: Final = 200
_FIRST_YEAR: Final = 1900
_MOST_MONEY: Final = 10**18
_MOST_WORKERS: Final = 10**6
_MONEY: Final = ("sales", "assets", "capital")
_WORKERS: Final = tuple(name for name in YEARLY if name.startswith(("paid_", "unpaid_")))
_TEXTS: Final[Mapping[str, int]] = {
    "sidt_id": 64, "legal_form": 120, "scale_label": 100, "kbli_category": 150, "photo": 500,
    "note": 1000, "source_page": 200,
}  # fmt: skip
_KNOWN: Final = frozenset({*YEARLY, *LASTING, *BESIDE})


@dataclass(frozen=True, slots=True)
class Telling:
    """What a source tells of an enterprise.

    Attributes:
        enterprise: Of which.
        values: Field to value; what is not told is left out, and zero is told.
        year: The year of the figures.
        as_of: The day on which it was so.
    """

    enterprise: Enterprise
    values: Mapping[str, Any]
    year: int
    as_of: date


@transaction.atomic
def report(*, telling: Telling, source: str, by: By, why: str = "") -> EnterpriseReport:
    """Keep what a source tells of an enterprise, beside what was told before.

    Raises:
        OutOfReach: the enterprise stands outside the actor's areas.
        ValueError: a name in the values is none of a report.
        ValueMissing: no source is named, or nothing is told.
        FigureImpossible: an amount, a number of workers, a year or a place cannot be.
        DayInFuture: the day lies ahead.
        TextTooLong: a text has more signs than its place.
        TextUnreadable: a text holds NUL or half a character.
    """
    return report_many([telling], source=source, by=by, why=why)[0]


@transaction.atomic
def report_many(
    tellings: Sequence[Telling], *, source: str, by: By, why: str = ""
) -> list[EnterpriseReport]:
    """Keep what a source tells of several enterprises, in order; all of it or nothing.

    Raises:
        Refusal: as `report`.
    """
    named = rules.required_line(source, field="source", longest=100)
    reason = rules.line(why, field="why", longest=1000)
    rows = [_row(telling, named, by) for telling in tellings]
    EnterpriseReport.objects.bulk_create(rows, batch_size=BATCH)
    record_many([_fact(events.ENTERPRISE_REPORTED, row, by, reason) for row in rows])
    return rows


@transaction.atomic
def withdraw_reports(keys: Collection[int], *, by: By, why: str) -> None:
    """Take out reports that were entered by mistake, as when an import is undone.

    Raises:
        OutOfReach: an enterprise stands outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    reason = rules.reason(why)
    found = EnterpriseReport.objects.select_for_update(of=("self",)).select_related("enterprise")
    rows = list(found.filter(pk__in=keys).order_by("pk"))
    for row in rows:
        by.must_cover(row.enterprise.area_id)
    entries = [_fact(events.REPORT_WITHDRAWN, row, by, reason) for row in rows]
    EnterpriseReport.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(entries)


def _row(telling: Telling, source: str, by: By) -> EnterpriseReport:
    by.must_cover(telling.enterprise.area_id)
    values = _checked(telling.values)
    today = timezone.localdate(by.at)
    rules.past_day(telling.as_of, today=today, field="as_of")
    for year in (telling.year, values.get("start_year")):
        if year is not None and not _FIRST_YEAR <= year <= today.year:
            raise _impossible("year", year)
    return EnterpriseReport(
        **values,
        enterprise=telling.enterprise,
        source=source,
        year=telling.year,
        as_of=telling.as_of,
        entered_at=by.at,
    )


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - _KNOWN):
        raise ValueError(f"no such value of a report: {', '.join(unknown)}")
    if not values:
        raise errors.ValueMissing(_("Nothing is told. Write at least one value."), field="values")
    found = dict(values)
    for name, longest in _TEXTS.items():
        if name in found:
            found[name] = rules.line(found[name], field=name, longest=longest)
    _refuse_beyond(found, _MONEY, _MOST_MONEY)
    _refuse_beyond(found, _WORKERS, _MOST_WORKERS)
    _refuse_other_month(found)
    _refuse_no_place(found)
    if found.get("disabled_within"):
        _refuse_more_than_all(found)
    return found


def _refuse_beyond(values: Mapping[str, Any], names: Sequence[str], most: int) -> None:
    for name in names:
        if name in values and not 0 <= values[name] <= most:
            raise _impossible(name, values[name])


def _refuse_other_month(values: Mapping[str, Any]) -> None:
    month = values.get("start_month")
    if month is not None and not (values.get("start_year") and 1 <= month <= 12):
        raise _impossible("start_month", month)


def _refuse_no_place(values: Mapping[str, Any]) -> None:
    pair = [values.get(name) for name in ("latitude", "longitude")]
    if pair == [None, None]:
        return
    try:
        Point(*pair)  # type: ignore[arg-type]  # half a pair is refused with the rest
    except (TypeError, ValueError):
        raise _impossible("latitude", pair) from None


def _refuse_more_than_all(values: Mapping[str, Any]) -> None:
    for name in _WORKERS:
        among, every = values.get(name), values.get(name.replace("disabled_", ""))
        if among is not None and every is not None and among > every:
            raise _impossible(name, among)


def _impossible(name: str, value: object) -> errors.FigureImpossible:
    return errors.FigureImpossible(
        _("“%(value)s” cannot be. Compare it with the source, or leave it blank.")
        % {"value": value},
        field=name,
    )


def _fact(event: str, row: EnterpriseReport, by: By, why: str) -> Entry:
    told = {name: getattr(row, name) for name in (*YEARLY, *LASTING, *BESIDE)}
    return Entry(
        event=event,
        about=("registry.enterprise", row.enterprise_id),
        by=by,
        area=row.enterprise.area_id,
        why=why,
        details={
            "source": row.source,
            "year": row.year,
            "as_of": row.as_of,
            **{name: value for name, value in told.items() if value is not None and value != ""},
        },
    )

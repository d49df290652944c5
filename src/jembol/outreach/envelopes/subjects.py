"""A visit as a row whose fields phones change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.kit.shaped_as_nik import without_niks
from jembol.outreach.actions import change_visit
from jembol.outreach.actions.visits import plain_changes, values_of
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.outreach.errors import NoSuchVisit, VisitUnreadable
from jembol.outreach.models import Visit
from jembol.sync.said import Said, plain
from jembol.sync.subjects import Past, Standing, Value, subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from django.utils.functional import Promise

    from jembol.journal.by import By
    from jembol.kit.reach import Reach

VISIT: Final = "outreach.visit"
LISTS: Final = {"needs": NeedKind, "referrals": ReferralKind}


@subject
class OfVisit:
    """A visit."""

    kind: str = VISIT
    words: str | Promise = gettext_lazy("Visit")
    fields: Mapping[str, str | Promise] = {
        "outcome": gettext_lazy("Outcome"),
        "advice": gettext_lazy("Advice"),
        "needs": gettext_lazy("Needs"),
        "referrals": gettext_lazy("Referrals"),
        "promise": gettext_lazy("Promise"),
    }
    secret: Collection[str] = frozenset()

    def hold(self, key: int) -> Standing:
        """Lock the visit.

        Raises:
            NoSuchVisit: there is none.
        """
        visit = Visit.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if visit is None:
            raise NoSuchVisit(_("There is no such visit in your areas."))
        past = [
            Past(one.version, one.until_at, one.values)
            for one in visit.versions.order_by("version")
        ]
        return Standing(visit.area_id, visit.version, values_of(visit), past)

    def now(self, keys: Sequence[int], reach: Reach) -> Mapping[int, Mapping[str, Value]]:
        """Return what visits in the reach are now."""
        rows = Visit.objects.within(reach).filter(pk__in=keys).order_by("pk")
        return {row.pk: values_of(row) for row in rows}

    def cleaned(self, values: Mapping[str, Value], by: By) -> dict[str, Value]:
        """Return values as they would be stored."""
        del by
        return plain_changes(_opened(values))

    def masked(self, field: str, value: Value) -> Value:
        """Return the value: nothing of a visit is masked."""
        del field
        return value

    def digest_of(self, field: str, value: Value) -> str:
        """Return a blank: nothing of a visit is secret."""
        del field, value
        return ""

    def typed(self, body: Mapping[str, Any], field: str) -> Value:
        """Return the value of a field as the body tells it."""
        part = body.get("changes")
        return part.get(field) if isinstance(part, dict) else ""

    def write(self, key: int, values: Mapping[str, Value], *, by: By, why: str) -> int:
        """Change the visit.

        Raises:
            VisitUnreadable: a value cannot be read.
        """
        changed = change_visit(visit=Visit(pk=key), changes=_opened(values), by=by, why=why)
        return changed.version

    def name_of(self, keys: Sequence[int], reach: Reach) -> Mapping[int, str]:
        """Return whom visits were about, or where if they live elsewhere by now, and when."""
        rows = Visit.objects.within(reach).filter(pk__in=keys).select_related("person", "area")
        return {
            row.pk: f"{_whom(row, reach)} · {date_format(row.at)}" for row in rows.order_by("pk")
        }

    def told(self, field: str, value: Value) -> str:
        """Return a value in words."""
        if not value:
            return _("nothing")
        if field == "outcome":
            return str(dict(VisitOutcome.choices).get(value, value))
        if field in LISTS:
            labels = dict(LISTS[field].choices)
            said = [(labels.get(one["kind"], one["kind"]), one["words"]) for one in value]
            return "; ".join(f"{label}: {words}" if words else str(label) for label, words in said)
        if field == "promise":
            day = parse_date(value["due_on"])
            return f"{value['words']} · {date_format(day) if day else value['due_on']}"
        return str(value)


def promise_of(told: Said) -> tuple[str, date]:
    """Return a promise's words and day.

    Raises:
        VisitUnreadable: it has no day.
    """
    day = told.day("due_on")
    if day is None:
        raise VisitUnreadable(_("Say until which day the promise holds."), field="promise")
    return without_niks(told.text("words")), day


def _whom(visit: Visit, reach: Reach) -> str:
    person = visit.person
    return person.name if person and reach.covers(person.area_id) else visit.area.name


def _opened(values: Mapping[str, Value]) -> dict[str, Any]:
    opened: dict[str, Any] = {}
    said = Said(values)
    for name, value in values.items():
        if name in LISTS:
            told = {one.word("kind"): without_niks(one.text("words")) for one in said.each(name)}
            opened[name] = sorted(told.items())
        elif name == "promise":
            part = said.part(name)
            opened[name] = promise_of(part) if part else None
        else:
            opened[name] = without_niks(plain(value))
    return opened

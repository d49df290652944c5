"""Visits, needs, referrals and promises as the desk's pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jembol.outreach.choices import VisitOutcome
from jembol.outreach.models import Need, Promise, Referral, Visit
from jembol.outreach.queries import open_needs, open_promises, open_referrals, waiting_since

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from jembol.kit.reach import Reach
    from jembol.registry.models import Enterprise, Person

TONES: Final = {
    VisitOutcome.MET: "good",
    VisitOutcome.NOT_HOME: "plain",
    VisitOutcome.REFUSED: "warn",
    VisitOutcome.MOVED: "warn",
    VisitOutcome.CLOSED: "warn",
}
WITH_WHOM: Final = ("visit__person", "visit__enterprise", "visit__officer", "area__parent__parent")
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a visit was about, as far as the reader may know."""

    person: Person | None = None
    enterprise: Enterprise | None = None


def whom(visit: Visit, reach: Reach) -> Whom:
    """Return whom a visit was about: somebody who lives outside the reader's areas has no name."""
    person, enterprise = visit.person, visit.enterprise
    return Whom(
        person if person and reach.covers(person.area_id) else None,
        enterprise if enterprise and reach.covers(enterprise.area_id) else None,
    )


def visits_shown(there: Reach, reach: Reach) -> VisitsShown:
    """Return the visits of an area, the newest first, as a sequence to cut."""
    rows = Visit.objects.within(there).select_related("officer", "person", "enterprise")
    return VisitsShown(rows.order_by("-at", "-pk"), reach)


@dataclass(frozen=True, slots=True)
class VisitsShown:
    """Visits with whom they were about; cutting it asks the database."""

    rows: QuerySet[Visit]
    reach: Reach

    def __getitem__(self, cut: slice) -> list[tuple[Visit, Whom, str]]:
        """Return the visits of this cut."""
        return [
            (visit, whom(visit, self.reach), TONES[VisitOutcome(visit.outcome)])
            for visit in self.rows[cut]
        ]


def waiting_in(there: Reach, reach: Reach, today: date) -> dict[str, Any]:
    """Return what waits in an area: promises, referrals and needs, each with whom it is about."""
    return {
        "promises": [
            (row, whom(row.visit, reach), row.due_on < today)
            for row in open_promises(there).select_related(*WITH_WHOM)[:MOST]
        ],
        "referrals": [
            (row, whom(row.visit, reach), row.at < waiting_since(today))
            for row in open_referrals(there).select_related(*WITH_WHOM)[:MOST]
        ],
        "needs": [
            (row, whom(row.visit, reach), False)
            for row in open_needs(there).select_related(*WITH_WHOM)[:MOST]
        ],
    }


Told = Need | Promise | Referral

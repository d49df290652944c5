"""The plan of a week in words: what a stop is, why it is in the plan, and why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jembol.methods.routing import Unserved, Why
from jembol.outreach.choices import MustWhy, Skill, StopKind, VisitOutcome
from jembol.outreach.queries.routes import place_in_words, reasons_in_words
from jembol.outreach.rules.routes import asked_by
from jembol.outreach.rules.week import Terms
from jembol.outreach.unvisited import in_words

if TYPE_CHECKING:
    from jembol.kit.reach import Reach
    from jembol.outreach.models import Stop
    from jembol.outreach.queries.week_plans import PlanTold, StopRow

MINUTE: Final = 60
TONES: Final[Mapping[str, str]] = {
    VisitOutcome.MET: "good",
    VisitOutcome.NOT_HOME: "warn",
    VisitOutcome.REFUSED: "warn",
    VisitOutcome.MOVED: "plain",
    VisitOutcome.CLOSED: "plain",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to say things about the stops of one plan.

    Attributes:
        officers: Names by key.
        stops: All stops of the plan by their name in the problem.
        point: Seconds of travel that a point of need is worth.
        people: Where the reader may know names.
    """

    officers: Mapping[str, str]
    stops: Mapping[str, Stop]
    point: int
    people: Reach

    @classmethod
    def of(cls, told: PlanTold, people: Reach) -> Words:
        """Return the words of a plan."""
        rows = [*(row for day in told.days for row in day.stops), *told.unserved]
        return cls(
            {str(one.officer_id): f"{one.number}. {one.officer.name}" for one in told.officers},
            {row.stop.ref: row.stop for row in rows},
            Terms.read(told.plan.terms).point_minutes * MINUTE,
            people,
        )

    def title(self, stop: Stop) -> str:
        """Return what a stop is: the place, and of whom where the reader may know that."""
        place = place_in_words(stop.area)
        if stop.kind == StopKind.SERVICE:
            name = stop.service.place if stop.service else ""
            return _("Service day %(name)s, %(place)s") % {"name": name, "place": place}
        name = self.name(stop)
        return f"{place}: {name}" if name else place

    def name(self, stop: Stop) -> str:
        """Return whom a stop is about; empty where the reader may not know, or nobody."""
        if stop.promise is None or not self.people.covers(stop.area_id):
            return ""
        visit = stop.promise.visit
        about = visit.person or visit.enterprise
        return "" if about is None else about.name

    def why(self, stop: Stop) -> list[str]:
        """Return why a stop is worth a visit, the weightiest reason first."""
        must = {
            MustWhy.PROMISED: _("A visit was promised."),
            MustWhy.FLOOR: _("The city promises that no RW is left unvisited this long."),
            MustWhy.SERVICE: _("A service day was announced."),
            MustWhy.HELD: _("A planner put it there by hand."),
        }
        said = [must[MustWhy(stop.must)]] if stop.must else []
        is_name = stop.kind == StopKind.PROMISE and not self.people.covers(stop.area_id)
        return [*said, *([] if is_name else reasons_in_words(stop))]

    def unserved(self, stop: Stop) -> str:
        """Return why nobody visits a stop."""
        if not stop.unserved:
            return _("Not planned yet.")
        told = {**stop.unserved, "why": Why(stop.unserved["why"])}
        skill, is_duty = asked_by(told["skill"] or "")
        if is_duty and not skill:
            return _("No officer of this plan has a duty there.")
        if skill in Skill.values:
            told["skill"] = str(Skill(skill).label)
        reason = Unserved(stop.ref, **told)
        return in_words(reason, stop=self._other, officer=self.officer, show=self._points)

    def officer(self, key: str | None) -> str:
        """Return an officer's name with the number of the plan."""
        return self.officers.get(key or "", "–")

    def _other(self, ref: str) -> str:
        found = self.stops.get(ref)
        return "–" if found is None else self.title(found)

    def _points(self, seconds: int) -> str:
        # The solver counts need in seconds of travel.
        number = -(-seconds // self.point)
        return ngettext("%(number)d point of need", "%(number)d points of need", number) % {
            "number": number
        }


def minutes_in_words(seconds: int | None) -> str:
    """Return a stretch of time in whole minutes."""
    minutes = round((seconds or 0) / MINUTE)
    return ngettext("%(number)d minute", "%(number)d minutes", abs(minutes)) % {"number": minutes}


def outcome_of(row: StopRow) -> tuple[str, str]:
    """Return what became of a planned stop, in a word with its tone."""
    if not row.outcome:
        return _("planned"), "info"
    return str(VisitOutcome(row.outcome).label), TONES[row.outcome]


def geo_of(stop: Stop) -> str:
    """Return the address by which a phone opens its own map at a stop (RFC 5870)."""
    return f"geo:{stop.lat:.5f},{stop.lon:.5f}"

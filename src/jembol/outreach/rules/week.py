"""What a week is planned by: its days, the hours of an officer, kinds of trade, and the ledger.

Fairness across kecamatan is a ledger over weeks, not a weight of one day: what a kecamatan had of
its need visited so far moves how much its need counts next time, within published bounds. Within
one week such multipliers would only oscillate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, time, timedelta
from typing import Any, Final, Self

from jembol.kit.working_days import HolidaysUnknown, is_working_day
from jembol.outreach.choices import NeedKind, ServiceKind, Skill, Trade

WEEKDAYS: Final = 5
FRIDAY: Final = 4
FAIREST: Final = 0.5
"""The least by which the need of a kecamatan is multiplied."""
MOST: Final = 4.0
"""The most."""
BEND: Final = 1.5
"""How sharply the multiplier answers to a share below the mean."""
WEEKS_REMEMBERED: Final = 8
"""Weeks that the ledger looks back."""

SKILL_FOR_NEED: Final[Mapping[str, Skill]] = {
    NeedKind.LICENCE: Skill.LICENCE,
    NeedKind.CAPITAL: Skill.FINANCE,
    NeedKind.MARKET: Skill.MEDIA,
    NeedKind.PACKAGING: Skill.MEDIA,
}
SKILL_FOR_SERVICE: Final[Mapping[str, Skill]] = {
    ServiceKind.NIB: Skill.LICENCE,
    ServiceKind.MEDIA_CLASS: Skill.MEDIA,
    ServiceKind.HAIRCUT: Skill.HAIR,
}

# Words of trades as people write them; the first list that has one of them decides.
_WORDS: Final = (
    (Trade.SHOP, ("toko", "kelontong", "kios", "pracangan", "sembako", "counter", "konter")),
    (
        Trade.COOK,
        (
            "kue", "masak", "makanan", "katering", "catering", "jajan", "camilan", "keripik",
            "tempe", "tahu", "roti", "minuman", "sambal", "warung", "bakso", "kuliner",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The numbers by which a planner has a week planned; they are kept with the plan.

    Attributes:
        point_minutes: Minutes of travel that one point of need is worth.
        area_minutes: How long a visit to an RW takes.
        promise_minutes: How long an appointment takes.
        slack_percent: Share of each half of a day that stays free for what happens.
        shop_from: Hour from which shopkeepers have time.
        shop_until: Hour at which they no longer have.
        cook_from: Hour from which cooks have time.
        cook_until: Hour at which they no longer have.
        is_fair: Whether the ledger counts.
        iterations: How long the solver looks; the same number gives the same plan.
    """

    point_minutes: int = 10
    area_minutes: int = 60
    promise_minutes: int = 30
    slack_percent: int = 8
    shop_from: str = "08:00"
    shop_until: str = "11:00"
    cook_from: str = "13:00"
    cook_until: str = "16:00"
    is_fair: bool = True
    iterations: int = 1500

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return the terms as they were kept; what did not exist then has its usual value."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def kept(self) -> dict[str, Any]:
        """Return the terms as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Hours:
    """The two halves of a day, around its rest."""

    starts_at: time
    rests_at: time
    resumes_at: time
    ends_at: time

    def halves(self, slack_percent: int) -> tuple[tuple[int, int], ...]:
        """Return each half in minutes of the day, shortened at its end by the slack."""
        found = []
        for begins, ends in ((self.starts_at, self.rests_at), (self.resumes_at, self.ends_at)):
            low, high = minute_of(begins), minute_of(ends)
            high -= (high - low) * slack_percent // 100
            if high > low:
                found.append((low, high))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Share:
    """What one kecamatan had of its need visited so far.

    Attributes:
        area: The key of the kecamatan.
        needed: Points of need that stood in the plans so far.
        served: Points of need that were planned to be visited.
        multiplier: By how much its need counts now.
    """

    area: int
    needed: int
    served: int
    multiplier: float = 1.0

    @property
    def share(self) -> float | None:
        """The served share, or None while nothing is known."""
        return self.served / self.needed if self.needed else None


def minute_of(hour: time) -> int:
    """Return the minute of the day."""
    return hour.hour * 60 + hour.minute


def hour_of(minute: int) -> time:
    """Return the hour of a minute of the day; what runs past midnight stops before it."""
    return time(*divmod(min(max(minute, 0), 24 * 60 - 1), 60))


def hour_named(text: str) -> int:
    """Return the minute of the day that "08:00" names."""
    return minute_of(time.fromisoformat(text))


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def days_left(starts_on: date, today: date) -> tuple[date, ...]:
    """Return the working days of a week that are not past.

    Holidays of a year whose decree is not at hand are taken for working days, because a plan must
    be possible in January too; the page says so.
    """
    week = (starts_on + timedelta(days=number) for number in range(WEEKDAYS))
    return tuple(day for day in week if day >= today and _is_open(day))


def _is_open(day: date) -> bool:
    try:
        return is_working_day(day)
    except HolidaysUnknown:
        return day.weekday() < WEEKDAYS


def trade_of(*words: str) -> Trade:
    """Return the kind of trade that an activity or a product names."""
    said = " ".join(words).casefold()
    parts = set(said.replace(",", " ").replace("/", " ").split())
    for trade, known in _WORDS:
        if parts & set(known):
            return trade
    return Trade.OTHER


def window_of(trade: Trade, terms: Terms) -> tuple[int, int] | None:
    """Return when people of a trade have time, in minutes of the day; None for the whole day."""
    windows = {
        Trade.SHOP: (terms.shop_from, terms.shop_until),
        Trade.COOK: (terms.cook_from, terms.cook_until),
    }
    if trade not in windows:
        return None
    begins, ends = windows[trade]
    return hour_named(begins), hour_named(ends)


def skill_for(needs: Iterable[str]) -> str:
    """Return the skill that somebody's open needs ask for, the first that has one."""
    found = [SKILL_FOR_NEED[kind] for kind in sorted(needs) if kind in SKILL_FOR_NEED]
    return found[0].value if found else ""


def skills_of_service(services: Iterable[str], officers: int) -> tuple[str, ...]:
    """Return for each officer of a service day the skill that this one must have.

    The services that ask for a skill come first; whoever is left over only helps.
    """
    asked = [SKILL_FOR_SERVICE[one].value for one in services if one in SKILL_FOR_SERVICE]
    return tuple((asked + [""] * officers)[: max(officers, len(asked))])


def with_multipliers(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Return the shares, each with (mean share / own share) ** 1.5 between one half and four.

    A kecamatan of which nothing is known counts as it is. Where nothing at all was served, all do.
    """
    given = tuple(shares)
    known = [one.share for one in given if one.share is not None]
    mean = sum(known) / len(known) if known else 0.0
    return tuple(
        Share(one.area, one.needed, one.served, _multiplier(mean, one.share)) for one in given
    )


def _multiplier(mean: float, share: float | None) -> float:
    if share is None or not mean:
        return 1.0
    if not share:
        return MOST
    answer: float = (mean / share) ** BEND
    return round(min(MOST, max(FAIREST, answer)), 3)

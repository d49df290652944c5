"""What a published rule asks of people, and whether somebody meets it.

A condition is data, so that the text which people read and the decision come from one place. What
the register does not tell is "not known": it is shown as that and refuses nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jembol.kit.area import AreaCode
from jembol.training.choices import Answer, ConditionKind

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register tells of somebody who wants a seat; None is "not known".

    Attributes:
        area: Key of where they live, as deep as it is known.
        sex: "L", "P" or empty.
        born_on: Day of birth.
        has_disability: Whether a disability was told.
        decile: Welfare decile of the family, as a source told it.
        has_business: Whether an enterprise stands in their name.
        last_came_on: Last day on which they came to a class of the same course.
        ever_came: Whether they ever came to a class.
    """

    area: int
    sex: str = ""
    born_on: date | None = None
    has_disability: bool | None = None
    decile: int | None = None
    has_business: bool = False
    last_came_on: date | None = None
    ever_came: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that the rule asks.

    Attributes:
        kind: What it is about.
        areas: Codes of areas, one of which must hold the person's place.
        low: Least age, or None.
        high: Highest age or decile, or None.
        months: How long ago the same course must lie.
    """

    kind: ConditionKind
    areas: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    months: int = 0

    def written(self) -> dict[str, Any]:
        """Return the condition as plain values."""
        return {
            "kind": self.kind.value,
            "areas": list(self.areas),
            "low": self.low,
            "high": self.high,
            "months": self.months,
        }


def read_conditions(data: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Return the conditions that were written as plain values."""
    return tuple(
        Condition(
            ConditionKind(one["kind"]),
            tuple(one.get("areas", ())),
            one.get("low"),
            one.get("high"),
            one.get("months", 0),
        )
        for one in data
    )


def answer(condition: Condition, facts: Facts, on: date) -> Answer:
    """Return whether somebody meets the condition on a day: the class's first."""
    return _ANSWERS[condition.kind](condition, facts, on)


def _yes(is_met: object) -> Answer:
    return Answer.MET if is_met else Answer.NOT_MET


def _lives_in(condition: Condition, facts: Facts, _on: date) -> Answer:
    spans = [AreaCode.parse(code).span for code in condition.areas]
    if any(low <= facts.area < high for low, high in spans):
        return Answer.MET
    # Somebody of whom only the city is known may live in one of its kecamatan.
    own_low, own_high = AreaCode.from_key(facts.area).span
    is_wider = any(own_low <= low and high <= own_high for low, high in spans)
    return Answer.UNKNOWN if is_wider else Answer.NOT_MET


def _is_woman(_condition: Condition, facts: Facts, _on: date) -> Answer:
    return _yes(facts.sex == "P") if facts.sex else Answer.UNKNOWN


def _is_of_age(condition: Condition, facts: Facts, on: date) -> Answer:
    if facts.born_on is None:
        return Answer.UNKNOWN
    age = age_on(facts.born_on, on)
    is_old_enough = condition.low is None or age >= condition.low
    return _yes(is_old_enough and (condition.high is None or age <= condition.high))


def _is_poor_enough(condition: Condition, facts: Facts, _on: date) -> Answer:
    if facts.decile is None or condition.high is None:
        return Answer.UNKNOWN
    return _yes(facts.decile <= condition.high)


def _came_long_ago(condition: Condition, facts: Facts, on: date) -> Answer:
    last = facts.last_came_on
    return _yes(last is None or _months_before(on, condition.months) >= last)


def _has_business(_condition: Condition, facts: Facts, _on: date) -> Answer:
    return Answer.MET if facts.has_business else Answer.UNKNOWN


def _has_none(_condition: Condition, facts: Facts, _on: date) -> Answer:
    return _yes(not facts.has_business)


_ANSWERS: Final = {
    ConditionKind.LIVES_IN: _lives_in,
    ConditionKind.WOMEN: _is_woman,
    ConditionKind.AGE: _is_of_age,
    ConditionKind.DECILE: _is_poor_enough,
    ConditionKind.NOT_AGAIN: _came_long_ago,
    ConditionKind.BUSINESS: _has_business,
    ConditionKind.NO_BUSINESS: _has_none,
}


def age_on(born_on: date, on: date) -> int:
    """Return the age in whole years on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _months_before(on: date, months: int) -> date:
    """Return the same day so many months earlier, the last of the month where there is none."""
    year, month = divmod(on.year * _MONTHS + on.month - 1 - months, _MONTHS)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(on.day, 28))


def condition_words(condition: Condition, names: Mapping[str, str]) -> str:
    """Return the condition in words, with areas by these names."""
    kind = condition.kind
    if kind == ConditionKind.LIVES_IN:
        places = ", ".join(names.get(code, code) for code in condition.areas)
        return _("Lives in %(places)s") % {"places": places}
    if kind == ConditionKind.AGE:
        return _age_words(condition)
    if kind == ConditionKind.DECILE:
        return _("Welfare decile (DTSEN) %(high)s or lower") % {"high": condition.high}
    if kind == ConditionKind.NOT_AGAIN:
        return ngettext(
            "Did not come to this course in the last month",
            "Did not come to this course in the last %(months)d months",
            condition.months,
        ) % {"months": condition.months}
    return str(_plain_words()[kind])


def _age_words(condition: Condition) -> str:
    words = {"low": condition.low, "high": condition.high}
    if condition.low is None:
        return _("At most %(high)s years old") % words
    if condition.high is None:
        return _("At least %(low)s years old") % words
    return _("%(low)s to %(high)s years old") % words


def _plain_words() -> dict[ConditionKind, str]:
    return {
        ConditionKind.WOMEN: _("Woman"),
        ConditionKind.BUSINESS: _("Has a business"),
        ConditionKind.NO_BUSINESS: _("Has no business yet"),
    }

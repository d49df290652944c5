"""Whether people meet the conditions of a class, condition by condition, with words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.training.choices import Answer, ConditionKind
from jembol.training.models import Class
from jembol.training.queries.room import facts_of, rule_of
from jembol.training.rules import Condition, Facts, answer, condition_words, read_conditions


@dataclass(frozen=True, slots=True)
class Met:
    """Whether one condition is met.

    Attributes:
        condition: What is asked.
        answer: Met, not met, or not known.
        words: What is asked, in words.
    """

    condition: Condition
    answer: Answer
    words: str


def eligibility(person: Person, training_class: Class, at: datetime) -> tuple[Met, ...]:
    """Return for each condition of the class whether the person meets it."""
    return eligibility_of([person.pk], training_class, at)[person.pk]


def eligibility_of(
    people: Collection[int], training_class: Class, at: datetime
) -> dict[int, tuple[Met, ...]]:
    """Return the same for many people with a fixed number of queries."""
    asked = conditions_of(training_class)
    if not asked:
        return dict.fromkeys(people, ())
    facts = facts_of(people, training_class, at)
    return {key: _met(asked, facts[key], training_class) for key in people}


def conditions_of(training_class: Class) -> tuple[tuple[Condition, str], ...]:
    """Return the conditions of a class with their words."""
    rule = rule_of(training_class)
    conditions = read_conditions(rule.conditions) if rule else ()
    names = names_of(code for condition in conditions for code in condition.areas)
    return tuple((condition, condition_words(condition, names)) for condition in conditions)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of areas by their codes."""
    rows = Area.objects.filter(code__in=set(codes)).order_by("pk")
    return dict(rows.values_list("code", "name"))


def unmet_by_place(training_class: Class, area: Area) -> tuple[str, ...]:
    """Return in words what a place alone already fails: all that a stranger may be told."""
    return tuple(
        words
        for condition, words in conditions_of(training_class)
        if condition.kind == ConditionKind.LIVES_IN
        and answer(condition, Facts(area.pk), training_class.starts_on) == Answer.NOT_MET
    )


def not_met(answers: Iterable[Met]) -> tuple[Met, ...]:
    """Keep the conditions that are not met; what is not known refuses nobody."""
    return tuple(one for one in answers if one.answer == Answer.NOT_MET)


def _met(
    asked: tuple[tuple[Condition, str], ...], facts: Facts, training_class: Class
) -> tuple[Met, ...]:
    return tuple(
        Met(condition, answer(condition, facts, training_class.starts_on), words)
        for condition, words in asked
    )

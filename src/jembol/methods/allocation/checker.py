"""Does a plan keep every published limit? Written without anything of the search.

Every plan passes here before it is given to anybody. Only plain dictionaries and counting, so that
it can be read beside the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jembol.methods.allocation.problem import Problem


@dataclass(frozen=True, slots=True)
class Violation:
    """One limit that a plan breaks.

    Attributes:
        limit: "applicant", "class", "eligible", "household", "group", "seats" or "stratum_cap".
        about: Whom or what it concerns.
    """

    limit: str
    about: str


def violations(problem: Problem, placed: Mapping[str, str]) -> list[Violation]:
    """Return every limit that the plan breaks; an empty list for a lawful plan.

    Minima of strata are not among them: where they cannot be reached a plan comes as near as it can
    and says so; see `shortfalls`.
    """
    known = {one.id: one for one in problem.applicants}
    classes = {one.id: one for one in problem.classes}
    found = [Violation("applicant", one) for one in placed if one not in known]
    found += [Violation("class", one) for one in set(placed.values()) if one not in classes]
    if found:
        return found
    pairs = {(applicant, training_class) for applicant, training_class, _ in problem.eligible}
    found += [
        Violation("eligible", one) for one, where in placed.items() if (one, where) not in pairs
    ]
    households = Counter(known[one].household for one in placed)
    found += [Violation("household", one) for one, n in households.items() if one and n > 1]
    found += _torn_groups(problem, placed)
    seats = Counter(placed.values())
    found += [Violation("seats", one) for one, n in seats.items() if n > classes[one].seats]
    strata = Counter((where, known[one].stratum) for one, where in placed.items())
    for (where, stratum), count in strata.items():
        cap = classes[where].stratum_cap
        if cap is not None and count > cap:
            found.append(Violation("stratum_cap", f"{where}: {stratum}"))
    return found


def _torn_groups(problem: Problem, placed: Mapping[str, str]) -> list[Violation]:
    where: dict[str, set[str | None]] = {}
    for one in problem.applicants:
        if one.group is not None:
            where.setdefault(one.group, set()).add(placed.get(one.id))
    return [Violation("group", group) for group, places in where.items() if len(places) > 1]


def value_of(problem: Problem, placed: Mapping[str, str]) -> int:
    """Return the value of a plan."""
    return sum(value for one, where, value in problem.eligible if placed.get(one) == where)


def shortfalls(problem: Problem, placed: Mapping[str, str]) -> dict[str, int]:
    """Return for each stratum below its minimum how many seats it lacks."""
    strata = Counter(one.stratum for one in problem.applicants if one.id in placed)
    return {
        stratum: least - strata[stratum]
        for stratum, least in sorted(problem.stratum_minimum.items())
        if strata[stratum] < least
    }

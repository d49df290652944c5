"""What is to be placed: applicants, classes, who may go where, and the published limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

LARGEST: Final = 10**9
"""Values beyond this would overflow the solver's whole numbers."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who would take one seat.

    Attributes:
        id: Different for everybody.
        stratum: Where they are counted, such as a kecamatan.
        household: All of one household get one seat at most; None where it is not known.
        group: All of one group sit in one class, or none of them sits; None for a single person.
    """

    id: str
    stratum: str
    household: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class with its seats.

    Attributes:
        id: Different for every class.
        seats: None or more.
        stratum_cap: Most seats that one stratum may have; None where there is no limit.
    """

    id: str
    seats: int
    stratum_cap: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan depends on, besides the seed.

    Attributes:
        applicants: In any order; it plays no part.
        classes: In any order.
        eligible: (applicant, class, value): who may go where, and what that is worth.
        stratum_minimum: Seats that a stratum gets at least, over all classes.
        placed_before: Applicant to class of an earlier plan that people have been told.
        move_price: Value that the plan must gain for each of them who loses that seat; None where
            nobody may lose it unless a limit leaves no other way.
    """

    applicants: tuple[Applicant, ...]
    classes: tuple[TrainingClass, ...]
    eligible: tuple[tuple[str, str, int], ...]
    stratum_minimum: Mapping[str, int] = field(default_factory=dict)
    placed_before: Mapping[str, str] = field(default_factory=dict)
    move_price: int | None = None


class NotAProblem(ValueError):
    """The input contradicts itself; the words name field and row, and the remedy."""


def checked(problem: Problem) -> Problem:
    """Return the problem when it is whole.

    Raises:
        NotAProblem: an id twice or unknown, a negative number, a value too large, or a pair twice.
    """
    applicants = _ids("applicants", (one.id for one in problem.applicants))
    classes = _ids("classes", (one.id for one in problem.classes))
    for row, one in enumerate(problem.classes, 1):
        _check_class(row, one)
    _check_eligible(problem, applicants, classes)
    strata = {one.stratum for one in problem.applicants}
    for stratum, least in problem.stratum_minimum.items():
        if least < 0:
            raise NotAProblem(
                f"stratum_minimum of {stratum!r} is {least}; give the number of seats, 0 or more"
            )
        if least and stratum not in strata:
            raise NotAProblem(
                f"stratum_minimum names {stratum!r}, which no applicant belongs to; take it out or"
                " mend its name"
            )
    _check_before(problem, applicants, classes)
    return problem


def _ids(field_name: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for row, one in enumerate(ids, 1):
        if not one:
            raise NotAProblem(f"{field_name}, row {row}, field id: is empty; give each its own id")
        if one in seen:
            raise NotAProblem(
                f"{field_name}, row {row}, field id: {one!r} stands there twice; keep one of them"
            )
        seen.add(one)
    return seen


def _check_class(row: int, one: TrainingClass) -> None:
    if one.seats < 0:
        raise NotAProblem(
            f"classes, row {row}, field seats: {one.seats} is below zero; give 0 for a class that"
            " takes nobody"
        )
    if one.stratum_cap is not None and one.stratum_cap < 0:
        raise NotAProblem(
            f"classes, row {row}, field stratum_cap: {one.stratum_cap} is below zero; leave it"
            " empty where there is no limit"
        )


def _check_eligible(problem: Problem, applicants: set[str], classes: set[str]) -> None:
    seen: set[tuple[str, str]] = set()
    for row, (applicant, training_class, value) in enumerate(problem.eligible, 1):
        if applicant not in applicants:
            raise NotAProblem(
                f"eligible, row {row}, field applicant: {applicant!r} is not among the applicants"
            )
        if training_class not in classes:
            raise NotAProblem(
                f"eligible, row {row}, field class: {training_class!r} is not among the classes"
            )
        if (applicant, training_class) in seen:
            raise NotAProblem(
                f"eligible, row {row}: {applicant!r} and {training_class!r} stand there twice; keep"
                " one of them"
            )
        if abs(value) > LARGEST:
            raise NotAProblem(
                f"eligible, row {row}, field value: {value} is beyond {LARGEST}; use a coarser unit"
            )
        seen.add((applicant, training_class))


def _check_before(problem: Problem, applicants: set[str], classes: set[str]) -> None:
    if problem.move_price is not None and not 0 <= problem.move_price <= LARGEST:
        raise NotAProblem(
            f"move_price is {problem.move_price}; give a value from 0 to {LARGEST}, or leave it out"
        )
    for applicant, training_class in problem.placed_before.items():
        if applicant not in applicants:
            raise NotAProblem(
                f"placed_before names applicant {applicant!r}, who is not among the applicants"
            )
        if training_class not in classes:
            raise NotAProblem(
                f"placed_before of {applicant!r}, field class: {training_class!r} is not among the"
                " classes"
            )

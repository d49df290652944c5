"""What a planner should know about a day: a warning, never a refusal."""

from datetime import date

import pytest

from jembol.kit.ramadan import is_ramadan
from jembol.training.rules import NoteKind, notes_on


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 4, 7), []),
        (date(2026, 4, 12), [NoteKind.SUNDAY]),
        (date(2026, 4, 3), [NoteKind.HOLIDAY]),
        (date(2026, 4, 5), [NoteKind.HOLIDAY, NoteKind.SUNDAY]),
        (date(2026, 2, 25), [NoteKind.RAMADAN]),
        (date(2035, 4, 3), [NoteKind.UNKNOWN_YEAR]),
    ],
    ids=["plain", "Sunday", "holiday", "holiday on a Sunday", "Ramadan", "unknown year"],
)
def test_a_day_is_told_by_what_is_known_of_it(day, kinds):
    assert [note.kind for note in notes_on(day)] == kinds


def test_a_holiday_is_named():
    assert notes_on(date(2026, 5, 1))[0].name == "Hari Buruh Internasional"


def test_ramadan_lasts_29_or_30_days_and_ends_at_the_feast_of_the_decree():
    days = [day for day in range(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
            if is_ramadan(date.fromordinal(day))]  # fmt: skip

    assert len(days) in {29, 30}
    # Idulfitri of the joint decree is 21 March 2026; by calculation a day is allowed either way.
    assert abs(days[-1] + 1 - date(2026, 3, 21).toordinal()) <= 1


def test_a_day_behind_the_calculation_is_unknown_not_free():
    assert is_ramadan(date(2100, 1, 1)) is None

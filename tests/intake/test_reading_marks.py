"""Marks of attendance say present, absent, or nothing that can be relied on."""

import pytest

from jembol.intake.marks import Mark, Presence, read_mark, read_marks


@pytest.mark.parametrize(
    "text",
    ["v", "V", "√", "✓", "hadir", "HADIR", "H", "1", "ya", "ttd", "Siti", "S. Aminah", "(v)"],
)
def test_ticks_words_and_signatures_are_present(text):
    assert read_mark(text).presence is Presence.PRESENT


@pytest.mark.parametrize(
    ("text", "reason"),
    [("-", ""), ("tidak", ""), ("Tidak Hadir", ""), ("alpa", ""), ("A", ""), ("0", ""),
     ("izin", "permission"), ("I", "permission"), ("sakit", "ill"), ("S", "ill")],
)  # fmt: skip
def test_words_of_absence_are_absent_with_their_reason(text, reason):
    assert read_mark(text) == Mark(Presence.ABSENT, reason)


@pytest.mark.parametrize("text", ["x", "X", "xx", "?", "12", "."])
def test_ambiguous_marks_stay_unknown(text):
    assert read_mark(text).presence is Presence.UNKNOWN


def test_a_blank_is_absent_only_beside_somebody_present():
    signed = [mark.presence for mark in read_marks(["v", "", "x"])]
    unsigned = [mark.presence for mark in read_marks(["", "", ""])]

    assert signed == [Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN]
    assert unsigned == [Presence.UNKNOWN] * 3

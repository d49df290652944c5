"""What a phone sent is shown in words, and nobody's number whole, wherever somebody wrote it."""

import pytest

from jembol.desk.envelope_words import said_in

NIK = "3573054505908001"


@pytest.mark.parametrize(
    "body",
    [
        {"nik": NIK},
        {"kk": NIK},
        {"advice": f"NIK 3573 0545 0590 8001 dicatat, {NIK}"},
        {"forms": [{"values": {"nomor": int(NIK), "lain": ["a", NIK], NIK: "x"}}]},
        {"was": {"name": NIK}, "changes": {"nik": NIK}},
    ],
)
def test_a_nik_in_a_record_is_shown_masked(body):
    told = str(said_in(body)).replace(" ", "")

    assert told.count("3573") >= 1
    assert "45059080" not in told


def test_other_words_and_numbers_are_shown_as_they_are():
    body = {"advice": "Buka 08.00", "phone": "081234567890", "position": {"lat": -7.94123456789}}

    assert [value for _where, value in said_in(body)] == list(map(str, [
        "Buka 08.00", "081234567890", -7.94123456789,
    ]))  # fmt: skip

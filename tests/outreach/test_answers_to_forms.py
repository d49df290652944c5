"""What was answered on a visit is judged again by the server, and never lost."""

import json
from datetime import date
from pathlib import Path

import pytest

from form_sheets import sheets
from jembol.outreach.form_reading import read_form
from jembol.outreach.rules.questions import FAULTS, Around, check

SHARED = json.loads(Path(__file__).with_name("answers.json").read_text())
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def form():
    return read_form(sheets(), name="x").content


def judged(form, sent, *, position=True, photos=0):
    return check(form, sent, Around(today=TODAY, has_position=position, photos=photos))


@pytest.mark.parametrize("vector", SHARED, ids=lambda one: one["why"])
def test_answers_are_kept_and_judged_as_the_shared_vectors_say(form, vector):
    found = judged(form, vector["sent"], position=vector["position"])

    expected = vector.get("server_values", vector["values"]) | vector.get("worked_out", {})
    assert found.values == expected
    faults = vector.get("server_faults", vector["faults"])
    assert {fault.name: fault.code for fault in found.faults} == faults
    assert set(faults.values()) <= set(FAULTS)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"pekerja": True}, "not-a-number"),
        ({"pekerja": 10**400}, "not-a-number"),
        ({"pekerja": {"a": 1}}, "not-a-number"),
        ({"pekerja": 2**60}, "not-whole"),
        ({"pekerja": "12:30"}, "not-a-number"),
        ({"nama_usaha": 7}, "not-a-text"),
        ({"nama_usaha": "x" * 2001}, "too-long"),
        ({"pirt": 5}, "not-a-day"),
        ({"sektor": ["makanan"]}, "not-a-choice"),
        ({"alat": "bor"}, "not-a-choice"),
        ({"alat": {"oven": 1}}, "not-a-choice"),
        ({"warna": "biru"}, "not-asked"),
    ],
)
def test_whatever_a_phone_sends_stays_with_the_reason(form, sent, code):
    base = {"nama_usaha": "A", "sektor": "makanan"}

    found = judged(form, base | sent)

    name = next(iter(sent))
    assert (found.values[name], [(one.name, one.code) for one in found.faults]) == (
        sent[name],
        [(name, code)],
    )


def test_a_place_and_a_photograph_are_those_of_the_visit():
    asked = read_form(
        sheets(*(["image", "foto", "Foto", "", "", "yes"], ["text", "a", "A"])), name="x"
    ).content

    without, with_one = (judged(asked, {}, photos=number).faults for number in (0, 1))

    assert ([one.code for one in without], [*with_one]) == (["required"], [])

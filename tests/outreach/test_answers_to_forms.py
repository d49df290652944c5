"""What was answered on a visit is judged again by the server, and never lost."""

import json
from datetime import date
from pathlib import Path

import pytest

from form_sheets import sheets
from jembol.outreach.form_reading import read_form
from jembol.outreach.queries import checked_answers
from jembol.outreach.rules.expressions import parse
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


NIK, MASKED = "3573054505908001", "3573••••••••8001"


@pytest.mark.parametrize(
    ("sent", "name", "kept"),
    [
        ({"upah": int(NIK), "pekerja": 1}, "upah", MASKED),
        ({"pekerja": int(NIK)}, "pekerja", MASKED),
        ({"pekerja": f"NIK {NIK}"}, "pekerja", f"NIK {MASKED}"),
        ({"warna": [{"a": NIK}]}, "warna", [{"a": MASKED}]),
        ({NIK: 1}, MASKED, 1),
    ],
)
def test_a_nik_does_not_stand_whole_in_any_answer(form, sent, name, kept):
    found = judged(form, {"nama_usaha": "A", "sektor": "makanan"} | sent)

    assert found.values[name] == kept
    assert (name, "nik") in [(fault.name, fault.code) for fault in found.faults]
    assert NIK not in json.dumps(found.values) + repr(found.faults)


def test_a_nik_that_is_put_together_does_not_stand_whole_either():
    items = [{"name": name, "type": "text"} for name in "ab"]
    items.append({"name": "c", "type": "calculate", "calculate": parse("concat(${a}, ${b})")})

    found = judged({"items": items}, {"a": NIK[:8], "b": NIK[8:]})

    assert (found.values["c"], found.faults[0].code) == (MASKED, "nik")


@pytest.mark.django_db
def test_a_nik_in_answers_to_an_unknown_form_does_not_stand_whole():
    said = [{"form": NIK, "version": 1, "values": {"a": NIK}}]

    found = checked_answers(said, area_key=3573050000000000, around=Around(today=TODAY))

    assert NIK not in json.dumps(found)
    assert [one["code"] for one in found[MASKED]["faults"]] == ["unknown-form", "nik"]


def test_texts_that_are_worked_out_from_each_other_do_not_grow():
    items = [{"name": "c0", "type": "text"}]
    for number in range(1, 5):
        parts = ", ".join([f"${{c{number - 1}}}"] * 30)
        tree = parse(f"concat({parts})")
        items.append({"name": f"c{number}", "type": "calculate", "calculate": tree})

    found = judged({"items": items}, {"c0": "x" * 2000})

    assert {len(value) for value in found.values.values()} == {2000}


def test_a_long_chain_of_questions_is_judged_from_either_end():
    items = [
        {"name": f"c{number}", "type": "calculate", "calculate": parse(f"${{c{number + 1}}} + 1")}
        for number in range(499)
    ]
    items.append({"name": "c499", "type": "integer"})

    assert judged({"items": items}, {"c499": 1}).values["c0"] == 500

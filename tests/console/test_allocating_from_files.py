"""`jembol tool allocate`: files in, files out."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

PROBLEM = {
    "applicants": [
        {"id": "a", "stratum": "X", "household": "h", "group": None},
        {"id": "b", "stratum": "X", "household": "h", "group": None},
        {"id": "c", "stratum": "Y", "household": None, "group": None},
        {"id": "d", "stratum": "Y"},
    ],
    "classes": [{"id": "k", "seats": 2, "stratum_cap": 0.5}, {"id": 7, "seats": 0}],
    "eligible": [["a", "k", 1684], ["b", "k", 1700.5], ["c", "k", 5], ["d", "k", 4]],
    "stratum_minimum": {"Y": 1},
}


def allocated(tmp_path, told, **options):
    path = tmp_path / "problem.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    out = tmp_path / "plan.json"
    call_command("tool", "allocate", str(path), out=out, language="en", **options)
    return json.loads(out.read_text(encoding="utf-8"))


def test_a_plan_with_value_bound_gap_and_a_reason_for_each_without_a_seat(tmp_path):
    plan = allocated(tmp_path, PROBLEM)

    assert plan["placed"] == {"b": "k", "c": "k"}
    assert (plan["value"], plan["bound"], plan["gap"]) == (1705.5, 1705.5, 0)
    assert plan["unplaced"] == {
        "a": "The household has its seat in k (b).",
        "d": "Y has the most seats it may have in k; the last of them went to value 5.0; yours is"
        " 4.0.",
    }


def test_the_same_input_and_seed_give_the_same_bytes(tmp_path):
    allocated(tmp_path, PROBLEM)
    first = (tmp_path / "plan.json").read_bytes()
    allocated(tmp_path, {**PROBLEM, "applicants": PROBLEM["applicants"][::-1]})

    assert (tmp_path / "plan.json").read_bytes() == first


def test_a_minimum_beyond_reach_is_told(tmp_path, capsys):
    plan = allocated(tmp_path, {**PROBLEM, "stratum_minimum": {"Y": 2}})

    assert plan["shortfalls"] == {"Y": 1}
    assert "Y: 1 seats below its minimum" in capsys.readouterr().err


def test_an_earlier_plan_is_kept(tmp_path):
    before = {"placed_before": {"a": "k"}}

    assert allocated(tmp_path, {**PROBLEM, **before})["placed"] == {"a": "k", "c": "k"}
    plan = allocated(tmp_path, {**PROBLEM, **before, "move_price": 16})
    assert (plan["placed"], plan["moved"]) == ({"b": "k", "c": "k"}, ["a"])


APPLICANTS = """id;kecamatan;household;group;priority;choices;lat;lon
1;Prajurit Kulon;;;10;"k;l";-7.47;112.43
2;Magersari;;;90;k;-7.47;112.43
3;Magersari;;;50;"l;k";-7.47;112.43
4;Kranggan;;;5;;;
"""
CLASSES = "id,seats,stratum_cap,lat,lon\nk,1,,-7.47,112.43\nl,1,1,-7.50,112.43\n"


def placed(tmp_path, applicants=APPLICANTS, classes=CLASSES, language="id"):
    files = (tmp_path / "applicants.csv", tmp_path / "classes.csv")
    for path, text in zip(files, (applicants, classes), strict=True):
        path.write_text(text, encoding="utf-8")
    out = tmp_path / "placed.csv"
    call_command("tool", "allocate", *map(str, files), out=out, language=language)
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_two_lists_give_a_list_with_reasons_in_indonesian(tmp_path):
    rows = {row["applicant"]: row for row in placed(tmp_path)}

    assert {one: row["class"] for one, row in rows.items()} == {
        "1": "",
        "2": "k",
        "3": "l",
        "4": "",
    }
    # The lowest pair is worth 1: 4 in l, second in the order of the classes but without a choice.
    assert rows["2"]["reason"].startswith("Mendapat tempat dengan nilai 86.")
    assert rows["4"]["reason"].startswith("Kelas penuh.")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ({"classes": {}}, "field classes is no list"),
        ({"applicants": [{"stratum": "X"}]}, "applicants, row 1, field id: is absent"),
        ({"applicants": [{"id": "a", "group": ["g"]}]}, "applicants, row 1, field group"),
        ({"applicants": [{"id": "a"}, {"id": "a"}]}, "applicants, row 2, field id: 'a'"),
        ({"classes": [{"id": "k", "seats": -1}]}, "classes, row 1, field seats: -1"),
        ({"classes": [{"id": "k", "seats": "2"}]}, "classes, row 1, field seats"),
        ({"classes": [{"id": "k", "seats": 2, "stratum_cap": -0.1}]}, "field stratum_cap: -0.1"),
        ({"eligible": [["a", "k"]]}, "eligible, row 1"),
        ({"eligible": [["z", "k", 1]]}, "eligible, row 1, field applicant: 'z'"),
        ({"eligible": [["a", "k", float("nan")]]}, "eligible, row 1, field value: nan"),
        ({"eligible": [["a", "k", None]]}, "eligible, row 1, field value"),
        ({"stratum_minimum": {"X": 1.5}}, "stratum_minimum of 'X'"),
        ({"stratum_minimum": {"Q": 1}}, "names 'Q'"),
    ],
)
def test_what_cannot_be_placed_says_what_to_mend(tmp_path, change, told):
    problem = change if isinstance(change, str) else {**PROBLEM, **change}

    with pytest.raises(CommandError, match=told) as refused:
        allocated(tmp_path, problem)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    ("applicants", "classes", "told"),
    [
        ("id,choices\n1,k\n", CLASSES, "applicants: column priority is absent"),
        ("id,priority\n1,many\n", CLASSES, "applicants, row 2, field priority: 'many'"),
        ("id,priority\n1\n", CLASSES, "applicants, row 2: has another number of cells"),
        ("id,priority,choices\n1,5,z\n", CLASSES, "applicants, row 2, field choices: 'z'"),
        ("id,priority,lat,lon\n1,5,nan,1\n", CLASSES, "applicants, row 2, field lat, lon"),
        (APPLICANTS, "id,seats\nk,-2\nl,1\n", "classes, row 1, field seats: -2"),
        (APPLICANTS, "id,seats,stratum_cap\nk,2,inf\n", "field stratum_cap: 'inf'"),
    ],
)
def test_lists_that_cannot_be_read_say_what_to_mend(tmp_path, applicants, classes, told):
    with pytest.raises(CommandError, match=told) as refused:
        placed(tmp_path, applicants, classes)

    assert refused.value.returncode == 2


def test_odd_options_are_refused(tmp_path):
    for name in ("seconds", "gap"):
        with pytest.raises(CommandError, match=f"--{name} is -1"):
            allocated(tmp_path, PROBLEM, **{name: -1.0})

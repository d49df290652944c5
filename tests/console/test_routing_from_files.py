"""`jembol tool route`: files in, files out."""

import json

import pytest
from django.core.management import CommandError, call_command

from jembol.console.programs import route

DAY = {
    "travel": [[0, 60, 900], [60, 0, 900], [900, 900, 0]],
    "officers": [{"id": 7, "start": 0, "end": None, "shift": [28800, 32400], "skills": ["jawa"]}],
    "stops": [
        {"id": "7", "node": 1, "prize": 600.5, "service": 1200, "windows": [[30000, 32000]]},
        {"id": "b", "node": 0, "prize": 1200, "service": 1200, "skill": "jawa", "area": "x"},
        {"id": "c", "node": 2, "prize": 300, "service": 1500, "skill": None, "required": False},
        {"id": "d", "node": 2, "prize": 900, "service": 0, "skill": "madura"},
    ],
    "travel_weight": 0.5,
}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Processes of their own cost a second each; one test below starts them."""
    monkeypatch.setattr(route, "in_processes", map)


def routed(tmp_path, told, **options):
    path = tmp_path / "problem.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    out = tmp_path / "plan.json"
    call_command("tool", "route", str(path), out=out, language="en",
                 **{"seconds": 0.1, **options})  # fmt: skip
    return json.loads(out.read_text(encoding="utf-8"))


def test_a_plan_with_times_and_a_reason_for_each_stop_left_out(tmp_path):
    plan = routed(tmp_path, DAY)

    assert plan["routes"] == [
        {"officer": 7, "shift": 0, "stops": ["b", "7"], "arrivals": [28800, 30060], "travel": 60,
         "ends": 31260}
    ]  # fmt: skip
    told = {one["stop"]: (one["reason"], one["instead_of"]) for one in plan["unserved"]}
    assert told == {
        "c": ("7 could come only in place of 7, and the plan would lose 720.5 by that.", "7"),
        "d": ("No officer who goes out can do what is needed here: madura.", None),
    }
    assert plan["objective"] == 0.5 * 60 + 300 + 900
    assert (plan["bound"], plan["reproducible"], plan["seconds"]) == (None, True, 0.1)


def test_the_same_input_and_seed_give_the_same_bytes_also_from_other_processes(
    tmp_path, monkeypatch
):
    routed(tmp_path, DAY)
    first = (tmp_path / "plan.json").read_bytes()
    monkeypatch.undo()
    routed(tmp_path, DAY)

    assert (tmp_path / "plan.json").read_bytes() == first


def test_progress_and_a_last_line_are_told(tmp_path, capsys):
    routed(tmp_path, DAY)

    told = capsys.readouterr().err
    assert "start 1 of 2, iteration 1 of" in told
    assert "2 visited, 2 left out" in told


def test_a_search_that_the_clock_ended_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(route, "CpuLimit", lambda _seconds: lambda: True)

    assert routed(tmp_path, DAY)["reproducible"] is False


def test_two_lists_give_a_list(tmp_path):
    stops, officers = tmp_path / "stops.csv", tmp_path / "officers.csv"
    stops.write_text(
        "id,lat,lon,need,minutes,windows\nrw1,-7.97,112.63,3,30,10:00-11:00\n"
        "rw2,-7.98,112.64,1,30,05:00-06:00\n",
        encoding="utf-8",
    )
    officers.write_text("id,lat,lon,shift\nsari,-7.98,112.63,08:00-12:00\n", encoding="utf-8")
    out = tmp_path / "routes.csv"

    call_command("tool", "route", str(stops), str(officers), out=out, seconds=0.1, language="en")

    assert out.read_text(encoding="utf-8").splitlines() == [
        "officer,order,stop,arrival,reason",
        "sari,1,rw1,10:00,",
        ",,rw2,,It cannot be visited at its hours within any shift.",
    ]


@pytest.mark.parametrize(
    ("told", "options", "words"),
    [
        ("nonsense", {}, "the problem is no JSON"),
        ({**DAY, "stops": [{"id": "a", "node": 9}]}, {}, "stops, row 1, field node: 9 is no node"),
        (DAY, {"seconds": -1.0}, "--seconds is -1.0"),
        (DAY, {"seconds": float("nan")}, "--seconds is nan"),
        (DAY, {"seed": -1}, "--seed is -1"),
    ],
)
def test_wrong_input_ends_with_status_two_and_one_line(tmp_path, told, options, words):
    with pytest.raises(CommandError, match=words) as refused:
        routed(tmp_path, told, **options)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_and_two_jsons_are_refused(tmp_path):
    for paths in (["absent.json"], ["a.json", "b.json", "c.json"], ["stops.csv"]):
        with pytest.raises(CommandError) as refused:
            call_command("tool", "route", *paths, out=tmp_path / "x", seconds=0.1)
        assert refused.value.returncode == 2


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(DAY), encoding="utf-8")

    with pytest.raises(CommandError, match=r"--out: .*; give a file that can be written"):
        call_command("tool", "route", str(path), out=tmp_path / "absent" / "x.json", seconds=0.1)

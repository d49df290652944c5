"""The three example lists, loaded in order, end as their hand-made truth files say."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jembol.intake.choices import RowState, Status
from jembol.registry.models import Person
from jembol.training.models import Attendance, Registration

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LISTS = (
    ("daftar-hadir-2017-perca-lukis-kain.xlsx", {"course": "kain-perca"}),
    ("daftar-hadir-2023-kue-kering.xls", {"course": "kue-kering"}),
    (
        "pendaftar-2024-kue-hias-dinoyo.csv",
        {"course": "kue-hias", "organiser": "candidate", "listed_is_present": False},
    ),
)


def truth_of(name):
    with (EXAMPLES / f"{name}.truth.csv").open(encoding="utf-8", newline="") as source:
        return [
            (line["sheet"], int(line["row"]), line["verdict"]) for line in csv.DictReader(source)
        ]


def load(desk, name, more):
    batch = desk.upload((EXAMPLES / name).read_bytes(), kind="attendance", name=name, source=name)
    plan = desk.plan(batch, **more)
    return batch, plan


@pytest.mark.django_db
def test_previews_and_stored_rows_are_those_of_the_truth(desk):
    for name, more in LISTS:
        batch, plan = load(desk, name, more)
        checked = desk.preview_of(batch, plan)
        previewed = [(row.sheet, row.number, str(row.verdict)) for row in desk.rows(checked)]
        people = Person.objects.count()

        stored = desk.commit(checked)

        truth = truth_of(name)
        assert previewed == truth
        assert [(row.sheet, row.number, str(row.verdict)) for row in desk.rows(stored)] == truth
        expected = Counter(verdict for _sheet, _row, verdict in truth)
        assert {verdict: stored.counts[verdict] for verdict in expected} == expected
        assert stored.status == Status.COMMITTED
        assert Person.objects.count() - people == expected["create"]


@pytest.mark.django_db
def test_the_first_list_brings_three_days_of_attendance(desk):
    name, more = LISTS[0]
    batch, plan = load(desk, name, more)

    stored = desk.commit(desk.preview_of(batch, plan))

    days = stored.training_class.sessions.order_by("number").values_list("on", flat=True)
    done = stored.rows.filter(state=RowState.DONE)
    marks = sum(len(row.days) for row in desk.rows(stored) if row.state == RowState.DONE)
    assert list(days) == [date(2017, 8, 8), date(2017, 8, 9), date(2017, 8, 10)]
    assert Registration.objects.count() == done.values("person").distinct().count()
    assert Attendance.objects.count() == marks > 60

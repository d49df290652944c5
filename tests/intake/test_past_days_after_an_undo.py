"""An import that is undone stood for some days, and those days still show it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from importing import csv_of

from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.past import enterprises_at, people_at

pytestmark = pytest.mark.django_db
ROWS = (
    ("Nama", "No HP", "Alamat", "Kelurahan", "Nama Usaha"),
    ("Rukmini", "0812-0000-0003", "Jl. C 3", "Dinoyo", "Batik Rukmini"),
    ("Budi", "0812-0000-0002", "", "Kauman", ""),
)


def stood_at(moment):
    people = people_at(moment).order_by("folded", "pk")
    shops = enterprises_at(moment).order_by("folded", "pk")
    return (
        [(row.name, row.address, row.area.name) for row in people.iterator()],
        [row.name for row in shops.iterator()],
    )


def test_the_days_between_an_import_and_its_undo_show_it(desk):
    start = desk.by.at
    enrol(
        details=PersonDetails(name="Rukmini", phone="+6281200000003", area=desk.areas.malang),
        by=desk.by,
    )
    desk.by = replace(desk.by, at=start + timedelta(days=1))
    batch = desk.store(csv_of(*ROWS))
    desk.by = replace(desk.by, at=start + timedelta(days=3))
    desk.undo(batch)

    before, between, after = (stood_at(start + timedelta(hours=hours)) for hours in (2, 50, 80))

    assert before == ([("Rukmini", "", desk.areas.malang.name)], [])
    assert between == (
        [("Budi", "", "Kauman"), ("Rukmini", "Jl. C 3", "Dinoyo")],
        ["Batik Rukmini"],
    )
    assert after == before

"""Counts by kelurahan add up, and lists come out as texts without a query for each row."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from jembol.kit.nik import Nik
from jembol.places.actions import rt_in
from jembol.registry.actions import EnterpriseDetails, add_enterprise, add_enterprises
from jembol.registry.models import Enterprise, Person
from jembol.registry.queries import (
    ENTERPRISE_COLUMNS,
    PEOPLE_COLUMNS,
    enterprise_rows,
    enterprises_by_kelurahan,
    people_by_kelurahan,
    people_rows,
)

NIK = "3573054508859901"  # invented, with our own serial number


def test_people_are_counted_in_the_kelurahan_of_their_rt(ground):
    for area in (ground.rt, ground.dinoyo, ground.merjosari, ground.malang, ground.miji):
        ground.enrol(area=area)

    counts = people_by_kelurahan(ground.malang, ground.by.reach)

    assert [(row.area_key, row.number) for row in counts] == [
        (0, 1),
        (ground.merjosari.key, 1),
        (ground.dinoyo.key, 2),
    ]
    assert sum(row.number for row in counts) == Person.objects.inside(ground.malang).count()


def test_counts_stay_within_reach_and_take_one_query(ground):
    ground.enrol(area=ground.rt)
    ground.enrol(area=ground.merjosari)
    dinoyo = ground.within(ground.dinoyo).reach

    with CaptureQueriesContext(connection) as captured:
        counts = people_by_kelurahan(ground.malang, dinoyo)

    assert [(row.area_key, row.number) for row in counts] == [(ground.dinoyo.key, 1)]
    assert len(captured) == 1


def test_enterprises_are_counted_apart(ground):
    siti = ground.enrol()
    rows = [(EnterpriseDetails(name="Kue", area=ground.dinoyo), [siti])] * 3
    add_enterprises(rows, by=ground.by)

    counts = enterprises_by_kelurahan(ground.malang, ground.by.reach)

    assert [(row.area_key, row.number) for row in counts] == [(ground.dinoyo.key, 3)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_person_as_texts_is_the_same_in_every_language(ground, language):
    person = ground.enrol(
        "Hj. Siti",
        area=ground.rt,
        sex="P",
        born_on=date(1985, 8, 5),
        birth_place="Malang",
        phone="081234567890",
        address="Jl. Gajayana 5",
        education="sma",
        has_disability=False,
        nik=Nik(NIK),
    )

    with translation.override(language):
        (row,) = people_rows(Person.objects.all())

    printed = f"P-{person.public_id[1:5]}-{person.public_id[5:9]}-{person.public_id[9]}"
    assert dict(zip(PEOPLE_COLUMNS, row.cells, strict=True)) == {
        "ID Jembol": printed,
        "Nama": "Hj. Siti",
        "NIK": "3573••••••••9901",
        "L/P": "P",
        "Tgl Lahir": "1985-08-05",
        "Tempat Lahir": "Malang",
        "No HP": "+6281234567890",
        "Alamat": "Jl. Gajayana 5",
        "RT": "2",
        "RW": "6",
        "Kelurahan": "Dinoyo",
        "Kecamatan": "Lowokwaru",
        "Pendidikan": "SMA/SMK",
        "Disabilitas": "Tidak",
    }


def test_what_is_not_known_is_empty(ground):
    ground.enrol("Sulastri", area=ground.malang)

    (row,) = people_rows(Person.objects.all())

    assert [text for text in row.cells if text][1:] == ["Sulastri"]


def test_an_enterprise_as_texts_names_its_owner(ground):
    siti = ground.enrol("Siti")
    details = EnterpriseDetails(
        name="Kue Siti", area=ground.dinoyo, product="kue", kbli="10710", kbli_edition="2020"
    )
    add_enterprise(details=details, owners=[siti], by=ground.by)

    (row,) = enterprise_rows(Enterprise.objects.all())
    cells = dict(zip(ENTERPRISE_COLUMNS, row.cells, strict=True))

    assert cells["Nama Pemilik"] == "Siti"
    assert cells["ID Jembol Pemilik"].replace("-", "") == siti.public_id
    assert (cells["KBLI"], cells["Edisi KBLI"], cells["Status"]) == ("10710", "2020", "Aktif")


def test_forty_rows_take_as_many_queries_as_four(ground):
    def count(number):
        areas = [
            rt_in(kelurahan=ground.dinoyo, rw=1, rt=place + 1, by=ground.by)
            for place in range(number)
        ]
        people = [ground.enrol(f"Warga {area.key}", area=area) for area in areas]
        rows = [(EnterpriseDetails(name="Kue", area=one.area), [one]) for one in people]
        shops = [shop.pk for shop in add_enterprises(rows, by=ground.by)]
        with CaptureQueriesContext(connection) as captured:
            keys = [one.pk for one in people]
            assert len(list(people_rows(Person.objects.filter(pk__in=keys)))) == number
            assert len(list(enterprise_rows(Enterprise.objects.filter(pk__in=shops)))) == number
        return len(captured)

    assert count(4) == count(40)

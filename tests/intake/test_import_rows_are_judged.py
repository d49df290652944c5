"""What a row may lack, what keeps it out, and what each problem tells."""

import pytest
from importing import csv_of

import city
from jembol.intake import actions, queries
from jembol.intake.choices import Severity
from jembol.registry.models import Enterprise, Person

pytestmark = pytest.mark.django_db
DEEP = f"{city.DINOYO}.006.002"


def one(desk, header, *row, kind="people"):
    """Store a list of one row; the row, and the person it made if any."""
    batch = desk.store(csv_of(header, row), kind=kind)
    (view,) = desk.rows(batch)
    return view, Person.objects.filter(pk=view.person_id).first()


@pytest.mark.parametrize(
    "nik",
    ["0", "-", "357305410790001", "35730541079000123", "3.57305E+15", "3573057307909001", "belum"],
)
def test_a_number_that_is_no_nik_costs_only_the_nik(desk, nik):
    row, person = one(desk, ("Nama", "NIK", "Kelurahan"), "Siti", nik, "Dinoyo")

    assert row.verdict == "create"
    assert (person.name, person.nik_digest, person.area.code) == ("Siti", "", city.DINOYO)
    assert {problem.severity for problem in row.problems} <= {Severity.WARNING}
    assert nik == "-" or (row.problems[0].column, row.problems[0].header) == ("B", "NIK")


def test_two_hundred_rows_with_the_nik_0_are_two_hundred_people(desk):
    lines = [(f"Orang {number}", "0", "Dinoyo") for number in range(200)]

    batch = desk.store(csv_of(("Nama", "NIK", "Kelurahan"), *lines))

    assert batch.counts["create"] == Person.objects.count() == 200


@pytest.mark.parametrize(
    ("header", "row", "column", "part"),
    [
        (("Nama", "NIK"), ("", "3573054107909001"), "A", "name is missing"),
        (("Nama", "NIK"), ("12345", "3573054107909001"), "A", "digits"),
        (("Nama", "Tgl Lahir"), ("Siti", "31/02/1990"), "B", "no such day"),
        (("Nama", "Tgl Lahir"), ("Siti", "01/01/2090"), "B", "born on 2090"),
        (("Nama", "Tgl Lahir"), ("Siti", "01/01/1890"), "B", "born on 1890"),
        (("Nama", "Kelurahan"), ("Siti", "Antahberantah"), "B", "No kelurahan"),
        (("Nama", "Alamat"), ("S" * 151, "Jl. A"), "A", "150 fit"),
    ],
)
def test_what_keeps_a_row_out_names_column_value_and_remedy(desk, header, row, column, part):
    view, person = one(desk, header, *row)

    (problem,) = [one for one in view.problems if one.severity == Severity.ERROR]
    assert (view.verdict, person) == ("error", None)
    assert (problem.column, problem.header) == (column, header["AB".index(column)])
    assert problem.value == row["AB".index(column)][:200]
    assert part in problem.what
    assert problem.remedy
    assert not Person.objects.exists()


def test_an_unknown_kelurahan_with_its_kecamatan_stands_in_the_kecamatan(desk):
    header = ("Nama", "Kelurahan", "Kecamatan")
    row, person = one(desk, header, "Siti", "Antahberantah", "Lowokwaru")

    assert (row.verdict, person.area.code) == ("create", "35.73.05")
    assert [problem.header for problem in row.problems] == ["Kelurahan"]


def test_somebody_from_another_city_is_not_put_into_a_kelurahan_of_the_same_name(desk):
    header = ("Nama", "Alamat", "Kelurahan", "Kota")
    row, person = one(desk, header, "Siti", "Jl. A", "Kauman", "Kota Mojokerto")

    assert (row.verdict, person.area.code) == ("create", city.MALANG)
    assert "not in this city" in row.problems[0].what


@pytest.mark.parametrize(
    ("header", "cells", "code"),
    [
        (("Nama", "RT/RW", "Kelurahan"), ("Siti", "002/006", "Dinoyo"), f"{city.DINOYO}.006.002"),
        (("Nama", "RT", "RW", "Kelurahan"), ("Siti", "2", "6", "Dinoyo"), f"{city.DINOYO}.006.002"),
        (("Nama", "RT", "RW", "Kelurahan"), ("Siti", "", "6", "Dinoyo"), f"{city.DINOYO}.006"),
        (("Nama", "RT/RW", "Kelurahan"), ("Siti", "2026-06-02", "Dinoyo"), city.DINOYO),
        (("Nama", "Alamat", "Kelurahan"), ("Siti", "Jl. A RT 2 RW 6", "Dinoyo"), DEEP),
        (("Nama", "Alamat"), ("Siti", "Jl. A"), city.MALANG),
    ],
)  # fmt: skip
def test_the_place_is_the_deepest_that_the_row_names(desk, header, cells, code):
    row, person = one(desk, header, *cells)

    assert (row.verdict, person.area.code) == ("create", code)


def test_place_and_date_of_birth_in_one_cell_are_two_facts(desk):
    row, person = one(desk, ("Nama", "TTL"), "Siti", "Kediri, 12 Maret 1990")

    assert (person.birth_place, str(person.born_on)) == ("Kediri", "1990-03-12")
    assert row.problems == []


def test_only_the_first_of_several_numbers_is_kept_and_that_is_told(desk):
    row, person = one(desk, ("Nama", "No HP"), "Siti", "0812-0000-0001 / 0857-0000-0002")

    assert person.phone == "+6281200000001"
    assert "several numbers" in row.problems[0].what


def test_the_guard_of_our_own_csv_is_taken_off(desk):
    _row, person = one(desk, ("Nama", "Alamat"), "Siti", "'=1+1")

    assert person.address == "=1+1"


def test_a_list_of_people_can_bring_their_enterprises(desk):
    header = ("Nama", "No HP", "Nama Usaha", "Produk", "Kelurahan")
    batch = desk.store(
        csv_of(header, ("Siti", "08120000001", "Dapur Siti", "Kue", "Dinoyo"),
               ("Siti", "08120000001", "Dapur Siti", "Kue", ""),
               ("Siti", "08120000001", "Jahit Siti", "Baju", ""))
    )  # fmt: skip

    owned = Person.objects.get().enterprises.order_by("pk")
    assert desk.verdicts(batch) == ["create", "unchanged", "update"]
    assert [(one.name, one.product) for one in owned] == [
        ("Dapur Siti", "Kue"),
        ("Jahit Siti", "Baju"),
    ]


def test_a_list_of_enterprises_joins_owners_and_changes_what_differs(desk):
    header = ("Nama Usaha", "Nama Pemilik", "No HP", "Produk", "Status", "Kelurahan")
    first = ("Dapur Siti", "Siti", "08120000001", "Kue", "buka", "Dinoyo")
    desk.store(csv_of(header, first), kind="enterprises")

    again = desk.store(
        csv_of(
            header,
            ("DAPUR SITI", *first[1:4], "tutup", "Dinoyo"),
            first[:1] + ("",) * 4 + ("Dinoyo",),
        ),
        kind="enterprises",
    )

    enterprise = Enterprise.objects.get()
    assert desk.verdicts(again) == ["update", "duplicate"]
    assert (enterprise.status, enterprise.owners.get().name) == ("closed", "Siti")
    assert again.rows.get(verdict="duplicate").candidates == [{"enterprise": enterprise.pk}]


def test_an_enterprise_without_an_owner_is_settled_as_the_one_that_is_there(desk):
    header = ("Nama Usaha", "Nama Pemilik", "No HP", "Produk", "Kelurahan")
    desk.store(
        csv_of(header, ("Dapur Siti", "Siti", "08120000001", "", "Dinoyo")), kind="enterprises"
    )
    again = desk.store(csv_of(header, ("Dapur Siti", "", "", "Kue", "Dinoyo")), kind="enterprises")
    row = again.rows.get()
    (there,) = queries.enterprises_of(row, desk.by.reach)

    actions.settle(row=row, same_as=None, same_enterprise=there, by=desk.by)

    assert Enterprise.objects.get().product == "Kue"
    assert desk.verdicts(again) == ["update"]
    desk.undo(again)
    assert Enterprise.objects.get().product == ""

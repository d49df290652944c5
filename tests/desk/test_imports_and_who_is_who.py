"""Rows of imports and people: what is shown of whom, and decisions about parked rows."""

import re

import pytest
from django.urls import reverse
from import_desk import ImportPages, csv_of

import city
from jembol.intake.choices import RowState
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.models import Person

NIK = "3573054107909901"  # invented: no kecamatan reaches the serial 9901 in a day
PHONE = "+6281200000001"
LIST = csv_of(
    ("Nama", "No HP", "Kelurahan"),
    ("Siti Aminah Rahayu", PHONE, "Dinoyo"),
    ("Rini Astuti", "", "Dinoyo"),
)


@pytest.fixture
def desk(db):
    city.build_areas()
    city.build_officers()
    return ImportPages("pelatihan")


def enrolled(name="Siti Aminah", code=city.DINOYO, **more):
    details = PersonDetails(name=name, area=city.area(code), **more)
    return enrol(details=details, by=city.system())


def parked_in(batch):
    return list(batch.rows.filter(state=RowState.PARKED).order_by("pk"))


def test_the_same_person_is_found_again_and_nobody_new_is_made(desk):
    siti = enrolled(phone=PHONE)
    batch = desk.stored(LIST)
    (row,) = parked_in(batch)

    answer = desk.post("desk:decision_create", batch, baris=row.pk, orang=siti.pk)

    row.refresh_from_db()
    assert (row.state, row.person) == (RowState.SETTLED, siti)
    assert answer.context["left"] == 0
    assert Person.objects.count() == 2


def test_somebody_new_is_made(desk):
    siti = enrolled(phone=PHONE)
    batch = desk.stored(LIST)
    (row,) = parked_in(batch)

    desk.post("desk:decision_create", batch, baris=row.pk, orang="")

    row.refresh_from_db()
    assert row.person not in (None, siti)
    assert Person.objects.count() == 3


def test_row_and_candidate_stand_side_by_side_with_the_reason(desk):
    siti = enrolled(phone=PHONE, birth_place="Malang")
    batch = desk.stored(LIST)

    shown = desk.get("desk:decision_create", batch).context

    (option,) = shown["options"]
    compared = {one.label: (one.ours, one.theirs, one.is_equal) for one in option.fields}
    assert option.person == siti
    assert len(option.reasons) == 1
    assert compared["Nama"] == ("Siti Aminah Rahayu", "Siti Aminah", False)
    assert compared["No. HP/WA"] == (PHONE, PHONE, True)
    assert compared["Tempat Lahir"] == ("", "Malang", None)


def test_the_second_of_two_officers_is_told_and_changes_nothing(desk):
    siti = enrolled(phone=PHONE)
    batch = desk.stored(LIST)
    (row,) = parked_in(batch)
    city.build_officer("pelatihan.dua", *city.OFFICERS["pelatihan"])
    second = ImportPages("pelatihan.dua")
    desk.post("desk:decision_create", batch, baris=row.pk, orang=siti.pk)

    answer = second.post("desk:decision_create", batch, baris=row.pk, orang="")

    (told,) = answer.context["messages"]
    row.refresh_from_db()
    assert told.level_tag == "warning"
    assert row.person == siti
    assert Person.objects.count() == 2


def test_an_answer_that_names_nobody_of_the_areas_is_none(desk):
    enrolled(phone=PHONE)
    stranger = enrolled("Siti Aminah", "35.76.01.1004")
    batch = desk.stored(LIST)
    (row,) = parked_in(batch)
    here = reverse("desk:decision_create", args=[batch.pk])

    for data in ({"baris": row.pk}, {"baris": row.pk, "orang": stranger.pk}, {"orang": ""}):
        assert desk.client.post(here, data).status_code == 404

    row.refresh_from_db()
    assert row.state == RowState.PARKED


def test_no_page_shows_a_whole_nik(desk):
    header = ("Nama", "NIK", "Kelurahan")
    rounded = f"{NIK[:-1]}"
    batch = desk.uploaded(csv_of(header, ("Siti", NIK, "Dinoyo"), ("Rini", rounded, "Dinoyo")))
    mapping = desk.text("desk:mapping_create", batch)
    batch = desk.stored(csv_of(header, ("Siti", NIK, "Dinoyo"), ("Rini", rounded, "Dinoyo")))

    pages = mapping + desk.text("desk:import_detail", batch)
    file = b"".join(desk.get("desk:import_detail", batch, "?unduh=csv")).decode()

    assert "3573••••••••9901" in pages
    assert not re.search(r"3573[0-9.\s]{8,}", pages + file)


def test_what_the_register_held_is_hidden_from_those_whose_area_is_smaller(desk):
    enrolled(phone=PHONE, code=city.PURWANTORO, address="Gang Rahasia 7")
    content = csv_of(("Nama", "No HP", "Alamat"), ("Siti Aminah", PHONE, "Jl. Kenanga 5"))
    batch = desk.checked(content, area=city.DINOYO)
    city.build_officer("pelatihan.dinoyo", "training", city.DINOYO)

    own = desk.text("desk:import_detail", batch)
    smaller = ImportPages("pelatihan.dinoyo").text("desk:import_detail", batch)

    assert "Gang Rahasia 7" in own
    assert "Gang Rahasia 7" not in smaller
    assert "Jl. Kenanga 5" in smaller


def test_rows_are_filtered_by_what_they_do(desk):
    enrolled(phone=PHONE)
    batch = desk.checked(LIST)

    def shown(query):
        context = desk.get("desk:import_detail", batch, query).context
        return [str(each["shown"].view.verdict) for each in context["rows"]]

    assert shown("") == ["duplicate", "create"]
    assert shown("?hasil=create") == ["create"]
    assert shown("?keadaan=parked") == []
    assert shown("?hasil=nonsense") == ["duplicate", "create"]


def test_the_auditor_sees_an_import_and_none_of_its_buttons(desk):
    batch = desk.stored(LIST)

    page = ImportPages("auditor").text("desk:import_detail", batch)

    assert "Rini Astuti" in page
    assert not re.search(r"/(pembatalan|penyimpanan|keputusan|kolom|salah)/", page)


def test_a_list_of_many_rows_is_read_page_by_page(desk):
    rows = [(f"Warga {number:03}", "", "Dinoyo") for number in range(120)]
    batch = desk.checked(csv_of(("Nama", "No HP", "Kelurahan"), *rows))
    seen, query = [], "?"
    while query:
        context = desk.get("desk:import_detail", batch, query).context
        seen += [each["shown"].view.name for each in context["rows"]]
        query = context["listing"].page.next

    assert seen == [name for name, _phone, _place in rows]

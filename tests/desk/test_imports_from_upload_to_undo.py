"""A list through its pages: sent, its columns chosen, checked, stored, taken back."""

import io

import openpyxl
import pytest
from django.urls import reverse
from import_desk import ImportPages, csv_of, work

import city
from jembol.intake.choices import Kind, Status
from jembol.intake.models import Import
from jembol.intake.templates import template_for
from jembol.outbox.models import Job
from jembol.registry.models import Person

NIK = "3573054107909901"  # invented: no kecamatan reaches the serial 9901 in a day
HEADER = ("Nama", "NIK", "No HP", "Kelurahan")
PEOPLE = csv_of(
    HEADER,
    ("Siti Aminah", NIK, "0812-0000-0001", "Dinoyo"),
    ("Hasan", "12345", "", "Tidak Ada"),
    ("", "", "0812-0000-0002", "Dinoyo"),
)


@pytest.fixture
def desk(db):
    city.build_areas()
    city.build_officers()
    return ImportPages("pelatihan")


def test_a_list_is_sent_checked_stored_and_taken_back(desk):
    batch = desk.stored(PEOPLE)
    stored = (batch.status, Person.objects.count())

    answer = desk.post("desk:return_create", batch, why="salah berkas")
    work()

    batch.refresh_from_db()
    assert stored == (Status.COMMITTED, 1)
    assert answer.redirect_chain[-1][0] == reverse("desk:import_detail", args=[batch.pk])
    assert (batch.status, Person.objects.count()) == (Status.UNDONE, 0)
    again = reverse("desk:storage_create", args=[batch.pk])
    assert f'action="{again}"' in desk.text("desk:import_detail", batch)


def test_an_undo_asks_for_its_reason(desk):
    batch = desk.stored(PEOPLE)

    answer = desk.post("desk:return_create", batch, why="")

    batch.refresh_from_db()
    assert answer.context["form"].errors["why"]
    assert batch.status == Status.COMMITTED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("daftar.xlsx", b"PK\x03\x04 this is no workbook"),
        ("daftar.csv", b"%PDF-1.7 daftar"),
        ("daftar.csv", b"Nama,NIK\nSiti\x00,1\n"),
        ("daftar.csv", b"\n\n,,,\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk, name, content):
    answer = desk.send(content, name=name)

    (error,) = answer.context["form"].errors["file"]
    assert answer.status_code == 200
    assert len(error.split()) > 5
    assert "%(" not in error
    assert not Import.objects.exists()


def test_a_file_that_is_too_big_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setattr("jembol.desk.intake_forms.MAX_UPLOAD_BYTES", 20)

    answer = desk.send(PEOPLE)

    assert answer.context["form"].errors["file"]
    assert not Import.objects.exists()


def test_a_list_is_sent_only_for_an_area_of_duty(desk):
    answer = desk.send(PEOPLE, area="35.76")

    assert answer.context["form"].errors["area"]
    assert not Import.objects.exists()


def test_columns_chosen_once_are_proposed_for_the_next_list_of_the_source(desk):
    first = desk.uploaded(csv_of(("Yth", "Sandi"), ("Siti Aminah", "Jl. Kenanga 5")))
    desk.post("desk:mapping_create", first, table_0="on", column_0_0="name", column_0_1="address")

    second = desk.uploaded(csv_of(("Yth", "Sandi"), ("Rini", "Jl. Mawar 1")))

    shown = desk.get("desk:mapping_create", second)
    assert shown.context["form"]["column_0_1"].value() == "address"
    assert shown.context["tables"][0].view.outline.is_remembered


def test_a_field_on_two_columns_is_refused_on_the_page(desk):
    batch = desk.uploaded(PEOPLE)

    answer = desk.post("desk:mapping_create", batch, **desk.mapped_as(batch, column_0_2="name"))

    batch.refresh_from_db()
    assert answer.context["form"].non_field_errors()
    assert batch.status == Status.UPLOADED


def test_a_text_table_is_read_again_with_another_delimiter(desk):
    batch = desk.uploaded("Nama|Alamat\nSiti|Jl. Mawar; 5\nRini|Jl. Kenanga\n".encode("cp1252"))
    assert batch.delimiter == "|"

    desk.post("desk:reading_create", batch, encoding="utf-8", delimiter=";")

    batch.refresh_from_db()
    assert (batch.encoding, batch.delimiter) == ("utf-8", ";")


def test_the_bad_rows_are_as_many_as_the_page_says(desk):
    batch = desk.checked(PEOPLE)

    table = b"".join(desk.get("desk:bad_row_list", batch)).decode("utf-8-sig").splitlines()
    with io.BytesIO(b"".join(desk.get("desk:bad_row_list", batch, "?unduh=xlsx"))) as content:
        sheet = list(openpyxl.load_workbook(content).active.iter_rows(values_only=True))

    (figure,) = [
        one
        for one in desk.get("desk:import_detail", batch).context["figures"]
        if "hasil=error" in one["link"]
    ]
    assert figure["value"] == len(table) - 1 == len(sheet) - 1 == 2
    assert sheet[0][:4] == HEADER
    assert sheet[1][0] == "Hasan"


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_our_own_empty_list_comes_back_without_a_question(desk, kind, ending):
    address = f"{reverse('desk:template_list')}?jenis={kind}&unduh={ending}"
    answer = desk.client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content

    batch = desk.uploaded(content, kind=kind, name=f"contoh.{ending}")

    (table,) = batch.tables
    assert table["header"] == list(template_for(kind).header)
    assert len(table["columns"]) == len(table["header"])


def test_a_page_that_watches_the_work_stops_asking_when_it_has_ended(desk):
    batch = desk.uploaded(PEOPLE)
    desk.post("desk:mapping_create", batch, **desk.mapped_as(batch))
    asked = {"HX-Request": "true", "HX-Target": "import"}

    during = desk.get("desk:import_detail", batch, **asked)
    work()
    after = desk.get("desk:import_detail", batch, **asked)

    assert (during.status_code, after.status_code) == (200, 286)
    assert b"every 1s" in during.content
    assert b"every 1s" not in after.content
    assert b"<html" not in after.content


def test_a_check_whose_worker_gave_up_can_be_asked_for_again(desk):
    batch = desk.uploaded(PEOPLE)
    desk.post("desk:mapping_create", batch, **desk.mapped_as(batch))
    Job.objects.update(state="failed", error="out of memory")

    page = desk.text("desk:import_detail", batch)
    desk.post("desk:check_create", batch)
    work()

    batch.refresh_from_db()
    assert "out of memory" in page
    assert batch.status == Status.PREVIEWED


def test_an_attendance_list_asks_for_its_class(desk):
    content = csv_of(("Nama", "Kelurahan", "Hadir"), ("Siti Aminah", "Dinoyo", "v"))
    batch = desk.uploaded(content, kind="attendance")

    answer = desk.post("desk:mapping_create", batch, **desk.mapped_as(batch), class_id="0")

    assert {"course", "title", "day_1"} <= answer.context["plan"].errors.keys()
    batch.refresh_from_db()
    assert batch.status == Status.UPLOADED


def test_an_import_of_a_whole_city_is_not_there_for_an_officer_of_one_kelurahan(desk):
    batch = desk.checked(PEOPLE)
    city.build_officer("pelatihan.purwantoro", "training", city.PURWANTORO)

    answer = ImportPages("pelatihan.purwantoro").get("desk:import_detail", batch)

    assert answer.status_code == 404

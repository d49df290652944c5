"""Upload, columns, preview, bad rows: what the officer sees before anything is stored."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from importing import csv_of, plan_for

from jembol.intake import actions, queries
from jembol.intake.choices import Status
from jembol.intake.errors import ClassUnclear, ColumnsUnclear, FileTypeUnknown, NotNow
from jembol.intake.models import Import, ImportRow, RememberedMapping
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.registry.models import Person
from jembol.training.models import Class, Roll

pytestmark = pytest.mark.django_db
HEADER = ("Nama", "NIK", "No HP", "Kelurahan")
CANARY = "Kenari Rahasia"
NIK = "3573054107909001"  # serial above 9000: invented


def test_a_preview_changes_nothing_but_the_import(desk):
    batch = desk.preview(csv_of(HEADER, ("Siti", NIK, "0812-0000-0001", "Dinoyo")))

    assert (batch.status, batch.counts["create"], batch.counts["waiting"]) == ("previewed", 1, 1)
    assert not Person.objects.exists()
    assert not Fact.objects.filter(event__startswith="registry.").exists()


def test_nothing_that_a_list_says_of_people_lies_open_in_the_database(desk):
    batch = desk.preview(
        csv_of(HEADER, (CANARY, NIK, "0812-0000-0001", "Dinoyo"), ("", "", CANARY, ""))
    )

    stored = [value for row in ImportRow.objects.values_list() for value in row]
    stored += list(Import.objects.filter(pk=batch.pk).values_list()[0])
    told = b"\n".join(
        bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in stored
    )
    assert CANARY.encode() not in told
    assert NIK.encode() not in told
    assert desk.rows(batch)[0].values["nik"] == "3573••••••••9001"


def test_the_columns_that_an_officer_chose_are_remembered_for_the_source(desk):
    header = ("Siapa", "Angka", "Kelurahan")
    first = desk.upload(
        csv_of(header, ("Siti", "08120000001", "Dinoyo"), ("Budi", "08120000002", ""))
    )
    actions.map_columns(batch=first, chosen={0: {0: "name", 1: "phone"}}, by=desk.by)

    second = desk.upload(csv_of(header, ("Wati", "08120000003", "Dinoyo")))
    other = desk.upload(csv_of(header, ("Wati", "08120000003", "Dinoyo")), source="OSS")

    (known,), (unknown,) = queries.tables_of(second), queries.tables_of(other)
    assert known.outline.is_remembered
    assert known.outline.columns == {0: "name", 1: "phone"}
    assert not unknown.outline.is_remembered
    assert RememberedMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("chosen", "part"),
    [
        ({}, "at least one table"),
        ({3: {0: "name"}}, "at least one table"),
        ({0: {0: "name", 1: "name"}}, "Two columns"),
        ({0: {1: "nik"}}, "holds the name"),
        ({0: {0: "name", 1: "shoe_size"}}, "no field"),
        ({0: {0: "name", 1: "day_1"}}, "no field"),
    ],
)
def test_columns_that_do_not_say_who_is_meant_are_refused(desk, chosen, part):
    batch = desk.upload(csv_of(HEADER, ("Siti", NIK, "", "Dinoyo")))

    with pytest.raises(ColumnsUnclear, match=part):
        actions.map_columns(batch=batch, chosen=chosen, by=desk.by)


@pytest.mark.parametrize(
    "more", [{"course": "x"}, {"title": " "}, {"days": ()}, {"class_id": 99}, {"organiser": "x"}]
)
def test_an_attendance_list_needs_a_class_that_can_be(desk, more):
    batch = desk.upload(csv_of(HEADER, ("Siti", NIK, "", "Dinoyo")), kind="attendance")

    with pytest.raises(ClassUnclear):
        desk.map(batch, plan_for(**more))


def test_the_days_of_a_list_cannot_lie_ahead(desk):
    batch = desk.upload(csv_of(HEADER, ("Siti", NIK, "", "Dinoyo")), kind="attendance")
    tomorrow = desk.by.at.date().replace(day=desk.by.at.day + 1)

    with pytest.raises(ClassUnclear, match="not come yet"):
        desk.map(batch, plan_for(days=(tomorrow,)))


def test_being_on_the_list_of_several_days_is_no_attendance_unless_somebody_says_so(desk):
    days = (desk.by.at.date().replace(day=1), desk.by.at.date())
    unsaid = desk.store(
        csv_of(HEADER, ("Siti", NIK, "", "")), kind="attendance", plan=plan_for(days=days)
    )
    said = desk.store(
        csv_of(HEADER, ("Siti", NIK, "", "")),
        kind="attendance",
        plan=plan_for(days=days, listed_is_present=True),
        source="B",
    )

    assert [len(row.days) for row in desk.rows(unsaid)] == [0]
    assert [row.days for row in desk.rows(said)] == [[1, 2]]
    assert Roll.objects.filter(session__training_class=unsaid.training_class).count() == 0


def test_the_download_of_bad_rows_has_as_many_as_shown_and_can_be_sent_again(desk):
    lines = [
        ("", NIK, "", "Dinoyo"),
        ("Siti", "", "0812-0000-0001", "Antahberantah"),
        ("Budi", "", "", ""),
    ]
    batch = desk.store(csv_of(HEADER, *lines))

    header, bad = queries.bad_header(batch), list(queries.bad_rows(batch))
    corrected = [["Ani", *bad[0][1:]], [*bad[1][:3], "Dinoyo", *bad[1][4:]]]
    again = desk.store(csv_of(header, *corrected))

    assert header == [*HEADER, "Masalah", "Perbaikan"]
    assert len(bad) == batch.counts["error"] == 2
    assert [line[:4] for line in bad] == [list(line) for line in lines[:2]]
    assert bad[1][4].startswith("Kelurahan: No kelurahan")
    assert desk.verdicts(again) == ["create", "create"]


def test_a_file_that_cannot_be_read_leaves_nothing_behind(desk):
    with pytest.raises(FileTypeUnknown):
        desk.upload(b"\x89PNG\r\n\x1a\n" + bytes(100), name="daftar.xlsx")

    assert not Import.objects.exists()


def test_another_encoding_can_be_chosen(desk):
    content = "Nama;Alamat\r\nRené;Jl. A\r\nSiti;Jl. B\r\n".encode("cp1252")
    batch = desk.upload(content)

    again = actions.read_again(batch=batch, encoding="cp850", delimiter=";", by=desk.by)

    assert (again.encoding, again.delimiter) == ("cp850", ";")
    assert queries.tables_of(again)[0].samples[0][0] != "René"


def test_whoever_lacks_the_area_can_do_nothing(desk):
    batch = desk.preview(csv_of(HEADER, ("Siti", NIK, "", "Dinoyo")))
    narrow = replace(desk.by, reach=Reach.of([desk.areas.mojokerto.key]))

    for action in (actions.preview, actions.commit, actions.undo, actions.read_again):
        with pytest.raises(OutOfReach):
            action(batch=batch, by=narrow)
    with pytest.raises(OutOfReach):
        actions.map_columns(batch=batch, chosen={0: {0: "name"}}, by=narrow)
    assert not queries.imports(narrow.reach).exists()


def test_a_row_outside_the_officers_area_is_an_error_of_that_row(desk):
    narrow = replace(desk, by=desk.by)
    from jembol.accounts.models import Duty

    Duty.objects.filter(officer_id=desk.by.id).update(area=desk.areas.dinoyo)
    narrow.by = replace(desk.by, reach=Reach.of([desk.areas.dinoyo.key]))

    batch = narrow.store(
        csv_of(HEADER, ("Siti", NIK, "", "Dinoyo"), ("Budi", "", "", "Purwantoro")),
        area=desk.areas.dinoyo,
    )

    assert narrow.verdicts(batch) == ["create", "error"]
    assert "outside your areas" in narrow.rows(batch)[1].problems[0].what


def test_a_stored_import_is_neither_mapped_nor_checked_again(desk):
    batch = desk.store(csv_of(HEADER, ("Siti", NIK, "", "Dinoyo")))

    for action in (actions.preview, actions.commit, actions.read_again):
        with pytest.raises(NotNow):
            action(batch=batch, by=desk.by)


def test_a_class_without_room_stops_the_import_and_tells_why(desk):
    from jembol.training.actions import change_class

    first = desk.store(csv_of(HEADER, ("Siti", NIK, "", "")), kind="attendance", plan=plan_for())
    full = first.training_class
    change_class(training_class=full, changes={"seats": 1}, by=desk.by)
    batch = desk.preview(
        csv_of(HEADER, ("Budi", "", "", "")),
        kind="attendance",
        plan=plan_for(class_id=full.pk),
        source="B",
    )

    actions.commit(batch=batch, by=desk.by)
    desk.work()

    stopped = desk.again(batch)
    assert stopped.status == Status.REFUSED
    assert "seats" in stopped.refusal
    assert not Person.objects.filter(name="Budi").exists()
    change_class(training_class=full, changes={"seats": 5}, by=desk.by)
    assert desk.commit(stopped).status == Status.COMMITTED
    assert Class.objects.count() == 1


def test_a_chunk_takes_as_many_queries_as_a_single_row(desk):
    def queries_of(count, first):
        lines = [
            (f"Orang {first + place}", "", f"0812{first + place:08d}", "Dinoyo")
            for place in range(count)
        ]
        batch = desk.preview(csv_of(HEADER, *lines))
        actions.commit(batch=batch, by=desk.by)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            desk.work()
        return len(captured)

    few, many = queries_of(2, 1000), queries_of(150, 5000)

    assert many <= few + 4

"""Columns are proposed from Indonesian headers, and from what they hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.intake.columns import (
    FIELDS,
    ListKind,
    day_dates,
    fingerprint,
    normalise,
    propose,
)
from jembol.intake.dates import find_spans
from jembol.intake.workbook import EMPTY, Cell, CellKind


def rows(*values):
    return [
        tuple(Cell(text, CellKind.TEXT) if text else EMPTY for text in value) for value in values
    ]


def fields(header, kind=ListKind.PEOPLE, sample=()):
    return propose(header, sample, kind).fields


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nama", "name"), ("NAMA PESERTA", "name"), ("Nama Lengkap", "name"), ("NIK", "nik"),
        ("No. KTP", "nik"), ("Nomor Induk Kependudukan", "nik"), ("No HP/WA", "phone"),
        ("No. Telp", "phone"), ("WhatsApp", "phone"), ("L/P", "sex"), ("Jenis\nKelamin", "sex"),
        ("Tgl Lahir", "born_on"), ("TTL", "birth"), ("Tempat, Tgl. Lahir", "birth"),
        ("Tempat Lahir", "birth_place"), ("Alamat", "address"), ("RT/RW", "rt_rw"), ("RT", "rt"),
        ("RW", "rw"), ("Kelurahan", "kelurahan"), ("Kel/Desa", "kelurahan"),
        ("Kecamatan", "kecamatan"), ("Kota", "city"), ("Nama Usaha", "enterprise_name"),
        ("Produk", "product"), ("Jenis Usaha", "activity"), ("NIB", "nib"), ("KBLI", "kbli"),
        ("Omzet", "yearly_sales"), ("No KK", "kk"), ("Disabilitas", "disability"),
        ("Pendidikan Terakhir", "education"), ("Kelompok", "group_name"), ("Keterangan", "note"),
        ("ID Jembol", "id"), ("NIK (16 digit)", "nik"), ("Alamat > RT/RW", "rt_rw"),
        ("ALAMAT > Jalan", "address"), ("No HP yang bisa dihubungi", "phone"),
    ],
)  # fmt: skip
def test_a_usual_header_is_known(header, field):
    assert fields([header]) == {field: 0}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nama Usaha", "enterprise_name"), ("Nama", "owner_name"), ("Nama Pemilik", "owner_name"),
        ("NIK", "owner_nik"), ("No HP", "owner_phone"), ("Tahun Mulai", "started_on"),
        ("Status Usaha", "status"), ("ID Jembol Pemilik", "owner_id"), ("Omset/Tahun", None),
    ],
)  # fmt: skip
def test_in_a_list_of_enterprises_the_person_is_the_owner(header, field):
    expected = {field: 0} if field else {"yearly_sales": 0}

    assert fields([header], ListKind.ENTERPRISES) == expected


@pytest.mark.parametrize("kind", list(ListKind))
def test_our_own_headers_and_field_names_come_back_as_themselves(kind):
    labels = [field.label for field in FIELDS[kind]]
    names = [field.name for field in FIELDS[kind]]

    assert list(fields(labels, kind)) == names
    assert list(fields(names, kind)) == names


@pytest.mark.parametrize(
    "header", ["Omzet per Bulan", "Nama Ibu Kandung", "No HP Suami", "Ukuran Baju", "Hobi", ""]
)
def test_a_header_that_means_something_else_is_ignored_by_name(header):
    mapping = propose([header], [], ListKind.PEOPLE)

    assert mapping.fields == {}
    assert mapping.ignored == (header or "#1",)


def test_the_number_column_is_neither_a_field_nor_unknown():
    mapping = propose(["No.", "Nama"], [], ListKind.PEOPLE)

    assert (mapping.fields, mapping.ignored) == ({"name": 1}, ())


def test_a_field_is_never_on_two_columns():
    mapping = propose(["No HP", "No WA", "Nama", "Nama Lengkap"], [], ListKind.PEOPLE)

    assert mapping.fields == {"phone": 0, "name": 2}
    assert mapping.ignored == ("No WA", "Nama Lengkap")


def test_what_a_column_holds_speaks_where_its_header_is_unknown():
    sample = rows(
        ("3573055203909001", "P", "081200000001", "03/05", "12-03-1990"),
        ("3573.0552.0390.9002", "L", "+62 812 0000 0002", "RT 1 RW 2", "1 Mei 1980"),
        ("", "P", "81200000003", "", ""),
    )
    mapping = propose(["A", "B", "C", "D", "E"], sample, ListKind.PEOPLE)

    assert mapping.fields == {"nik": 0, "sex": 1, "phone": 2, "rt_rw": 3, "born_on": 4}
    assert {column.why for column in mapping.columns} == {"content"}


def test_a_header_beats_content_and_is_less_sure_when_content_contradicts():
    sample = rows(("Siti", "3573055203909001"), ("Ani", "3573055203909002"))

    contradicted = propose(["NIK", "Nama"], sample, ListKind.PEOPLE)
    agreeing = propose(["Nama", "NIK"], sample, ListKind.PEOPLE)

    assert contradicted.columns[0].confidence < agreeing.columns[1].confidence == 1.0


@pytest.mark.parametrize(
    ("header", "days"),
    [
        (["Nama", "Hari 1", "Hari 2"], [1, 2]),
        (["Nama", "Hari ke-2", "Hari ke-1"], [1, 2]),
        (["Nama", "Hari I", "Hari II", "Hari III"], [1, 2, 3]),
        (["Nama", "Tgl 8", "Tgl 9", "Tgl 10"], [1, 2, 3]),
        (["Nama", "8 Agt", "9 Agt"], [1, 2]),
        (["Nama", "8/8/2017", "9/8/2017"], [1, 2]),
        (["Nama", "2017-08-08", "2017-08-09"], [1, 2]),
        (["Nama", "Tanda Tangan > 1", "Tanda Tangan > 2"], [1, 2]),
        (["Nama", "Tanda Tangan > 8", "Tanda Tangan > 9"], [1, 2]),
        (["Nama", "Tanda Tangan"], [1]),
        (["Nama", "Paraf"], [1]),
        (["Nama", "Hari 1", "Hari 2", "Paraf"], [1, 2]),
    ],
)
def test_days_of_attendance_are_numbered(header, days):
    mapping = propose(header, [], ListKind.ATTENDANCE)

    assert [column.field for column in mapping.days] == [f"day_{number}" for number in days]


def test_days_belong_to_attendance_only():
    assert fields(["Nama", "Tanda Tangan"], ListKind.PEOPLE) == {"name": 0}


@pytest.mark.parametrize(
    "header",
    [["8 Agt", "9 Agt"], ["Tgl 8", "Tgl 9"], ["Hari 1", "Hari 2"], ["8/8/2017", "9/8/2017"],
     ["Tanda Tangan > 8", "Tanda Tangan > 9"]],
)  # fmt: skip
def test_days_find_their_dates_in_the_title(header):
    (span,) = find_spans("8 s.d. 10 Agustus 2017")
    mapping = propose(header, [], ListKind.ATTENDANCE)

    assert list(day_dates(mapping, span).values()) == [date(2017, 8, 8), date(2017, 8, 9)]


def test_days_without_a_title_have_a_date_only_when_they_write_it():
    mapping = propose(["Hari 1", "Hari 2"], [], ListKind.ATTENDANCE)

    assert day_dates(mapping, None) == {"day_1": None, "day_2": None}


def test_a_fingerprint_forgets_case_punctuation_and_the_days():
    one = ["No.", "Nama Peserta", "No. HP/WA", "8/8/2017", "9/8/2017"]
    other = ["NO", "nama  peserta", "NO HP WA", "Tgl 12", "Tgl 13"]

    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint([*one, "RT"])
    assert fingerprint(one) != fingerprint([one[1], one[0], *one[2:]])


@given(header=st.lists(st.text(max_size=30), max_size=12), kind=st.sampled_from(list(ListKind)))
def test_any_header_gives_each_column_one_place_and_each_field_one_column(header, kind):
    mapping = propose(header, [], kind)

    named = [column.field for column in mapping.columns if column.field]
    assert [column.index for column in mapping.columns] == list(range(len(header)))
    assert len(named) == len(set(named))
    assert all(0 <= column.confidence <= 1 for column in mapping.columns)


@given(text=st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)

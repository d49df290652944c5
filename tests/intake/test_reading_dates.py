"""Dates are read as Indonesians write them, and what is doubtful is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.intake.dates import DateReading, Doubt, find_spans, read_birth, read_date
from jembol.intake.workbook import Cell, CellKind

LAST_OF_1990 = date(1990, 12, 31)
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("31/12/1990", Doubt.NONE),
        ("31-12-1990", Doubt.NONE),
        ("31.12.1990", Doubt.NONE),
        ("31 12 1990", Doubt.NONE),
        ("31121990", Doubt.NONE),
        ("1990-12-31", Doubt.NONE),
        ("1990-12-31 00:00:00", Doubt.NONE),
        ("31 Desember 1990", Doubt.NONE),
        ("31 des 1990", Doubt.NONE),
        ("31-Dec-1990", Doubt.NONE),
        ("Senin, 31 Desember 1990", Doubt.NONE),
        ("'31/12/1990", Doubt.NONE),
        ("31-12-90", Doubt.TWO_DIGIT_YEAR),
        ("31 Des '90", Doubt.TWO_DIGIT_YEAR),
        ("12/31/1990", Doubt.MONTH_FIRST),
    ],
)
def test_one_day_in_many_forms(text, doubt):
    assert read_date(text) == DateReading(LAST_OF_1990, doubt)


def test_day_comes_before_month_and_a_date_that_could_be_both_is_doubtful():
    assert read_date("03/04/2026") == DateReading(date(2026, 4, 3), Doubt.DAY_MONTH_ORDER)
    assert read_date("04/04/2026") == DateReading(date(2026, 4, 4))
    assert read_date("13/04/2026") == DateReading(date(2026, 4, 13))


def test_a_serial_number_is_read_only_from_a_number_cell():
    assert read_date(Cell("33238", CellKind.NUMBER)) == DateReading(LAST_OF_1990, Doubt.SERIAL)
    assert read_date(Cell("33238", CellKind.TEXT)).doubt is Doubt.UNREADABLE


@pytest.mark.parametrize("text", ["31/02/1990", "30 Februari 2001", "1990-13-01", "29/02/1999"])
def test_a_day_that_does_not_exist_is_impossible(text):
    assert read_date(text) == DateReading(None, Doubt.IMPOSSIBLE)


@pytest.mark.parametrize("text", ["", "-", "1990", "Desember 1990", "31/12", "kemarin"])
def test_what_is_no_date_is_unreadable(text):
    assert read_date(text) == DateReading(None, Doubt.UNREADABLE)


@given(day=st.dates(date(1931, 1, 1), date(2030, 12, 31)))
def test_every_day_survives_every_written_form(day):
    forms = (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%y}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3].upper()} {day.year}",
    )

    assert {read_date(form).date for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "place", "born"),
    [
        ("Malang, 12 Maret 1990", "Malang", date(1990, 3, 12)),
        ("Mlg/12-03-1990", "Mlg", date(1990, 3, 12)),
        ("12-03-1990", "", date(1990, 3, 12)),
        ("Malang", "Malang", None),
        ("Malang, 31/02/1990", "Malang", None),
    ],
)
def test_place_and_date_of_birth_in_one_cell(text, place, born):
    found_place, reading = read_birth(text)

    assert (found_place, reading.date) == (place, born)


@pytest.mark.parametrize(
    ("line", "starts", "ends"),
    [
        ("Senin, 7 Oktober 2024", (2024, 10, 7), (2024, 10, 7)),
        ("8 s.d. 10 Agustus 2017", (2017, 8, 8), (2017, 8, 10)),
        ("tanggal 8 s/d 10 Agustus 2017 di Malang", (2017, 8, 8), (2017, 8, 10)),
        ("8-10 Agustus 2017", (2017, 8, 8), (2017, 8, 10)),
        ("Selasa - Kamis, 8 – 10 Agt 2017", (2017, 8, 8), (2017, 8, 10)),
        ("Selasa s.d. Kamis, 8 sampai dengan 10 Agustus 2017", (2017, 8, 8), (2017, 8, 10)),
        ("30 September s.d. 2 Oktober 2021", (2021, 9, 30), (2021, 10, 2)),
        ("30 Desember 2021 - 2 Januari 2022", (2021, 12, 30), (2022, 1, 2)),
        ("Rabu 5 Juli 2023 dan Kamis 6 Juli 2023", (2023, 7, 5), (2023, 7, 6)),
        ("pada 07/10/2024", (2024, 10, 7), (2024, 10, 7)),
        ("2024-10-07", (2024, 10, 7), (2024, 10, 7)),
    ],
)
def test_the_days_of_a_class_are_found_in_a_title(line, starts, ends):
    (span, *_) = find_spans(line)

    assert (span.starts_on, span.ends_on) == (date(*starts), date(*ends))
    assert span.doubt is Doubt.NONE


@pytest.mark.parametrize("line", ["Senin 06/01/2023", "Senin, 6 Januari 2023"])
def test_a_weekday_that_is_another_one_is_doubtful(line):
    (span,) = find_spans(line)

    assert (span.starts_on, span.weekday) == (date(2023, 1, 6), "Senin")
    assert span.doubt is Doubt.WEEKDAY_DIFFERS


@pytest.mark.parametrize(
    "line", ["PELATIHAN KUE KERING 2023", "RT 03/05", "10 s.d. 8 Agustus 2017"]
)
def test_a_line_without_days_names_none(line):
    assert find_spans(line) == ()

"""Exports come back as they were, and no spreadsheet runs what people typed."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.cells import unguard
from jembol.ui.export import as_text, csv_lines, write_csv, write_xlsx

TORTURE = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+5", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"x\")", "|x", "%x",
    "{{7*7}}", "<script>", "Ma'ruf", "H. Slamet, S.Pd.", "ꦱꦸꦤꦺꦴ", "سليمان", "+62812 3456 7890", "-5",
    "3573054107900012", "0812", "'", "''=x", " spasi ", "",
]  # fmt: skip
texts = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40
)


def sheet_of(rows):
    with write_xlsx(["Teks"], rows) as file:
        book = openpyxl.load_workbook(file)
        return [cell for (cell,) in book.active.iter_rows(min_row=2)]


def test_every_text_is_a_text_cell_of_a_workbook():
    cells = sheet_of([[text] for text in TORTURE])

    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value or "" for cell in cells] == TORTURE[: len(cells)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_long_numbers_keep_their_digits_and_leading_zero():
    nik, phone = sheet_of([["3573054107900012"], ["0812"]])

    assert (nik.value, nik.data_type, nik.number_format) == ("3573054107900012", "s", "@")
    assert (phone.value, phone.data_type) == ("0812", "s")


@given(st.lists(st.tuples(texts, texts), max_size=8))
def test_csv_comes_back_as_it_was(rows):
    content = write_csv(["Satu", "Dua"], rows)

    back = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [tuple(unguard(cell) for cell in row) for row in back[1:]] == rows


@pytest.mark.parametrize("text", TORTURE)
def test_no_cell_of_a_csv_begins_like_a_formula(text):
    (row,) = list(csv.reader(io.StringIO("".join(csv_lines(["T"], [[text]], bom=False)))))[1:]

    harmless = text.startswith("+62") or text == "-5"
    assert harmless or "".join(row)[:1] not in set("=+-@\t\r|%")


def test_phones_and_negative_numbers_survive_in_csv():
    content = write_csv(["A", "B"], [["+6281234567890", "-5"]], bom=False).decode()

    assert content.splitlines()[1] == "+6281234567890,-5"


def test_unknown_is_empty_and_never_zero():
    assert [as_text(None), as_text(0), as_text("")] == ["", "0", ""]

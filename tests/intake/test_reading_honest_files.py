"""Honest but awful files are read with every digit and letter they hold."""

import datetime as dt
import io

import openpyxl
import pytest
import xlwt
from odf import table as ods_table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from jembol.intake import errors
from jembol.intake.workbook import CellKind, address, read


def xlsx(fill):
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def test_cells_keep_their_place_though_the_list_starts_in_the_middle():
    def fill(book):
        book.active["C4"] = "Siti"

    sheet = read(xlsx(fill), "daftar.xlsx").sheets[0]

    assert texts(sheet) == [[], [], [], ["", "", "Siti"]]


def test_numbers_become_text_with_all_their_digits():
    def fill(book):
        book.active.append([81234567890, 1.5, -3, 12.0, 3573051203900010, 999999999999999, True])

    row = read(xlsx(fill), "angka.xlsx").sheets[0].rows[0]

    assert [cell.text for cell in row] == [
        "81234567890", "1.5", "-3", "12", "3573051203900010", "999999999999999", "TRUE",
    ]  # fmt: skip
    assert [cell.lossy for cell in row] == [False] * 4 + [True, False, False]
    assert row[0].kind is CellKind.NUMBER
    assert row[6].kind is CellKind.BOOL


def test_text_cells_keep_leading_zeros_and_inner_spaces():
    def fill(book):
        book.active.append(["0081", " Siti  Aminah ", "\u00a0 ", "3573051203900010"])

    row = read(xlsx(fill), "teks.xlsx").sheets[0].rows[0]

    assert [cell.text for cell in row] == ["0081", " Siti  Aminah ", "", "3573051203900010"]
    assert not row[3].lossy


def test_dates_become_iso_text():
    def fill(book):
        book.active.append(
            [dt.date(1990, 12, 31), dt.datetime.fromisoformat("2024-10-07 08:30"), dt.time(8, 0)]
        )

    row = read(xlsx(fill), "tanggal.xlsx").sheets[0].rows[0]

    assert [cell.text for cell in row] == ["1990-12-31", "2024-10-07 08:30:00", "08:00:00"]
    assert [cell.kind for cell in row] == [CellKind.DATE, CellKind.DATE, CellKind.TEXT]


def test_a_merged_range_shows_its_value_in_every_cell_and_says_so():
    def fill(book):
        sheet = book.active
        sheet["A1"] = "DAFTAR HADIR"
        sheet.merge_cells("A1:C1")
        sheet["A2"], sheet["B2"], sheet["B3"] = "Dinoyo", "Siti", "Ani"
        sheet.merge_cells("A2:A3")

    rows = read(xlsx(fill), "gabung.xlsx").sheets[0].rows

    assert [[cell.text for cell in row] for row in rows] == [
        ["DAFTAR HADIR"] * 3, ["Dinoyo", "Siti"], ["Dinoyo", "Ani"],
    ]  # fmt: skip
    assert [[cell.merged for cell in row] for row in rows] == [
        [False, True, True], [False, False], [True, False],
    ]  # fmt: skip


def test_several_sheets_come_in_order_and_hidden_ones_are_marked():
    def fill(book):
        book.active.title = "Klojen"
        book.active["A1"] = "x"
        hidden = book.create_sheet("Sukun")
        hidden["A1"] = "y"
        hidden.sheet_state = "hidden"

    book = read(xlsx(fill), "lembar.xlsx")

    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("Klojen", False), ("Sukun", True),
    ]  # fmt: skip


def test_an_old_xls_is_read_though_it_is_called_xlsx():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Hadir")
    sheet.write_merge(0, 0, 0, 2, "Judul")
    sheet.write(1, 1, 3573051203900010)
    sheet.write(1, 2, "Mëi")
    file = io.BytesIO()
    book.save(file)

    read_back = read(file.getvalue(), "salah-nama.xlsx")

    assert read_back.kind == "xls"
    assert texts(read_back.sheets[0]) == [["Judul"] * 3, ["", "3573051203900010", "Mëi"]]
    assert read_back.sheets[0].rows[1][1].lossy


def ods(rows):
    document = OpenDocumentSpreadsheet()
    sheet = ods_table.Table(name="Lembar1")
    for values in rows:
        row = ods_table.TableRow()
        for value in values:
            attributes = {"valuetype": "string", **value} if isinstance(value, dict) else {}
            text = attributes.pop("text", value)
            if text is None:
                row.addElement(ods_table.CoveredTableCell())
                continue
            cell = ods_table.TableCell(**(attributes or {"valuetype": "string"}))
            cell.addElement(P(text=text))
            row.addElement(cell)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_an_ods_is_read_with_its_merged_cells_and_without_its_rows_of_spaces():
    content = ods(
        [
            [{"text": "Daftar", "numbercolumnsspanned": 2, "numberrowsspanned": 1}, None],
            [{"text": "Dinoyo", "numbercolumnsspanned": 1, "numberrowsspanned": 2}, "Siti"],
            [None, "Ani"],
            ["   ", " "],
        ]
    )

    book = read(content, "daftar.ods")

    assert book.kind == "ods"
    assert texts(book.sheets[0]) == [["Daftar", "Daftar"], ["Dinoyo", "Siti"], ["Dinoyo", "Ani"]]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16"),
     ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_table_is_read_in_any_usual_encoding_and_delimiter(encoding, shown, delimiter):
    lines = [["Nama", "Kelurahan"], ["Siti “Iti” Café", "Dinoyo"], ["Ma'ruf", "Oro-oro Dowo"]]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)

    book = read(content, "daftar.csv")

    assert (book.kind, book.encoding, book.delimiter) == ("csv", shown, delimiter)
    assert texts(book.sheets[0]) == lines


def test_encoding_and_delimiter_can_be_overruled():
    content = "Nama;Café\nA;B,C\n".encode("cp850")

    book = read(content, "daftar.csv", encoding="cp850", delimiter=",")

    assert texts(book.sheets[0]) == [["Nama;Café"], ["A;B", "C"]]


def test_a_decimal_comma_does_not_pass_for_the_delimiter():
    content = b"Nama;Omzet;Luas\nSiti;1.500.000,00;2,5\nAni;2.000.000,00;3,5\n"

    assert read(content, "x.csv").delimiter == ";"


def test_the_hint_of_excel_is_followed_and_is_no_row():
    book = read(b"sep=|\r\nNama|HP\r\nSiti, S.Pd.|0812\r\n", "x.csv")

    assert texts(book.sheets[0]) == [["Nama", "HP"], ["Siti, S.Pd.", "0812"]]


def test_quotes_inside_a_field_are_read_as_excel_reads_them():
    book = read(b'Nama,Alamat\n"Bu ""Sri""","Jl. A\nRT 1"\nPak "Min",B\n', "x.csv")

    assert texts(book.sheets[0])[1:] == [['Bu "Sri"', "Jl. A\nRT 1"], ['Pak "Min"', "B"]]


def test_blank_lines_keep_their_row_number():
    book = read(b"Nama\n\nSiti\n\n\n", "x.csv")

    assert texts(book.sheets[0]) == [["Nama"], [], ["Siti"]]


def test_a_number_cut_to_its_power_of_ten_is_marked_lossy():
    row = read(b"3,57305E+15;3573051203900010;1E+2\n", "x.csv").sheets[0].rows[0]

    assert [cell.lossy for cell in row] == [True, False, False]


def test_a_path_is_read_like_its_bytes(tmp_path):
    file = tmp_path / "daftar.csv"
    file.write_bytes(b"Nama\nSiti\n")

    assert read(file, file.name) == read(file.read_bytes(), "daftar.csv")


def test_a_wrong_encoding_chosen_by_hand_is_refused_with_its_line():
    with pytest.raises(errors.TextBroken, match=r"Line 2 .*utf-8"):
        read("Nama\nCafé\n".encode("cp1252"), "x.csv", encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "column", "shown"), [(1, 0, "A1"), (12, 25, "Z12"), (3, 26, "AA3"), (1, 16383, "XFD1")]
)
def test_an_address_is_the_one_a_spreadsheet_shows(row, column, shown):
    assert address(row, column) == shown

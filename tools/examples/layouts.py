"""The three lists as files: XLSX of 2017, XLS of 2023 and CSV of 2024."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side

from examples.handwriting import Line
from examples.people import Person

PRODUCTS = (
    ("Dapur Contoh", "kue kering"), ("Roti Misal", "roti manis"), ("Tempe Umpama", "keripik tempe"),
    ("Café Rekaan", "kopi dan kue"), ("Ma’ Nyus Karangan", "nastar – kastengel"), ("", "kue basah"),
)  # fmt: skip
SCHOOLS = ("SD", "SMP", "SMA", "SMK", "D3", "S1")

# The list of 2017: XLSX

THIN = Border(*[Side(style="thin")] * 4)
MARKS = ("v", "√", "hadir", "v", "v", "√")


def write_2017(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write the attendance list of three days, with a page break in the middle."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Daftar Hadir"
    titles = (
        "DAFTAR HADIR PESERTA",
        "PELATIHAN KERAJINAN PERCA DAN LUKIS KAIN",
        "Hari/Tanggal : Selasa s.d. Kamis, 8 s.d. 10 Agustus 2017",
        "Tempat : Hotel Contoh, Kota Malang",
    )
    for number, title in enumerate(titles, start=1):
        sheet.cell(number, 1, title).font = Font(bold=True)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=11)
    row = _head_2017(sheet, 6)
    for place, line in enumerate(lines, start=1):
        if place == 22:
            row = _head_2017(sheet, row + 1)
        if place in {9, 31}:
            row += 1
        _row_2017(sheet, row, place, line, dice)
        line.sheet, line.row = sheet.title, row
        row += 1
    _foot_2017(sheet, row, len(lines))
    _merge_families(sheet, lines)
    book.save(path)
    without_clock(path)


def _head_2017(sheet: openpyxl.worksheet.worksheet.Worksheet, row: int) -> int:
    """Write the header over two rows; return the row below it."""
    names = ("NO", "NAMA PESERTA", "NIK", "L/P", "ALAMAT", "RT/RW", "KELURAHAN", "NO. HP")
    for column, name in enumerate(names, start=1):
        sheet.cell(row, column, name)
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
    sheet.cell(row, 9, "TANDA TANGAN")
    sheet.merge_cells(start_row=row, start_column=9, end_row=row, end_column=11)
    for column, day in enumerate(("8 Agt", "9 Agt", "10 Agt"), start=9):
        sheet.cell(row + 1, column, day)
    for cell in (*sheet[row], *sheet[row + 1]):
        cell.font, cell.border = Font(bold=True), THIN
        cell.alignment = Alignment(horizontal="center", vertical="center")
    return row + 2


def _row_2017(
    sheet: openpyxl.worksheet.worksheet.Worksheet,
    row: int,
    place: int,
    line: Line,
    dice: random.Random,
) -> None:
    shown = line.shown
    marks = [dice.choice((*MARKS, *MARKS, "-", "", "izin")) for _ in range(3)]
    if line.verdict == "unchanged":
        marks = ["", "", ""]
    elif not any(mark in MARKS for mark in marks):
        marks[0] = "v"
    keys = ("name", "nik", "sex", "address", "pair", "kelurahan", "phone")
    values = (place, *(shown[key] for key in keys), *marks)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, None if value == "" else value)
        cell.border = THIN
        if isinstance(value, float):
            cell.number_format = "0"


def _foot_2017(sheet: openpyxl.worksheet.worksheet.Worksheet, row: int, count: int) -> None:
    """Write empty numbered lines, a total and the signatures."""
    for place in (1, 2):
        sheet.cell(row, 1, count + place)
        row += 1
    sheet.cell(row, 1, "JUMLAH")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
    sheet.cell(row, 8, count)
    sheet.cell(row + 2, 8, "Malang, 10 Agustus 2017")
    sheet.cell(row + 3, 2, "Mengetahui,")
    sheet.cell(row + 3, 8, "Ketua Panitia")
    sheet.cell(row + 7, 2, "(...........................)")
    sheet.cell(row + 7, 8, "(...........................)")


def _merge_families(sheet: openpyxl.worksheet.worksheet.Worksheet, lines: list[Line]) -> None:
    """Merge the address, RT/RW and kelurahan of two families, one person below the other."""
    left = 2
    for above, line in pairwise(lines):
        free = line.movable and not (above.note or line.note) and line.row == above.row + 1
        if left and free and above.verdict == "create":
            for column in (5, 6, 7):
                sheet.merge_cells(
                    start_row=above.row, start_column=column, end_row=line.row, end_column=column
                )
            line.note = "address merged with the row above"
            left -= 1


def without_clock(path: Path) -> None:
    """Write the archive again with fixed times, so that the same bytes come out."""
    parts = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(parts) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2017-08-10T00:00:00Z", content)
            fixed = zipfile.ZipInfo(member.filename, (2017, 8, 10, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)


# The list of 2023: old XLS, five lists on three sheets

SHEETS_2023 = (
    ("Blimbing-Klojen", ("Blimbing", "Klojen")),
    ("Kedungkandang", ("Kedungkandang",)),
    ("Sukun-Lowokwaru", ("Sukun", "Lowokwaru")),
)
HEAD_2023 = ("No", "Nama", "NIK", "Alamat", "RT", "RW", "Kelurahan", "No. Telp/WA", "TTD", "Ket")


def write_2023(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write one list for each kecamatan, two of them below one another on a sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    bold = xlwt.easyxf("font: bold on; align: horiz center")
    for name, kecamatan in SHEETS_2023:
        sheet = book.add_sheet(name)
        row = _titles_2023(sheet, bold)
        for one in kecamatan:
            own = [line for line in lines if line.kecamatan == one]
            row = _list_2023(sheet, row, one, own, bold, dice)
        sheet.write(row, 7, "Malang, ...... 2023")
        sheet.write(row + 1, 1, "Mengetahui,")
        sheet.write(row + 1, 7, "Panitia")
    book.add_sheet("Sheet3")
    book.save(str(path))


def _titles_2023(sheet: xlwt.Worksheet, bold: xlwt.XFStyle) -> int:
    titles = (
        "DAFTAR HADIR",
        "PELATIHAN PEMBUATAN KUE KERING BAGI MASYARAKAT KOTA MALANG",
        "Senin, 06/01/2023",
        "Tempat: Hotel Misal, Kota Malang",
    )
    for row, title in enumerate(titles):
        sheet.write_merge(row, row, 0, len(HEAD_2023) - 1, title, bold)
    return len(titles) + 1


def _list_2023(
    sheet: xlwt.Worksheet,
    row: int,
    kecamatan: str,
    lines: list[Line],
    bold: xlwt.XFStyle,
    dice: random.Random,
) -> int:
    """Write the list of one kecamatan; return the row below it."""
    sheet.write_merge(row, row, 0, 3, f"KECAMATAN {kecamatan.upper()}", bold)
    row += 1
    for column, name in enumerate(HEAD_2023):
        sheet.write(row, column, name, bold)
        sheet.write(row + 1, column, f"({column + 1})")
    row += 2
    for place, line in enumerate(lines, start=1):
        if place == 15:
            row += 1
        keys = ("name", "nik", "address", "rt", "rw", "kelurahan", "phone")
        mark = "" if line.verdict == "unchanged" else dice.choice(("v", "v", "v", "V", "hadir"))
        for column, value in enumerate((place, *(line.shown[key] for key in keys), mark)):
            if value != "":
                sheet.write(row, column, value)
        line.sheet, line.row = sheet.name, row + 1
        row += 1
    sheet.write_merge(row, row, 0, 1, "Jumlah")
    sheet.write(row, 2, len(lines))
    return row + 3


# The list of 2024: CSV of Windows


def write_2024(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write the list of people who signed up, in cp1252 with semicolons."""
    rows: list[list[object]] = [
        ["PENDAFTAR PELATIHAN KUE HIAS DAN PEMASARAN"],
        ["Hari/Tanggal", ": Senin, 7 Oktober 2024"],
        ["Tempat", ": Balai RW 03 – Kelurahan Dinoyo"],
        ["Penyelenggara", ": Tim Relawan Calon Wali Kota (contoh)"],
        [],
        ["No.", "Nama Lengkap", "NIK", "Tempat, Tanggal Lahir", "Jenis Kelamin", "ALAMAT", "", "",
         "", "No. HP/WA", "USAHA", "", "Pendidikan", "Keterangan"],
        ["", "", "", "", "", "Jalan", "RT/RW", "Kelurahan", "Kecamatan", "", "Nama Usaha",
         "Produk", "", ""],
    ]  # fmt: skip
    for place, line in enumerate(lines, start=1):
        if place == 20:
            rows.append([])
        line.sheet, line.row = path.stem, len(rows) + 1
        rows.append(_row_2024(place, line, dice))
    rows += [["", "Jumlah pendaftar", len(lines)], [], ["", "Dinoyo, 7 Oktober 2024"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("cp1252"))


def _row_2024(place: int, line: Line, dice: random.Random) -> list[object]:
    shown, person = line.shown, line.person
    told = line.verdict not in {"duplicate", "unchanged"} and person is not None
    birth = shown.get("birth", _birth(person, dice) if told and person else "")
    school = dice.choice(SCHOOLS) if told else ""
    trade = dice.choice(PRODUCTS) if told and line.verdict == "create" else ("", "")
    phone = shown["phone"]
    keys = ("address", "pair", "kelurahan", "kecamatan")
    return [
        place,
        shown["name"],
        shown["nik"],
        birth,
        {"P": "Perempuan", "L": "Laki-laki"}[str(shown["sex"])],
        *(shown[key] for key in keys),
        int(phone) if isinstance(phone, float) else phone,
        *trade,
        school,
        "",
    ]


def _birth(person: Person, dice: random.Random) -> str:
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    born = person.born
    words = f"{born.day} {months.split()[born.month - 1]} {born.year}"
    forms = (words, f"{born:%d/%m/%Y}", f"{born:%d-%m-%Y}", f"{born:%d-%m-%Y}")
    return f"{dice.choice(('Malang', 'Malang', 'Blitar', 'Pasuruan'))}, {dice.choice(forms)}"

"""Lists are found inside sheets that were made for paper."""

from datetime import date

import pytest

from jembol.intake.dates import Doubt
from jembol.intake.tables import Note, find, find_all
from jembol.intake.workbook import EMPTY, Cell, CellKind, Sheet, Workbook

COPY = "<"  # stands for a cell that shows the value left of it: merged across
DOWN = "^"  # stands for a cell that shows the value above it: merged down


def sheet(text, name="Lembar1"):
    """Draw a sheet: one line a row, columns divided by `|`."""
    rows = []
    for line in text.strip("\n").split("\n"):
        row = []
        for value in (part.strip() for part in line.split("|")):
            source = {COPY: row[-1:], DOWN: rows[-1][len(row) :] if rows else []}.get(value)
            if source:
                row.append(Cell(source[0].text, CellKind.TEXT, merged=True))
            else:
                row.append(Cell(value, CellKind.TEXT) if value else EMPTY)
        while row and not row[-1]:
            row.pop()
        rows.append(tuple(row))
    return Sheet(name, tuple(rows))


def shown(table):
    return {row.number: [cell.text for cell in row.cells] for row in table.rows}


def skipped(table):
    return {row.number: row.why for row in table.skipped}


def test_titles_above_the_header_become_the_context():
    (table,) = find(
        sheet("""
DAFTAR HADIR PESERTA | < | <
PELATIHAN ECOPRINT | < | <
Hari/Tanggal | : | Senin, 7 Oktober 2024
Tempat | : Balai RW 03
Penyelenggara: Dinas Contoh

No | Nama | No HP
1 | Siti | 0812
""")
    )

    assert (table.top_row, table.header) == (7, ("No", "Nama", "No HP"))
    assert shown(table) == {8: ["1", "Siti", "0812"]}
    assert table.context.title == "PELATIHAN ECOPRINT"
    assert (table.context.place, table.context.organiser) == ("Balai RW 03", "Dinas Contoh")
    assert [span.starts_on for span in table.context.dates] == [date(2024, 10, 7)]
    assert skipped(table) == dict.fromkeys((1, 2, 3, 4, 5), "title")


def test_a_header_over_two_rows_names_the_group_before_each_part():
    (table,) = find(
        sheet("""
No | Nama | Alamat | < | Tanda Tangan | < | <
^ | ^ | RT/RW | Kelurahan | 8/8 | 9/8 | 10/8
1 | Siti | 03/05 | Dinoyo | v | v |
""")
    )

    assert table.header == (
        "No", "Nama", "Alamat > RT/RW", "Alamat > Kelurahan",
        "Tanda Tangan > 8/8", "Tanda Tangan > 9/8", "Tanda Tangan > 10/8",
    )  # fmt: skip
    assert list(shown(table)) == [3]


def test_a_header_over_two_rows_is_found_without_merged_cells():
    (table,) = find(
        sheet("""
No | Nama | Alamat | | No HP
   |      | Jalan | Kelurahan |
1 | Siti | Jl. A | Dinoyo | 0812
""")
    )

    assert table.header == ("No", "Nama", "Alamat > Jalan", "Alamat > Kelurahan", "No HP")


def test_a_first_row_of_data_without_a_name_is_not_taken_for_a_header():
    (table,) = find(
        sheet("""
No | Nama | Kelurahan | No HP
 | | Dinoyo | 081200001
2 | Siti | Sukun | 081200002
""")
    )

    assert list(shown(table)) == [2, 3]


def test_two_lists_below_one_another_are_two_tables_and_share_the_first_title():
    first, second = find(
        sheet("""
PELATIHAN KUE KERING
Senin, 06/01/2023
KECAMATAN BLIMBING
No | Nama | NIK
1 | Siti | 1
Jumlah | | 1

KECAMATAN KLOJEN
No | Nama | NIK
1 | Ani | 2
2 | Umi | 3
""")
    )

    assert (list(shown(first)), list(shown(second))) == ([5], [10, 11])
    assert second.context.lines[-1] == "KECAMATAN KLOJEN"
    assert second.context.title == "PELATIHAN KUE KERING"
    assert second.context.dates == first.context.dates
    assert second.context.dates[0].doubt is Doubt.WEEKDAY_DIFFERS


def test_two_lists_side_by_side_are_two_tables():
    first, second = find(
        sheet("""
KELOMPOK MELATI | < | < | | KELOMPOK MAWAR | < | <
No | Nama | HP | | No | Nama | HP
1 | Siti | 0812 | | 1 | Ani | 0813
2 | Umi | 0814 | | | |
""")
    )

    assert (first.left_column, second.left_column) == (0, 4)
    assert shown(first) == {3: ["1", "Siti", "0812"], 4: ["2", "Umi", "0814"]}
    assert shown(second) == {3: ["1", "Ani", "0813"]}


def test_two_columns_of_names_are_one_list():
    (table,) = find(
        sheet("""
No | Nama | Nama Usaha | Nama Ibu
1 | Siti | Dapur Siti | Ani
""")
    )

    assert len(table.header) == 4


def test_a_header_again_after_a_page_break_continues_the_list():
    (table,) = find(
        sheet("""
DAFTAR HADIR
No | Nama | HP
1 | Siti | 0812

DAFTAR HADIR
No | Nama | HP
2 | Ani | 0813
""")
    )

    assert list(shown(table)) == [3, 7]
    assert (skipped(table)[5], skipped(table)[6]) == ("header", "header")


def test_totals_empty_numbered_lines_and_signatures_are_no_data():
    (table,) = find(
        sheet("""
No | Nama | HP | TTD
(1) | (2) | (3) | (4)
1 | Siti | 0812 | v
2 | | | 2 ........
3 | | |
TOTAL | < | 1 |

 | Mengetahui, | | Ketua Panitia
 | | | Malang, 10 Agustus 2017
 | (Budi Contoh) | | (Ani Contoh)
 | NIP. 1234567890123456 | |
""")
    )

    assert list(shown(table)) == [3]
    assert skipped(table) == {
        2: "numbering", 4: "empty", 5: "empty", 6: "total",
        8: "footer", 9: "footer", 10: "footer", 11: "footer",
    }  # fmt: skip


def test_rows_below_a_signature_that_are_numbered_are_still_data():
    (table,) = find(
        sheet("""
No | Nama | HP
1 | Siti | 0812
Mengetahui, | | Panitia
2 | Ani | 0813
""")
    )

    assert list(shown(table)) == [2, 4]


def test_a_birth_place_and_date_is_no_signature_block():
    (table,) = find(
        sheet("""
Nama | TTL | HP
Siti | Malang, 12 Maret 1990 |
Ani | Malang, 13 Maret 1990 | 0812
""")
    )

    assert list(shown(table)) == [2, 3]


@pytest.mark.parametrize(
    "mark", ["s.d.a.", "sda", "S.D.A", '"', "〃", '-"-', "idem", "''", "- ” -"]
)
def test_a_mark_of_repetition_takes_the_value_above_and_is_flagged(mark):
    (table,) = find(
        sheet(f"""
No | Nama | Alamat | Kelurahan
1 | Siti | Jl. A | Dinoyo
2 | Ani | {mark} | {mark}
3 | Umi | {mark} | Sukun
""")
    )

    assert [row.cells[2].text for row in table.rows] == ["Jl. A"] * 3
    assert table.rows[0].notes == ()
    assert table.rows[1].notes == (Note(2, "ditto", mark), Note(3, "ditto", mark))


def test_a_mark_of_repetition_with_nothing_above_stays_empty_and_is_flagged():
    (table,) = find(
        sheet("""
No | Nama | Alamat
1 | Siti | s.d.a.
2 | Ani | -
""")
    )

    assert table.rows[0].cells[2] == EMPTY
    assert table.rows[0].notes == (Note(2, "ditto_unresolved", "s.d.a."),)
    assert table.rows[1].cells[2].text == "-"


def test_headings_inside_the_list_are_kept_with_the_rows_below_them():
    (table,) = find(
        sheet("""
No | Nama | HP
Kecamatan Klojen | < | <
1 | Siti | 0812
Kecamatan Sukun | < | <
2 | Ani | 0813
""")
    )

    assert [row.section for row in table.rows] == ["Kecamatan Klojen", "Kecamatan Sukun"]
    assert skipped(table) == {2: "section", 4: "section"}


@pytest.mark.parametrize("row", [" | Budi | ", "3 | | 081200001", " | | 081200001", "3 | Budi | "])
def test_a_row_with_little_in_it_is_still_data(row):
    (table,) = find(
        sheet(f"""
No | Nama | HP
1 | Siti | 0812
{row}
""")
    )

    assert list(shown(table)) == [2, 3]


def test_a_list_of_names_alone_keeps_every_name():
    (table,) = find(sheet("Nama | NIK\nSiti\nAni\nBudi"))

    assert list(shown(table)) == [2, 3, 4]


def test_a_value_merged_down_belongs_to_each_row_and_is_noted():
    (table,) = find(
        sheet("""
No | Nama | Alamat
1 | Siti | Jl. A
2 | Ani | ^
""")
    )

    assert shown(table)[3] == ["2", "Ani", "Jl. A"]
    assert table.rows[1].notes == (Note(2, "merged", "Jl. A"),)


def test_unknown_headers_are_read_as_a_header_of_words():
    (table,) = find(sheet("Alpha | Beta | Gamma\nx1 | y2 | z3"))

    assert (table.top_row, table.header) == (1, ("Alpha", "Beta", "Gamma"))
    assert list(shown(table)) == [2]


def test_a_list_without_header_keeps_its_first_row():
    (table,) = find(sheet("Siti | 0812 | Dinoyo\nAni | 0813 | Sukun"))

    assert (table.top_row, table.header) == (0, ("Kolom 1", "Kolom 2", "Kolom 3"))
    assert list(shown(table)) == [1, 2]


def test_hidden_and_empty_sheets_hold_no_list():
    first = sheet("No | Nama | HP\n1 | Siti | 0812", "Satu")
    hidden = Sheet("Dua", first.rows, hidden=True)
    empty = Sheet("Tiga", ())

    found = find_all(Workbook("xlsx", "", "", (first, hidden, empty)))

    assert [table.sheet for table in found] == ["Satu"]

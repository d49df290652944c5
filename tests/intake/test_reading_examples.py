"""The example lists are read to exactly the rows of their truth files."""

import csv
import importlib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from jembol.intake.columns import ListKind, day_dates, propose
from jembol.intake.dates import Doubt
from jembol.intake.tables import find_all
from jembol.intake.workbook import read
from jembol.kit.nik import Nik
from jembol.kit.phone import Phone

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
FILE_2017 = "daftar-hadir-2017-perca-lukis-kain.xlsx"
FILE_2023 = "daftar-hadir-2023-kue-kering.xls"
FILE_2024 = "pendaftar-2024-kue-hias-dinoyo.csv"
FILES = (FILE_2017, FILE_2023, FILE_2024)


@cache
def book_of(file):
    return read(EXAMPLES / file, file)


@cache
def tables_of(file):
    return find_all(book_of(file))


def truth_of(file):
    with (EXAMPLES / f"{file}.truth.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def mapping_of(table, kind=ListKind.ATTENDANCE):
    return propose(table.header, [row.cells for row in table.rows], kind)


def values_of(file, field):
    """Return what each row of a file says about a field, by sheet and row."""
    return {
        (table.sheet, row.number): row.cells[mapping_of(table).fields[field]]
        for table in tables_of(file)
        for row in table.rows
    }


@pytest.mark.parametrize("file", FILES)
def test_every_row_of_the_truth_is_found_and_no_other(file):
    found = [(table.sheet, row.number) for table in tables_of(file) for row in table.rows]

    assert found == [(line["sheet"], int(line["row"])) for line in truth_of(file)]


@pytest.mark.parametrize("file", FILES)
def test_every_filled_row_is_either_data_or_named_as_skipped(file):
    for sheet in book_of(file).sheets:
        filled = {number for number, row in enumerate(sheet.rows, start=1) if any(row)}
        own = [table for table in tables_of(file) if table.sheet == sheet.name]
        rows = {row.number for table in own for row in table.rows}
        skipped = {row.number for table in own for row in table.skipped}
        heads = {table.top_row + step for table in own for step in (0, 1)}

        assert filled - rows - skipped <= heads
        assert not rows & skipped


@pytest.mark.parametrize("file", FILES)
def test_a_row_lacks_its_name_only_where_the_truth_says_so(file):
    nameless = {place for place, cell in values_of(file, "name").items() if not cell}

    assert nameless == {
        (line["sheet"], int(line["row"]))
        for line in truth_of(file)
        if (line["verdict"], line["column"]) == ("error", "name")
    }


@pytest.mark.parametrize("file", FILES)
def test_every_phone_is_readable_however_it_is_written(file):
    phones = {cell.text for cell in values_of(file, "phone").values() if cell}

    assert len(phones) > 15
    assert all(Phone.parse(text).e164.startswith("+628120000") for text in phones)


def test_niks_that_lost_digits_are_marked_and_the_others_are_whole():
    for file in FILES:
        notes = {(line["sheet"], int(line["row"])): line["note"] for line in truth_of(file)}
        for place, cell in values_of(file, "nik").items():
            damaged = notes[place].startswith(("NIK lossy", "NIK power"))
            assert cell.lossy == damaged
            if cell and not notes[place].startswith("NIK ") and cell.text != "0":
                assert Nik.parse(cell.text).serial >= "9001"


@pytest.mark.parametrize("file", FILES)
def test_addresses_written_as_the_row_above_are_resolved_and_flagged(file):
    marked = {
        (line["sheet"], int(line["row"]))
        for line in truth_of(file)
        if line["note"].startswith("address as the row above")
    }
    above = None
    seen = set()
    for table in tables_of(file):
        place = mapping_of(table).fields["kelurahan"]
        for row in table.rows:
            if any(note.code == "ditto" for note in row.notes):
                seen.add((table.sheet, row.number))
                assert row.cells[place].text == above.cells[place].text
            above = row

    assert seen == marked
    assert marked


def test_the_list_of_2017_tells_three_days_and_its_title():
    (table,) = tables_of(FILE_2017)
    mapping = mapping_of(table)

    assert table.context.title == "PELATIHAN KERAJINAN PERCA DAN LUKIS KAIN"
    assert table.context.place == "Hotel Contoh, Kota Malang"
    assert day_dates(mapping, table.context.dates[0]) == {
        "day_1": date(2017, 8, 8), "day_2": date(2017, 8, 9), "day_3": date(2017, 8, 10),
    }  # fmt: skip
    assert set(mapping.fields) >= {"name", "nik", "sex", "address", "rt_rw", "kelurahan", "phone"}
    assert mapping.ignored == ()
    assert [note.code for row in table.rows for note in row.notes].count("merged") == 6


def test_the_list_of_2023_has_five_tables_and_a_doubtful_weekday():
    tables = tables_of(FILE_2023)

    assert [table.sheet for table in tables] == [
        "Blimbing-Klojen", "Blimbing-Klojen", "Kedungkandang", "Sukun-Lowokwaru", "Sukun-Lowokwaru",
    ]  # fmt: skip
    for table in tables:
        (span,) = table.context.dates
        assert (span.starts_on, span.doubt) == (date(2023, 1, 6), Doubt.WEEKDAY_DIFFERS)
        assert table.context.title == "PELATIHAN PEMBUATAN KUE KERING BAGI MASYARAKAT KOTA MALANG"
        assert mapping_of(table).days[0].header == "TTD"
    assert tables[4].context.lines[-1] == "KECAMATAN LOWOKWARU"


def test_the_list_of_2023_holds_130_people():
    told = {line["person"] for line in truth_of(FILE_2023)}

    assert len(told - {""}) == 130


def test_the_list_of_2024_is_windows_text_with_a_header_over_two_rows():
    book, (table,) = book_of(FILE_2024), tables_of(FILE_2024)
    mapping = mapping_of(table, ListKind.PEOPLE)

    assert (book.encoding, book.delimiter) == ("cp1252", ";")
    assert table.context.organiser == "Tim Relawan Calon Wali Kota (contoh)"
    assert (table.context.dates[0].starts_on, table.context.dates[0].doubt) == (
        date(2024, 10, 7), Doubt.NONE,
    )  # fmt: skip
    assert set(mapping.fields) == {
        "name", "nik", "birth", "sex", "address", "rt_rw", "kelurahan", "kecamatan", "phone",
        "enterprise_name", "product", "education", "note",
    }  # fmt: skip
    assert any("Café" in cell.text for row in table.rows for cell in row.cells)


def test_duplicates_and_errors_are_as_frequent_as_in_life():
    verdicts = Counter(line["verdict"] for file in FILES for line in truth_of(file))

    assert set(verdicts) == {"create", "update", "unchanged", "duplicate", "error"}
    assert 0.04 <= verdicts["duplicate"] / verdicts.total() <= 0.08
    assert 0.02 <= verdicts["error"] / verdicts.total() <= 0.04


def test_a_person_is_created_once_in_all_three_lists():
    created = Counter(
        line["person"] for file in FILES for line in truth_of(file) if line["verdict"] == "create"
    )

    assert max(created.values()) == 1
    for file in FILES:
        for line in truth_of(file):
            if line["verdict"] in {"update", "unchanged"}:
                assert line["person"] in created


def test_the_generator_writes_the_very_files_of_the_folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    generator = importlib.import_module("make_examples")

    generator.main(tmp_path)

    for file in FILES:
        assert read(tmp_path / file, file) == book_of(file)
        truth = f"{file}.truth.csv"
        assert (tmp_path / truth).read_bytes() == (EXAMPLES / truth).read_bytes()
    form = "formulir-usaha-rumahan.xlsx"
    assert read(tmp_path / form, form) == read(EXAMPLES / form, form)

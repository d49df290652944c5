"""Hostile and damaged files end in a clear refusal, with this process alive and small."""

import gzip
import io
import struct
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from jembol.intake import errors, workbook
from jembol.intake.workbook import MAX_UPLOAD_BYTES, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
    '<sheet name="Lembar1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
TAIL = b"</sheetData></worksheet>"
FIRST_ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c></row>'


def xlsx(pieces, extra=()):
    """Write a workbook by hand, its sheet in pieces, so that the test itself stays small."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in [*PARTS.items(), *extra]:
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=False) as member:
            for piece in pieces:
                member.write(piece)
    return file.getvalue()


@cache
def bomb(megabytes):
    return xlsx([HEAD, FIRST_ROW, *[b" " * 1024 * 1024] * megabytes, TAIL])


def with_lying_sizes(content, claimed):
    """Overwrite the inflated size of the sheet in both headers of the archive."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        true_size = struct.pack("<I", info.file_size)
    place = content.rfind(b"PK\x01\x02\x14", 0, content.rfind(info.filename.encode()))
    place = content.find(true_size, max(place, 0))
    while place >= 0:
        changed[place : place + 4] = struct.pack("<I", claimed)
        place = content.find(true_size, place + 4)
    return bytes(changed)


def memory(line):
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0]) // 1024


def still_reads():
    return read(b"Nama\nSiti\n", "x.csv").sheets[0].rows[1][0].text == "Siti"


def test_half_a_megabyte_that_inflates_to_512_is_refused_in_bounded_memory():
    content = bomb(512)
    assert len(content) < 600 * 1024
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")

    with pytest.raises(errors.FileTooBig, match="512 MB"):
        read(content, "bom.xlsx")

    assert memory("VmHWM") - before < 150
    assert still_reads()


def test_a_bomb_that_lies_about_its_size_is_refused_in_bounded_memory():
    content = with_lying_sizes(bomb(512), 4096)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size == 4096
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")

    with pytest.raises(errors.FileTooBig, match="Unpacked"):
        read(content, "bom.xlsx")

    assert memory("VmHWM") - before < 150


def test_two_cells_at_the_ends_of_the_sheet_do_not_fill_the_memory_between():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")

    with pytest.raises(errors.FileTooBig):
        read(xlsx([HEAD, FIRST_ROW, far, TAIL]), "jauh.xlsx")

    assert memory("VmHWM") - before < 150
    assert still_reads()


@pytest.mark.parametrize("inner", ["", '<is><t xml:space="preserve"> </t></is>'])
def test_a_million_empty_styled_rows_are_no_rows(inner):
    kind = ' t="inlineStr"' if inner else ""
    empty = "".join(
        f'<row r="{row}"><c r="A{row}" s="0"{kind}>{inner}</c></row>' for row in range(2, 1_000_001)
    )
    content = xlsx([HEAD, FIRST_ROW, empty.encode(), TAIL])
    del empty
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")

    book = read(content, "kosong.xlsx")

    assert [[cell.text for cell in row] for row in book.sheets[0].rows] == [["Nama"]]
    assert memory("VmHWM") - before < 150


def test_more_filled_rows_than_an_import_may_hold_are_refused_with_the_row():
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 200_003)
    )

    with pytest.raises(errors.TooManyRows, match="row 200001") as refused:
        read(xlsx([HEAD, rows.encode(), TAIL]), "banyak.xlsx")

    assert refused.value.params["sheet"] == "Lembar1"


def test_more_filled_rows_in_a_text_table_are_refused_with_the_row():
    with pytest.raises(errors.TooManyRows, match="Row 200001"):
        read(b"a\n" * 200_001, "banyak.csv")


def test_sixteen_thousand_columns_are_refused_with_row_and_column():
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("Lebar").append([f"k{number}" for number in range(16_384)])
    file = io.BytesIO()
    book.save(file)

    with pytest.raises(errors.TooManyColumns, match=r"Sheet Lebar, row 1 .* column 16384"):
        read(file.getvalue(), "lebar.xlsx")
    with pytest.raises(errors.TooManyColumns, match="column 16384"):
        read(b";".join([b"k"] * 16_384), "lebar.csv")


def test_xml_entities_are_refused_by_name_of_the_part():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'.encode()

    with pytest.raises(errors.FileUnsafe, match=r"sheet1\.xml"):
        read(xlsx([document, HEAD, FIRST_ROW, TAIL]), "tawa.xlsx")


def test_an_archive_in_the_archive_is_refused_but_an_embedded_object_is_not():
    inner = bomb(1)

    with pytest.raises(errors.FileUnsafe, match=r"media/inner\.zip"):
        read(xlsx([HEAD, FIRST_ROW, TAIL], [("xl/media/inner.zip", inner)]), "x.xlsx")
    embedded = read(xlsx([HEAD, FIRST_ROW, TAIL], [("xl/embeddings/a.xlsx", inner)]), "x.xlsx")

    assert embedded.sheets[0].rows[0][0].text == "Nama"


def test_too_many_parts_are_refused():
    parts = [(f"xl/p{number}.xml", "") for number in range(5_001)]

    with pytest.raises(errors.FileUnsafe, match="parts"):
        read(xlsx([HEAD, FIRST_ROW, TAIL], parts), "x.xlsx")


@pytest.mark.parametrize("keep", [40, 700, -30, -1])
def test_a_workbook_cut_short_is_unreadable(keep):
    content = xlsx([HEAD, FIRST_ROW, TAIL])

    with pytest.raises(errors.FileUnreadable, match="Save it again"):
        read(content[:keep], "potong.xlsx")


def test_damage_inside_a_sheet_is_unreadable():
    with pytest.raises(errors.FileUnreadable):
        read(xlsx([HEAD, b"<row r='1'><c r='A1'><v>1</c></row>", TAIL]), "rusak.xlsx")


def test_a_damaged_old_workbook_is_unreadable():
    with pytest.raises(errors.FileUnreadable):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "rusak.xls")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n...", "a picture"),
        (b"<html><table><tr><td>Nama</td></tr></table></html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
        (gzip.compress(b"Nama\n"), "an archive"),
        (bytes(range(1, 32)) * 40, "neither a spreadsheet nor a text table"),
    ],
)
def test_the_type_is_decided_by_bytes_and_a_false_name_does_not_help(content, what):
    with pytest.raises(errors.FileTypeUnknown, match=what):
        read(content, "daftar.xlsx")


def test_an_archive_without_a_spreadsheet_is_refused_by_what_it_holds():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    with pytest.raises(errors.FileTypeUnknown, match=r"word/document\.xml"):
        read(file.getvalue(), "daftar.xlsx")


def test_a_nul_in_a_text_table_is_refused_with_its_line():
    with pytest.raises(errors.TextBroken, match=r"Line 3 .*NUL") as refused:
        read(b"Nama,HP\nSiti,0812\nA\x00ni,0813\n", "nul.csv")

    assert refused.value.params["line"] == 3


def test_half_a_surrogate_pair_is_refused_in_every_kind_of_file():
    with pytest.raises(errors.TextBroken, match=r"Line 2 .*surrogate"):
        read(b"Nama\nSi\xed\xa0\x80ti\n", "x.csv")
    with pytest.raises(errors.TextBroken, match="Line 2"):
        read(b"\xff\xfe" + "Nama\nSi\ud800ti\n".encode("utf-16-le", "surrogatepass"), "x.csv")
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&#xD800;</t></is></c></row>'
    with pytest.raises(errors.FileUnreadable):
        read(xlsx([HEAD, cell, TAIL]), "x.xlsx")


def test_a_quote_that_never_closes_is_refused_with_the_line_where_it_opened():
    with pytest.raises(errors.QuoteUnclosed, match="line 3"):
        read(b'Nama,HP\nSiti,1\n"Ani,2\nBudi,3\n', "x.csv")
    with pytest.raises(errors.QuoteUnclosed, match="line 2"):
        read(b'Nama,HP\n"Ani,2\n' + b"Budi,3\n" * 30 + b'Tini,"4"\n', "x.csv")


def test_a_file_over_the_upload_limit_is_refused_before_it_is_looked_at():
    with pytest.raises(errors.FileTooBig, match="20 MB is allowed"):
        read(bytes(MAX_UPLOAD_BYTES + 1), "x.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ; ; \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_value_is_refused(content):
    with pytest.raises(errors.FileHasNothing, match=r"x\.csv"):
        read(content, "x.csv")


def test_an_empty_workbook_is_refused():
    with pytest.raises(errors.FileHasNothing):
        read(xlsx([HEAD, TAIL]), "x.xlsx")


def test_a_refusal_keeps_its_template_for_translation():
    with pytest.raises(errors.FileTooBig) as refused:
        read(bomb(301), "bom.xlsx")

    assert str(refused.value) == refused.value.template % refused.value.params


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(600)",
        "import sys\nwhile True: sys.stdout.write('x' * 65536)",
        'print(\'{"kind": "xlsx", "sheets": []}\')',
        "import os; os.abort()",
    ],
    ids=["hangs", "never ends its line", "stops half-way", "dies"],
)
def test_a_reader_that_misbehaves_is_ended_and_the_file_refused(program, tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(workbook, "_CHILD", child)
    monkeypatch.setattr(workbook, "TIMEOUT_SECONDS", 1)

    with pytest.raises(errors.FileTooBig, match="memory or time"):
        read(xlsx([HEAD, FIRST_ROW, TAIL]), "x.xlsx")

"""Files for the tests, each made by the library that people's programs use."""

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from jembol.files.choices import MediaType
from jembol.journal.by import By
from jembol.kit.reach import Reach

MALANG = 35_73_00_0000_000_000
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BY = By(kind="officer", id=7, label="Sari", at=NOON, door="desk", reach=Reach.everywhere())


def saved(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def xls():
    book = xlwt.Workbook()
    book.add_sheet("Peserta").write(0, 0, "Nama")
    return saved(book.save)


# The smallest whole pictures, made once with Pillow.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)

REAL = {
    "xlsx": (saved(openpyxl.Workbook().save), MediaType.XLSX),
    "xls": (xls(), MediaType.XLS),
    "ods": (saved(OpenDocumentSpreadsheet().write), MediaType.ODS),
    "csv": (b"Nama;RT/RW\r\nSiti;03/05\r\n", MediaType.CSV),
    "cp1252": ("Nama;Catatan\r\nSiti;caf\xe9 \x96 pagi\r\n".encode("latin-1"), MediaType.CSV),
    "utf8 with mark": ("\ufeffNama;RT\r\nSiti;3\r\n".encode(), MediaType.CSV),
    "utf16": ("Nama\tRT\r\nSiti\t3\r\n".encode("utf-16"), MediaType.CSV),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", MediaType.PDF),
    "png": (PNG, MediaType.PNG),
    "jpeg": (bytes.fromhex("ffd8ffe000104a46494600"), MediaType.JPEG),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
}

HOSTILE = {
    "a program": b"MZ\x90\x00\x03\x00\x00\x00",
    "an ELF program": b"\x7fELF\x02\x01\x01\x00",
    "a plain archive": zipped(**{"nama.csv": "Nama"}),
    "a Word document": zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}),
    "an ODT document": saved(OpenDocumentText().write),
    "a web page called xls": b"<html><table><tr><td>Nama</td></tr></table></html>",
    "a picture with a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "text with NUL": b"Nama;RT\r\nSi\x00ti;3\r\n",
    "only blanks": b" \r\n \r\n",
    "half a compound file": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512),
    "noise": bytes(range(256)),
}

"""What the bytes of a file prove about its type, and what is left of its name."""

import codecs
import unicodedata
from pathlib import PureWindowsPath

from jembol.files.choices import MediaType

LONGEST_NAME = 200

# Signatures at the start of a file. Sources: PDF 32000-1 7.5.2, RFC 2083 (PNG), ITU-T T.81 (JPEG).
_STARTS = (
    (b"%PDF-", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
)
_ZIP_END = b"PK\x05\x06"  # APPNOTE 4.3.16, without a comment
_ZIP_END_LENGTH = 22
_ZIP = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # MS-CFB 2.2
# ODF 1.3 part 2, 3.3: the first member is named `mimetype` and stored as it is.
_ODS_MEMBER = b"mimetype" + MediaType.ODS.value.encode()
_ODS_PLACE = 30
# Streams of a workbook in a compound file: `Workbook` (BIFF8), `Book` (BIFF5).
_XLS_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a")
_TEXT_SAMPLE = 1 << 16


def media_type_of(content: bytes) -> MediaType | None:
    """Return the type that the bytes prove, or None; the name of a file proves nothing."""
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content.startswith(_ZIP):
        return _type_of_zip(content)
    if content.startswith(_COMPOUND):
        return MediaType.XLS if any(name in content for name in _XLS_STREAMS) else None
    return MediaType.CSV if _is_table_text(content) else None


def safe_name(name: str) -> str:
    """Return the last part of a file name without signs that could mislead a reader or a system."""
    # A browser on Windows may send a whole path; PureWindowsPath knows both separators.
    last = PureWindowsPath(name).name
    # Cc and Cf hold NUL, line ends and the signs that turn the direction of writing ("fdp.exe").
    clean = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    stem, dot, ending = clean.strip(" .").rpartition(".")
    if not stem:
        return ending[:LONGEST_NAME] or "file"
    room = max(LONGEST_NAME - len(dot + ending), 1)
    return f"{stem[:room]}{dot}{ending}"[:LONGEST_NAME]


def _type_of_zip(content: bytes) -> MediaType | None:
    # The names of members stand uncompressed in the archive's directory. Nothing is unpacked here,
    # so an archive of a million members costs no more than one of ten.
    if content[_ODS_PLACE:].startswith(_ODS_MEMBER):
        return MediaType.ODS
    is_workbook = b"xl/workbook." in content and b"[Content_Types].xml" in content
    if is_workbook:
        return MediaType.XLSX
    # Without its end it may be a piece of anything that is kept in an archive.
    return MediaType.ZIP if content[-_ZIP_END_LENGTH:].startswith(_ZIP_END) else None


def _is_table_text(content: bytes) -> bool:
    """Say whether the bytes are plain text that may hold a table."""
    sample = content[:_TEXT_SAMPLE]
    if sample.startswith(_TEXT_MARKS[1:]):
        return True
    body = sample.removeprefix(codecs.BOM_UTF8)
    if not _CONTROL.isdisjoint(body):
        return False
    # Some systems export a web page and call it .xls; it is markup, not a table of text.
    return bool(body.strip()) and not body.lstrip().startswith(b"<")

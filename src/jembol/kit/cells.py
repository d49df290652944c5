"""Cells of a CSV file that no spreadsheet takes for a formula, and the way back.

A value that begins like a formula gets one apostrophe in front (OWASP, "CSV Injection"). What
decides is the value without its leading apostrophes; therefore `unguard(guard(x)) == x` for every
text, those that already begin with apostrophes too. Cells of XLSX need none of this: they are
written as text.
"""

import re
from typing import Final

# Signs that begin a formula or a command in Excel, LibreOffice and Google Sheets, their full-width
# twins, and white space before them, which these programs skip.
_FORMULA: Final = re.compile(r"[\s\ufeff\u200b]*[\t\r\n=+\-@|%\uff1d\uff0b\uff0d\uff20]")
# Telephone numbers and plain negative numbers are no formulas; a guard would spoil them.
_HARMLESS: Final = re.compile(r"\+62[0-9 ().-]{6,19}|-[0-9]+(?:[.,][0-9]+)*")


def guard(text: str) -> str:
    """Return the text as it may stand in a CSV cell."""
    return "'" + text if _needs_guard(text) else text


def unguard(cell: str) -> str:
    """Return the text that `guard` was given."""
    return cell[1:] if cell.startswith("'") and _needs_guard(cell) else cell


def _needs_guard(text: str) -> bool:
    value = text.lstrip("'")
    return bool(_FORMULA.match(value)) and not _HARMLESS.fullmatch(value)

"""What a file can be refused for before a single row of it is understood."""

from __future__ import annotations

from django.utils.translation import gettext

from jembol.kit.refusal import Refusal


class ReadingRefused(Refusal):
    """A file that cannot be read; subclasses name the fact.

    The child process that reads workbooks knows no translation, so it sends templates; they
    become the reader's language here. `tools/messages.py` finds them by the names of the classes.

    Attributes:
        template: The English message before its parameters were put in.
    """

    code = "reading_refused"

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(gettext(template) % params)
        self.template = template
        self.params = params


class FileTooBig(ReadingRefused):
    """The file is larger than the server can read safely, or swells when it is unpacked."""

    code = "file_too_big"


class FileUnreadable(ReadingRefused):
    """The file has a known type but is damaged or cut short."""

    code = "file_unreadable"


class FileTypeUnknown(ReadingRefused):
    """The bytes are not those of a workbook or of a text table."""

    code = "file_type_unknown"


class FileLocked(ReadingRefused):
    """The workbook asks for a password."""

    code = "file_locked"


class FileUnsafe(ReadingRefused):
    """The file carries something that an honest spreadsheet program never writes."""

    code = "file_unsafe"


class FileHasNothing(ReadingRefused):
    """No cell of the file holds a value."""

    code = "file_has_nothing"


class TooManyRows(ReadingRefused):
    """More filled rows than one import may hold."""

    code = "too_many_rows"


class TooManyColumns(ReadingRefused):
    """A value stands further right than any list needs."""

    code = "too_many_columns"


class TextBroken(ReadingRefused):
    """The text holds bytes that are no letters: NUL, half a surrogate pair, another encoding."""

    code = "text_broken"


class QuoteUnclosed(ReadingRefused):
    """A quotation mark opens in a text table and is not closed where it should be."""

    code = "quote_unclosed"


READING_REFUSALS: dict[str, type[ReadingRefused]] = {
    refusal.code: refusal
    for refusal in (
        FileTooBig,
        FileUnreadable,
        FileTypeUnknown,
        FileLocked,
        FileUnsafe,
        FileHasNothing,
        TooManyRows,
        TooManyColumns,
        TextBroken,
        QuoteUnclosed,
    )
}


class NotNow(Refusal):
    """The import is not at a point where that can be done."""

    code = "import_not_now"


class ColumnsUnclear(Refusal):
    """The columns chosen do not say whom the rows are about, or name a field twice."""

    code = "columns_unclear"


class ClassUnclear(Refusal):
    """An attendance list needs a class: one that is there, or one to be opened."""

    code = "class_unclear"


class RowDecided(Refusal):
    """The row does not wait for a decision any more."""

    code = "row_decided"


class NotACandidate(Refusal):
    """The person lies outside the officer's areas."""

    code = "not_a_candidate"

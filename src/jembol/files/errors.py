"""Refusals about files."""

from typing import ClassVar

from jembol.kit.refusal import Refusal


class FileTooBig(Refusal):
    """The file is larger than may be handed in."""

    code: ClassVar[str] = "file-too-big"


class FileTypeRefused(Refusal):
    """The bytes are not of a type that is taken here."""

    code: ClassVar[str] = "file-type-refused"


class FileEmpty(Refusal):
    """The file holds nothing."""

    code: ClassVar[str] = "file-empty"


class FileMissing(Refusal):
    """The row is there, its content is not on the disk."""

    code: ClassVar[str] = "file-missing"


class PictureUnreadable(Refusal):
    """The bytes are no picture that can be drawn anew."""

    code = "picture-unreadable"


class WrongOffset(Refusal):
    """A piece does not follow what has come; `have` says how much that is."""

    code = "wrong-offset"

"""Take a file in."""

from collections.abc import Collection
from datetime import datetime
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files import shelf
from jembol.files.choices import HANDED_IN, Audience, MediaType
from jembol.files.errors import FileEmpty, FileTooBig, FileTypeRefused
from jembol.files.models import StoredFile
from jembol.files.rules import media_type_of, safe_name

MEBIBYTE = 1024 * 1024


class Uploader(Protocol):
    """Who hands a file in: `journal.by.By` fits."""

    @property
    def id(self) -> int | None:
        """The key of the officer or citizen."""

    @property
    def kind(self) -> str:
        """What the uploader is."""

    @property
    def at(self) -> datetime:
        """The moment of handing in."""


@transaction.atomic
def _kept(file: StoredFile) -> StoredFile:
    file.save(force_insert=True)
    return file


def store(
    content: IO[bytes] | bytes,
    *,
    name: str,
    audience: Audience,
    area_key: int,
    by: Uploader,
    sealed: bool = False,
    allowed: Collection[MediaType] = HANDED_IN,
    limit: int | None = None,
) -> StoredFile:
    """Keep a file under the hash of its content, with the type that its bytes prove.

    The bytes are on the disk before the row is written, so a crash between the two leaves no row
    that names nothing.

    Args:
        content: The bytes, or a file opened for reading them.
        name: What its owner calls it; only shown, never trusted.
        audience: Who may see it; what is `specific` is always sealed.
        area_key: The area it belongs to.
        by: Who hands it in.
        sealed: Encrypt it on the disk.
        allowed: Types that are taken here.
        limit: Bytes at most; None is the limit of the settings.

    Raises:
        FileTooBig: it has more bytes than the limit.
        FileEmpty: it has none.
        FileTypeRefused: its bytes are not of an allowed type.
    """
    shown = safe_name(name)
    most = settings.UPLOAD_LIMIT_MB * MEBIBYTE if limit is None else limit
    data = _read(content, shown, most)
    media_type = _type(data, shown, allowed)
    is_sealed = sealed or audience == Audience.SPECIFIC
    return _kept(
        StoredFile(
            digest=shelf.put(data, sealed=is_sealed),
            size=len(data),
            media_type=media_type,
            name=shown,
            audience=audience,
            area_key=area_key,
            sealed=is_sealed,
            uploaded_by=by.id if by.kind == "officer" else None,
            at=by.at,
        )
    )


def _read(content: IO[bytes] | bytes, name: str, limit: int) -> bytes:
    """Read at most one byte more than the limit, so that a giant costs no memory."""
    data = content[: limit + 1] if isinstance(content, bytes) else content.read(limit + 1)
    if len(data) > limit:
        raise FileTooBig(
            _(
                "The file %(name)s is larger than %(limit)s MB. "
                "Split it into smaller files, or ask the administrator to raise the limit."
            )
            % {"name": name, "limit": _megabytes(limit)},
            limit=limit,
        )
    if not data:
        raise FileEmpty(
            _(
                "The file %(name)s is empty. "
                "Choose the file again, or save it anew and hand that one in."
            )
            % {"name": name}
        )
    return data


def _type(data: bytes, name: str, allowed: Collection[MediaType]) -> MediaType:
    media_type = media_type_of(data)
    if media_type is None or media_type not in allowed:
        taken = ", ".join(str(MediaType(one).label) for one in MediaType if one in allowed)
        found = _("of an unknown type") if media_type is None else str(media_type.label)
        raise FileTypeRefused(
            _(
                "The content of the file %(name)s is %(found)s, whatever its name says. "
                "Save it as one of these and try again: %(taken)s."
            )
            % {"name": name, "found": found, "taken": taken},
            media_type=None if media_type is None else media_type.value,
        )
    return media_type


def _megabytes(count: int) -> str:
    return f"{count / MEBIBYTE:g}"

"""Files that arrive piece by piece: kept apart until they are whole.

The length of what lies on the disk is what has come; no counter can differ from it. Call each under
a lock of the row to which the file belongs.
"""

import hashlib
import os
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from jembol.files.errors import WrongOffset

FOLDER = "pieces"


def length_of(key: str) -> int:
    """Return how many bytes have come."""
    try:
        return _path(key).stat().st_size
    except FileNotFoundError:
        return 0


def append(key: str, offset: int, piece: bytes) -> int:
    """Keep a piece and return how many bytes there are; one that is there already changes nothing.

    Raises:
        WrongOffset: bytes before it are missing, or it reaches over what is there.
    """
    have = length_of(key)
    if offset + len(piece) <= have:
        return have
    if offset != have:
        raise WrongOffset(f"{have} bytes have come, not {offset}", have=have)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return have + len(piece)


def content_of(key: str) -> bytes:
    """Return all that has come."""
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        return b""


def digest_of(key: str) -> str:
    """Return SHA-256 of all that has come, in hex."""
    return hashlib.sha256(content_of(key)).hexdigest()


def drop(key: str) -> None:
    """Forget what has come."""
    _path(key).unlink(missing_ok=True)


def total_of(keys: Iterable[str]) -> int:
    """Return how many bytes of these files have come."""
    return sum(length_of(key) for key in keys)


def drop_older(than: datetime, *, kept: Collection[str] = ()) -> int:
    """Forget files to which nothing was added since, and return how many."""
    folder, gone = _path("x").parent, 0
    if not folder.is_dir():
        return 0
    for path in sorted(folder.iterdir()):
        if path.name not in kept and path.stat().st_mtime < than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _path(key: str) -> Path:
    if not key.isalnum():
        raise ValueError(f"{key!r} is no key of a file")
    return Path(settings.FILES_ROOT) / FOLDER / key

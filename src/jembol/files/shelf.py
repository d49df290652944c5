"""Where the bytes lie: one file for one content, named by its hash, on the disk of this machine."""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from jembol.files.errors import FileMissing
from jembol.files.models import StoredFile
from jembol.vault.sealing import open_bytes, seal_bytes


def digest_of(content: bytes) -> str:
    """Return the name of this content: SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def put(content: bytes, *, sealed: bool) -> str:
    """Keep the content, unless it is kept already, and return its digest.

    The file appears whole or not at all: it is written beside its place, forced to the disk and
    then renamed.
    """
    digest = digest_of(content)
    path = path_of(digest, sealed=sealed)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = seal_bytes(content, _place(digest)) if sealed else content
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".unfinished-", delete=False) as file:
        try:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _force_to_disk(path.parent)
    return digest


def open_file(file: StoredFile) -> IO[bytes]:
    """Open the content for reading, unsealed.

    Raises:
        FileMissing: the content is not on the disk.
    """
    path = path_of(file.digest, sealed=file.sealed)
    try:
        if file.sealed:
            return io.BytesIO(open_bytes(path.read_bytes(), _place(file.digest)))
        return path.open("rb")
    except FileNotFoundError:
        raise FileMissing(
            _(
                "The content of the file %(name)s is missing on this machine. "
                "Restore the folder of files from the backup that belongs to the database."
            )
            % {"name": file.name},
            file=file.pk,
        ) from None


def path_of(digest: str, *, sealed: bool) -> Path:
    """Return where this content lies; sealed and open ones never share a place."""
    folder = Path(settings.FILES_ROOT) / digest[:2] / digest[2:4]
    return folder / (f"{digest}.sealed" if sealed else digest)


def _place(digest: str) -> str:
    return f"files.content:{digest}"


def _force_to_disk(folder: Path) -> None:
    # The rename itself is only safe from a power cut once the folder is on the disk.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The archive of a backup: a ZIP file with the database, the files, and a manifest of checksums.

ZIP keeps its table of contents at the very end, so an archive that was cut does not open at all;
the manifest finds every other change. Members are read and written in pieces, never whole.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
PIECE = 1024 * 1024


class Unusable(Exception):
    """Why an archive cannot be restored."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the archive as the manifest knows it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds and where it comes from."""

    engine: str
    made_at: str
    members: tuple[Member, ...]


def write(target: Path, *, engine: str, made_at: str, database: Path, files: Path) -> Manifest:
    """Write the archive: whole at its place, or not at all.

    Args:
        target: Where the archive goes; must not be there yet.
        engine: The kind of database the copy is of.
        made_at: When, as ISO text.
        database: The copy of the database.
        files: The folder of files; may be absent.
    """
    unfinished = target.with_name(f".unfinished-{target.name}")
    # The register is in it: nobody but its owner may read the archive.
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                members = tuple(_add(archive, *one) for one in _contents(database, files))
                manifest = Manifest(engine, made_at, members)
                archive.writestr(MANIFEST, _as_json(manifest))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _contents(database: Path, files: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    for path in sorted(files.rglob("*")) if files.is_dir() else ():
        if path.is_file() and not path.name.startswith("."):
            yield f"{FILES}/{path.relative_to(files).as_posix()}", path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        size, sha256 = _copy(source, target)
    return Member(name, size, sha256)


def _copy(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Copy in pieces and return size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    return size, digest.hexdigest()


def unpack(source: Path, folder: Path, *, engine: str) -> Manifest:
    """Unpack the archive into an empty folder, and check each byte against the manifest.

    Raises:
        Unusable: it is cut, changed, of another format, or of another kind of database.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _read_manifest(archive)
            _check_origin(manifest, engine)
            _check_names(archive.namelist(), manifest.members)
            for member in manifest.members:
                _extract(archive, member, folder)
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError) as problem:
        raise Unusable(f"{source.name} is damaged or no backup of Jembol: {problem}") from problem
    return manifest


def _check_origin(manifest: Manifest, engine: str) -> None:
    if manifest.engine != engine:
        raise Unusable(
            f"The archive holds a database of {manifest.engine}, but this deployment runs on "
            f"{engine}. Restore it into one of the same kind."
        )


def _check_names(present: Iterable[str], members: Iterable[Member]) -> None:
    """Let only members through that the manifest names and that stay inside the folder."""
    named = [member.name for member in members]
    if sorted(present) != sorted([*named, MANIFEST]) or DATABASE not in named:
        raise ValueError("its members are not those of its manifest")
    for name in named:
        parts = PurePosixPath(name).parts
        if name != DATABASE and (parts[:1] != (FILES,) or ".." in parts):
            raise ValueError(f"it has a member {name!r}")


def _extract(archive: zipfile.ZipFile, member: Member, folder: Path) -> None:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with archive.open(member.name) as source, target.open("xb") as file:
        found = _copy(source, file)
        file.flush()
        os.fsync(file.fileno())
    if found != (member.size, member.sha256):
        raise ValueError(f"the checksum of {member.name} is not the one of the manifest")


def _as_json(manifest: Manifest) -> str:
    members = [[one.name, one.size, one.sha256] for one in manifest.members]
    return json.dumps(
        {
            "product": "jembol",
            "format": FORMAT,
            "engine": manifest.engine,
            "made_at": manifest.made_at,
            "members": members,
        },
        indent=1,
    )


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    told: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if (told["product"], told["format"]) != ("jembol", FORMAT):
        raise ValueError("its format is unknown to this version")
    members = tuple(Member(str(name), int(size), str(sum_)) for name, size, sum_ in told["members"])
    return Manifest(str(told["engine"]), str(told["made_at"]), members)

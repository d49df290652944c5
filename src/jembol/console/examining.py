"""Examine a deployment from below: each examination tells what it found, and what to do."""

import hashlib
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from jembol.files.errors import FileMissing
from jembol.files.models import StoredFile
from jembol.files.shelf import open_file, path_of
from jembol.journal.choices import Break
from jembol.journal.verify import streams, verify
from jembol.kit.area import AreaCode
from jembol.kit.nik import Nik
from jembol.kit.seal import SealBroken
from jembol.outbox.channels import setup_of
from jembol.outbox.choices import Channel, MessageState
from jembol.outbox.models import Message
from jembol.registry.link_keys import without_link_keys
from jembol.registry.models import Person
from jembol.registry.sealed_numbers import nik_digest, open_nik

SAMPLE = 50
LEAST_FREE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What one examination found."""

    is_well: bool
    what: str


def _well(what: str) -> Finding:
    return Finding(is_well=True, what=what)


def _ill(what: str) -> Finding:
    return Finding(is_well=False, what=what)


def database() -> Iterator[Finding]:
    """Ask the database whether its pages and foreign keys are whole."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
            yield _well(_("PostgreSQL %(version)s answers") % {"version": version})
            return
        cursor.execute("PRAGMA integrity_check(5)")
        said = [row[0] for row in cursor.fetchall()]
        is_whole = said == ["ok"]
        words = _("SQLite is whole") if is_whole else _("SQLite is damaged: %s") % "; ".join(said)
        yield Finding(is_whole, words)
        cursor.execute("PRAGMA foreign_key_check")
        orphans = len(cursor.fetchall())
        yield Finding(not orphans, _("Rows that point nowhere: %s") % orphans)


def migrations() -> Iterator[Finding]:
    """Tell how many migrations wait."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield _ill(_("%s migrations wait: run `jembol setup`") % waiting)
    else:
        yield _well(_("The tables are those of this version"))


def keys() -> Iterator[Finding]:
    """Open the newest sealed NIKs, without showing them, and find them again by digest."""
    sealed = Person.objects.exclude(nik_sealed=None).order_by("-pk")[:SAMPLE]
    opened = 0
    for person in sealed:
        try:
            is_found = nik_digest(Nik.parse(open_nik(person))) == person.nik_digest
        except (SealBroken, ImproperlyConfigured, ValueError) as problem:
            yield _ill(
                _("The NIK of person %(key)s does not open: %(why)s. Is it the right key?")
                % {"key": person.pk, "why": problem},
            )
            return
        if not is_found:
            yield _ill(_("JEMBOL_DIGEST_KEY is not the key of these digests."))
            return
        opened += 1
    yield _well(_("Sealed numbers open with the keys (%s tried)") % opened)
    yield from _secrets()


def link_keys() -> Iterator[Finding]:
    """Tell how many people have no keys, or old ones, by which those like them are found."""
    found = without_link_keys().count()
    if found:
        yield _ill(
            _("People who are not found when misspelled: %s. Run `jembol link-keys`") % found
        )
    else:
        yield _well(_("Everybody is found by keys of this version"))


def _secrets() -> Iterator[Finding]:
    path = Path(settings.STATE) / "secrets.json"
    if path.exists():
        is_private = not stat.S_IMODE(path.stat().st_mode) & 0o077
        words = _("is for its owner alone") if is_private else _("can be read by others: chmod 600")
        yield Finding(is_private, f"{path.name} {words}")


def files() -> Iterator[Finding]:
    """Look for every file on the disk, and compare the content of the newest ones."""
    rows = StoredFile.objects.order_by("-pk")
    missing = [
        row.pk for row in rows.iterator() if not path_of(row.digest, sealed=row.sealed).exists()
    ]
    yield Finding(not missing, _("Files without content on the disk: %s") % len(missing))
    changed = [row.pk for row in rows[:SAMPLE] if row.pk not in missing and not _is_as_stored(row)]
    yield Finding(not changed, _("Files whose content has changed: %s") % (changed or 0))


def _is_as_stored(row: StoredFile) -> bool:
    try:
        with open_file(row) as content:
            return hashlib.sha256(content.read()).hexdigest() == row.digest
    except (FileMissing, SealBroken, ImproperlyConfigured):
        return False


def journal() -> Iterator[Finding]:
    """Walk through every chain."""
    for stream in streams():
        city = AreaCode.from_key(stream).code or _("above the cities")
        link = verify(stream)
        if link is None:
            yield _well(_("The journal of %s is as it was written") % city)
        else:
            words = {"city": city, "seq": link.seq, "what": Break(link.what).label}
            yield _ill(_("The journal of %(city)s breaks at fact %(seq)s: %(what)s") % words)


def disk() -> Iterator[Finding]:
    """Tell how much room is left where everything is kept."""
    free = shutil.disk_usage(settings.STATE).free
    words = _("Free on the disk of %(folder)s: %(free)s MB")
    yield Finding(
        free >= LEAST_FREE_BYTES, words % {"folder": settings.STATE, "free": free // 1024**2}
    )


def channels() -> Iterator[Finding]:
    """Tell by which channels messages can leave, and what the others lack."""
    for channel in (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL):
        setup = setup_of(channel)
        words = {"channel": channel.label, "missing": ", ".join(setup.missing)}
        if setup.is_ready:
            yield _well(_("%(channel)s is set up") % words)
        elif setup.is_unsafe:
            yield _ill(_("%(channel)s: its address must begin with https://") % words)
        else:
            # Nobody need have a gateway; one that was begun and lacks something is a mistake.
            what = _("%(channel)s is not set up, so its messages go into a folder: %(missing)s")
            yield Finding(not setup.is_begun, what % words)
    failed = Message.objects.filter(state=MessageState.FAILED).count()
    if failed:
        yield _ill(_("Messages that no gateway took: %s") % failed)


EXAMINATIONS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database, migrations, keys, link_keys, files, journal, channels, disk,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Yield the findings of all examinations; one that breaks is a finding too."""
    for examination in EXAMINATIONS:
        try:
            yield from examination()
        except (DatabaseError, OSError) as problem:
            yield _ill(f"{examination.__name__}: {str(problem).strip()}")

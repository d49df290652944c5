"""`jembol backup FILE`: database and files in one archive."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.console import archive, copying


class Command(BaseCommand):
    help = "Write database and files into one archive, while people work. It is not encrypted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the archive to be made, for example jembol.zip"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if target.exists():
            raise CommandError(_("%(file)s is there already. Name another.") % {"file": target})
        try:
            manifest = _write(target)
        except (copying.CannotCopy, OSError) as problem:
            raise CommandError(_("No backup was made: %(why)s") % {"why": problem}) from problem
        words = {"file": target, "files": len(manifest.members) - 1, "bytes": target.stat().st_size}
        self.stdout.write(
            _("%(file)s holds the database and %(files)s files (%(bytes)s bytes).") % words
        )
        self.stdout.write(
            _("The vault keys are not in it, and names and phones in it are readable: guard both.")
        )


def _write(target: Path) -> archive.Manifest:
    with tempfile.TemporaryDirectory(dir=settings.STATE, prefix="backup-") as folder:
        copy = Path(folder) / "database"
        # The database first: a file that comes later is no loss, a missing one would be.
        copying.copy_out(copy)
        return archive.write(
            target,
            engine=copying.engine(),
            made_at=timezone.now().isoformat(timespec="seconds"),
            database=copy,
            files=Path(settings.FILES_ROOT),
        )

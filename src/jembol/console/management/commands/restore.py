"""`jembol restore FILE`: check an archive to the last byte, then put it in place."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.console import archive, copying
from jembol.console.running import hold_stopped


class Command(BaseCommand):
    help = "Check an archive to the last byte and put it in place. Stop Jembol first."
    # An older or newer database must not keep the command from starting.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the archive that `jembol backup` made")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="restore over a register that is there; the former one is kept aside",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        state = Path(settings.STATE)
        with hold_stopped(state) as is_stopped:
            if not is_stopped:
                raise CommandError(_("Jembol is running on this register. Stop it first."))
            if not (copying.is_empty() or options["replace"]):
                raise CommandError(
                    _("A register is there already. With --replace it is kept aside.")
                )
            try:
                aside = _restore(options["file"], state)
            except (archive.Unusable, copying.CannotCopy, OSError) as problem:
                raise CommandError(
                    _("Nothing was changed: %(why)s") % {"why": problem}
                ) from problem
        self.stdout.write(
            _("Restored. What was there before is kept as %(aside)s") % {"aside": aside}
        )
        self.stdout.write(_("Now run `jembol doctor`: it tells whether the keys fit."))


def _restore(source: Path, state: Path) -> Path:
    """Unpack and check, then swap database and files; return where the former ones are."""
    with tempfile.TemporaryDirectory(dir=state, prefix="restoring-") as name:
        folder = Path(name)
        archive.unpack(source, folder, engine=copying.engine())
        aside = state / f"before-restore-{timezone.now():%Y%m%d-%H%M%S-%f}"
        aside.mkdir(mode=0o700)
        try:
            copying.copy_in(folder / archive.DATABASE, aside=aside)
        except BaseException:
            if not any(aside.iterdir()):
                aside.rmdir()
            raise
        _swap_files(folder / archive.FILES, aside)
    return aside


def _swap_files(fresh: Path, aside: Path) -> None:
    files = Path(settings.FILES_ROOT)
    if files.exists():
        files.rename(aside / "files")
    if fresh.exists():
        fresh.rename(files)

"""`jembol setup`: bring tables, areas, demo city and static files up to date."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from jembol.places.models import City
from jembol.registry.link_keys import without_link_keys
from jembol.registry.models import Person


class Command(BaseCommand):
    help = "Prepare tables, area codes, demo city and static files; quick when nothing is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-demo", action="store_true", help="leave an empty register empty: no demo city"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as problem:
            raise CommandError(
                _("The database cannot be reached: %(why)s") % {"why": str(problem).strip()}
            ) from problem
        self._migrate()
        self._load_areas()
        if not options["no_demo"]:
            self._load_demo()
        self._write_link_keys()
        self._collect_static()

    def _say(self, step: str) -> None:
        self.stdout.write(f"== {step}")
        self.stdout.flush()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say(_("Preparing the tables"))
            call_command("migrate", interactive=False)

    def _load_areas(self) -> None:
        # The command itself sees by two small queries when this edition is there already.
        call_command("load_areas")

    def _load_demo(self) -> None:
        """Fill an empty register; a load that was cut short is named, not repeated on top."""
        unfinished: Path = settings.STATE / "demo.unfinished"
        if not (City.objects.exists() or Person.objects.exists()):
            self._say(_("Loading the demo city"))
            unfinished.touch()
            call_command("demo")
            unfinished.unlink()
        elif unfinished.exists():
            self.stdout.write(
                _(
                    "The demo city is incomplete: its loading was cut short. "
                    "To begin again, stop Jembol and remove %(folder)s."
                )
                % {"folder": settings.STATE}
            )

    def _write_link_keys(self) -> None:
        """Let people be found who were entered before there were keys of this version."""
        if without_link_keys().exists():
            self._say(_("Writing the keys by which people are found"))
            call_command("link_keys", stdout=self.stdout)

    def _collect_static(self) -> None:
        """Collect the static files when one of them changed."""
        stamp: Path = settings.STATE / "static.stamp"
        state = _state_of_static_files()
        is_current = stamp.exists() and stamp.read_text(encoding="utf-8") == state
        if is_current and (settings.STATIC_ROOT / "staticfiles.json").exists():
            return
        self._say(_("Collecting the static files"))
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state, encoding="utf-8")


def _state_of_static_files() -> str:
    """Return a checksum of the names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()

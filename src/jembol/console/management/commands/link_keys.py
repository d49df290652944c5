"""`jembol link-keys`: the keys by which people like somebody are found."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jembol.journal.by import By
from jembol.registry.actions import rebuild_link_keys


class Command(BaseCommand):
    help = "Write the keys by which people like somebody are found, for everybody who lacks them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="write them anew for everybody")
        parser.add_argument(
            "--after", type=int, default=0, metavar="KEY", help="go on after this person's key"
        )

    def handle(self, **options: Any) -> None:
        by = By.system("jembol link-keys", at=timezone.now())
        done = rebuild_link_keys(
            by=by, progress=self._tell, after=options["after"], is_all=options["all"]
        )
        self.stdout.write(f"{done:,} people written." if done else "Nobody lacks keys.")

    def _tell(self, done: int, total: int, last: int) -> None:
        self.stdout.write(f"  {done:,} of {total:,} people; the last has key {last}")
        self.stdout.flush()

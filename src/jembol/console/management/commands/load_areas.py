"""`jembol load-areas`: the area codes of the whole country."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jembol.journal.by import By
from jembol.places import actions


class Command(BaseCommand):
    help = "Load the area codes of the country, or bring them to the newest edition."

    def handle(self, **options: Any) -> None:
        self.stdout.write("Area codes of the country: comparing …")
        by = By.system("jembol load-areas", at=timezone.now())
        changed = actions.load_country(by=by, progress=self._tell)
        self.stdout.write(f"{changed:,} areas written." if changed else "Nothing to change.")

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done:,} of {total:,} areas")

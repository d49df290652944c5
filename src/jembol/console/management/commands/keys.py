"""`jembol keys`: the keys that sign tickets, cards and certificates."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jembol.cards import actions
from jembol.cards.models import SigningKey
from jembol.journal.by import By
from jembol.kit.refusal import Refusal


class Command(BaseCommand):
    help = "List the keys that sign codes; let a new one sign; stop trusting one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rotate", action="store_true", help="let a new key sign from today")
        parser.add_argument("--distrust", metavar="KEY", help="void every code of this key")
        parser.add_argument("--why", default="", help="the reason, with --distrust")

    def handle(self, **options: Any) -> None:
        by = By.system("jembol keys", at=timezone.now())
        if name := options["distrust"]:
            self._distrust(name, options["why"], by)
        if options["rotate"]:
            actions.rotate_keys(by=by)
        for key in SigningKey.objects.order_by("valid_from", "pk"):
            self.stdout.write(
                f"{key.key_id}  signs {key.valid_from} to {key.signs_until}  "
                f"proves until {key.valid_until}"
            )

    def _distrust(self, name: str, why: str, by: By) -> None:
        if not why:
            raise CommandError("Say why with --why: the journal keeps it.")
        try:
            actions.distrust_key(name=name, why=why, by=by)
        except Refusal as refusal:
            raise CommandError(refusal.message) from None

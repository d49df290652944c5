"""`jembol doctor`: examine database, keys, files, journal, migrations and disk."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jembol.console.examining import examine


class Command(BaseCommand):
    help = "Examine database, keys, files, journal, migrations and disk; fails when one is ill."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ill = 0
        for finding in examine():
            ill += not finding.is_well
            mark = _("well") if finding.is_well else _("ILL")
            self.stdout.write(f"{mark:<6}{finding.what}")
            self.stdout.flush()
        if ill:
            raise CommandError(_("%s findings need somebody.") % ill)

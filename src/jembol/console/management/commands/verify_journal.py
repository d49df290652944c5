"""`jembol verify-journal`: walk through every city's chain of facts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jembol.journal.choices import Break
from jembol.journal.verify import Broken, length, streams, verify
from jembol.kit.area import AreaCode


class Command(BaseCommand):
    help = "Verify that no fact of the journal was changed, removed or put in between."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", help="code of one city, for example 35.73; default: all")

    def handle(self, *_args: Any, **options: Any) -> None:
        chosen = [_stream(options["city"])] if options["city"] else streams()
        broken = [link for stream in chosen if (link := self._told(stream)) is not None]
        if not chosen:
            self.stdout.write(_("The journal is empty."))
        if broken:
            raise CommandError(_("The journal is not as it was written."), returncode=1)

    def _told(self, stream: int) -> Broken | None:
        """Verify one stream and say what was found."""
        link = verify(stream)
        name = AreaCode.from_key(stream).code or _("above the cities")
        if link is None:
            self.stdout.write(
                _("%(city)s: %(count)s facts, intact") % {"city": name, "count": length(stream)}
            )
        else:
            self.stdout.write(_words_for(link, name))
        return link


def _stream(code: str) -> int:
    try:
        return AreaCode.parse(code).key
    except ValueError as problem:
        raise CommandError(str(problem)) from problem


def _words_for(link: Broken, name: str) -> str:
    row = _("no row") if link.fact_id is None else _("row %s") % link.fact_id
    return _("%(city)s: broken at fact %(seq)s (%(row)s): %(what)s") % {
        "city": name,
        "seq": link.seq,
        "row": row,
        "what": Break(link.what).label,
    }

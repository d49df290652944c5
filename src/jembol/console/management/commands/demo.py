"""`jembol demo`: build the demo city in an empty register."""

import time
from argparse import ArgumentTypeError
from datetime import date, datetime
from datetime import time as hour_of_day
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.console.demo.building import AreasMissing, build
from jembol.console.demo.fingerprint import fingerprint
from jembol.console.demo.sizes import SIZES
from jembol.kit.refusal import Refusal

_EVENING = hour_of_day(20)


class Command(BaseCommand):
    help = "Build the demo city: Malang and Mojokerto with invented people, in an empty register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size",
            choices=tuple(SIZES),
            default="default",
            help="small: 430 people; default: 1,200; city: 38,570 enterprises in Kota Malang",
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed gives the same city (default: 1)"
        )
        parser.add_argument(
            "--on",
            type=_day,
            metavar="YYYY-MM-DD",
            help="the reference day, around which classes run and come (default: today)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        self._tell(_("All people of the demo city are invented, and so are their numbers."))
        try:
            self._build(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        words = {"seconds": round(time.monotonic() - began), "print": fingerprint()}
        self._tell(_("The demo city stands after %(seconds)d s; fingerprint %(print)s") % words)

    def _build(self, options: dict[str, Any]) -> None:
        plan = {
            "size": SIZES[options["size"]],
            "seed": options["seed"],
            "now": _moment(options["on"]),
        }
        try:
            build(**plan, tell=self._tell)
        except AreasMissing:
            call_command("load_areas", stdout=self.stdout)
            build(**plan, tell=self._tell)

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError(
            _("“%(day)s” is no day like 2026-03-02") % {"day": text}
        ) from problem


def _moment(on: date | None) -> datetime:
    if on is None:
        return timezone.now()
    return timezone.make_aware(datetime.combine(on, _EVENING))

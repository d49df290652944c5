"""`jembol worker`: do the background work until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.training.orders import ask_for_reminders


class Command(BaseCommand):
    help = "Do background work until stopped (SIGTERM or Ctrl+C), or only what waits now (--once)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="", help="name shown beside the work; default: own")
        parser.add_argument("--once", action="store_true", help="end when nothing waits")

    def handle(self, *_args: Any, **options: Any) -> None:
        discover()
        worker = Worker(options["name"])
        if options["once"]:
            while worker.run_once() is not None:
                pass
            return
        ask_for_reminders(timezone.now())
        _stop_on_signals(worker.stop)
        worker.run_forever()


def _stop_on_signals(stop: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stop.set())

"""A phone that is driven through the app's own modules, on a page of the app."""

import json
from pathlib import Path

from django.conf import settings

from jembol.accounts.models import Officer
from processes import wait_until

SCRIPT = Path(__file__).with_name("chaos.js").read_text(encoding="utf-8")
PAGE = "/lapangan/antrean/"


def addresses_of_modules():
    """The app's modules at the addresses at which its service worker keeps them."""
    told = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    names = ("phone", "photos", "area_book", "ids", "backup")
    return {name: f"/static/{told[f'field/{name}.js']}" for name in names}


class ModulePhone:
    """One browser of its own; its tab may die at any time.

    What the phone says that it kept goes into `log`, a list that several phones may share.
    """

    def __init__(self, context, username, log):
        self.context, self.username, self.log = context, username, log
        self.officer = str(Officer.objects.get(username=username).pk)
        self.visits, self.made = [], []
        self.page = None

    def open(self):
        """Open the app, however often the network has to be asked for it."""
        self.page = self.page or self.context.new_page()

        def is_open():
            try:
                self.page.goto(PAGE, timeout=15_000)
                self.page.wait_for_selector("[data-ready=yes]", timeout=15_000)
                self.page.evaluate(SCRIPT, [self.officer, addresses_of_modules()])
            except Exception:  # noqa: BLE001 - a browser tells of a bad network in many ways
                return False
            return True

        wait_until(is_open, seconds=180, what="an open page")
        return self

    def kill(self):
        """The tab dies while it sends."""
        self.page.evaluate("void chaos.flush()")
        self.page.close(run_before_unload=False)
        self.page = None

    def act(self, what, **given):
        """Do one thing, and log what the phone said that it kept."""
        told = self.page.evaluate("(given) => chaos.act(given)", {"what": what, **given})
        for row in told.get("kept", ()):
            self.log.append(row)
        return told

    def call(self, name, *given):
        return self.page.evaluate(f"(given) => chaos.{name}(...given)", list(given))

    def send(self):
        """Send until nothing is left, as somebody does who sees that something is."""

        def is_empty():
            self.call("flush")
            counts = self.call("counts")
            return counts["unsent"] == 0 and counts["photos"] == 0

        wait_until(is_empty, seconds=240, what=f"an empty queue of {self.username}")

"""The service worker's text: what stands in `static/field/sw.js`, with the shell that it caches."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from django.templatetags.static import static

FOLDER: Final = Path(__file__).resolve().parent / "static" / "field"
# Of the page kit, what every page loads.
OF_THE_KIT: Final = (
    "ui/icon.svg",
    "ui/jembol.css",
    "ui/jembol.js",
    "ui/vendor/pico.css",
)
# Large, and for some pages only: fetched when a page has time.
LATER: Final = ("ui/vendor/jsqr.js",)
# The browser asks for these when the app is installed, and no page does.
OF_THE_HOME_SCREEN: Final = ("app.webmanifest", "icon-512.png", "icon-512-maskable.png")

APART: Final = ("sw.js", *OF_THE_HOME_SCREEN)


@cache
def text() -> str:
    """Return the worker with its shell; its version changes when a file of the shell does."""
    worker = (FOLDER / "sw.js").read_text(encoding="utf-8")
    told = {"version": _version(worker), "shell": shell(), "later": later()}
    return f"const JEMBOL = {json.dumps(told)};\n{worker}"


def shell() -> list[str]:
    """Return the addresses of all that a page needs to open without a network."""
    own = sorted(path.name for path in FOLDER.iterdir() if path.name not in APART)
    return [static(name) for name in (*(f"field/{name}" for name in own), *OF_THE_KIT)]


def later() -> list[str]:
    """Return the addresses of what comes after the shell, when there is time."""
    return [static(name) for name in LATER]


def _version(worker: str) -> str:
    """Return a digest of the addresses, which carry hashes, and of our own files, which may not."""
    known = hashlib.sha256(worker.encode())
    for address in (*shell(), *later()):
        known.update(address.encode())
    for path in sorted(FOLDER.iterdir()):
        known.update(path.read_bytes())
    return known.hexdigest()[:12]

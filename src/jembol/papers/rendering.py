"""Draw papers: one call gives one PDF, or one for each of many data.

The data of a paper reach the template as the file `data.json`, never as text of the template:
`isi` is what the caller gives, `kop` the letterhead, `kertas` the sheet in millimetres. Further
files (photographs, drawings) are named by the caller and read by the template with `image("name")`.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from jembol.papers import errors, queries, rules
from jembol.papers.choices import Size
from jembol.papers.kinds import SHARED, Kind
from jembol.papers.queries import Source
from jembol.places.models import Area

CHILD: Final = Path(__file__).with_name("typst_child.py")
CHUNK: Final = 100
"""Documents of one process: its start costs as much as five pages."""

MEMORY_MB: Final = 2048
REQUEST_SECONDS: Final = 20
"""For one paper while somebody waits."""
WORK_SECONDS: Final = 300
"""For one piece of work in the background."""
GRACE_SECONDS: Final = 10

NOWHERE: Final = "http://127.0.0.1:9"
ENVIRONMENT: Final = {
    name: NOWHERE
    for proxy in ("http_proxy", "https_proxy", "all_proxy")
    for name in (proxy, proxy.upper())
}
"""All that the process is told: a proxy that answers nobody, so nothing comes from the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """How papers are drawn.

    Attributes:
        source: The template.
        at: The moment that the PDF names as its making; the same data give the same bytes.
        letterhead: What `kop` says.
        size: The sheet.
        files: More files for the template, by name.
        seconds: Processor time at most.
    """

    source: Source
    at: datetime
    letterhead: Mapping[str, str]
    size: str = Size.A4
    files: Mapping[str, bytes] = field(default_factory=dict)
    seconds: int = REQUEST_SECONDS

    def draw(self, data: Mapping[str, Any]) -> bytes:
        """Return one paper as PDF.

        Raises:
            TemplateBroken: the template makes no paper of these data.
            TemplateTooHeavy: it takes too much time or memory.
        """
        (pdf,) = self._drawn([data])
        return pdf

    def draw_each(self, many: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
        """Yield one PDF for each of the data, in order.

        Raises:
            TemplateBroken: the template makes no paper of some data.
            TemplateTooHeavy: it takes too much time or memory.
        """
        for start in range(0, len(many), CHUNK):
            yield from self._drawn(many[start : start + CHUNK])

    def _drawn(self, many: Sequence[Mapping[str, Any]]) -> list[bytes]:
        return _run(self, [self._data_of(one) for one in many])

    def _data_of(self, data: Mapping[str, Any]) -> dict[str, Any]:
        sheet = rules.sheet(self.size)
        found: dict[str, Any] = rules.printable(
            {"isi": data, "kop": {**self.letterhead, **data.get("kop", {})}, "kertas": sheet}
        )
        return found


def render(
    kind: Kind,
    data: Mapping[str, Any],
    *,
    city: Area,
    at: datetime,
    size: str = Size.A4,
    files: Mapping[str, bytes] | None = None,
    seconds: int = REQUEST_SECONDS,
) -> bytes:
    """Return one paper of a kind as PDF, with the city's template and letterhead as they are now.

    Args:
        kind: Of `papers.kinds`.
        data: What the paper says; JSON values. A mapping `kop` in it replaces parts of the
            letterhead, as when somebody else signs.
        city: The city itself, not a part of it (`queries.city_of`).
        at: The moment of making.
        size: The sheet.
        files: More files for the template, by name.
        seconds: Processor time at most; many pages belong into the worker with `WORK_SECONDS`.

    Raises:
        TemplateBroken: the template makes no paper of these data.
        TemplateTooHeavy: it takes too much time or memory.
    """
    press = press_of(kind, city=city, at=at, size=size, files=files or {}, seconds=seconds)
    return press.draw(data)


def press_of(kind: Kind, *, city: Area, at: datetime, **more: Any) -> Press:
    """Return a press with the city's template and letterhead as they are at that moment."""
    letterhead = queries.letterhead_data(queries.letterhead_of(city))
    return Press(source=queries.source_of(kind, city, at=at), at=at, letterhead=letterhead, **more)


def trial(kind: Kind, text: str, *, city: Area, at: datetime, shared: str) -> bytes:
    """Return the paper that a template makes of the kind's example.

    Raises:
        TemplateBroken: it makes none.
        TemplateTooHeavy: it takes too much time or memory.
    """
    letterhead = queries.letterhead_data(queries.letterhead_of(city))
    return Press(source=Source(text=text, shared=shared), at=at, letterhead=letterhead).draw(
        kind.example
    )


# --- the process --------------------------------------------------------------------------------


def _run(press: Press, documents: list[dict[str, Any]]) -> list[bytes]:
    files = {
        "main.typ": press.source.text.encode(),
        SHARED: press.source.shared.encode(),
    }
    with tempfile.TemporaryDirectory(prefix="jembol-papers-") as folder:
        # The library takes only texts from memory; photographs lie in the folder that it may read.
        for name, content in press.files.items():
            (Path(folder) / name).write_bytes(content)
        order = {
            "files": {name: base64.b64encode(data).decode() for name, data in files.items()},
            "documents": documents,
            "fonts": _more_fonts(),
            "root": folder,
            "created": int(press.at.timestamp()),
            "memory_mb": MEMORY_MB,
            "seconds": press.seconds,
        }
        said = _said(order, press.seconds + GRACE_SECONDS)
    answers = [json.loads(line) for line in said.splitlines()]
    for answer in answers:
        if "refuse" in answer:
            raise _broken(answer["refuse"])
    if len(answers) != len(documents):
        raise _too_heavy()
    return [base64.b64decode(answer["pdf"]) for answer in answers]


def _said(order: dict[str, Any], seconds: int) -> bytes:
    """Return what the process said until it ended; a killed one says less."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with our own arguments
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(order).encode(),
            capture_output=True,
            env=ENVIRONMENT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy() from None
    return done.stdout


def _more_fonts() -> str:
    """Return the folder of fonts that a city added, or nothing."""
    folder = Path(settings.FONTS_FOLDER)
    return str(folder) if folder.is_dir() else ""


def _broken(told: dict[str, Any]) -> errors.TemplateBroken:
    line = rules.line_of_fault(told["diagnostic"])
    hint = " ".join(told["hints"][:1])
    words = {"line": line, "message": told["message"], "hint": hint}
    if line is None:
        text = _("The template makes no paper: %(message)s. %(hint)s") % words
    else:
        text = _("Line %(line)d of the template: %(message)s. %(hint)s") % words
    remedy = _("Correct it and try again, or take the default template as a start.")
    return errors.TemplateBroken(f"{text.strip()} {remedy}", field="text", line=line)


def _too_heavy() -> errors.TemplateTooHeavy:
    return errors.TemplateTooHeavy(
        _(
            "The paper takes more time or memory than one paper may have. Look for a loop without "
            "an end in the template, or make fewer pages at once."
        ),
        field="text",
    )

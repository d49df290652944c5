"""The papers that this program makes: each package adds a line, a template and an example.

A kind `surat-x` has `templates/papers/surat-x.typ`, and `templates/papers/surat-x.json` with data
as the program gives them, from invented people: with it a city's own template is tried before it is
kept, and a preview is drawn.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.papers.errors import UnknownPaper

FOLDER: Final = Path(__file__).parent / "templates" / "papers"
SHARED: Final = "dasar.typ"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper.

    Attributes:
        word: Its name in addresses, files and the database; never changed.
        title: What people call it.
    """

    word: str
    title: str | Promise

    @property
    def text(self) -> str:
        """The default template."""
        return _read(f"{self.word}.typ")

    @property
    def example(self) -> dict[str, Any]:
        """Data of invented people, shaped as the program gives them."""
        found: dict[str, Any] = json.loads(_read(f"{self.word}.json"))
        return found


CERTIFICATE: Final = Kind("sertifikat", gettext_lazy("Certificate"))

PACK: Final = Kind("spj", gettext_lazy("Papers of a class (SPJ)"))

ROUTE: Final = Kind("rute", gettext_lazy("Route of a day"))

KINDS: Final[dict[str, Kind]] = {kind.word: kind for kind in (CERTIFICATE, PACK, ROUTE)}


def kind_named(word: str) -> Kind:
    """Return the kind of this name.

    Raises:
        UnknownPaper: there is none.
    """
    if word not in KINDS:
        raise UnknownPaper(
            _("There is no paper called %(word)s. Choose one of the list.") % {"word": word}
        )
    return KINDS[word]


def shared_part() -> str:
    """Return what all default templates have in common, as the program has it now."""
    return _read(SHARED)


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")

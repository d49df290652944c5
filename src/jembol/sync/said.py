"""Read the body of an envelope, which may hold anything; what is not there is blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from jembol.kit.ids import is_ulid

LONGEST: Final = 5000
LARGEST_KEY: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a body; each reader returns what can be stored, or blank."""

    parts: Mapping[str, Any]

    @classmethod
    def of(cls, value: object) -> Self:
        """Return the part that this value is; an empty one when it is none."""
        return cls(value if isinstance(value, Mapping) else {})

    def text(self, name: str, longest: int = LONGEST) -> str:
        """Return a text as a database stores it, on one line."""
        return plain(self.parts.get(name))[:longest]

    def word(self, name: str, longest: int = 40) -> str:
        """Return a short word of a closed list."""
        return self.text(name, longest)

    def number(self, name: str, largest: int = LARGEST_KEY) -> int | None:
        """Return a whole number from 0 on; keys of areas come as texts, which lose no digit."""
        value = self.parts.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if 0 <= value <= largest else None

    def real(self, name: str, lowest: float, highest: float) -> float | None:
        """Return a number between these bounds."""
        value = self.parts.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        return float(value) if lowest <= value <= highest else None

    def is_true(self, name: str) -> bool:
        """Whether it says so in so many words."""
        return self.parts.get(name) is True

    def day(self, name: str) -> date | None:
        """Return a day."""
        try:
            return date.fromisoformat(self.text(name, 10))
        except ValueError:
            return None

    def ulid(self, name: str) -> str:
        """Return an id that was made on a device."""
        text = self.text(name, 26)
        return text if is_ulid(text) else ""

    def part(self, name: str) -> Said | None:
        """Return a part within, None when there is none."""
        value = self.parts.get(name)
        return Said(value) if isinstance(value, Mapping) and value else None

    def each(self, name: str, most: int = 50) -> list[Said]:
        """Return the parts of a list."""
        return [Said(one) for one in self._list(name, most) if isinstance(one, Mapping)]

    def numbers(self, name: str, most: int = 200) -> list[int]:
        """Return the keys of a list."""
        rows = [Said({"n": one}).number("n") for one in self._list(name, most)]
        return [one for one in rows if one is not None]

    def _list(self, name: str, most: int) -> list[Any]:
        value = self.parts.get(name)
        return value[:most] if isinstance(value, list) else []


def plain(value: object) -> str:
    """Return a text without half signs and control signs, its lines joined; blank for no text."""
    if not isinstance(value, str):
        return ""
    storable = " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())
    return "".join(sign for sign in storable if sign.isprintable()).strip()

"""Secrets that stand in an address: drawn, sealed for those who may show them, found by a digest.

The database holds no address that leads anywhere: of each secret it keeps a keyed digest, by which
the row is found, and the sealed text, which only its own row opens.
"""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from jembol.vault.sealing import digest, open_sealed, seal

_BYTES: Final = 24
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class SecretWords:
    """The secrets of one kind of address; those of two kinds never meet.

    Attributes:
        purpose: What they open, like `calendars.feed`.
    """

    purpose: str

    def drawn(self) -> str:
        """Draw a secret that nobody guesses (192 bits)."""
        return secrets.token_urlsafe(_BYTES)

    def is_one(self, text: str) -> bool:
        """Whether a text has the shape of such a secret."""
        return _SHAPE.fullmatch(text) is not None

    def digest_of(self, word: str) -> str:
        """Return what is stored to find a row by."""
        return digest(self.purpose, word)

    def sealed(self, word: str, place: str) -> bytes:
        """Return the secret as it is kept for the pages that show the address.

        Args:
            word: The secret.
            place: The row to which it belongs; opening needs the same.
        """
        return seal(word, self._context(place))

    def opened(self, blob: bytes | memoryview, place: str) -> str:
        """Return the secret that `sealed` was given for this place."""
        return open_sealed(blob, self._context(place))

    def _context(self, place: str) -> str:
        return f"{self.purpose}.token:{place}"

"""The secret of a feed's address: drawn, sealed for those who may show it, found by its digest."""

import re
import secrets
from typing import Final

from jembol.calendars.models import Feed
from jembol.vault.sealing import digest, open_sealed, seal

_BYTES: Final = 24
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{32}")


def new_token() -> str:
    """Draw a secret that nobody guesses (192 bits)."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """Return what is stored to find a feed by."""
    return digest("calendars.feed", token)


def sealed(token: str, *, subject: str, key: int) -> bytes:
    """Return the secret as it is kept for the pages that show the address."""
    return seal(token, _place(subject, key))


def token_of(feed: Feed) -> str:
    """Return the secret of a feed."""
    return open_sealed(feed.token_sealed, _place(feed.subject, feed.subject_key))


def feed_behind(token: str) -> Feed | None:
    """Return the feed at this address; None for one that was never given or was replaced."""
    if not _SHAPE.fullmatch(token):
        return None
    return Feed.objects.filter(token_digest=digest_of(token)).first()


def _place(subject: str, key: int) -> str:
    return f"calendars.feed.token:{subject}:{key}"

"""The secret of a feed's address: drawn, sealed for those who may show it, found by its digest."""

from typing import Final

from jembol.calendars.models import Feed
from jembol.vault.secret_words import SecretWords

_WORDS: Final = SecretWords("calendars.feed")


def new_token() -> str:
    """Draw a secret that nobody guesses (192 bits)."""
    return _WORDS.drawn()


def digest_of(token: str) -> str:
    """Return what is stored to find a feed by."""
    return _WORDS.digest_of(token)


def sealed(token: str, *, subject: str, key: int) -> bytes:
    """Return the secret as it is kept for the pages that show the address."""
    return _WORDS.sealed(token, f"{subject}:{key}")


def token_of(feed: Feed) -> str:
    """Return the secret of a feed."""
    return _WORDS.opened(feed.token_sealed, f"{feed.subject}:{feed.subject_key}")


def feed_behind(token: str) -> Feed | None:
    """Return the feed at this address; None for one that was never given or was replaced."""
    if not _WORDS.is_one(token):
        return None
    return Feed.objects.filter(token_digest=digest_of(token)).first()

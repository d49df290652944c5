"""The secret of an RT's link: drawn, sealed for the letter, found by its digest."""

from datetime import date
from typing import Final

from jembol.outreach.models import RtDoor
from jembol.vault.secret_words import SecretWords

WORDS: Final = SecretWords("outreach.rt_door")


def token_of(door: RtDoor) -> str:
    """Return the secret of a link."""
    return WORDS.opened(door.token_sealed, str(door.area_id))


def door_behind(token: str, on: date) -> RtDoor | None:
    """Return the link with this secret, if it leads somewhere on this day.

    One that was never given, was replaced, was closed or has run out looks the same from outside.
    """
    if not WORDS.is_one(token):
        return None
    rows = RtDoor.objects.open_on(on).select_related("area__parent__parent")
    return rows.filter(token_digest=WORDS.digest_of(token)).first()

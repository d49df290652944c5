"""Note what an envelope made, so that others may speak of it before the phone knows its key."""

from jembol.sync.models import Made


def note_made(*, envelope: str, kind: str, key: int) -> Made:
    """Note a row that the envelope made or recognised; call it in the envelope's transaction.

    Raises:
        IntegrityError: another row of this kind is noted for it.
    """
    return Made.objects.create(envelope=envelope, kind=kind, key=key)

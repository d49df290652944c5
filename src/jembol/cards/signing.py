"""Open a key, and sign codes with it."""

from dataclasses import dataclass
from datetime import date

from jembol.cards.models import SigningKey
from jembol.kit.signed_code import HOLDER_BYTES, Kind, SignedCode, sign
from jembol.registry.models import Person
from jembol.vault.sealing import digest, open_bytes


@dataclass(frozen=True, slots=True)
class Signer:
    """An opened key, for as many codes as one request needs."""

    key_id: str
    private: bytes
    valid_until: date

    def code(
        self,
        kind: Kind,
        serial: str,
        person: Person,
        *,
        valid_from: date,
        valid_until: date,
        subject: str = "",
    ) -> str:
        """Return the text of a code for this person; no code outlives the key that proves it."""
        content = SignedCode(
            kind=kind,
            key_id=self.key_id,
            serial=serial,
            subject=subject,
            holder=holder_of(person, subject),
            valid_from=valid_from,
            valid_until=min(valid_until, self.valid_until),
        )
        return sign(content, self.private)


def holder_of(person: Person, subject: str) -> bytes:
    """Return the bytes that stand for a person on codes about one subject.

    Another subject gives other bytes, so nobody learns from two tickets that they are one person's.
    """
    whole = bytes.fromhex(digest("code-holder", f"{subject}:{person.public_id}"))
    return whole[:HOLDER_BYTES]


def signer_on(day: date) -> Signer | None:
    """Return the newest key that signs on this day; one that only proves when none signs any more.

    None when no key was ever made: whoever hands out the first code makes one.
    """
    proving = SigningKey.objects.proving(day).order_by("-signs_until", "-pk")
    key = proving.first()
    return opened(key) if key else None


def opened(key: SigningKey) -> Signer:
    """Return the key with its private part opened.

    Raises:
        SealBroken: it was changed in the database.
    """
    private = open_bytes(key.private_sealed, private_place(key.key_id))
    return Signer(key.key_id, private, key.valid_until)


def private_place(name: str) -> str:
    """Return the place to which a sealed private key belongs."""
    return f"cards.signing_key.private:{name}"

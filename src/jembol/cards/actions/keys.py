"""Make, change and distrust the keys that sign."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.cards import errors, events
from jembol.cards.models import SigningKey
from jembol.cards.rules import days_of_key
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.signed_code import (
    HOLDER_BYTES,
    Kind,
    SignedCode,
    key_id,
    new_private,
    public_of,
    sign,
)
from jembol.registry.models import Person
from jembol.vault.sealing import digest, open_bytes, seal_bytes

NATION: Final = 0


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


@transaction.atomic
def signer_for(*, by: By) -> Signer:
    """Return the key that signs now; the first one is made when it is first needed."""
    today = timezone.localdate(by.at)
    newest = SigningKey.objects.signing(today).order_by("-valid_from", "-pk").first()
    return _opened(newest or _made(by))


@transaction.atomic
def rotate_keys(*, by: By) -> SigningKey:
    """Let a new key sign from today on; the former ones go on proving what they signed."""
    today = timezone.localdate(by.at)
    SigningKey.objects.filter(signs_until__gte=today).update(signs_until=today - timedelta(days=1))
    return _made(by)


@transaction.atomic
def distrust_key(*, name: str, why: str, by: By) -> SigningKey:
    """Let a key prove nothing any more, as when it was stolen: every code it signed is void.

    Raises:
        UnknownKey: no key has this name.
    """
    key = SigningKey.objects.select_for_update().filter(key_id=name).first()
    if key is None:
        raise errors.UnknownKey(
            _("There is no key %(name)s. `jembol keys` lists them.") % {"name": name}, name=name
        )
    yesterday = timezone.localdate(by.at) - timedelta(days=1)
    key.signs_until = min(key.signs_until, yesterday)
    key.valid_until = min(key.valid_until, yesterday)
    key.save(update_fields=["signs_until", "valid_until"])
    record(events.KEY_DISTRUSTED, about=key, by=by, area=NATION, why=why)
    return key


def _made(by: By) -> SigningKey:
    private = new_private()
    public = public_of(private)
    days = days_of_key(timezone.localdate(by.at))
    name = key_id(public)
    key = SigningKey.objects.create(
        key_id=name,
        public=public,
        private_sealed=seal_bytes(private, _place_of(name)),
        valid_from=days.valid_from,
        signs_until=days.signs_until,
        valid_until=days.valid_until,
        created_at=by.at,
    )
    record(events.KEY_MADE, about=key, by=by, area=NATION, details={"key": name})
    return key


def _opened(key: SigningKey) -> Signer:
    private = open_bytes(key.private_sealed, _place_of(key.key_id))
    return Signer(key.key_id, private, key.valid_until)


def _place_of(name: str) -> str:
    return f"cards.signing_key.private:{name}"

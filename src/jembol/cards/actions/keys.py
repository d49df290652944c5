"""Make, change and distrust the keys that sign."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.cards import errors, events
from jembol.cards.models import SigningKey
from jembol.cards.rules import days_of_key
from jembol.cards.signing import private_place
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.signed_code import key_id, new_private, public_of
from jembol.vault.sealing import seal_bytes

NATION: Final = 0


@transaction.atomic
def ensure_key(*, by: By) -> SigningKey:
    """Return the key that signs now; the first one is made when the first code is handed out."""
    today = timezone.localdate(by.at)
    newest = SigningKey.objects.signing(today).order_by("-valid_from", "-pk").first()
    return newest or _made(by)


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
        private_sealed=seal_bytes(private, private_place(name)),
        valid_from=days.valid_from,
        signs_until=days.signs_until,
        valid_until=days.valid_until,
        created_at=by.at,
    )
    record(events.KEY_MADE, about=key, by=by, area=NATION, details={"key": name})
    return key

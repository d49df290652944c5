"""Addresses of recipients in their one form, and the digest by which they are known."""

from jembol.kit.phone import NotAPhone, Phone
from jembol.vault.sealing import digest


def one_form(recipient: str) -> str:
    """Return the number or the e-mail address in the form that is compared."""
    try:
        return Phone.parse(recipient).e164
    except NotAPhone:
        return recipient.strip().casefold()


def digest_of(recipient: str) -> str:
    """Return the keyed digest of a number or an address; it tells nothing by itself."""
    return digest("outbox.recipient", one_form(recipient))

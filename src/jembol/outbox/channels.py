"""Which channels this deployment can use, and what one lacks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from jembol.outbox.choices import Channel
from jembol.outbox.gateways import folder, mail, sms, whatsapp
from jembol.outbox.gateways.letter import Letter
from jembol.outbox.gateways.web import is_safe

Gateway = Callable[[Letter], str]

GATEWAYS: Final[Mapping[Channel, Gateway]] = {
    Channel.FILE: folder.put,
    Channel.SMS: sms.send,
    Channel.EMAIL: mail.send,
    Channel.WHATSAPP: whatsapp.send,
}
"""What takes a message by itself; a link of WhatsApp is opened by a person."""

NEEDS: Final[Mapping[Channel, tuple[str, ...]]] = {
    Channel.SMS: ("SMS_URL", "SMS_KEY"),
    Channel.EMAIL: ("EMAIL_HOST", "EMAIL_FROM"),
    Channel.WHATSAPP: ("WHATSAPP_URL", "WHATSAPP_KEY"),
}
ADDRESSES: Final[Mapping[Channel, str]] = {
    Channel.SMS: "SMS_URL",
    Channel.WHATSAPP: "WHATSAPP_URL",
}
VARIABLES: Final[Mapping[str, str]] = {"EMAIL_HOST": "JEMBOL_SMTP_HOST"}
"""Settings whose variable has another name than JEMBOL_ and theirs."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How far a channel is set up.

    Attributes:
        channel: Which.
        missing: The variables that are empty.
        is_unsafe: Its address is neither HTTPS nor this machine.
    """

    channel: Channel
    missing: tuple[str, ...]
    is_unsafe: bool

    @property
    def is_ready(self) -> bool:
        """Whether messages can leave by it."""
        return not self.missing and not self.is_unsafe

    @property
    def is_begun(self) -> bool:
        """Whether somebody began to set it up."""
        return len(self.missing) < len(NEEDS.get(self.channel, ()))


def setup_of(channel: Channel) -> Setup:
    """Return how far a channel is set up; the folder and the link need nothing."""
    missing = tuple(
        VARIABLES.get(name, f"JEMBOL_{name}")
        for name in NEEDS.get(channel, ())
        if not getattr(settings, name)
    )
    url = getattr(settings, ADDRESSES[channel]) if channel in ADDRESSES else ""
    return Setup(channel, missing, is_unsafe=bool(url) and not is_safe(url))


def automatic() -> Channel:
    """Return the channel by which a message leaves with nobody there: a real one, or the folder."""
    ready = (one for one in (Channel.WHATSAPP, Channel.SMS) if setup_of(one).is_ready)
    return next(ready, Channel.FILE)

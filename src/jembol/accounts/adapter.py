"""What this product asks of allauth."""

from base64 import b64decode, b64encode
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jembol.vault.sealing import open_sealed, seal

SECOND_FACTOR: Final = "accounts.second_factor"


class OfficerAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Officers are appointed by an administrator, so nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self-registration."""
        del request
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Send a deactivated officer, who gave the right password, back with the reason."""
        del user
        messages.error(
            request, _("This account is deactivated. Ask the administrator of your city.")
        )
        return HttpResponseRedirect(reverse("account_login"))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for one account from one address.

        allauth counts them for the account alone, so anybody who knows a sign-in name could keep
        its owner out for ever with five wrong passwords every five minutes. The second limit, by
        address, bounds somebody who tries many accounts.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{get_ip(request)}"


class SealedSecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of TOTP and recovery codes lie sealed in the database.

    Otherwise whoever reads a backup could make the codes of every officer.
    """

    def encrypt(self, text: str) -> str:
        """Seal a secret; allauth keeps it as text in JSON."""
        return b64encode(seal(text, SECOND_FACTOR)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return open_sealed(b64decode(encrypted_text), SECOND_FACTOR)

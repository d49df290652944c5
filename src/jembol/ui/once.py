"""A form that is sent twice acts once: the second answer is the first one's.

Each form carries a word of its own. When it has led somewhere, sending the same again leads there
too, so that a double tap, or a reload of a page that was slow, enters nobody twice. A form that was
refused may be sent again, and so may one that was changed after going back to it. Forms with files
are left alone: whether two files are equal is not asked here.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from django.utils.safestring import SafeString

FIELD = "sekali"
KEPT_SECONDS = 3600
BUSY = "…"
# The first of two may still be at work; a page that takes longer has failed.
LONGEST_WAIT_SECONDS = 10.0
STEP_SECONDS = 0.05


def hidden_word() -> SafeString:
    """Return the hidden field by which a form is known when it comes a second time."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(12)
    )


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer, or lead to where the same form led before."""
    if not request.POST.get(FIELD) or request.FILES:
        return answer()
    key = _key(request)
    if not cache.add(key, BUSY, KEPT_SECONDS) and (link := _where(key)):
        return HttpResponseRedirect(link)
    led = ""
    try:
        response = answer()
        led = response.headers.get("Location", "")
    finally:
        # A form that led nowhere is forgotten at once.
        cache.set(key, led, KEPT_SECONDS if led else 0)
    return response


def _key(request: HttpRequest) -> str:
    """Return a key of who sends what to where; the cache stores no word of the form."""
    said = [str(request.user.pk), request.get_full_path(), request.POST.urlencode()]
    return f"sent:{hashlib.sha256(chr(0).join(said).encode()).hexdigest()}"


def _where(key: str) -> str:
    """Return where the form led; empty when it was refused, or its answer never came."""
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while (found := cache.get(key)) == BUSY and time.monotonic() < until:
        time.sleep(STEP_SECONDS)
    return "" if found in {None, BUSY} else str(found)

"""What is kept about a citizen, why, how long, and what the citizen may ask (UU 27/2022)."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show


@open_to_all
def notice(request: CitizenRequest) -> HttpResponse:
    """Show the privacy notice."""
    return show(request, "public/notice.html", {"title": _("Your data with us")})


paths = [path("privasi/", notice, name="notice")]

"""A page for machines that watch whether the service answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from jembol.ui.guards import CitizenRequest, open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest


@open_to_all
def health(request: CitizenRequest | HttpRequest) -> HttpResponse:
    """Answer `sehat` when the database answers."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")


paths = [path("sehat/", health, name="health")]

"""Imports: upload, columns, preview, commit, what waits for a verdict, undo."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.pages import show


@reads("intake.see")
def import_list(request: OfficerRequest) -> HttpResponse:
    """Show the imports."""
    return show(request, "ui/board.html", {"title": "Impor"})


paths = [path("impor/", import_list, name="import_list")]

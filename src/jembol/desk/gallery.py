"""Every component once, for those who build pages and for the tests that walk them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.urls import path

from jembol.ui.guards import ANY_OFFICER, OfficerRequest, reads
from jembol.ui.map import MapArea
from jembol.ui.pages import show


@reads(ANY_OFFICER)
def gallery(request: OfficerRequest) -> HttpResponse:
    """Show an example of every component."""
    context = {
        "title": "Gallery",
        "some_day": date(2024, 10, 7),
        "some_moment": datetime(2024, 10, 7, 2, 30, tzinfo=UTC),
        "areas": [
            MapArea("Dinoyo", 12, "#a", 112.61, -7.94),
            MapArea("Sanan", 0, "#b", 112.64, -7.95),
            MapArea(
                "Kotak",
                3,
                "#c",
                112.63,
                -7.97,
                [[(112.62, -7.96), (112.64, -7.96), (112.63, -7.98)]],
            ),
        ],
    }
    return show(request, "desk/gallery.html", context)


paths = [path("galeri/", gallery, name="gallery")]

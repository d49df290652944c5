"""Answer with a list: as a page, or as the file that the address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone

from jembol.desk.cities import cities_within
from jembol.journal.record import Entry
from jembol.kit.reach import Reach
from jembol.registry.events import LIST_EXPORTED
from jembol.ui.export import KINDS
from jembol.ui.guards import OfficerRequest
from jembol.ui.listing import Listing
from jembol.ui.pages import show


def may(request: OfficerRequest, permission: str, at: int | None = None) -> bool:
    """Whether a button that needs this permission is worth showing.

    Args:
        request: Who asks.
        permission: What it needs.
        at: The key of the area that it acts on; None for a page about no single place. An officer
            may look at a whole city and change things in one kelurahan.
    """
    reach = request.officer.reach(permission, timezone.localdate())
    return bool(reach) if at is None else reach.covers(at)


def wants_file(request: OfficerRequest) -> bool:
    """Whether the address asks for an export."""
    return request.GET.get("unduh", "") in KINDS


def reach_of_list(request: OfficerRequest, export: str) -> Reach:
    """Return how far a list goes: a file only as far as the right to take it away."""
    if not wants_file(request):
        return request.reach
    return request.reach & request.officer.reach(export, timezone.localdate())


def listed(
    request: OfficerRequest,
    listing: Listing,
    context: Mapping[str, Any],
    *,
    template: str = "ui/list.html",
    export: str = "",
) -> HttpResponseBase:
    """Answer with the page of a list, or with its export.

    Args:
        request: Who asks.
        listing: The list.
        context: What else the page shows.
        template: The page.
        export: For lists of people and their businesses: the permission that an export asks for;
            the rows of the list are bounded by `reach_of_list`. The journal then tells who took
            which list away (UU 27/2022 art. 31).

    Raises:
        PermissionDenied: the officer may look but not take away.
    """
    allowed = not export or may(request, export)
    if wants_file(request):
        if not allowed:
            raise PermissionDenied
        if export:
            request.readings += _exported(request, listing, export)
        return listing.download()
    return show(request, template, {**context, "listing": listing, "no_export": not allowed})


def _exported(request: OfficerRequest, listing: Listing, export: str) -> list[Entry]:
    details = {
        "list": listing.name,
        "on": listing.day,
        "rows": listing.total,
        "asked": listing.link(),
    }
    return [
        Entry(
            event=LIST_EXPORTED,
            about=("places.area", city.key),
            by=request.by,
            area=city.key,
            details=details,
        )
        for city in cities_within(reach_of_list(request, export))
    ]

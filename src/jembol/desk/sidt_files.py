"""The list of enterprises as a file in the layout of SIDT-KUMKM."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.cities import cities_within
from jembol.desk.journal import specific_reach
from jembol.desk.lists import may, wants_file
from jembol.journal.record import Entry
from jembol.kit.reach import Reach
from jembol.registry.events import NIK_READ
from jembol.registry.queries.sidt import Sight, sidt_rows
from jembol.registry.sidt import COLUMNS
from jembol.ui.export import Value
from jembol.ui.guards import OfficerRequest
from jembol.ui.listing import Listing

KINDS = (("csv", "CSV"), ("xlsx", "XLSX"))
Export = tuple[Sequence[str], Callable[[Any], Iterator[Sequence[Value]]]]


@dataclass(frozen=True, slots=True)
class SidtFile:
    """One such file, as one officer may take it away."""

    request: OfficerRequest
    sight: Sight
    name: str = "usaha-sidt"

    @classmethod
    def asked_for(cls, request: OfficerRequest, reach: Reach) -> Self | None:
        """Return the file that the address asks for; None for another file or the page.

        Args:
            request: Who asks.
            reach: How far the right to take the list away reaches.

        Raises:
            PermissionDenied: the NIK is asked for, where the officer may not read it.
        """
        if not wants_file(request) or request.GET.get("tata") != "sidt":
            return None
        reveals = request.officer.reach("registry.reveal", timezone.localdate())
        nik = request.GET.get("nik") == "ya"
        if nik and reach & reveals != reach:
            raise PermissionDenied
        specific = reach & specific_reach(request) == reach
        return cls(request, Sight(reach, specific=specific, nik=nik))

    @property
    def export(self) -> Export:
        """The header and the rows below it."""
        return COLUMNS, partial(sidt_rows, sight=self.sight)

    def readings(self, listing: Listing) -> list[Entry]:
        """Return the facts that whole NIK leave with this file (UU 27/2022 art. 31)."""
        if not self.sight.nik:
            return []
        details = {"list": self.name, "rows": listing.total, "asked": listing.link()}
        return [
            Entry(
                event=NIK_READ,
                about=("places.area", city.key),
                by=self.request.by,
                area=city.key,
                why=_("File in the layout of SIDT-KUMKM"),
                details=details,
            )
            for city in cities_within(self.sight.owners)
        ]


def sidt_links(request: OfficerRequest, listing: Listing) -> list[tuple[str, str]]:
    """Return the addresses of these files for the list as it is shown, with their names."""
    if not may(request, "registry.export"):
        return []
    links = [(listing.link(tata="sidt", unduh=kind), name) for kind, name in KINDS]
    if may(request, "registry.reveal"):
        whole = listing.link(tata="sidt", nik="ya", unduh="xlsx")
        links.append((whole, _("XLSX with whole NIK; the journal notes it")))
    return links

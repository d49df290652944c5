"""The pages about one class beside its own: each subject adds one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jembol.desk.lists import may

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from jembol.training.models import Class
    from jembol.ui.guards import OfficerRequest


@dataclass(frozen=True, slots=True)
class Part:
    """A page about one class.

    Attributes:
        name: The name of its address, which takes the class's number; the desk's, or of another
            interface with that one's name before it.
        title: What the link says.
        permission: What an officer needs to open it.
    """

    name: str
    title: str | Promise
    permission: str

    @property
    def address(self) -> str:
        """The name of its address with the interface to which it belongs."""
        return self.name if ":" in self.name else f"desk:{self.name}"


PARTS: Final[tuple[Part, ...]] = (
    Part("ticket_sheet", _("Tickets"), "training.attend"),
    Part("field:checkin_create", _("At the door"), "training.attend"),
    Part("class_scan_list", _("Scans at the door"), "training.attend"),
)


def parts_of(request: OfficerRequest, each: Class) -> list[tuple[str, str | Promise]]:
    """Return address and title of the pages about this class that the officer may open."""
    return [
        (reverse(part.address, args=[each.public_id]), part.title)
        for part in PARTS
        if may(request, part.permission, at=each.area_id)
    ]

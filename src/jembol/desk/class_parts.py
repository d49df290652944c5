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
        name: The name of its address, which takes the class's number.
        title: What the link says.
        permission: What an officer needs to open it.
    """

    name: str
    title: str | Promise
    permission: str


PARTS: Final[tuple[Part, ...]] = (
    Part("class_plan", _("Plan and costs"), "training.see"),
    Part("selection", _("Rule and selection"), "training.see"),
    Part("invitation_create", _("Invite"), "training.change"),
    Part("ticket_sheet", _("Tickets"), "training.attend"),
    Part("class_scan_list", _("Scans at the door"), "training.attend"),
    Part("exam_detail", _("Tests"), "training.see"),
    Part("opinion_list", _("Opinions"), "training.see"),
    Part("material_list", _("Materials and photographs"), "training.see"),
    Part("certificate_list", _("Certificates"), "training.see"),
    Part("pack_detail", _("Papers (SPJ)"), "training.see"),
    Part("aftermath", _("What came of it"), "training.see"),
    Part("class_copy_create", _("Give it once more"), "training.change"),
    Part("class_days", _("Days"), "training.see"),
    Part("class_feeds", _("Calendar"), "training.change"),
    Part("class_repeat_create", _("Repeat at the next points"), "training.change"),
    Part("letter_list", _("Messages"), "training.change"),
)


def parts_of(request: OfficerRequest, each: Class) -> list[tuple[str, str | Promise]]:
    """Return address and title of the pages about this class that the officer may open."""
    return [
        (reverse(f"desk:{part.name}", args=[each.public_id]), part.title)
        for part in PARTS
        if may(request, part.permission, at=each.area_id)
    ]

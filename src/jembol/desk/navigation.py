"""What stands in the menu: the pages that this officer's roles open."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from jembol.accounts.choices import Role
from jembol.accounts.rules import GRANTS
from jembol.places.models import City
from jembol.ui.guards import ANY_OFFICER, OfficerRequest, reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

VERSION = version("jembol")

# Page, its title, the permission that opens it.
MENU: tuple[tuple[str, _StrPromise, str], ...] = (
    ("desk:board", _("Board"), "reporting.see"),
    ("desk:person_list", _("People"), "registry.see"),
    ("desk:enterprise_list", _("Enterprises"), "registry.see"),
    ("desk:group_list", _("Groups"), "registry.see"),
    ("desk:doubt_list", _("Possible duplicates"), "registry.see"),
    ("desk:class_list", _("Classes"), "training.see"),
    ("desk:calendar", _("Calendar"), "training.see"),
    ("desk:mentor_list", _("Mentors"), "training.see"),
    ("desk:follow_up_list", _("To be asked"), "training.see"),
    ("desk:outcome_list", _("What came of classes"), "training.see"),
    ("desk:need_list", _("Need by RW"), "outreach.see"),
    ("desk:outreach_board", _("Week of visits"), "outreach.see"),
    ("desk:wish_list", _("Wishes of RT and RW"), "outreach.see"),
    ("desk:week_plan_list", _("Plans of weeks"), "outreach.see"),
    ("field:start", _("At the door"), "training.attend"),
    ("desk:import_list", _("Imports"), "intake.see"),
    ("desk:quality", _("Data quality"), "registry.see"),
    ("desk:venue_list", _("Places"), "places.see"),
    ("desk:paper_list", _("Papers"), "papers.see"),
    ("desk:officer_list", _("Officers"), "accounts.see"),
    ("desk:fact_list", _("Journal"), "journal.see"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu."""

    title: _StrPromise
    link: str
    current: bool


def navigation(request: HttpRequest) -> Mapping[str, object]:
    """Give every page its menu, the search address and whether the city is a demo."""
    context: dict[str, object] = {
        "jembol_version": VERSION,
        "city_is_demo": SimpleLazyObject(_is_demo),
    }
    if not request.user.is_authenticated:
        return context
    roles = [Role(role) for role, _key in request.user.held(timezone.localdate())]
    grants = _grants(request)
    context["navigation"] = [
        Item(title, link, current=_is_current(request.path, link))
        for name, title, permission in MENU
        if permission in grants
        for link in [reverse(name)]
    ]
    context["roles"] = ", ".join(dict.fromkeys(str(role.label) for role in roles))
    context["search_link"] = reverse("desk:person_list") if "registry.see" in grants else ""
    return context


@reads(ANY_OFFICER)
def start(request: OfficerRequest) -> HttpResponse:
    """Lead an officer from the sign-in to the first page that their roles open."""
    grants = _grants(request)
    names = [name for name, _title, permission in MENU if permission in grants]
    return redirect(names[0] if names else "desk:account")


def _grants(request: OfficerRequest | HttpRequest) -> frozenset[str]:
    roles = {Role(role) for role, _key in request.user.held(timezone.localdate())}  # type: ignore[union-attr]
    return frozenset[str]().union(*(GRANTS[role] for role in roles))


def _is_current(path: str, link: str) -> bool:
    board = reverse("desk:board")
    return path == link if link == board else path.startswith(link)


def _is_demo() -> bool:
    return City.objects.filter(is_demo=True).exists()


paths = [path("mulai/", start, name="start")]

"""What stands in the menu: the pages that this officer's roles open."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from operator import itemgetter
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from jembol.accounts.choices import Role
from jembol.accounts.rules import GRANTS
from jembol.desk.menu import MENU, WORK
from jembol.places.models import City
from jembol.ui.guards import ANY_OFFICER, OfficerRequest, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from jembol.desk.menu import Group, Page

VERSION = version("jembol")

# So few pages are seen at one look: nothing is folded.
FEW = 9


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu; `current` is the page itself ("page"), or the list it belongs to."""

    title: _StrPromise
    link: str
    current: str


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one kind of work, unfolded where one is or where one mostly works."""

    word: str
    title: _StrPromise | str
    items: tuple[Item, ...]
    is_open: bool


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
    work = {WORK[role] for role in roles if role in WORK}
    context["navigation"] = _sections(request.path, grants, work)
    context["roles"] = ", ".join(dict.fromkeys(str(role.label) for role in roles))
    context["search_link"] = reverse("desk:person_list") if "registry.see" in grants else ""
    return context


@reads(ANY_OFFICER)
def start(request: OfficerRequest) -> HttpResponse:
    """Lead an officer from the sign-in to the first page that their roles open."""
    grants = _grants(request)
    names = [page.name for group in MENU for page in _seen(group, grants)]
    return redirect(names[0] if names else "desk:account")


def _seen(group: Group, grants: frozenset[str]) -> list[Page]:
    return [page for page in group.pages if page.permission in grants]


def _sections(path: str, grants: frozenset[str], work: set[str]) -> list[Section]:
    """Return the groups of the menu that have a page for these permissions."""
    shown = [(group, pages) for group in MENU if (pages := _seen(group, grants))]
    here = _nearest(path, [page for _group, pages in shown for page in pages])
    open_words = {group.word for group, pages in shown if group.title and here in pages} or work
    is_short = sum(len(pages) for _group, pages in shown) <= FEW
    return [
        Section(
            group.word,
            group.title,
            tuple(_item(page, path, here) for page in pages),
            is_open=is_short or group.word in open_words,
        )
        for group, pages in shown
    ]


def _item(page: Page, path: str, here: Page | None) -> Item:
    link = reverse(page.name)
    current = "page" if path == link else "true" if page is here else ""
    return Item(page.title, link, current)


def _nearest(path: str, pages: Iterable[Page]) -> Page | None:
    """Return the page whose address, or that of a list of its own, begins this path furthest.

    Every page of the desk lies below the board, which therefore is found by its whole address.
    """
    board = reverse("desk:board")
    found = [
        (len(start), page)
        for page in pages
        for start in map(reverse, (page.name, *page.also))
        if path == start or (start != board and path.startswith(start))
    ]
    return max(found, key=itemgetter(0))[1] if found else None


def _grants(request: OfficerRequest | HttpRequest) -> frozenset[str]:
    roles = {Role(role) for role, _key in request.user.held(timezone.localdate())}  # type: ignore[union-attr]
    return frozenset[str]().union(*(GRANTS[role] for role in roles))


def _is_demo() -> bool:
    return City.objects.filter(is_demo=True).exists()


paths = [path("mulai/", start, name="start")]

"""Calendar addresses: of a class with its venue and mentors, and of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.calendars import actions
from jembol.calendars.choices import Subject
from jembol.calendars.models import Feed
from jembol.calendars.tokens import token_of
from jembol.calendars.ways import ways_into_calendars
from jembol.desk.classes import back_to, class_within
from jembol.desk.people import person_within
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jembol.training.models import Class


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody or something that may have a calendar address.

    Attributes:
        subject: What it is.
        key: Its key.
        name: What it is called.
        area_key: Where it belongs.
        person_id: The person of the register, if it is one.
    """

    subject: Subject
    key: int
    name: str
    area_key: int
    person_id: int | None = None

    @property
    def word(self) -> str:
        """How a form names it."""
        return f"{self.subject}-{self.key}"


@writes("training.change")
def class_feeds(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the calendar addresses of a class, its venue and its mentors; make or replace one."""
    each = class_within(request, public_id)
    owners = [one for one in _owners(each) if request.reach.covers(one.area_key)]
    return _page(request, owners, back=back_to(each), title=_("Calendar"))


@writes("registry.change")
def person_feed(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the calendar address of a person; make or replace it."""
    person = person_within(request, public_id)
    owner = Owner(Subject.PERSON, person.pk, person.name, person.area_id, person_id=person.pk)
    back = reverse("desk:person_detail", args=[person.public_id]), person.name
    return _page(request, [owner], back=back, title=_("Calendar"))


def _owners(each: Class) -> Sequence[Owner]:
    found = [Owner(Subject.CLASS, each.pk, each.title, each.area_id)]
    if each.venue is not None:
        found.append(Owner(Subject.VENUE, each.venue.pk, each.venue.name, each.venue.area_id))
    rows = each.mentors.filter(mentor__isnull=False).select_related("mentor").order_by("pk")
    mentors = [row.mentor for row in rows if row.mentor is not None]
    return [*found, *(Owner(Subject.MENTOR, one.pk, one.name, one.area_id) for one in mentors)]


def _page(
    request: OfficerRequest, owners: Sequence[Owner], *, back: tuple[str, str], title: str
) -> HttpResponse:
    if request.method == "POST":
        _act(request, owners)
        return redirect(request.path)
    context = {
        "title": title,
        "rows": [(owner, owner.subject.label, _ways(owner)) for owner in owners],
        "back": {"link": back[0], "title": back[1]},
    }
    response = show(request, "desk/feeds.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _act(request: OfficerRequest, owners: Sequence[Owner]) -> None:
    """Make or replace the address that the form names.

    Raises:
        Http404: the form names none of these.
    """
    owner = next((one for one in owners if one.word == request.POST.get("milik")), None)
    if owner is None:
        raise Http404
    standing = _feed(owner)
    if request.POST.get("aksi") == "ganti" and standing is not None:
        actions.replace_feed(feed=standing, by=request.by, person_id=owner.person_id)
        messages.success(request, _("There is a new address. The old one leads nowhere."))
        return
    actions.open_feed(
        subject=owner.subject,
        key=owner.key,
        area_key=owner.area_key,
        by=request.by,
        person_id=owner.person_id,
    )
    messages.success(request, _("The calendar address is ready."))


def _feed(owner: Owner) -> Feed | None:
    return Feed.objects.filter(subject=owner.subject, subject_key=owner.key).first()


def _ways(owner: Owner) -> Mapping[str, str] | None:
    feed = _feed(owner)
    if feed is None:
        return None
    return ways_into_calendars(
        settings.PUBLIC_ADDRESS + reverse("public:feed", args=[token_of(feed)])
    )


paths = [
    path("kelas/<slug:public_id>/kalender/", class_feeds, name="class_feeds"),
    path("orang/<slug:public_id>/kalender/", person_feed, name="person_feed"),
]

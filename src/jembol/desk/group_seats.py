"""Seats for a group that comes together: chosen by an officer, or by its head through a link."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.classes import class_within
from jembol.desk.reasons import ReasonForm
from jembol.desk.selection import back_to_selection
from jembol.registry.models import Group, Membership, Person
from jembol.training import actions
from jembol.training.actions.entries import group_token_of
from jembol.training.choices import Door
from jembol.training.models import Class
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

MOST_GROUPS = 300


@writes("training.change")
def group_registration_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Choose a group and tick who comes: all of them get seats, or nobody does."""
    each = class_within(request, public_id)
    groups = Group.objects.within(request.reach).order_by("folded", "pk")
    group = groups.filter(public_id=request.GET.get("kelompok", "")).first()
    people = members_of_group(group, request) if group else []
    form = ReasonForm(sent(request), asks=False)
    chosen = _ticked(request, people)
    if form.is_valid() and group:
        with refusals_into(form):
            applied = actions.register_group(
                training_class=each, group=group, people=chosen, by=request.by, door=Door.DESK
            )
            told = (
                _("The group has its seats.")
                if applied.registrations
                else _("The group is on the list: it gets its seats together, or none.")
            )
            messages.success(request, told)
            return redirect("desk:selection", public_id=public_id)
    link, name = back_to_selection(each)
    context = {
        "title": _("Register a group"),
        "lead": each.title,
        "form": form,
        "groups": list(groups[:MOST_GROUPS]),
        "group": group,
        "people": [(person, named(person.area)) for person in people],
        "ticked": {person.pk for person in chosen},
        "head": _head_link(request, each, group) if group else None,
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/group_registration_create.html", context)


def members_of_group(group: Group, request: OfficerRequest) -> list[Person]:
    """Return the members of a group whom the officer may see, by name."""
    standing = Membership.objects.standing(timezone.localdate()).filter(group=group)
    people = Person.objects.within(request.reach).filter(pk__in=standing.values("person"))
    return list(people.select_related("area__parent__parent").order_by("folded", "pk"))


def _ticked(request: OfficerRequest, people: list[Person]) -> list[Person]:
    keys = {parse_key(word) for word in request.POST.getlist("orang")}
    return [person for person in people if person.pk in keys]


def _head_link(request: OfficerRequest, each: Class, group: Group) -> dict[str, Any]:
    """Return the page on which the group's head ticks who comes, and the link to send it."""
    token = group_token_of(each, group)
    at = reverse("public:group_sign_up", args=[each.public_id, group.public_id, token])
    link = request.build_absolute_uri(at)
    words = _("Who of %(group)s comes to the class %(title)s? Tick them here: %(link)s") % {
        "group": group.name,
        "title": each.title,
        "link": link,
    }
    return {"link": link, "whatsapp": f"https://wa.me/?text={quote(words)}"}


paths = [
    path(
        "kelas/<slug:public_id>/seleksi/kelompok/",
        group_registration_create,
        name="group_registration_create",
    ),
]

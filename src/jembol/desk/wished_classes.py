"""A class that answers gathered wishes: its form begins with what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from jembol.desk.areas import area_initial
from jembol.kit.text import fold_name
from jembol.outreach.models import Gathering
from jembol.training.models import Course
from jembol.ui.listing import parse_key

if TYPE_CHECKING:
    from jembol.places.choosing import Groups
    from jembol.training.models import Class
    from jembol.ui.guards import OfficerRequest

WISHED: Final = "usulan"
"""In the address of the form: the key of the gathering that the class answers."""


def wished(request: OfficerRequest) -> Gathering | None:
    """Return the gathering that the address names, if this officer may answer it."""
    key = parse_key(request.GET.get(WISHED, ""))
    reach = request.officer.reach("outreach.plan", timezone.localdate())
    rows = Gathering.objects.within(reach).select_related("area__parent__parent")
    return None if key is None else rows.filter(pk=key).first()


def initial_of(gathering: Gathering | None, choices: Groups) -> dict[str, Any]:
    """Return what the form of a class begins with."""
    if gathering is None:
        return {}
    words = fold_name(gathering.topic).split()
    people = [one.wish.people for one in gathering.gathered.select_related("wish").order_by("pk")]
    found = {
        "title": gathering.topic.capitalize(),
        "seats": sum(filter(None, people)) or None,
        "organiser": "office",
        **area_initial(gathering.area, choices),
    }
    course = next((one for one in Course.objects.order_by("name") if _is_about(one, words)), None)
    return found if course is None else {**found, "course": course.pk}


def _is_about(course: Course, words: list[str]) -> bool:
    return bool(words) and set(words) <= set(fold_name(course.name).split())


def after_opening(gathering: Gathering | None, opened: Class) -> str:
    """Return where to go when the class was opened: to the answer that it is, or to the class."""
    if gathering is None:
        return reverse("desk:class_detail", args=[opened.public_id])
    link = reverse("desk:gathering_answer_create", args=[gathering.pk])
    return f"{link}?kelas={opened.public_id}"

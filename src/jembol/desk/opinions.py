"""What people thought of a class, and the address where they say it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.classes import back_to, class_within
from jembol.training.models import Class
from jembol.training.queries.opinions import mentor_scales, opinion_code, opinion_summary
from jembol.training.rules.aftermath import FEW_OPINIONS
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.pages import show


@reads("training.see")
def opinion_list(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show what people thought, once there are enough of them, and the code for the wall."""
    each = class_within(request, public_id)
    link, name = back_to(each)
    address = request.build_absolute_uri(
        reverse("public:opinion", args=[each.public_id, opinion_code(each)])
    )
    context = {
        "title": _("Opinions"),
        "lead": each.title,
        "each": each,
        "summary": opinion_summary(each),
        "few": FEW_OPINIONS,
        "address": address,
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/opinion_list.html", context)


@reads("training.see")
def mentor_opinions(request: OfficerRequest) -> HttpResponse:
    """Show how well mentors explained, over the classes of this year and the last."""
    today = timezone.localdate()
    since = today.replace(year=today.year - 1, month=1, day=1)
    classes = Class.objects.within(request.reach).filter(starts_on__gte=since)
    keys = list(classes.order_by("pk").values_list("pk", flat=True))
    context = {
        "title": _("Opinions about mentors"),
        "since": since,
        "rows": mentor_scales(keys),
        "few": FEW_OPINIONS,
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/mentor_opinions.html", context)


paths = [
    path("kelas/<slug:public_id>/kesan/", opinion_list, name="opinion_list"),
    path("kesan-mentor/", mentor_opinions, name="mentor_opinions"),
]

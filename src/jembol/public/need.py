"""How a city decides where its officers go next: the weights and the promise, for everybody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.outreach.queries import weighing_of
from jembol.outreach.rules import PARTS
from jembol.places.models import City
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show


@open_to_all
def need_rule(request: CitizenRequest, code: str) -> HttpResponse:
    """Show what makes a visit urgent, how much each thing counts, and what the city promises."""
    city = get_object_or_404(City.objects.select_related("area"), area__code=code)
    weighing = weighing_of(city.area_id, timezone.localdate())
    context = {
        "title": _("Where officers go next"),
        "city": city,
        "weighing": weighing,
        "parts": [
            (part, round(weighing.most(part.name), 1), weighing.weights[part.name].full)
            for part in PARTS
            if weighing.most(part.name)
        ],
    }
    return show(request, "public/need_rule.html", context)


paths = [path("aturan-kunjungan/<str:code>/", need_rule, name="need_rule")]

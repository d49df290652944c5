"""A phone that was told to wipe is given nothing to carry, whatever it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jembol.field.reading import REFUSALS
from jembol.sync.models import Device
from jembol.ui.refusing import refuse_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from jembol.ui.guards import OfficerRequest


def refused_to_wiped(request: OfficerRequest) -> HttpResponse | None:
    """Return the refusal for a phone under an order to destroy, and None for others."""
    device = Device.objects.filter(pk=request.headers.get("X-Device", "")[:26]).first()
    if device is None or not device.must_wipe:
        return None
    status, words = REFUSALS["wiped"]
    return refuse_json(status, "wiped", str(words))

"""A photo was taken on a visit: it is announced here, its pieces follow by themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.outreach.actions import PhotoSaid, announce_photo
from jembol.outreach.envelopes.visits import MAY
from jembol.outreach.errors import PhotoUnreadable
from jembol.outreach.models import Visit
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.said import Said


def place_of(body: Mapping[str, Any]) -> int:
    """Return the area of the visit that a photo shows, 0 when the visit has not come."""
    rows = Visit.objects.filter(key=Said(body).ulid("about"))
    return rows.values_list("area_id", flat=True).first() or 0


@envelope_kind("outreach.photo", place=place_of, is_sealed=True)
def photo(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Announce a photo; its visit may come later.

    Raises:
        PhotoUnreadable: it does not say what it must, or is too large.
        OutOfReach: its visit lies outside the officer's areas.
    """
    by = writing(arrived, MAY, by=by)
    said = Said(arrived.body)
    about, size = said.ulid("about"), said.number("bytes", 2**31 - 1)
    if not about or not size or arrived.officer_id is None or not by.reach:
        raise PhotoUnreadable(
            _("This photo does not say which visit it shows. Take it again on the visit.")
        )
    announced = announce_photo(
        said=PhotoSaid(
            key=arrived.id,
            visit=about,
            officer_id=arrived.officer_id,
            at=arrived.corrected_at,
            size=size,
            sha256=said.text("sha256", 64).lower(),
            has_consent=said.is_true("consent"),
            has_place=said.is_true("place"),
        ),
        by=by,
    )
    return {"photo": announced.key}

"""What phones send about classes: scans at the door."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.rules import FLAGGED_SKEW
from jembol.sync.said import Said
from jembol.training import errors
from jembol.training.actions import ScanSaid, note_scan
from jembol.training.choices import Reader, ScanBy, Way
from jembol.training.models import Class

SCAN: Final = "training.scan"
MAY: Final = "training.attend"
LONGEST_CODE: Final = 200
LARGEST_NUMBER: Final = 32767


def area_of(body: Mapping[str, Any]) -> int:
    """Return the key of the area of the class that a scan names, 0 when there is none."""
    rows = Class.objects.filter(public_id=Said.of(body).text("class", 20))
    return rows.values_list("area_id", flat=True).first() or 0


@envelope_kind(SCAN, place=area_of)
def note(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Keep a scan, and note who came.

    Raises:
        ScanUnreadable: a part is missing or none of its words.
        Refusal: as `note_scan`.
    """
    return note_scan(said=_said(arrived), by=writing(arrived, MAY, by=by))


def _said(arrived: Arrived) -> ScanSaid:
    body = Said.of(arrived.body)
    way, how = body.word("way") or Way.IN.value, body.word("by")
    reader, undoes = body.word("reader"), body.ulid("undoes")
    is_readable = way in Way and how in ScanBy and (how != ScanBy.UNDO or undoes)
    if not is_readable or undoes == arrived.id:
        raise errors.ScanUnreadable(
            _("This scan does not say what it must. Update the page and scan again."), way=way
        )
    skew = arrived.device_at - arrived.corrected_at if arrived.device_at else None
    return ScanSaid(
        envelope=arrived.id,
        class_id=body.text("class", 20),
        session=body.number("session", LARGEST_NUMBER),
        way=Way(way),
        by=ScanBy(how),
        reader=reader if reader in Reader else "",
        code=body.text("code", LONGEST_CODE),
        registration=body.number("registration"),
        undoes=undoes,
        has_entered=body.parts.get("entered") is not False,
        device_id=arrived.device_id,
        device_at=arrived.device_at,
        at=arrived.corrected_at,
        is_skewed=skew is not None and abs(skew) > FLAGGED_SKEW,
    )

"""What phones send about classes: scans at the door."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.kit.ids import is_ulid
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.rules import FLAGGED_SKEW
from jembol.training import errors
from jembol.training.actions import ScanSaid, note_scan
from jembol.training.choices import Reader, ScanBy, Way
from jembol.training.models import Class

SCAN: Final = "training.scan"
MAY: Final = "training.attend"
LONGEST_CODE: Final = 200
LARGEST_KEY: Final = 2**63 - 1
LARGEST_NUMBER: Final = 32767


def area_of(body: Mapping[str, Any]) -> int:
    """Return the key of the area of the class that a scan names, 0 when there is none."""
    rows = Class.objects.filter(public_id=_text(body, "class", 20))
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
    body = arrived.body
    way, how = _text(body, "way", 10) or Way.IN.value, _text(body, "by", 10)
    reader, undoes = _text(body, "reader", 10), _text(body, "undoes", 26)
    is_readable = way in Way and how in ScanBy and (how != ScanBy.UNDO or is_ulid(undoes))
    if not is_readable or undoes == arrived.id:
        raise errors.ScanUnreadable(
            _("This scan does not say what it must. Update the page and scan again."), way=way
        )
    skew = arrived.device_at - arrived.corrected_at if arrived.device_at else None
    return ScanSaid(
        envelope=arrived.id,
        class_id=_text(body, "class", 20),
        session=_number(body, "session", LARGEST_NUMBER),
        way=Way(way),
        by=ScanBy(how),
        reader=reader if reader in Reader else "",
        code=_text(body, "code", LONGEST_CODE),
        registration=_number(body, "registration", LARGEST_KEY),
        undoes=undoes,
        has_entered=body.get("entered") is not False,
        device_id=arrived.device_id,
        device_at=arrived.device_at,
        at=arrived.corrected_at,
        is_skewed=skew is not None and abs(skew) > FLAGGED_SKEW,
    )


def _text(body: Mapping[str, Any], name: str, longest: int) -> str:
    """Return a text of the body as a database stores it: without control signs and half signs."""
    value = body.get(name)
    if not isinstance(value, str):
        return ""
    storable = value.encode("utf-8", "ignore").decode("utf-8")
    return "".join(sign for sign in storable if sign.isprintable()).strip()[:longest]


def _number(body: Mapping[str, Any], name: str, largest: int) -> int | None:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= largest else None

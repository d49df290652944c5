"""Read what a phone sends: lenient with a part, strict with the whole.

A letter with a missing part is still a letter, is stored and gets an answer, so that it never
blocks those behind it. Only what is no parcel at all is refused whole, and the phone keeps it.
"""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.kit.ids import is_ulid
from jembol.sync.parcels import Letter, Parcel, Signed
from jembol.sync.rules import Moment

MOST_LETTERS: Final = 100
LARGEST_BYTES: Final = 256 * 1024
LONGEST_LABEL: Final = 60
LONGEST_PROOF: Final = 100
LARGEST_NUMBER: Final = 2**63 - 1
LONGEST_MS: Final = 1e15
# Outside of these years a clock says nothing, and arithmetic with it overflows.
FIRST_YEAR, LAST_YEAR = 1971, 2999

REFUSALS: Final[dict[str, tuple[int, Promise]]] = {
    "not-json": (400, _("The server could not read what was sent. It is kept on this phone.")),
    "bad-device": (400, _("This phone has no valid number. Load the page again.")),
    "too-many": (413, _("Too many records at once. Send at most 100.")),
    "too-large": (413, _("Too much at once. Send fewer records.")),
    "wiped": (403, _("This phone was told to carry nothing. Ask the office.")),
    "no-such-photo": (404, _("This photo was not announced yet. Send its record first.")),
    "wrong-offset": (409, _("This piece of the photo does not follow what has come.")),
    "other-content": (422, _("What came is not this photo. It is sent anew.")),
    "picture-unreadable": (422, _("The photo cannot be read. Take it again.")),
    "no-room": (507, _("Too many photos are on their way. Finish some of them first.")),
    "wrong-method": (405, _("Records are sent, not fetched.")),
    "busy": (503, _("The server is busy. Everything is kept on this phone; try again.")),
}


@dataclass(frozen=True, slots=True)
class NoParcel(Exception):
    """What was sent is no parcel; the code is one of `REFUSALS`."""

    code: str


def read_parcel(content: bytes) -> Parcel:
    """Return the parcel that these bytes hold.

    Raises:
        NoParcel: they hold none, or too much.
    """
    if len(content) > LARGEST_BYTES:
        raise NoParcel("too-large")
    said = _object(content)
    device, letters = said.get("device"), said.get("envelopes")
    if not isinstance(device, str) or not is_ulid(device):
        raise NoParcel("bad-device")
    if not isinstance(letters, list):
        raise NoParcel("not-json")
    if len(letters) > MOST_LETTERS:
        raise NoParcel("too-many")
    public = _text(said.get("key"), LONGEST_PROOF)
    return Parcel(
        device_id=device,
        device_label=_label(said.get("label")),
        sent=_moment(said, at="sent_at"),
        letters=[_letter(one, public) for one in letters],
        is_wiped=said.get("wiped") is True,
        public=public,
        key_of=_number(said.get("key_of")),
    )


def _object(content: bytes | str) -> dict[str, Any]:
    try:
        said = json.loads(content, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        raise NoParcel("not-json") from None
    if not isinstance(said, dict):
        raise NoParcel("not-json")
    return said


def _letter(said: object, public: str) -> Letter:
    parts: dict[str, Any] = said if isinstance(said, dict) else {}
    signed = _signed(parts, public)
    if signed is not None:
        # Nothing beside the signed text is believed; only the number of one that cannot be read.
        kept: dict[str, Any] = {"id": parts.get("id"), "body": {}}
        parts = _object_in(signed.text) if signed.is_read else kept
    kind, body = parts.get("kind"), parts.get("body")
    is_readable = isinstance(kind, str) and 0 < len(kind) <= 60 and isinstance(body, dict)
    return Letter(
        id=_text(parts.get("id"), 26),
        kind=_text(kind, 60),
        seq=_number(parts.get("seq")) or 0,
        written=_moment(parts, at="at"),
        body=body if isinstance(body, dict) else {"as_sent": body},
        officer_id=_number(parts.get("officer")),
        is_readable=is_readable,
        signed=signed,
    )


def _signed(parts: dict[str, Any], public: str) -> Signed | None:
    text = parts.get("signed")
    if not isinstance(text, str):
        return None
    # Half signs cannot be stored, and no phone writes them: such a text has no good signature.
    storable = text.encode("utf-8", "backslashreplace").decode()
    return Signed(
        text=storable,
        signature=_text(parts.get("signature"), LONGEST_PROOF),
        public=public,
        is_read=bool(_object_in(storable)),
    )


def _object_in(text: str) -> dict[str, Any]:
    """Return the object that a text holds, an empty one when it holds none."""
    try:
        return _object(text)
    except NoParcel:
        return {}


def _moment(parts: dict[str, Any], *, at: str) -> Moment:
    return Moment(
        at=_time(parts.get(at)), mono_ms=_mono(parts.get("mono")), boot=_text(parts.get("boot"), 60)
    )


def _time(value: object) -> datetime | None:
    """Return a moment with its zone, or None for a clock that says nothing."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.astimezone(UTC)


def _mono(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) < LONGEST_MS else None


def _number(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str):
        return ""
    storable = value.encode("utf-8", "ignore").decode("utf-8")
    return "".join(sign for sign in storable if sign.isprintable())[:longest]


def _label(value: object) -> str:
    return _text(value, LONGEST_LABEL).strip()


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is too large")
    return number

"""What a record of a phone says, in words: its parts one by one, numbers of people masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jembol.kit.shaped_as_nik import without_niks
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.places.models import Area
from jembol.sync.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

MOST_PARTS: Final = 60
LONGEST: Final = 400
ALWAYS_MASKED: Final = frozenset({"nik", "kk"})
BLANK: Final[tuple[Any, ...]] = ("", None, [], {})
PARTS: Final[dict[str, str | Promise]] = {
    "activity": gettext_lazy("Activity"),
    "address": gettext_lazy("Address"),
    "advice": gettext_lazy("Advice"),
    "area": gettext_lazy("Area"),
    "born_on": gettext_lazy("Date of birth"),
    "changes": gettext_lazy("From the phone"),
    "consents": gettext_lazy("Consents"),
    "due_on": gettext_lazy("Until"),
    "enterprise": gettext_lazy("Enterprise"),
    "household": gettext_lazy("Household"),
    "name": gettext_lazy("Name"),
    "needs": gettext_lazy("Needs"),
    "nik": gettext_lazy("NIK"),
    "outcome": gettext_lazy("Outcome"),
    "person": gettext_lazy("Person"),
    "phone": gettext_lazy("Phone"),
    "position": gettext_lazy("Position"),
    "product": gettext_lazy("Product"),
    "promise": gettext_lazy("Promise"),
    "referrals": gettext_lazy("Referrals"),
    "rt": pgettext_lazy("neighbourhood", "RT"),
    "rw": pgettext_lazy("neighbourhood", "RW"),
    "sex": gettext_lazy("Sex"),
    "was": gettext_lazy("Seen before"),
    "witness": gettext_lazy("Witness"),
}
VALUES: Final[dict[str, dict[str, Any]]] = {
    "outcome": dict(VisitOutcome.choices),
    "kind": {**dict(NeedKind.choices), **dict(ReferralKind.choices)},
}


def said_in(body: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Return what a body says, part by part; a NIK stands masked wherever somebody wrote it."""
    rows: list[tuple[str, str]] = []
    for name, value in list(body.items())[:MOST_PARTS]:
        where = f"{before}{PARTS.get(name, without_niks(str(name)))}"
        if isinstance(value, dict):
            rows += said_in(value, f"{where} · ")
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for number, one in enumerate(value[:MOST_PARTS], start=1):
                part = one if isinstance(one, dict) else {"": one}
                rows += said_in(part, f"{where} {number} · ")
        elif value not in BLANK:
            rows.append((where, _shown(str(name), value)))
    return rows[: MOST_PARTS * 2]


def _shown(name: str, value: Any) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name in ALWAYS_MASKED:
        return f"{text[:4]}…{text[-2:]}"
    if name == "area":
        return _area(value) or without_niks(text)[:LONGEST]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return without_niks(str(VALUES.get(name, {}).get(text, text)))[:LONGEST]


def _area(value: Any) -> str:
    key = Said({"key": value}).number("key") or 0
    area = Area.objects.select_related("parent").filter(pk=key).first()
    if area is None:
        return ""
    return f"{area.parent.name} {area.name}" if area.parent else area.name

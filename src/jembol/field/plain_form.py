"""The door as a plain form: one scan, whose envelope the server makes, where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _

from jembol.field.words import WORDS
from jembol.kit.ids import NotAPublicId, PublicId, new_ulid
from jembol.kit.signed_code import PREFIX
from jembol.kit.text import fold_name
from jembol.sync import actions
from jembol.sync.choices import State
from jembol.sync.parcels import Answer, Letter, Parcel
from jembol.sync.rules import Moment
from jembol.training.models import Registration
from jembol.ui.listing import parse_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jembol.kit.reach import Reach
    from jembol.training.models import Class
    from jembol.ui.guards import OfficerRequest

SCAN: Final = "training.scan"
DEVICE: Final = "field_device"
MOST: Final = 20
LONGEST_CODE: Final = 200
TONES: Final = {
    "welcome": messages.SUCCESS,
    "again": messages.WARNING,
    "not_allowed": messages.ERROR,
    "unknown_code": messages.ERROR,
}


def seats_named(training_class: Class, text: str, reach: Reach) -> list[Registration]:
    """Return the seats of a class whose person's name holds each word, within the reach."""
    words = fold_name(text).split()
    rows = Registration.objects.of_people_in(reach).standing().filter(training_class=training_class)
    for word in words:
        rows = rows.filter(person__folded__contains=word)
    if not words:
        return []
    return list(rows.select_related("person__area").order_by("person__folded", "pk")[:MOST])


def scan_of(said: Mapping[str, str], class_id: str) -> dict[str, Any] | None:
    """Return the body of the scan that a form asks for; None when it only looks for a name."""
    seat, what = parse_key(said.get("registration", "")), said.get("what", "").strip()
    if seat is None and not _is_code(what):
        return None
    return {
        "class": class_id,
        "session": parse_key(said.get("session", "")),
        "way": "out" if said.get("way") == "out" else "in",
        "by": "code" if seat is None else "name",
        "code": what[:LONGEST_CODE] if seat is None else None,
        "registration": seat,
        "undoes": None,
        "reader": "typed",
    }


def _is_code(text: str) -> bool:
    plain = "".join(text.split()).upper()
    if plain.startswith(PREFIX):
        return True
    try:
        PublicId.parse(plain)
    except NotAPublicId:
        return False
    return True


def sent(request: OfficerRequest, body: dict[str, Any], *, kind: str = SCAN) -> Answer:
    """Send one record through the door of the phones, as from a device of this sign-in."""
    now = request.by.at
    device = request.session.setdefault(DEVICE, new_ulid(now))
    moment = Moment(at=now, mono_ms=None, boot="")
    letter = Letter(id=new_ulid(now), kind=kind, seq=0, written=moment, body=body)
    parcel = Parcel(device_id=device, device_label=_("Form"), sent=moment, letters=[letter])
    return actions.receive(parcel=parcel, by=request.by).answers[0]


def told(answer: Answer) -> tuple[int, str]:
    """Return the tone and the words of an answer."""
    if answer.state != State.ACCEPTED:
        return messages.ERROR, answer.words
    verdict, why = answer.result["verdict"], answer.result["why"]
    parts = [WORDS[f"verdict-{verdict}"], answer.result["name"], WORDS.get(f"why-{why}", "")]
    return TONES.get(verdict, messages.WARNING), " · ".join(str(part) for part in parts if part)


def stored(answer: Answer) -> tuple[int, str]:
    """Return the tone and the words of the answer for a record that is no scan."""
    if answer.state == State.ACCEPTED:
        return messages.SUCCESS, answer.words or _("Stored.")
    tone = messages.ERROR if answer.state == State.REFUSED else messages.WARNING
    return tone, answer.words


def faults_of(form: forms.BaseForm) -> list[str]:
    """Return what is wrong with a form, each with the name of its field."""
    faults = form.errors.get_json_data()
    labels = {name: str(field.label) for name, field in form.fields.items()}
    return [
        f"{labels.get(name, '')}: {one['message']}" for name, ones in faults.items() for one in ones
    ]

"""What the phone of an officer left in a corner: a visit with a photo, two values, two contents."""

from dataclasses import dataclass

from city import DINOYO, MALANG, NOW, PURWANTORO
from city import by as acting
from jembol.accounts.models import Officer
from jembol.kit.ids import new_ulid
from jembol.outreach.models import Photo
from jembol.sync.actions import receive
from jembol.sync.models import Conflict, Device, Edit
from jembol.sync.parcels import Letter, Parcel
from jembol.sync.rules import Moment

WHO = {DINOYO: "lapangan.dinoyo", PURWANTORO: "lapangan.purwantoro", MALANG: "pelatihan"}


@dataclass(frozen=True)
class PhoneWork:
    """What waits for somebody's word."""

    device: Device
    edit: Edit
    second: Conflict
    photo: Photo


def build_phone_work(here, canary, person):
    """An officer of the place sent a visit twice with different words, a photo and a change."""
    officer = Officer.objects.get(username=WHO.get(here.code, "pelatihan.mojokerto"))
    visit, photo, device = new_ulid(NOW), new_ulid(NOW), new_ulid(NOW)
    sent = Moment(NOW, None, "")

    def letter(number, id_, kind, body):
        return Letter(id=id_, kind=kind, seq=number, written=sent, body=body, officer_id=officer.pk)

    visited = {"area": str(here.pk), "outcome": "met", "person": {"key": person.pk}}
    change = {
        "of": "person", "ref": {"key": person.pk}, "was": {"address": "x"},
        "changes": {"address": f"{canary} Ponsel"},
    }  # fmt: skip
    announced = {"about": visit, "bytes": 10, "sha256": "0" * 64, "type": "image/jpeg"}
    letters = [
        letter(1, visit, "outreach.visit", {**visited, "advice": f"{canary} Saran"}),
        letter(2, visit, "outreach.visit", {**visited, "advice": f"{canary} Saran lain"}),
        letter(3, new_ulid(NOW), "registry.change", change),
        letter(4, photo, "outreach.photo", announced),
    ]
    parcel = Parcel(device_id=device, device_label=f"{canary} HP2", sent=sent, letters=letters)
    receive(parcel=parcel, by=acting(officer, "outreach.visit", door="field"))
    return PhoneWork(
        device=Device.objects.get(pk=device),
        edit=Edit.objects.get(about_key=person.pk, about_kind="registry.person"),
        second=Conflict.objects.get(envelope=visit),
        photo=Photo.objects.get(key=photo),
    )

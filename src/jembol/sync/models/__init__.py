"""Tables of the door of the phones."""

from jembol.sync.models.edits import Edit, EditQuerySet, EditSettlement, Made
from jembol.sync.models.envelopes import Conflict, Device, DeviceKey, Envelope, EnvelopeQuerySet

__all__ = [
    "Conflict",
    "Device",
    "DeviceKey",
    "Edit",
    "EditQuerySet",
    "EditSettlement",
    "Envelope",
    "EnvelopeQuerySet",
    "Made",
]

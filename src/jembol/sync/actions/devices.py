"""Phones that are lost: told to destroy what they carry, and believed when they say they did."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.sync import events
from jembol.sync.errors import NothingToWipe
from jembol.sync.models import Device


@transaction.atomic
def ask_to_wipe(*, device: Device, area_key: int, why: str, by: By) -> Device:
    """Tell a phone to destroy what it carries; what it has not sent yet stays on it.

    Args:
        device: The phone.
        area_key: Where its officer is on duty.
        why: The reason.
        by: Who tells it.

    Raises:
        OutOfReach: its officer is on duty elsewhere.
        NothingToWipe: it was told already, and has not answered.
    """
    by.must_cover(area_key)
    held = Device.objects.select_for_update().get(pk=device.pk)
    if held.must_wipe:
        raise NothingToWipe(_("This phone was told already. It does so when it connects next."))
    held.wipe_asked_at, held.wiped_at = by.at, None
    held.save(update_fields=["wipe_asked_at", "wiped_at"])
    details = {"label": held.label, "officer": held.officer_id}
    record(events.WIPE_ASKED, about=held, by=by, area=area_key, why=why, details=details)
    return held


@transaction.atomic
def lift_wipe(*, device: Device, area_key: int, by: By) -> Device:
    """Let a phone carry again, because it was found.

    Raises:
        OutOfReach: its officer is on duty elsewhere.
        NothingToWipe: no order stands.
    """
    by.must_cover(area_key)
    held = Device.objects.select_for_update().get(pk=device.pk)
    if not held.must_wipe:
        raise NothingToWipe(_("No order stands for this phone. Load the page again."))
    held.wipe_asked_at, held.wiped_at = None, None
    held.save(update_fields=["wipe_asked_at", "wiped_at"])
    record(events.WIPE_LIFTED, about=held, by=by, area=area_key, details={"label": held.label})
    return held


@transaction.atomic
def note_wiped(*, device_id: str, area_key: int, by: By) -> None:
    """Note that a phone has destroyed what it carried, once for an order."""
    held = Device.objects.select_for_update().filter(pk=device_id, wiped_at=None).first()
    if held is None or not held.must_wipe:
        return
    held.wiped_at = by.at
    held.save(update_fields=["wiped_at"])
    record(events.WIPED, about=held, by=by, area=area_key, details={"label": held.label})

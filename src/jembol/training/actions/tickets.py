"""Give seats a ticket."""

from django.db import transaction

from jembol.cards.actions import ensure_key
from jembol.cards.actions.serials import draw_serials
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import IdKind
from jembol.training import events
from jembol.training.actions.holding import hold
from jembol.training.models import Class, Registration, Ticket

BATCH = 500


@transaction.atomic
def issue_tickets(*, training_class: Class, by: By) -> int:
    """Give every standing seat a ticket that has none, with a fixed number of queries.

    Returns how many were given.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    standing = Registration.objects.standing().filter(training_class=held, ticket__isnull=True)
    without = list(standing.order_by("pk").values_list("pk", flat=True))
    if not without:
        return 0
    ensure_key(by=by)
    serials = draw_serials(Ticket.objects.all(), IdKind.TICKET, len(without))
    Ticket.objects.bulk_create(
        (
            Ticket(registration_id=seat, serial=serial, issued_at=by.at)
            for seat, serial in zip(without, serials, strict=True)
        ),
        batch_size=BATCH,
    )
    details = {"class": held.public_id, "count": len(without)}
    record(events.TICKETS_ISSUED, about=held, by=by, area=held.area_id, details=details)
    return len(without)

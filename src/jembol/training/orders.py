"""Work of training that others ask for by its name; `tasks` and `reminders` do it."""

from datetime import datetime, timedelta
from typing import Final

from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.outbox.models import Job
from jembol.outbox.tasks import Order
from jembol.training.choices import LetterKind
from jembol.training.models import Class, Session

ISSUE: Final = Order("training.certificates")
BUNDLE: Final = Order("training.certificate_bundle")
PACK: Final = Order("training.pack")
SETTLE: Final = Order("training.settle")
"""Offers of a class that ran out end, and freed seats are offered to whose turn it is."""
REMIND: Final = Order("training.remind")
TELL: Final = Order("training.tell")

SLOT: Final = timedelta(minutes=15)


def ask_for_reminders(at: datetime) -> Job:
    """See that somebody looks for reminders that are due: now, and from then on by itself."""
    by = By.system("reminders", at=at)
    live = Job.objects.live().filter(kind=REMIND.kind).order_by("run_after").first()
    return live or _at_slot(at, by)


def ask_for_next(at: datetime, *, by: By) -> Job:
    """Ask for the next look, a quarter of an hour later; asking twice asks once."""
    return _at_slot(at + SLOT, by)


def ask_to_tell(
    kind: LetterKind, training_class: Class, *, by: By, why: str, session: Session | None = None
) -> Job:
    """Ask that participants are told of a change, in the transaction of the change."""
    return TELL.enqueue(
        by=by,
        area_key=city_key(training_class.area_id),
        letter=str(kind),
        class_id=training_class.pk,
        session_id=None if session is None else session.pk,
        revision=0 if session is None else session.revision,
        why=why,
    )


def _at_slot(moment: datetime, by: By) -> Job:
    begun = int(moment.timestamp() // SLOT.total_seconds() * SLOT.total_seconds())
    slot = datetime.fromtimestamp(begun, tz=moment.tzinfo)
    return REMIND.enqueue(by=by, dedup=f"slot:{begun}", run_after=max(slot, by.at))

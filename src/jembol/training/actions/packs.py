"""What the papers need beside the class, and the pack of all papers."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files.models import StoredFile
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.papers.choices import Size
from jembol.registry.rules import text_lines
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in, given_in, hold, officer_id
from jembol.training.choices import NUMBERED, PaperKind
from jembol.training.models import (
    Class,
    CostLine,
    HandOver,
    LetterNumber,
    Minutes,
    Pack,
    Spending,
)
from jembol.training.orders import PACK
from jembol.training.queries.packs import own_pack


@transaction.atomic
def number_letter(
    *, training_class: Class, kind: str, number: str, on: date, by: By
) -> LetterNumber:
    """Note the number and date that the register of letters gave a paper, or correct them.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotNumbered: papers of this kind get no number.
        ValueMissing: the number is empty.
        TextTooLong: the number does not fit.
        TextUnreadable: the number holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    if kind not in NUMBERED:
        raise errors.NotNumbered(_("This paper gets no number."), field="kind")
    given = {"number": given_in(LetterNumber, "number", number), "on": on}
    letter, _is_new = LetterNumber.objects.update_or_create(
        training_class=held, kind=PaperKind(kind), defaults=given
    )
    details = {"kind": kind, "number": letter.number, "on": on.isoformat()}
    record(events.LETTER_NUMBERED, about=held, by=by, area=held.area_id, details=details)
    return letter


@transaction.atomic
def write_minutes(*, training_class: Class, text: str, by: By) -> Minutes:
    """Write what happened, in paragraphs; the facts of the class stand beside it by themselves.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ValueMissing: nothing is written.
        TextTooLong: the text does not fit.
        TextUnreadable: the text holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    clean = text_lines(text, field="text", longest=4000)
    given = {"text": clean, "officer_id": officer_id(by), "at": by.at}
    minutes, _is_new = Minutes.objects.update_or_create(training_class=held, defaults=given)
    record(events.MINUTES_WRITTEN, about=held, by=by, area=held.area_id)
    return minutes


@transaction.atomic
def note_spending(
    *, cost_line: CostLine, amount: int, paid_on: date, by: By, paid_to: str = ""
) -> Spending:
    """Note what was paid for a line of the plan, or correct it.

    Args:
        cost_line: The line.
        amount: In whole rupiah.
        paid_on: When.
        by: Who notes it.
        paid_to: Who received it; empty for the mentor whom the line names.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        TextTooLong: the name does not fit.
        TextUnreadable: the name holds signs that cannot be stored.
    """
    held = hold(cost_line.training_class)
    by.must_cover(held.area_id)
    given = {
        "amount": amount,
        "paid_on": paid_on,
        "paid_to": fitting_in(Spending, "paid_to", paid_to),
        "at": by.at,
    }
    spending, _is_new = Spending.objects.update_or_create(cost_line=cost_line, defaults=given)
    details = {"line": cost_line.pk, "amount": amount, "paid_on": paid_on.isoformat()}
    record(events.SPENDING_NOTED, about=held, by=by, area=held.area_id, details=details)
    return spending


@transaction.atomic
def add_hand_over(
    *, training_class: Class, what: str, quantity: int, unit: str, by: By
) -> HandOver:
    """Name something that everybody who came is given.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ValueMissing: it is not said what, or in which unit.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    row = HandOver.objects.create(
        training_class=held,
        what=given_in(HandOver, "what", what),
        quantity=quantity,
        unit=given_in(HandOver, "unit", unit),
        at=by.at,
    )
    details = {"what": row.what, "quantity": quantity, "unit": row.unit}
    record(events.HAND_OVER_ADDED, about=held, by=by, area=held.area_id, details=details)
    return row


@transaction.atomic
def remove_hand_over(*, hand_over: HandOver, why: str, by: By) -> None:
    """Take something from what everybody is given.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(hand_over.training_class)
    by.must_cover(held.area_id)
    details = {"what": hand_over.what}
    hand_over.delete()
    area = held.area_id
    record(events.HAND_OVER_REMOVED, about=held, by=by, area=area, why=why, details=details)


@transaction.atomic
def order_pack(*, training_class: Class, size: str, by: By) -> Pack:
    """Have all papers put together in the background, as one PDF and as an archive.

    While a pack is being made for this officer, no second one is.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    by.must_cover(training_class.area_id)
    at_work = own_pack(training_class, by.id or 0)
    if at_work is not None and at_work[1] is not None and not at_work[1].is_over:
        return at_work[0]
    pack = Pack.objects.create(
        training_class=training_class, officer_id=officer_id(by), size=Size(size), at=by.at
    )
    job = PACK.enqueue(by=by, area_key=training_class.area_id, pack_id=pack.pk)
    pack.job_id = job.pk
    pack.save(update_fields=["job_id"])
    area = training_class.area_id
    record(events.PACK_ASKED, about=training_class, by=by, area=area, details={"size": size})
    return pack


@transaction.atomic
def keep_pack(*, pack: Pack, pdf: StoredFile, archive: StoredFile, missing: int, by: By) -> None:
    """Note the files of a pack.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    training_class = pack.training_class
    by.must_cover(training_class.area_id)
    pack.pdf, pack.archive, pack.missing, pack.at = pdf, archive, missing, by.at
    pack.save(update_fields=["pdf", "archive", "missing", "at"])
    area = training_class.area_id
    record(events.PACK_MADE, about=training_class, by=by, area=area, details={"missing": missing})

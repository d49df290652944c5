"""What becomes of a need, a referral and a promise: one press each, and only the first counts."""

from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.choices import ReferralState
from jembol.outreach.models import Need, Promise, Referral
from jembol.registry import rules

Row = TypeVar("Row", Need, Promise, Referral)

LONGEST = 300


@transaction.atomic
def meet_need(*, need: Need, how: str, by: By) -> Need:
    """Note that a need was met, and how.

    Raises:
        OutOfReach: the need lies outside the actor's areas.
        AlreadyAnswered: somebody has noted it.
        ValueMissing: it is not said how.
        TextTooLong: the text does not fit.
        TextUnreadable: the text holds signs that cannot be stored.
    """
    held = _held(Need, need, by)
    said = rules.required_line(how, field="why", longest=LONGEST)
    _refuse_answered(held.met_at)
    held.met_at, held.how = by.at, said
    held.save(update_fields=["met_at", "how"])
    _tell(events.NEED_MET, held, by, {"kind": held.kind, "how": said})
    return held


@transaction.atomic
def close_referral(*, referral: Referral, answer: str, by: By) -> Referral:
    """Note the answer that somebody got who was sent on.

    Raises:
        OutOfReach: the referral lies outside the actor's areas.
        AlreadyAnswered: it is closed already.
        ValueMissing: the answer is empty.
        TextTooLong: the answer does not fit.
        TextUnreadable: the answer holds signs that cannot be stored.
    """
    return _closed(referral, ReferralState.ANSWERED, answer, by)


@transaction.atomic
def let_lapse(*, referral: Referral, why: str, by: By) -> Referral:
    """Note that a referral leads nowhere any more, and why.

    Raises:
        OutOfReach: the referral lies outside the actor's areas.
        AlreadyAnswered: it is closed already.
        ValueMissing: no reason is given.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    return _closed(referral, ReferralState.LAPSED, why, by)


def _closed(referral: Referral, state: ReferralState, said: str, by: By) -> Referral:
    held = _held(Referral, referral, by)
    words = rules.required_line(said, field="why", longest=LONGEST)
    _refuse_answered(held.closed_at)
    held.state, held.closed_at, held.answer = state, by.at, words
    held.save(update_fields=["state", "closed_at", "answer"])
    is_lapsed = state is ReferralState.LAPSED
    event = events.REFERRAL_LAPSED if is_lapsed else events.REFERRAL_CLOSED
    _tell(event, held, by, {"kind": held.kind, "answer": words})
    return held


@transaction.atomic
def keep_promise(*, promise: Promise, by: By) -> Promise:
    """Note that a promise was kept, in time or late.

    Raises:
        OutOfReach: the promise lies outside the actor's areas.
        AlreadyAnswered: somebody has noted it.
    """
    held = _held(Promise, promise, by)
    _refuse_answered(held.kept_at)
    held.kept_at = by.at
    held.save(update_fields=["kept_at"])
    is_late = timezone.localdate(by.at) > held.due_on
    _tell(events.PROMISE_KEPT, held, by, {"words": held.words, "late": is_late})
    return held


def _held(model: type[Row], row: Row, by: By) -> Row:
    """Return the row as it is now; whoever presses at the same moment waits here."""
    rows: models.QuerySet[Row] = model.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("visit").get(pk=row.pk)
    by.must_cover(held.area_id)
    return held


def _refuse_answered(at: object) -> None:
    if at is None:
        return
    raise errors.AlreadyAnswered(
        _("This was noted already on %(day)s. Go back to see by whom and how.")
        % {"day": date_format(timezone.localtime(at), "j F Y H:i")}  # type: ignore[arg-type]
    )


def _tell(event: str, row: Need | Referral | Promise, by: By, details: dict[str, object]) -> None:
    record(
        event,
        about=row,
        by=by,
        area=row.area_id,
        person_id=row.visit.person_id,
        details={**details, "visit": row.visit.key},
    )

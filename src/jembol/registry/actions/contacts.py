"""Stop messages to a number, and let it be written to again."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outbox.actions import opt_in, opt_out
from jembol.outbox.addresses import digest_of
from jembol.outbox.models import Message
from jembol.registry import errors, events, rules
from jembol.registry.models import Person


@transaction.atomic
def stop_messages(*, person: Person, by: By, why: str) -> bool:
    """Write no more to a person's number, as they asked; return whether that is new.

    It holds for the number, whichever entries of the register have it.

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        PhoneUnreadable: the person has no telephone number.
        ReasonMissing: the reason is empty.
    """
    by.must_cover(person.area_id)
    reason = rules.reason(why)
    number = rules.phone_number(person.phone)
    if not number:
        raise errors.PhoneUnreadable(_("No telephone number of this person is known."))
    is_new = opt_out(recipient_digest=digest_of(number), at=by.at)
    if is_new:
        record(events.MESSAGES_STOPPED, about=person, by=by, area=person.area_id,
               person_id=person.pk, why=reason)  # fmt: skip
    return is_new


@transaction.atomic
def stop_messages_by_link(*, message: Message, by: By) -> bool:
    """Write no more to the number that got this message; return whether that is new.

    Who has the link has the message, and needs to prove no more than that.
    """
    is_new = opt_out(recipient_digest=message.recipient_digest, at=by.at)
    if is_new:
        record(events.MESSAGES_STOPPED, about=message, by=by, area=message.area_key,
               person_id=message.person_id)  # fmt: skip
    return is_new


@transaction.atomic
def resume_messages_by_link(*, message: Message, by: By) -> bool:
    """Let the number that got this message be written to again; return whether that is new."""
    is_new = opt_in(recipient_digest=message.recipient_digest)
    if is_new:
        record(events.MESSAGES_RESUMED, about=message, by=by, area=message.area_key,
               person_id=message.person_id)  # fmt: skip
    return is_new

"""People who came in just now and were said to be none of those who are like them."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import record_many
from jembol.registry import events
from jembol.registry.actions.joining import fact_between
from jembol.registry.choices import Answer
from jembol.registry.models import Person, PersonVerdict
from jembol.registry.queries.identity import pair_of

LABEL_LENGTH: Final = 150
BATCH: Final = 500


@transaction.atomic
def tell_apart(pairs: Sequence[tuple[Person, Person]], *, by: By) -> list[PersonVerdict]:
    """Write for ever that people who are new are not those beside them, with few statements.

    For new entries only, about which nothing was said before; `judge` is for all others.

    Args:
        pairs: Somebody new, and somebody who was there.
        by: Who said so.

    Raises:
        OutOfReach: one of them lies outside the actor's areas.
    """
    for key in {person.area_id for pair in pairs for person in pair}:
        by.must_cover(key)
    verdicts = PersonVerdict.objects.bulk_create(
        (_verdict(new.pk, other.pk, by) for new, other in pairs), batch_size=BATCH
    )
    record_many(
        [
            fact_between(
                events.PERSON_JUDGED, about, beside, by, "", {"answer": Answer.DIFFERENT.value}
            )
            for new, other in pairs
            for about, beside in ((new, other), (other, new))
        ]
    )
    return verdicts


def _verdict(one: int, other: int, by: By) -> PersonVerdict:
    low, high = pair_of(one, other)
    return PersonVerdict(
        low_id=low,
        high_id=high,
        answer=Answer.DIFFERENT,
        officer_id=by.id if by.kind == "officer" else None,
        officer_label=by.label[:LABEL_LENGTH],
        at=by.at,
    )

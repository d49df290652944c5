"""Erase what facts tell about a person, and keep the proof that they happened."""

from django.db import transaction

from jembol.journal import events
from jembol.journal.by import By
from jembol.journal.models import Fact
from jembol.journal.record import Placed, record


@transaction.atomic
def erase_details(*, person_id: int, area: Placed | int, by: By, why: str) -> int:
    """Erase the details of every fact about this person, and journal that.

    UU 27/2022 art. 8 and 43: erasure on request. The chain stays whole, because it covers the
    salted digest of the details and never the details.

    Returns:
        How many facts lost their details.
    """
    told = Fact.objects.filter(person_id=person_id, details__isnull=False)
    count = told.update(details=None, salt=None)
    record(
        events.DETAILS_ERASED,
        about=("registry.person", person_id),
        by=by,
        area=area,
        person_id=person_id,
        why=why,
    )
    return count

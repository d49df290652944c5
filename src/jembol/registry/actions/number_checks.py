"""Reading all NIK of a city to compare them: journaled as one reading, kept as counts."""

from collections.abc import Mapping

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.places.models import Area
from jembol.registry import events, rules
from jembol.registry.models import NumberCheck


@transaction.atomic
def begin_number_check(*, city: Area, by: By, why: str) -> NumberCheck:
    """Note that the NIK of a city are opened to be compared, and why (UU 27/2022 art. 31).

    Raises:
        OutOfReach: the city lies outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    by.must_cover(city.key)
    reason = rules.reason(why, longest=300)
    check = NumberCheck.objects.create(
        area=city, officer_id=by.id, officer_label=by.label[:150], started_at=by.at
    )
    record(events.NUMBERS_OPENED, about=check, by=by, area=city.key, why=reason)
    return check


@transaction.atomic
def finish_number_check(*, check: NumberCheck, counts: Mapping[str, int], by: By) -> NumberCheck:
    """Keep what a comparison counted.

    Args:
        check: The comparison that was begun.
        counts: Number by field of `NumberCheck`.
        by: Who asked for it.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(check.area_id)
    held = NumberCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    for name in ("numbers", "broken", "with_sex", "other_sex", "with_birth", "other_birth"):
        setattr(held, name, counts.get(name, 0))
    held.finished_at = by.at
    held.save()
    details = {name: held_count for name, held_count in counts.items() if held_count}
    record(events.NUMBERS_COMPARED, about=held, by=by, area=held.area_id, details=details)
    return held

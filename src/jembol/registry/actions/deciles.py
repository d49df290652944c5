"""Note the welfare decile that a source gives to somebody's family."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.registry import errors, events, rules
from jembol.registry.models import Person, WelfareDecile

_HIGHEST: Final = 10


@transaction.atomic
def note_decile(*, person: Person, decile: int, as_of: date, source: str, by: By) -> WelfareDecile:
    """Keep the decile that a source tells of the person's family on a day, beside earlier ones.

    The same source's word for the same day is corrected.

    Raises:
        OutOfReach: the person lives outside the actor's areas.
        FigureImpossible: it is no decile.
        DayInFuture: the day lies ahead.
        ValueMissing: no source is named.
        TextTooLong: the source does not fit.
    """
    by.must_cover(person.area_id)
    named = rules.required_line(source, field="source", longest=100)
    rules.past_day(as_of, today=timezone.localdate(by.at), field="as_of")
    if not 1 <= decile <= _HIGHEST:
        raise errors.FigureImpossible(
            _("A decile is a number from 1, the poorest, to 10."), field="decile"
        )
    row, _is_new = WelfareDecile.objects.update_or_create(
        person=person,
        source=named,
        as_of=as_of,
        defaults={"decile": decile, "entered_at": by.at},
    )
    # The decile itself stays out of the journal: it is the family's finances.
    record(
        events.DECILE_NOTED,
        about=row,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        details={"source": named, "as_of": as_of.isoformat()},
    )
    return row

"""What a city lets the linkage do by itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.places.models import Area
from jembol.registry import errors, events
from jembol.registry.models import LinkagePolicy
from jembol.registry.policy import HIGHEST, LOWEST
from jembol.registry.queries.doubts import policy_of


@transaction.atomic
def set_policy(
    *, city: Area, merge_above: float, ask_above: float, audit_share: float, by: By
) -> LinkagePolicy:
    """Set the thresholds of a city; the journal keeps what held before.

    Args:
        city: The city, as area.
        merge_above: Probability from which pairs may be accepted together, 0.5 to 1.
        ask_above: Probability from which a pair is asked about, 0.5 to 1, not above the other.
        audit_share: Share of a bulk accept that a second officer sees, 0 to 1.
        by: Who sets them.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
        ShareImpossible: a threshold or the share is none that can be.
    """
    by.must_cover(city.key)
    _refuse_impossible(merge_above, ask_above, audit_share)
    before = policy_of(city)
    values = {"merge_above": merge_above, "ask_above": ask_above, "audit_share": audit_share}
    row, _is_new = LinkagePolicy.objects.update_or_create(
        city=city, defaults={**values, "changed_at": by.at}
    )
    changed = {name: [getattr(before, name), value] for name, value in values.items()}
    record(
        events.POLICY_SET,
        about=row,
        by=by,
        area=city.key,
        details={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )
    return row


def _refuse_impossible(merge_above: float, ask_above: float, audit_share: float) -> None:
    for name, value in (("merge_above", merge_above), ("ask_above", ask_above)):
        if not LOWEST <= value <= HIGHEST:
            raise errors.ShareImpossible(
                _("Give a probability from 50 % to 100 %; below that a guess would decide."),
                field=name,
            )
    if ask_above > merge_above:
        raise errors.ShareImpossible(
            _("Pairs that may be merged at once must be asked about too: make this no higher."),
            field="ask_above",
        )
    if not 0 <= audit_share <= 1:
        raise errors.ShareImpossible(_("Give a share from 0 % to 100 %."), field="audit_share")

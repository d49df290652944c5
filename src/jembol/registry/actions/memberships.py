"""Members of whole lists: brought into their groups at once, and taken out again."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.registry import events, rules
from jembol.registry.models import Group, Membership, Person

BATCH: Final = 500


@transaction.atomic
def join_many(pairs: Sequence[tuple[Group, Person]], *, by: By, why: str = "") -> list[Membership]:
    """Bring people into groups, from a day that is not known; who is in it already stays.

    Returns:
        The memberships that are new.

    Raises:
        OutOfReach: a group or a person stands outside the actor's areas.
    """
    reason = rules.line(why, field="why", longest=1000)
    for group, person in pairs:
        by.must_cover(group.area_id)
        by.must_cover(person.area_id)
    groups = {group.pk for group, _person in pairs}
    # Rivals for one place queue at the group.
    held = Group.objects.select_for_update(of=("self",)).filter(pk__in=groups).order_by("pk")
    by_key = {group.pk: group for group in held}
    standing = Membership.objects.filter(group__in=groups, ends_on=None)
    taken = set(standing.values_list("group_id", "person_id"))
    wanted = {(group.pk, person.pk): person for group, person in pairs}
    made = [
        Membership(group=by_key[key[0]], person=person)
        for key, person in wanted.items()
        if key not in taken and key[0] in by_key
    ]
    Membership.objects.bulk_create(made, batch_size=BATCH)
    record_many([_fact(events.GROUP_JOINED, row, by, reason) for row in made])
    return made


@transaction.atomic
def remove_memberships(keys: Collection[int], *, by: By, why: str) -> None:
    """Take out memberships that were entered by mistake, as when an import is undone.

    Raises:
        OutOfReach: a group or a person stands outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    reason = rules.reason(why)
    found = Membership.objects.select_for_update(of=("self",)).select_related("group", "person")
    rows = list(found.filter(pk__in=keys).order_by("pk"))
    for row in rows:
        by.must_cover(row.group.area_id)
        by.must_cover(row.person.area_id)
    entries = [_fact(events.GROUP_LEFT, row, by, reason) for row in rows]
    Membership.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(entries)


def _fact(event: str, membership: Membership, by: By, why: str) -> Entry:
    group = membership.group
    return Entry(
        event=event,
        about=group,
        by=by,
        area=group.area_id,
        person_id=membership.person_id,
        why=why,
        details={"group": group.public_id, "name": group.name, "is_head": membership.is_head},
    )

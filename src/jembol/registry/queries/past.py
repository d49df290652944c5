"""Answers about the register at the end of a past day: counts, owners, members, one's versions."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, cast

from django.db.models import Q

from jembol.journal.models import Fact
from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.kit.text import fold_name
from jembol.registry import events, rules
from jembol.registry.models import Group, Person, PersonVersion
from jembol.registry.past import ENTERPRISES, PEOPLE, PastRows, as_person, people_at
from jembol.registry.queries.counts import KelurahanCount, rows_by_floor

_TICK: Final = timedelta(microseconds=1)
"""The finest step of both databases."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A person as they stood for a while, and who ended that.

    Attributes:
        person: The values of that time; never save it.
        from_at: Since when it stood.
        until_at: Until when, which is the moment of the change.
        is_last: The person was then taken out of the register.
        by_label: Who changed it; empty when the journal of these areas does not tell.
    """

    person: Person
    from_at: datetime
    until_at: datetime
    is_last: bool
    by_label: str


def last_moment(day: date, zone: tzinfo) -> datetime:
    """Return the last moment of a day where the zone's clocks hang."""
    return datetime.combine(day + timedelta(days=1), time.min, zone) - _TICK


def named_like(rows: PastRows, text: str) -> PastRows:
    """Keep the rows with a Jembol ID, or with words of a name by their beginnings."""
    public_id = rules.read_query(text).public_id
    if public_id and (named := rows.filter(public_id=public_id)).count():
        return named
    for word in fold_name(text).split():
        rows = rows.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    return rows


def past_by_kelurahan(rows: PastRows) -> list[KelurahanCount]:
    """Return how many rows stood in each kelurahan that had any, by key."""
    totals: dict[int, int] = defaultdict(int)
    for part in (rows.now, rows.then):
        for floor, number in rows_by_floor(part):
            totals[kelurahan_key(floor)] += number
    return [KelurahanCount(key, totals[key]) for key in sorted(totals)]


def owners_at(keys: Collection[int], moment: datetime, reach: Reach) -> dict[int, list[Person]]:
    """Return who owned these enterprises at a moment, as they stood, the first entered first.

    What hung on an enterprise that was merged into one of these counts as its own.
    """
    members = _with_absorbed(keys, moment)
    held = _standing_pairs("registry.enterprise", members, moment, _OWNED)
    return _people_of(held, members, moment, reach)


def members_at(group: Group, moment: datetime, reach: Reach) -> list[Person]:
    """Return who was in a group at a moment, as they stood, by name."""
    held = _standing_pairs("registry.group", {group.pk: group.pk}, moment, _JOINED)
    people = _people_of(held, {group.pk: group.pk}, moment, reach).get(group.pk, [])
    return sorted(people, key=lambda person: (person.folded, person.pk))


def versions_of(public_id: str, reach: Reach) -> list[Stood]:
    """Return how a person stood before each change in these areas, the newest first."""
    versions = PersonVersion.objects.filter(public_id=public_id).within(reach)
    newest_first = list(
        versions.select_related("area__parent__parent").order_by("-until_at", "-pk")
    )
    writers = _writers({version.record_id for version in newest_first}, reach)
    return [
        Stood(
            person=as_person(cast("PersonVersion", version)),
            from_at=version.from_at,
            until_at=version.until_at,
            is_last=version.is_last,
            by_label=writers.get((version.record_id, version.until_at), ""),
        )
        for version in newest_first
    ]


_OWNED: Final = (events.OWNERSHIP_BEGUN, events.OWNERSHIP_ENDED)
_JOINED: Final = (events.GROUP_JOINED, events.GROUP_LEFT)
_CHANGES: Final = (
    events.PERSON_CHANGED, events.PERSON_REMOVED, events.HOUSEHOLD_JOINED, events.HOUSEHOLD_LEFT,
)  # fmt: skip


def _standing_pairs(
    kind: str, keys: Collection[int], moment: datetime, pair: tuple[str, str]
) -> dict[tuple[int, int], None]:
    """Return the pairs (subject, person) that had begun and not ended, in the order they began.

    The journal tells when something was written; the rows only tell since when it is said to hold.
    """
    begun, _ended = pair
    facts = Fact.objects.filter(about_kind=kind, about_id__in=list(map(str, keys)), event__in=pair)
    standing: dict[tuple[int, int], None] = {}
    told = facts.filter(at__lte=moment).order_by("pk").values_list("event", "about_id", "person_id")
    for event, key, person in told:
        if event == begun:
            standing[int(key), person or 0] = None
        else:
            standing.pop((int(key), person or 0), None)
    return standing


def _people_of(
    held: Collection[tuple[int, int]], roots: Mapping[int, int], moment: datetime, reach: Reach
) -> dict[int, list[Person]]:
    """Return the people of each subject, each once, under the one who stood for them."""
    survivors = _roots({person for _key, person in held}, moment)
    people = people_at(moment).within(reach).by_key(sorted(set(survivors.values())))
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for key, person in held:
        root = survivors[person]
        if root in people:
            found[roots[key]][root] = people[root]
    return {key: list(rows.values()) for key, rows in found.items()}


def _roots(keys: Collection[int], moment: datetime) -> dict[int, int]:
    """Return who stood for each of these people at a moment."""
    roots = {key: key for key in keys}
    frontier = set(keys)
    while steps := PEOPLE.above(frontier, moment):
        roots = {key: steps.get(root, root) for key, root in roots.items()}
        frontier = set(steps.values())
    return roots


def _with_absorbed(keys: Collection[int], moment: datetime) -> dict[int, int]:
    """Return these enterprises and those that they had absorbed, each with its root."""
    roots = {key: key for key in keys}
    frontier = set(keys)
    while pairs := ENTERPRISES.below(frontier, moment):
        roots |= {absorbed: roots[survivor] for absorbed, survivor in pairs.items()}
        frontier = set(pairs)
    return roots


def _writers(people: Collection[int], reach: Reach) -> dict[tuple[int | None, datetime], str]:
    """Return who changed these people, by person and moment."""
    spans = Q(pk__in=())
    for low, high in reach.spans:
        spans |= Q(area_key__gte=low, area_key__lt=high)
    facts = Fact.objects.filter(spans, person_id__in=list(people), event__in=_CHANGES)
    told = facts.values_list("person_id", "at", "by_label")
    return {(person, at): label for person, at, label in told}

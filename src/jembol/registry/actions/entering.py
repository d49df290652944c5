"""Somebody comes in: looked for first, in the transaction that writes, so that no two doors differ.

`enrol` writes whatever it is given. Doors through which people come one by one use these verbs:
an officer is asked about whoever it could be, and a citizen never learns who is registered.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry import errors
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.actions.people import enrol
from jembol.registry.actions.telling_apart import tell_apart
from jembol.registry.choices import Answer, Reason, Strength
from jembol.registry.details import PersonDetails
from jembol.registry.found_pairs import FoundPair, value_of
from jembol.registry.matching import Candidate, Probe, look_up
from jembol.registry.models import Person
from jembol.registry.queries.identity import pair_of

_ROW: Final = 0
_SOMEBODY_ELSE: Final = frozenset({Answer.DIFFERENT.value, Answer.HOUSEHOLD.value})


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of an entry.

    Attributes:
        person: Who was entered.
        is_known_elsewhere: Somebody outside the actor's areas is surely the same; the city's
            officer is asked, and nothing else about them is told.
    """

    person: Person
    is_known_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class EnteredAsTold:
    """What came of an entry that asked nobody: who was entered, and who it could be after all."""

    person: Person
    doubted: Sequence[tuple[Candidate, str]] = ()


@transaction.atomic
def enter(
    *, details: PersonDetails, by: By, others: Collection[int] = (), door: str = ""
) -> Entered:
    """Enter a person unless the register may hold them already in the actor's areas.

    Args:
        details: What is told of the person.
        by: Who enters.
        others: Keys of people who are somebody else, as the actor said of each.
        door: Through which door; the actor's own when empty.

    Raises:
        SomebodyAlike: people who could be this one are there and not among the others;
            `found` holds them.
        OutOfReach: the place lies outside the actor's areas.
        Refusal: a value cannot be stored; as `enrol`.
    """
    by.must_cover(details.area.pk)
    queue_entries(details.area)
    found = _near(details, by.reach)
    if asked := [one for one in found.inside if one.person_id not in others]:
        raise errors.SomebodyAlike(
            _("The register may hold this person already. Say whether it is one of those below."),
            found=asked,
        )
    elsewhere = [one for one in found.outside if one.strength == Strength.SURE]
    known = _held([*found.inside, *elsewhere])
    person = enrol(details=details, by=by, door=door)
    # Whoever stands for another may live elsewhere, where this officer answers nothing.
    inside = [known[one.person_id] for one in found.inside if one.person_id in known]
    tell_apart([(person, other) for other in inside if other.survivor_id is None], by=by)
    _doubt(person, [one for one in elsewhere if one.person_id in known], by)
    return Entered(person, is_known_elsewhere=bool(elsewhere))


@transaction.atomic
def enter_as_told(
    *, details: PersonDetails, answers: Mapping[int, str], by: By, door: str = ""
) -> EnteredAsTold:
    """Enter a person whom an officer compared with those they carried, without a signal.

    Nobody can be asked any more. Whoever the officer did not see, or could not tell apart, waits
    in the queue of pairs; whoever they called somebody else is somebody else.

    Args:
        details: What is told of the person.
        answers: What the officer said of those who are alike, values of `Answer` by key.
        by: Who enters.
        door: Through which door; the actor's own when empty.

    Raises:
        OutOfReach: the place lies outside the actor's areas.
        Refusal: a value cannot be stored; as `enrol`.
    """
    by.must_cover(details.area.pk)
    queue_entries(details.area)
    found = _near(details, by.reach)
    elsewhere = [one for one in found.outside if one.strength == Strength.SURE]
    settled = {key for key, answer in answers.items() if answer in _SOMEBODY_ELSE}
    told = [one for one in found.inside if one.person_id in settled]
    open_ = [one for one in found.inside if one.person_id not in settled]
    known = _held([*found.inside, *elsewhere])
    person = enrol(details=details, by=by, door=door)
    apart = [known[one.person_id] for one in told if one.person_id in known]
    tell_apart([(person, other) for other in apart if other.survivor_id is None], by=by)
    _doubt(person, [one for one in [*open_, *elsewhere] if one.person_id in known], by)
    doubted = [(one, known[one.person_id].name) for one in open_ if one.person_id in known]
    return EnteredAsTold(person, doubted)


@transaction.atomic
def recognise(*, details: PersonDetails, by: By, door: str = "") -> Person:
    """Return the one who is surely meant by name and phone; enrol somebody new otherwise.

    For doors where nobody can be asked: whoever else it could be waits for an officer of the city.
    Of several who are surely meant it is the oldest entry.

    Raises:
        OutOfReach: the place lies outside the actor's areas.
        Refusal: a value cannot be stored; as `enrol`.
    """
    by.must_cover(details.area.pk)
    queue_entries(details.area)
    near = _near(details, Reach.of([city_key(details.area.pk)])).inside
    if meant := [one.person_id for one in near if _is_meant(one)]:
        return Person.objects.get(pk=min(meant))
    known = _held(near)
    person = enrol(details=details, by=by, door=door)
    _doubt(person, [one for one in near if one.person_id in known], by)
    return person


def found_in(refusal: errors.SomebodyAlike) -> list[Candidate]:
    """Return the people about whom the refusal asks."""
    return cast("list[Candidate]", refusal.params["found"])


def probe_of(details: PersonDetails, row: int = _ROW) -> Probe:
    """Return what the details say about who somebody is."""
    return Probe(
        row=row,
        name=details.name,
        nik=details.nik,
        phone=details.phone,
        born_on=details.born_on,
        area_key=details.area.pk,
        sex=details.sex,
        address=details.address,
    )


def queue_entries(area: Area) -> None:
    """Let one entry of a city wait for the other, so that each sees whom the other entered.

    Call it before anybody is locked and before the first fact. On SQLite the IMMEDIATE transaction
    is the queue.
    """
    # NO KEY: rows that only refer to the city's area need not wait (PostgreSQL manual, 13.3.2).
    rows = Area.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk=city_key(area.pk)))


@dataclass(frozen=True, slots=True)
class _Found:
    """Who is near: within the actor's areas, and elsewhere in the city."""

    inside: list[Candidate] = field(default_factory=list)
    outside: list[Candidate] = field(default_factory=list)


def _near(details: PersonDetails, reach: Reach) -> _Found:
    city = city_key(details.area.pk)
    looked_in = reach | Reach.of([city]) if city else reach
    near = look_up(probe_of(details), reach=looked_in)
    rows = Person.objects.filter(pk__in=[one.person_id for one in near])
    areas = dict(rows.values_list("pk", "area_id"))
    found = _Found()
    for one in near:
        is_inside = reach.covers(areas[one.person_id])
        (found.inside if is_inside else found.outside).append(one)
    return found


def _is_meant(one: Candidate) -> bool:
    """Whether name and phone agree: who only knows a name and a street takes nobody's place."""
    evidence = one.evidence
    return evidence.strength == Strength.SURE and Reason.SAME_PHONE in evidence.reasons


def _held(near: Sequence[Candidate]) -> dict[int, Person]:
    """Return these people, locked.

    Before the first fact, because whoever changes a person locks the person first and the
    journal's chain second.
    """
    if not near:
        return {}
    family = {one.person_id for one in near}
    # NO KEY: rows that only refer to a person need not wait.
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=family)
    return {person.pk: person for person in rows.order_by("pk")}


def _doubt(person: Person, near: Sequence[Candidate], by: By) -> None:
    """Let an officer of the city decide whether the person is one of these."""
    if not near:
        return
    found = [
        FoundPair(
            *pair_of(person.pk, one.person_id),
            probability=one.probability,
            parts=one.parts,
            value=value_of(one.probability, hanging=0),
        )
        for one in near
    ]
    city = Area.objects.get(pk=city_key(person.area_id))
    # The register notes this by itself: who entered the person learns nothing of the other.
    note_doubts(found, city=city, by=replace(by, reach=Reach.of([city.pk])))

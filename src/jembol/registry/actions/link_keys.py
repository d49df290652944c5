"""The keys and traits by which a probe finds the people like it, kept beside their rows."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from django.db import connection, transaction

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.kit.area import city_key
from jembol.methods.linkage.keys import VERSION, keys_of
from jembol.methods.linkage.traits import traits_of
from jembol.registry import events
from jembol.registry.link_keys import digested, sealed, without_link_keys, written_of
from jembol.registry.models import Person, PersonKey, PersonTraits

CHUNK: Final = 1000

# Sixteen keys a person: one statement an engine, because made into objects they would cost an
# import as much as all the rest of it.
_KEYS_AT_ONCE: Final = (
    "INSERT INTO registry_personkey (key, person_id)"
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
)
_KEY: Final = "INSERT INTO registry_personkey (key, person_id) VALUES (%s, %s)"
_TRAITS_AT_ONCE: Final = (
    "INSERT INTO registry_persontraits (person_id, packed_sealed, version)"
    " SELECT *, %s FROM unnest(%s::bigint[], %s::bytea[])"
)
_TRAITS: Final = (
    "INSERT INTO registry_persontraits (person_id, packed_sealed, version) VALUES (%s, %s, %s)"
)

COMPARED: Final = frozenset({"name", "nik", "sex", "born_on", "phone", "address", "area"})
"""Details of a person on which keys and traits rest."""

Progress = Callable[[int, int, int], None]
"""Told how many people are done, of how many, and the key of the last one."""


def write_link_keys(people: Sequence[Person]) -> None:
    """Write keys and traits of people who have none yet."""
    keys: list[tuple[int, int]] = []
    packed: list[tuple[int, bytes]] = []
    for person in people:
        traits = traits_of(written_of(person))
        keys += [(key, person.pk) for key in digested(keys_of(traits))]
        packed.append((person.pk, sealed(traits, person.public_id)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_KEYS_AT_ONCE, [[key for key, _ in keys], [pk for _, pk in keys]])
            owners, sealed_ones = [pk for pk, _ in packed], [one for _, one in packed]
            cursor.execute(_TRAITS_AT_ONCE, [VERSION, owners, sealed_ones])
        else:
            cursor.executemany(_KEY, keys)
            cursor.executemany(_TRAITS, [(*one, VERSION) for one in packed])


def replace_link_keys(people: Collection[Person]) -> None:
    """Write keys and traits of people of whom something that is compared has changed."""
    PersonKey.objects.filter(person__in=people).delete()
    PersonTraits.objects.filter(person__in=people).delete()
    write_link_keys(list(people))


@transaction.atomic
def write_missing_link_keys(*, by: By, after: int = 0, is_all: bool = False) -> list[int]:
    """Write keys and traits of the next people who have none of this version, and return whom.

    Their NIK are opened for that, which the journal tells.

    Args:
        by: Who lets it be done.
        after: Only people whose keys are greater are looked at.
        is_all: Those who have keys of this version get new ones.

    Raises:
        OutOfReach: one of them lies outside the actor's areas.
    """
    rows = (Person.objects.all() if is_all else without_link_keys()).filter(pk__gt=after)
    rows = rows.order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:CHUNK])
    held = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    people = list(held.order_by("pk"))
    for person in people:
        by.must_cover(person.area_id)
    replace_link_keys(people)
    cities = Counter(city_key(person.area_id) for person in people)
    record_many(
        [
            Entry(
                event=events.LINK_KEYS_WRITTEN,
                about=("places.area", city),
                by=by,
                area=city,
                details={"people": count},
            )
            for city, count in sorted(cities.items())
        ]
    )
    return [person.pk for person in people]


def rebuild_link_keys(*, by: By, progress: Progress, after: int = 0, is_all: bool = False) -> int:
    """Write keys and traits chunk by chunk until nobody lacks them, and return of how many.

    What was cut short goes on where it stopped: who has keys is passed over, and with `is_all`
    whoever comes after the key that was told last.

    Raises:
        OutOfReach: a person lies outside the actor's areas.
    """
    total = (Person.objects.all() if is_all else without_link_keys()).filter(pk__gt=after).count()
    done = 0
    while people := write_missing_link_keys(by=by, after=after, is_all=is_all):
        after = people[-1]
        done += len(people)
        progress(done, max(total, done), after)
    return done

"""The words by which people and enterprises are found, kept beside their rows.

A row that stands for others has their words too, so that a search for what an absorbed row says
finds the survivor in the same one step down the index.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.db import connection

from jembol.registry.models import Enterprise, EnterpriseWord, Person, PersonWord
from jembol.registry.rules import words_of_person, words_of_texts

BATCH = 1000
# Six words a person: made into objects first, they took a sixth of the time of an import.
_WRITE_PERSON_WORD: Final = "INSERT INTO registry_personword (person_id, word) VALUES (%s, %s)"


def write_person_words(people: Sequence[Person]) -> None:
    """Write the words of people who have none yet and stand for nobody else."""
    _insert_person_words([(person.pk, person) for person in people])


def replace_person_words(people: Collection[Person]) -> None:
    """Write the words of people whose name or numbers changed, and of those who stand for them."""
    owners = _owners(people)
    PersonWord.objects.filter(person__in=owners).delete()
    absorbed = Person.objects.filter(survivor__in=owners).order_by("pk")
    rows = Person.objects.filter(pk__in=owners).order_by("pk")
    _insert_person_words(
        [(row.pk, row) for row in rows] + [(row.survivor_id or row.pk, row) for row in absorbed]
    )


def _insert_person_words(owned: Iterable[tuple[int, Person]]) -> None:
    """Write the words of each row for the row that is found by them."""
    found: dict[int, set[bytes]] = defaultdict(set)
    for owner, person in owned:
        found[owner] |= words_of_person(person.name, person.phone, person.nik_masked)
    rows = [(owner, word) for owner, words in found.items() for word in sorted(words)]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE_PERSON_WORD, rows)


def write_enterprise_words(enterprises: Sequence[Enterprise]) -> None:
    """Write the words of enterprises that have none yet and stand for no other."""
    _insert_enterprise_words([(enterprise.pk, enterprise) for enterprise in enterprises])


def replace_enterprise_words(enterprises: Collection[Enterprise]) -> None:
    """Write the words of enterprises whose name or product changed, and of those above them."""
    owners = _owners(enterprises)
    EnterpriseWord.objects.filter(enterprise__in=owners).delete()
    absorbed = Enterprise.objects.filter(survivor__in=owners).order_by("pk")
    rows = Enterprise.objects.filter(pk__in=owners).order_by("pk")
    _insert_enterprise_words(
        [(row.pk, row) for row in rows] + [(row.survivor_id or row.pk, row) for row in absorbed]
    )


def _insert_enterprise_words(owned: Iterable[tuple[int, Enterprise]]) -> None:
    found: dict[int, set[bytes]] = defaultdict(set)
    for owner, enterprise in owned:
        found[owner] |= words_of_texts(enterprise.name, enterprise.product)
    EnterpriseWord.objects.bulk_create(
        (
            EnterpriseWord(enterprise_id=owner, word=word)
            for owner, words in found.items()
            for word in sorted(words)
        ),
        batch_size=BATCH,
    )


def _owners(rows: Collection[Person] | Collection[Enterprise]) -> set[int]:
    """Return the keys of these rows and of those that stand for them."""
    return {row.pk for row in rows} | {row.survivor_id for row in rows if row.survivor_id}

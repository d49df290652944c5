"""The words by which people and enterprises are found, kept beside their rows."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import connection

from jembol.registry.models import Enterprise, EnterpriseWord, Person, PersonWord
from jembol.registry.rules import words_of_person, words_of_texts

BATCH = 1000
# Six words a person: made into objects first, they took a sixth of the time of an import.
_WRITE_PERSON_WORD: Final = "INSERT INTO registry_personword (person_id, word) VALUES (%s, %s)"


def write_person_words(people: Sequence[Person]) -> None:
    """Write the words of people who have none yet."""
    rows = [
        (person.pk, word)
        for person in people
        for word in sorted(words_of_person(person.name, person.phone, person.nik_masked))
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE_PERSON_WORD, rows)


def replace_person_words(people: Collection[Person]) -> None:
    """Write the words of people whose name or numbers changed."""
    PersonWord.objects.filter(person__in=people).delete()
    write_person_words(list(people))


def write_enterprise_words(enterprises: Sequence[Enterprise]) -> None:
    """Write the words of enterprises that have none yet."""
    EnterpriseWord.objects.bulk_create(
        (
            EnterpriseWord(enterprise_id=enterprise.pk, word=word)
            for enterprise in enterprises
            for word in sorted(words_of_texts(enterprise.name, enterprise.product))
        ),
        batch_size=BATCH,
    )


def replace_enterprise_words(enterprises: Collection[Enterprise]) -> None:
    """Write the words of enterprises whose name or product changed."""
    EnterpriseWord.objects.filter(enterprise__in=enterprises).delete()
    write_enterprise_words(list(enterprises))

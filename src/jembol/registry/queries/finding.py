"""People and enterprises by what somebody types into a search box."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

from jembol.kit.reach import Reach
from jembol.registry import rules
from jembol.registry.models import Enterprise, EnterpriseWord, Person, PersonWord
from jembol.registry.sealed_numbers import nik_digest


def search(text: str, reach: Reach) -> QuerySet[Person]:
    """Return the people inside the reach whom a search box means; all of them for a blank.

    Each person is found once, by what any of their entries says: the words of a row that a merge
    absorbed stand with its survivor (`actions.words`).

    Found are words of the name in any order and by their beginnings, a phone number or its
    beginning in any form, a whole NIK, the last four digits of NIK or phone, and a Jembol ID.
    Each word is one step down an index (docs/adr/0003-name-search.md has the figures).
    """
    people = Person.objects.standing().within(reach)
    query = rules.read_query(text)
    if query.is_blank:
        return people
    named = people.filter(_stands_for(Person.objects.filter(public_id=query.public_id)))
    if query.public_id and named.exists():
        return named
    if query.nik:
        holders = Person.objects.exclude(nik_digest="").filter(nik_digest=nik_digest(query.nik))
        return people.filter(_stands_for(holders))
    if not query.words:
        return people.none()
    return _with_words(people, PersonWord.objects.all(), "person", query.words)


def search_enterprises(text: str, reach: Reach) -> QuerySet[Enterprise]:
    """Return the enterprises inside the reach by words of name or product, NIB, or Jembol ID."""
    enterprises = Enterprise.objects.standing().within(reach)
    query = rules.read_query(text)
    if query.is_blank:
        return enterprises
    named = enterprises.filter(_stands_for(Enterprise.objects.filter(public_id=query.public_id)))
    if query.public_id and named.exists():
        return named
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == _NIB_DIGITS:
        return enterprises.filter(
            _stands_for(Enterprise.objects.exclude(nib="").filter(nib=digits))
        )
    words = rules.words_in(text)
    if not words:
        return enterprises.none()
    return _with_words(enterprises, EnterpriseWord.objects.all(), "enterprise", words)


_NIB_DIGITS: Final = 13


def _stands_for(rows: QuerySet[Any]) -> Q:
    """Return the condition that a row is, or stands for, one of these few."""
    return Q(pk__in=rows.values(root=Coalesce("survivor_id", "pk")))


Row = TypeVar("Row", Person, Enterprise)


class Gathered(In):
    """`IN` over keys that are gathered before the rows are read.

    PostgreSQL would rather walk the index of names and probe each person for the word, and a name
    that begins with S stands at the end of that walk: 0.4 s of 100,000 people for "siti". An array
    is computed first, whatever the planner thinks. SQLite gathers by itself.
    """

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """Write the keys as one array."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{right})", [*left_values, *right_values]


def _with_words(
    rows: QuerySet[Row], words: QuerySet[Any], owner: str, wanted: Sequence[rules.Word]
) -> QuerySet[Row]:
    """Keep the rows that have all words; the first word leads, the others are looked up."""
    first, *others = (words.filter(word__gte=one.low, word__lt=one.high) for one in wanted)
    rows = rows.filter(Gathered(F("pk"), first.values(f"{owner}_id")))
    for other in others:
        rows = rows.filter(Exists(other.filter(**{f"{owner}_id": OuterRef("pk")})))
    return rows

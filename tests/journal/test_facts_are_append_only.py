"""The database itself refuses to change or remove a fact."""

import pytest
from django.db import IntegrityError, connection, transaction
from journal_facts import MALANG, columns

from jembol.journal import triggers
from jembol.journal.erasure import erase_details
from jembol.journal.models import Chain, Fact
from jembol.journal.record import record
from jembol.journal.verify import verify

pytestmark = pytest.mark.django_db

CHANGED = {
    "stream": 1,
    "seq": 99,
    "at": "2020-01-01T00:00:00Z",
    "event": "other",
    "by_kind": "system",
    "by_id": None,
    "by_label": "Budi",
    "door": "api",
    "about_kind": "other.row",
    "about_id": "13",
    "area_key": 1,
    "person_id": None,
    "why": "other",
    "details": {"name": ["", "Budi"]},
    "salt": "0" * 32,
    "details_digest": "0" * 64,
    "previous_hash": "1" * 64,
    "hash": "1" * 64,
    "id": 4_000,
}


def refused(change, *, match="append-only"):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        change()


def test_every_column_of_a_fact_is_tried():
    assert set(CHANGED) == {field.attname for field in Fact._meta.concrete_fields}


@pytest.mark.parametrize("column", CHANGED)
def test_no_column_of_a_fact_can_be_changed(column):
    fact = record(**columns())

    refused(lambda: Fact.objects.filter(pk=fact.pk).update(**{column: CHANGED[column]}))

    assert verify(MALANG) is None


def test_details_cannot_be_replaced_while_the_salt_is_erased():
    fact = record(**columns())

    refused(lambda: Fact.objects.filter(pk=fact.pk).update(details={"name": "Budi"}, salt=None))


def test_a_fact_cannot_be_deleted():
    fact = record(**columns())

    refused(lambda: Fact.objects.filter(pk=fact.pk).delete())

    assert Fact.objects.filter(pk=fact.pk).exists()


def test_a_fact_cannot_be_replaced_by_an_insert():
    fact = record(**columns())
    values = {name: getattr(fact, name) for name in CHANGED}
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO journal_fact SELECT * FROM journal_fact",
        "postgresql": "TRUNCATE journal_fact",
    }

    with connection.cursor() as cursor:
        refused(lambda: cursor.execute(replacing[connection.vendor]))

    assert Fact.objects.values(*CHANGED).get() == values


def test_the_head_of_a_chain_only_grows():
    record(**columns())

    refused(lambda: Chain.objects.update(seq=0), match="only grows")
    refused(lambda: Chain.objects.update(hash="0" * 64), match="only grows")
    refused(lambda: Chain.objects.all().delete(), match="only grows")


def test_the_triggers_stand_on_the_tables():
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }

    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}

    assert standing >= set(triggers.NAMES)


def test_details_can_be_erased_and_the_chain_stays_whole():
    by = columns()["by"]
    told = record(**columns(why="register"))
    other = record(**columns(about=("registry.person", 13), person_id=13))

    count = erase_details(person_id=12, area=MALANG, by=by, why="asked for erasure")

    told.refresh_from_db()
    other.refresh_from_db()
    assert count == 1
    assert (told.details, told.salt) == (None, None)
    assert other.details == {"name": ["", "Siti"]}
    assert Fact.objects.latest("pk").event == "journal.details.erased"
    assert verify(MALANG) is None

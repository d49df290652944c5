"""Writing facts: in the transaction of the change, chained per city."""

import threading

import pytest
from django.db import connection, transaction
from journal_facts import DINOYO, MALANG, MOJOKERTO, NOON, columns, officer

from jembol.journal.errors import OutOfReach
from jembol.journal.models import Chain, Fact
from jembol.journal.record import Entry, record, record_many
from jembol.journal.rules import GENESIS
from jembol.journal.verify import verify


@pytest.mark.django_db
def test_a_fact_tells_who_when_what_about_what_and_why():
    fact = record(**columns(why="asked at the counter"))

    fact.refresh_from_db()
    assert (fact.event, fact.about_kind, fact.about_id) == (
        "registry.person.registered",
        "registry.person",
        "12",
    )
    assert (fact.by_kind, fact.by_id, fact.by_label, fact.door) == (
        "officer",
        7,
        "Sari (sari)",
        "desk",
    )
    assert (fact.at, fact.area_key, fact.why) == (NOON, DINOYO, "asked at the counter")
    assert fact.details == {"name": ["", "Siti"]}


@pytest.mark.django_db
def test_each_city_has_its_own_chain_counted_from_one():
    here = [record(**columns()), record(**columns(area=MALANG))]
    there = record(**columns(area=MOJOKERTO))
    above = record(**columns(area=0))

    assert [(fact.stream, fact.seq) for fact in here] == [(MALANG, 1), (MALANG, 2)]
    assert (there.stream, there.seq, there.previous_hash) == (MOJOKERTO, 1, GENESIS)
    assert (above.stream, above.seq) == (0, 1)
    assert here[1].previous_hash == here[0].hash


@pytest.mark.django_db
def test_many_facts_are_written_with_few_statements(django_assert_max_num_queries):
    record(**columns())
    entries = [Entry(**columns(about=("registry.person", n))) for n in range(300)]

    with django_assert_max_num_queries(6):
        facts = record_many(entries)

    assert [fact.seq for fact in facts] == list(range(2, 302))
    assert [fact.about_id for fact in facts] == [str(n) for n in range(300)]
    assert verify(MALANG) is None


@pytest.mark.django_db
def test_facts_of_several_cities_keep_the_order_in_which_they_were_given():
    entries = [Entry(**columns(area=area)) for area in (MOJOKERTO, MALANG, MOJOKERTO)]

    facts = record_many(entries)

    assert [(fact.stream, fact.seq) for fact in facts] == [
        (MOJOKERTO, 1),
        (MALANG, 1),
        (MOJOKERTO, 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_fact_without_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="atomic"):
        record(**columns())

    assert not Fact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_goes_back_with_its_transaction():
    def fail_after_recording():
        with transaction.atomic():
            record(**columns())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()

    assert not Fact.objects.exists()
    assert not Chain.objects.exists()


@pytest.mark.django_db
def test_an_unsaved_row_cannot_be_told_about():
    with pytest.raises(RuntimeError, match=r"save the journal\.fact"):
        record(**columns(about=Fact()))


@pytest.mark.django_db
def test_nobody_acts_outside_the_areas_of_duty():
    officer().must_cover(DINOYO)

    with pytest.raises(OutOfReach) as refusal:
        officer().must_cover(MOJOKERTO)

    assert "35.76" in str(refusal.value)
    assert refusal.value.code == "out-of-reach"


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_city_at_the_same_time_leave_one_whole_chain():
    def write():
        try:
            for _time in range(10):
                with transaction.atomic():
                    record(**columns())
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _writer in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert Fact.objects.filter(stream=MALANG).count() == 60
    assert Chain.objects.get(stream=MALANG).seq == 60
    assert verify(MALANG) is None

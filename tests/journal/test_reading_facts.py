"""Timelines: newest first, page by page, inside a reach."""

import pytest
from journal_facts import DINOYO, MALANG, MOJOKERTO, columns

from jembol.journal.models import Fact
from jembol.journal.queries import facts_about, facts_in, timeline
from jembol.journal.record import Entry, record, record_many
from jembol.kit.reach import Reach

pytestmark = pytest.mark.django_db


def test_a_timeline_is_newest_first_and_pages_by_the_last_key():
    facts = record_many([Entry(**columns()) for _fact in range(7)])
    record(**columns(person_id=99))

    first = timeline(12, limit=3)
    second = timeline(12, before=first[-1].id, limit=3)
    third = timeline(12, before=second[-1].id, limit=3)

    newest_first = [fact.pk for fact in reversed(facts)]
    assert [row.id for row in first + second + third] == newest_first


def test_a_timeline_costs_one_query(django_assert_num_queries):
    record_many([Entry(**columns()) for _fact in range(20)])

    with django_assert_num_queries(1):
        rows = timeline(12)

    assert len(rows) == 20


def test_a_timeline_keeps_to_the_reach_of_who_reads_it():
    here = record(**columns(area=DINOYO))
    record(**columns(area=MOJOKERTO))

    rows = timeline(12, reach=Reach.of([MALANG]))

    assert [row.id for row in rows] == [here.pk]
    assert timeline(12, reach=Reach.nowhere()) == []


def test_facts_about_one_row_leave_out_the_others():
    mine = record(**columns(about=("registry.enterprise", 5)))
    record(**columns(about=("registry.enterprise", 6)))
    record(**columns(about=("registry.person", 5)))

    assert [row.id for row in facts_about("registry.enterprise", 5)] == [mine.pk]


def test_facts_of_an_area_are_those_inside_its_span():
    here = record(**columns(area=DINOYO))
    record(**columns(area=MOJOKERTO))

    assert [row.id for row in facts_in(Reach.of([MALANG]))] == [here.pk]


def test_erased_details_are_told_apart_from_none():
    without = record(**columns(details=None))
    erased = record(**columns())
    Fact.objects.filter(pk=erased.pk).update(details=None, salt=None)

    rows = {row.id: row.is_erased for row in timeline(12)}

    assert rows == {without.pk: False, erased.pk: True}

"""Somebody edits the database by hand: the first broken link is named."""

import io

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal_facts import MALANG, MOJOKERTO, columns

from append_only import triggers_off
from jembol.journal.canonical import canonical
from jembol.journal.choices import Break
from jembol.journal.models import Chain, Fact
from jembol.journal.record import Entry, record, record_many
from jembol.journal.verify import Broken, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    entries = [Entry(**columns(about=("registry.person", n))) for n in range(1, 8)]
    return {fact.seq: fact for fact in record_many(entries)}


def by_hand(seq, **changes):
    with triggers_off():
        Fact.objects.filter(stream=MALANG, seq=seq).update(**changes)


def test_a_chain_that_nobody_touched_is_whole(chain):
    assert verify(MALANG) is None
    assert verify(MOJOKERTO) is None


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("event", "other", Break.HASH),
        ("at", "2020-01-01T00:00:00Z", Break.HASH),
        ("by_id", None, Break.HASH),
        ("by_label", "Budi", Break.HASH),
        ("person_id", 99, Break.HASH),
        ("area_key", MOJOKERTO, Break.HASH),
        ("why", "another reason", Break.HASH),
        ("details_digest", "0" * 64, Break.HASH),
        ("previous_hash", "0" * 64, Break.HASH),
        ("hash", "0" * 64, Break.HASH),
        ("details", {"name": ["", "Budi"]}, Break.DETAILS),
        ("details", None, Break.DETAILS),
        ("salt", None, Break.DETAILS),
    ],
)
def test_an_edited_row_is_named(chain, column, value, what):
    by_hand(4, **{column: value})

    assert verify(MALANG) == Broken(MALANG, 4, chain[4].pk, what)


def test_details_that_are_no_json_any_more_are_named(chain):
    from django.db import connection

    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_fact SET details = 'gone' WHERE seq = 3")

    assert verify(MALANG) == Broken(MALANG, 3, chain[3].pk, Break.DETAILS)


def test_a_forged_fact_with_a_right_hash_breaks_the_next_link(chain):
    from jembol.journal.rules import COVERED, hash_of

    forged = Fact.objects.get(seq=4)
    forged.why = "forged"
    values = {name: getattr(forged, name) for name in COVERED}

    by_hand(4, why="forged", hash=hash_of(values))

    assert verify(MALANG) == Broken(MALANG, 5, chain[5].pk, Break.PREVIOUS)


def test_a_fact_taken_out_of_the_middle_is_named(chain):
    with triggers_off():
        Fact.objects.filter(seq=4).delete()

    assert verify(MALANG) == Broken(MALANG, 4, chain[5].pk, Break.GAP)


def test_newest_facts_that_are_missing_are_named(chain):
    with triggers_off():
        Fact.objects.filter(seq__gte=6).delete()

    assert verify(MALANG) == Broken(MALANG, 6, None, Break.TAIL)


def test_a_head_put_back_to_hide_the_newest_facts_is_named(chain):
    with triggers_off():
        Chain.objects.filter(stream=MALANG).update(seq=5, hash=chain[5].hash)

    assert verify(MALANG) == Broken(MALANG, 6, chain[6].pk, Break.HEAD)


def test_a_head_with_another_hash_is_named(chain):
    with triggers_off():
        Chain.objects.filter(stream=MALANG).update(hash="0" * 64)

    assert verify(MALANG) == Broken(MALANG, 7, None, Break.HEAD)


def test_the_command_counts_the_facts_of_each_city(chain):
    record(**columns(area=MOJOKERTO))
    out = io.StringIO()

    call_command("verify_journal", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == ["35.73", "35.76"]
    assert "7" in lines[0]
    assert "1" in lines[1]


def test_the_command_names_the_broken_link_and_fails(chain):
    record(**columns(area=MOJOKERTO))
    by_hand(4, why="another reason")
    out = io.StringIO()

    with pytest.raises(CommandError) as failure:
        call_command("verify_journal", stdout=out)

    first, second = out.getvalue().splitlines()
    assert failure.value.returncode == 1
    assert first.startswith("35.73")
    assert f" {chain[4].pk})" in first
    assert second.startswith("35.76")


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(details=st.dictionaries(st.text(), values, max_size=3))
def test_any_details_come_back_as_they_were_and_leave_the_chain_whole(db, details):
    fact = record(**columns(details=details))

    fact.refresh_from_db()

    assert canonical(fact.details) == canonical(details)
    assert verify(MALANG) is None

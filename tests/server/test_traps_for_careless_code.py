"""The traps of `conftest.py` themselves: each must catch what it is there for."""

import socket
from datetime import UTC, datetime

import pytest
from django.template import engines

from jembol.outbox.models import Job

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any_order():
    keys = [f"{number:03}" for number in range(50)]
    Job.objects.bulk_create(
        Job(id=key, kind="x", args={}, run_after=NOW, created_at=NOW) for key in keys
    )

    unordered = list(Job.objects.values_list("pk", flat=True))
    ordered = list(Job.objects.order_by("pk").values_list("pk", flat=True))

    assert unordered != keys
    assert sorted(unordered) == keys
    assert ordered == keys


def test_nothing_outside_this_machine_is_reached():
    with socket.socket() as link, pytest.raises(AssertionError, match="tried to reach"):
        link.connect(("192.0.2.1", 80))


def test_an_unknown_variable_in_a_template_fails():
    template = engines["django"].from_string("{{ no_such_thing }}")

    with pytest.raises(pytest.fail.Exception, match="no_such_thing"):
        template.render({})


def test_the_database_is_out_of_reach_unless_a_test_asks_for_it():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Job.objects.exists()

"""From three messy lists to a class that ran and counts that are true, all through the pages."""

import csv
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from office import EXAMPLES, VERDICTS

from jembol.kit.area import AreaCode
from jembol.registry.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = {
    "daftar-hadir-2017-perca-lukis-kain.xlsx": {"course": "kain-perca"},
    "daftar-hadir-2023-kue-kering.xls": {"course": "kue-kering"},
    "pendaftar-2024-kue-hias-dinoyo.csv": {
        "course": "kue-hias",
        "organiser": "candidate",
        "listed_is_present": "tidak",
    },
}


def truth_of(name):
    """How many rows of each verdict the hand-made truth beside a list has."""
    with (EXAMPLES / f"{name}.truth.csv").open(encoding="utf-8", newline="") as source:
        counted = Counter(line["verdict"] for line in csv.DictReader(source))
    return {verdict: counted[verdict] for verdict in VERDICTS}


def one_number(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


CLASSES_OF_THE_CITY = """
    SELECT c.id FROM training_class c
    WHERE c.area_id >= %s AND c.area_id < %s AND c.organiser <> 'candidate'
    AND NOT EXISTS (SELECT 1 FROM training_cancellation x WHERE x.training_class_id = c.id)
"""


def counts_by_sql():
    """The four counts of Malang, from the tables and nothing of the product's code."""
    span = AreaCode.parse("35.73").span
    return {
        "people": one_number(
            "SELECT count(*) FROM registry_person WHERE area_id >= %s AND area_id < %s", *span
        ),
        "enterprises": one_number(
            "SELECT count(*) FROM registry_enterprise"
            " WHERE area_id >= %s AND area_id < %s AND status <> 'closed'",
            *span,
        ),
        "registrations": one_number(
            "SELECT count(*) FROM training_registration r WHERE NOT EXISTS"
            " (SELECT 1 FROM training_withdrawal w WHERE w.registration_id = r.id)"
            f" AND r.training_class_id IN ({CLASSES_OF_THE_CITY})",
            *span,
        ),
        "attendances": one_number(
            "SELECT count(*) FROM training_attendance a"
            " JOIN training_session s ON s.id = a.session_id"
            f" WHERE s.training_class_id IN ({CLASSES_OF_THE_CITY})",
            *span,
        ),
    }


def load(office, name):
    """Upload a list, check it against its truth, and store it."""
    office.upload(EXAMPLES / name)
    checked = office.check(**LISTS[name])
    people = Person.objects.count()

    stored = office.store()

    truth = truth_of(name)
    assert checked == truth
    assert stored == truth
    assert Person.objects.count() - people == truth["create"]


def test_from_messy_lists_to_counts_that_are_true(officers, open_browser):
    office = open_browser()
    office.sign_in("pelatihan")
    for name in LISTS:
        before = counts_by_sql()
        load(office, name)
        if name == list(LISTS)[1]:
            office.undo()
            assert counts_by_sql() == before
            assert office.store() == truth_of(name)
    loaded = counts_by_sql()
    assert office.board() == loaded

    today = timezone.localdate()
    opened = office.open_class(days=[today - timedelta(days=1), today])
    people = list(
        Person.objects.filter(import_rows__verdict="create").distinct().order_by("pk")[:10]
    )
    for person in people:
        office.register(opened, person)
    office.take_roll(opened, 1, people)
    office.take_roll(opened, 2, people[:7])

    counts = office.board()
    assert counts == counts_by_sql()
    assert counts["registrations"] - loaded["registrations"] == 10
    assert counts["attendances"] - loaded["attendances"] == 17
    assert office.complaints == []

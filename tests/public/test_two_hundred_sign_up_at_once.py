"""One seat, two hundred citizens who send the form at once, to a real server over HTTP."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import quantiles
from threading import Barrier
from time import perf_counter
from urllib.parse import urlencode, urlsplit

import pytest
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.training import actions as training
from jembol.training.choices import SelectionKind
from jembol.training.rules import Day

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 200
TOKEN = "a" * 32
"""Any word of the right length: what counts is that cookie and form say the same."""


def open_class():
    now = timezone.now()
    opened = training.open_class(
        course=training.seed_courses(by=system(now))["kue-kering"],
        title="Kue kering",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=30))],
        seats=1,
        by=system(now),
    )
    training.publish(training_class=opened, by=system(now))
    rule = training.RuleText(
        kind=SelectionKind.FIRST_COME,
        text="Siapa cepat dia dapat.",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=5),
    )
    training.write_rule(training_class=opened, rule=rule, by=system(now))
    return opened


class Citizen:
    """One of many who send the form, each from an address of their own."""

    def __init__(self, server, opened, number):
        self.server, self.number = urlsplit(server), number
        self.path = f"/kelas/{opened.public_id}/daftar/"
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "name": f"Warga {number:03d}",
            "phone": f"0812 9000 {number:04d}",
            "area": area(DINOYO).key,
            "rw": "",
            "rt": "",
        }
        self.body = urlencode(fields)

    def send(self, start):
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={TOKEN}",
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250 + 1}",
        }
        start.wait(120)
        began = perf_counter()
        connection = http.client.HTTPConnection(self.server.netloc, timeout=300)
        connection.request("POST", self.path, self.body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, perf_counter() - began


def test_one_of_two_hundred_gets_the_seat_and_nobody_meets_a_fault(
    processes, record_testsuite_property
):
    build_areas()
    opened = open_class()
    _process, server = processes.serve(path="/sehat/", JEMBOL_PROXIES=1)
    citizens = [Citizen(server, opened, number) for number in range(MANY)]
    start = Barrier(MANY)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(lambda citizen: citizen.send(start), citizens))

    assert {status for status, _seconds in answers} == {302}
    assert opened.registrations.count() == 1
    assert opened.entries.waiting().count() == MANY - 1
    seconds = [taken for _status, taken in answers]
    record_testsuite_property("p95_s", round(quantiles(seconds, n=20)[-1], 2))
    record_testsuite_property("per_second", round(MANY / max(seconds), 1))

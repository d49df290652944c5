"""A city's register is searched: what is asked about, what is not, and what is estimated."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from jembol.accounts.actions import appoint, assign
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.outbox.models import Job
from jembol.outbox.tasks import TASKS, discover
from jembol.outbox.worker import Worker
from jembol.registry import orders
from jembol.registry.actions.merging import judge, merge
from jembol.registry.actions.policies import set_policy
from jembol.registry.linking import known_of, read_register, search
from jembol.registry.models import LinkageRun, PersonDoubt
from jembol.registry.policy import Policy

BORN = date(1980, 1, 2)


@pytest.fixture
def officer(ground):
    system = By.system("tests", at=timezone.now())
    made = appoint(username="rina", name="Rina", password="tikar-pandan-tujuh", by=system)
    since = date(2024, 1, 1)
    assign(officer=made, role=Role.TRAINING, area=ground.malang, starts_on=since, by=system)
    return Officer.objects.get(pk=made.pk)


@pytest.fixture
def asking(ground, officer):
    return replace(ground.by, id=officer.pk, at=timezone.now())


@pytest.fixture
def strangers(ground):
    """People who have nothing to do with one another."""
    names = "Bambang Hartono|Wigatiningsih|Yohanes Prakoso|Lestari Widodo|Ketut Suardana"
    return [
        ground.enrol(
            name, born_on=BORN + timedelta(days=777 * (place + 1)), phone=f"0813555100{place}"
        )
        for place, name in enumerate(names.split("|"))
    ]


def twice(ground, **more):
    """One person who was entered twice, a letter apart."""
    told = {"born_on": BORN, "phone": "081355512345", **more}
    return ground.enrol("Siti Aminah Kusumawati", **told), ground.enrol(
        "Hj. Sitti Aminah Kusumawati", **told
    )


def searched(city, asking):
    """Ask for a search and let a worker do it."""
    job = orders.ask_for_run(city, by=asking)
    discover()
    worker = Worker("tests", lease=timedelta(hours=1))
    while worker.run_once():
        pass
    job.refresh_from_db()
    assert job.state == "done", job.trace or job.error
    return LinkageRun.objects.order_by("-pk").first()


def waiting():
    return set(PersonDoubt.objects.values_list("low_id", "high_id"))


def test_every_order_is_known_to_the_worker():
    discover()

    assert {orders.LINK_CITY.kind, orders.MERGE_TOGETHER.kind, orders.UNMERGE_TOGETHER.kind} <= set(
        TASKS
    )


def test_somebody_who_was_entered_twice_is_asked_about_with_the_evidence(ground, asking, strangers):
    one, other = twice(ground)

    run = searched(ground.malang, asking)

    assert waiting() == {(one.pk, other.pk)}
    doubt = PersonDoubt.objects.get()
    assert {part[0] for part in doubt.parts} >= {"name", "birth", "phone"}
    assert doubt.area_id == ground.dinoyo.pk
    assert (run.records, run.finished_at is not None) == (len(strangers) + 2, True)
    assert 0.5 < run.remaining <= 1.05
    assert run.remaining_low <= run.remaining <= run.remaining_high
    assert run.by_area == {str(ground.dinoyo.pk): pytest.approx(run.remaining, abs=0.01)}
    assert sum(run.by_source.values()) == pytest.approx(run.remaining, abs=0.01)


def test_who_was_answered_about_is_not_asked_about_again(ground, asking, strangers):
    one, other = twice(ground)
    judge(one=one, other=other, answer="different", by=asking)

    run = searched(ground.malang, asking)

    assert waiting() == set()
    assert run.remaining == pytest.approx(0, abs=0.05)


def test_who_is_one_already_is_asked_about_once_for_both(ground, asking, strangers):
    one, other = twice(ground)
    third = ground.enrol("Siti Aminah Kusumawatie", born_on=BORN, phone="081355512345")
    merge(survivor=one, absorbed=other, by=asking)

    run = searched(ground.malang, asking)

    assert len(waiting()) == 1
    assert third.pk in next(iter(waiting()))
    assert run.remaining < 1.05


def test_of_three_records_of_one_person_two_are_too_many(ground, asking, strangers):
    twice(ground)
    ground.enrol("Siti Aminah Kusumawatie", born_on=BORN, phone="081355512345")

    assert 1.2 < searched(ground.malang, asking).remaining < 2.05


def test_a_doubt_that_the_register_no_longer_gives_falls_away(ground, asking, strangers):
    twice(ground)
    searched(ground.malang, asking)
    by = replace(asking, at=timezone.now())
    set_policy(city=ground.malang, merge_above=1.0, ask_above=1.0, audit_share=0.05, by=by)

    searched(ground.malang, replace(asking, at=timezone.now()))

    assert waiting() == set()


def test_another_city_is_left_alone(ground, asking, strangers):
    twice(ground, area=ground.miji)

    run = searched(ground.malang, asking)

    assert waiting() == set()
    assert run.records == len(strangers)


def test_opening_the_numbers_is_told_to_the_journal_once(ground, asking, strangers):
    twice(ground, nik=Nik.parse("3573054201800001"))

    searched(ground.malang, asking)

    events = Fact.objects.filter(event__startswith="registry.linkage").order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "registry.linkage.begun",
        "registry.linkage.run",
    ]


def test_a_worker_that_is_stopped_starts_no_second_run(ground, asking, strangers):
    twice(ground)
    orders.ask_for_run(ground.malang, by=asking)
    discover()
    stop = threading.Event()
    stop.set()
    Worker("one", lease=timedelta(hours=1), stop=stop).run_once()
    assert Job.objects.get().state == "ready"

    Worker("two", lease=timedelta(hours=1)).run_once()

    assert LinkageRun.objects.count() == 1
    assert len(waiting()) == 1


def test_asking_twice_searches_once(ground, asking):
    assert (
        orders.ask_for_run(ground.malang, by=asking).pk
        == orders.ask_for_run(ground.malang, by=asking).pk
    )


def test_the_city_s_own_verdicts_sharpen_what_evidence_is_worth(ground, asking):
    pairs = [
        (
            ground.enrol(f"Kartini Putri {place}", phone=f"08135550{place:04}"),
            ground.enrol(f"Supriyadi {place}", phone=f"08135550{place:04}"),
        )
        for place in range(20)
    ]
    register = read_register(ground.malang, lambda _done, _total: None)
    before = search(register, known_of(ground.malang), Policy()).model
    for one, other in pairs:
        judge(one=one, other=other, answer="household", by=asking)

    after = search(register, known_of(ground.malang), Policy()).model

    assert "sharpening" in str(after)
    assert before != after

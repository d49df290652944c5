"""Many pairs accepted at once: which are merged, which are skipped, looked at, and taken back."""

import threading
from datetime import timedelta

import pytest
from desk_pages import Window, person
from django.utils import timezone
from doubt_desk import acting, doubt
from two_cities import officer_of

from city import DINOYO, area
from jembol.journal.models import Fact
from jembol.outbox.models import Job
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.registry.actions.doubting import accept, answer
from jembol.registry.actions.merging import judge
from jembol.registry.actions.policies import set_policy
from jembol.registry.models import MergeSample, Person, PersonDoubt, PersonMerge, PersonVerdict

pytestmark = pytest.mark.usefixtures("city")

SURE = 0.999


def pairs(count, probability=SURE):
    """So many pairs that wait, each of two people of their own."""
    return [
        doubt(person(f"Kiri {place}", DINOYO), person(f"Kanan {place}", DINOYO),
              probability=probability)
        for place in range(count)
    ]  # fmt: skip


def work():
    discover()
    worker = Worker("tests", lease=timedelta(hours=1))
    while job := worker.run_once():
        assert job.state == "done", job.trace or job.error


def accepted(window, why="Sudah dilihat contohnya"):
    """Accept all above the threshold, and return the name of the batch."""
    response = window.post("merge_batch_create", why=why)
    work()
    return response.url.rstrip("/").split("/")[-1]


def absorbed():
    return Person.objects.exclude(survivor=None).count()


def test_all_pairs_above_the_threshold_are_merged_and_no_others(city):
    pairs(3)
    pairs(2, probability=0.9)

    batch = accepted(Window("pelatihan"))

    assert absorbed() == 3
    assert set(PersonMerge.objects.values_list("batch", "door")) == {(batch, "bulk")}
    assert PersonDoubt.objects.count() == 2


def test_a_threshold_that_the_city_sets_is_the_one_that_holds(city):
    pairs(2, probability=0.9)
    by = acting("kepala", "registry.policy")
    set_policy(city=area("35.73"), merge_above=0.85, ask_above=0.5, audit_share=0.05, by=by)

    accepted(Window("pelatihan"))

    assert absorbed() == 2


def test_the_page_shows_how_many_there_are_and_some_of_them(city):
    pairs(25)

    page = Window("pelatihan").get("merge_batch_create").text

    assert "Satukan 25 pasangan" in page
    assert page.count("Kiri ") == 20


def test_a_pair_whose_families_were_judged_apart_is_skipped_and_told(city):
    one, other, third = (person(name, DINOYO) for name in ("Siti", "Siti A", "Siti B"))
    waiting = doubt(other, third, probability=SURE)
    judge(one=one, other=third, answer="different", by=acting("lapangan"))
    answer(doubt=doubt(one, other), answer="same", by=acting("lapangan"))
    waiting.pk = None
    waiting.save()
    window = Window("pelatihan")

    batch = accepted(window)

    assert not PersonMerge.objects.filter(batch=batch).exists()
    page = window.get("merge_batch_detail", batch).text
    assert "Petugas Lapangan" in page
    assert "Siti B" in page


def test_a_pair_that_was_answered_meanwhile_stays_as_it_was_answered(city):
    first, second = pairs(2)
    Window("pelatihan").post("merge_batch_create", why="ya")
    answer(doubt=first, answer="different", by=acting("lapangan"))

    work()

    assert absorbed() == 1
    assert PersonMerge.objects.get().absorbed_id in (second.low_id, second.high_id)


def test_a_worker_that_is_stopped_goes_on_where_it_was(city):
    pairs(45)
    Window("pelatihan").post("merge_batch_create", why="ya")
    discover()
    stop = threading.Event()
    stop.set()

    Worker("one", lease=timedelta(hours=1), stop=stop).run_once()
    assert 0 < absorbed() < 45
    work()

    assert absorbed() == 45
    job = Job.objects.get(kind="registry.merge_together")
    assert (job.result["merged"], job.result["skipped"]) == (45, {})


def test_who_may_not_link_cannot_accept(city):
    pairs(1)

    assert Window("lapangan").post("merge_batch_create", why="ya").status_code == 403
    assert Window("pelatihan.mojokerto").get("merge_batch_create").text.count("Kiri") == 0


# The second look


def test_twenty_merges_at_least_are_drawn_by_a_lot_that_anybody_can_draw_again(city):
    pairs(24)

    batch = accepted(Window("pelatihan"))

    drawn = Fact.objects.get(event="registry.samples.drawn").details
    assert (drawn["seed"], drawn["of"], drawn["drawn"]) == (batch, 24, 20)
    assert MergeSample.objects.count() == 20


def test_the_second_officer_sees_no_probability_and_who_accepted_sees_nothing(city):
    pairs(2)
    accepted(Window("pelatihan"))

    assert 'name="sampel"' not in Window("pelatihan").get("merge_sample_create").text
    page = Window("lapangan").get("merge_sample_create").text
    assert 'name="sampel"' in page
    assert "99,9" not in page


def test_both_are_shown_as_they_stood_before_the_merge(city):
    one = person("Siti", DINOYO, phone="081200000001", address="Jalan Satu")
    doubt(one, person("Siti", DINOYO, sex="P"), probability=SURE)
    accepted(Window("pelatihan"))
    assert Person.objects.get(pk=one.pk).sex == "P"

    page = Window("lapangan").get("merge_sample_create").text

    assert page.count("Perempuan") == 1


@pytest.mark.parametrize(("word", "leads"), [("same", "sampel"), ("different", "gabungan")])
def test_the_second_officer_answers_and_a_wrong_merge_leads_to_its_undoing(city, word, leads):
    pairs(1)
    accepted(Window("pelatihan"))
    sample = MergeSample.objects.get()
    window = Window("lapangan")

    response = window.post("merge_sample_create", sampel=sample.pk, jawaban=word)

    assert leads in response.url
    sample.refresh_from_db()
    assert (sample.answer, sample.officer_label) == (word, "Petugas Lapangan")
    if word == "different":
        window.client.post(response.url, {"why": "Dua orang"})
        assert absorbed() == 0


def test_nobody_judges_their_own_merge_even_with_a_form_of_their_own(city):
    pairs(1)
    accepted(Window("pelatihan"))

    response = Window("pelatihan").post(
        "merge_sample_create", sampel=MergeSample.objects.get().pk, jawaban="same"
    )

    assert response.status_code == 404
    assert MergeSample.objects.get().answer == ""


# Taking back


def test_a_bulk_accept_is_taken_back_as_a_whole_and_the_pairs_wait_again(city):
    pairs(23)
    window = Window("pelatihan")
    batch = accepted(window)

    window.post("merge_batch_return_create", batch, why="Ambang terlalu rendah")
    work()

    assert absorbed() == 0
    assert PersonDoubt.objects.count() == 23
    assert Fact.objects.filter(event="registry.person.unmerged").count() == 23
    assert set(PersonVerdict.objects.order_by("-pk").values_list("answer", flat=True)[:1]) == {
        "unsure"
    }
    assert "0" in window.get("merge_batch_detail", batch).text


def test_after_thirty_days_it_can_no_longer_be_taken_back_as_a_whole(city, monkeypatch):
    pairs(1)
    window = Window("pelatihan")
    batch = accepted(window)
    Job.objects.filter(pk=batch).update(finished_at=timezone.now() - timedelta(days=31))

    response = window.post("merge_batch_return_create", batch, why="Terlambat")

    assert "dibatalkan sekaligus sampai" in response.text
    assert not Job.objects.filter(kind="registry.unmerge_together").exists()


def test_a_bulk_accept_of_another_city_does_not_exist(city):
    pairs(1)
    batch = accepted(Window("pelatihan"))

    assert Window("pelatihan.mojokerto").get("merge_batch_detail", batch).status_code == 404


def test_a_merge_of_a_batch_names_its_batch_and_its_probability(city):
    (waiting,) = pairs(1)

    made = accept(doubt=waiting, batch="B" * 26, by=acting("pelatihan", "registry.link"))

    assert (made.batch, made.probability, made.officer_id) == (
        "B" * 26, SURE, officer_of("pelatihan").pk,
    )  # fmt: skip

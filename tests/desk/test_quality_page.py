"""The quality page: every number against people counted by hand, its day, and nobody else."""

import csv
import io
from datetime import date, timedelta

import pytest
from desk_pages import Window, person
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from import_desk import ImportPages, csv_of

from city import DINOYO, MALANG, PURWANTORO, area, build_officer, system
from city import by as acting
from jembol.accounts.models import Officer
from jembol.intake.choices import RowState, Verdict
from jembol.intake.models import ImportRow
from jembol.intake.quality import completeness_by_source
from jembol.journal.models import Fact
from jembol.kit.nik import Kk, Nik
from jembol.kit.reach import Reach
from jembol.outbox.worker import Worker
from jembol.places.actions import rt_in
from jembol.registry import actions
from jembol.registry.actions.linkage_runs import Findings, begin_run, finish_run
from jembol.registry.actions.samples import draw_samples, judge_sample
from jembol.registry.choices import MergeDoor
from jembol.registry.models import MergeSample, NumberCheck
from jembol.registry.queries import quality

pytestmark = pytest.mark.usefixtures("city")
EVERYWHERE = Reach.everywhere()
# Invented: no kecamatan registers 9001 people in a day; 41 is a woman born on the first.
WOMAN = Nik("3573054107909001")


@pytest.fixture
def people(city):
    """Four people of three places, of whom each measure is known of some."""
    return [
        person("Siti", DINOYO, nik=WOMAN, sex="P",
               born_on=date(1990, 7, 1), phone="0812-0000-0001", kk=Kk("3573050000009001")),
        person("Budi", DINOYO, nik=Nik("3573050107909002"), sex="P", born_on=date(1990, 8, 1)),
        person("Wigati", PURWANTORO, phone="0812-0000-0003"),
        person("Painem", MALANG),
    ]  # fmt: skip


def tables(window, query=""):
    answer = window.get("quality", query=f"?unduh=csv{query}")
    text = b"".join(answer).decode("utf-8-sig")
    return {(row[0], row[1]): row[2:] for row in csv.reader(io.StringIO(text))}


def test_the_file_says_what_is_known_of_whom_and_when(people):
    found = tables(Window("kepala"))
    today = timezone.localdate().isoformat()

    #                                     people nik kk phone born kelurahan rt
    assert found["Kota", "Semua"] == ["4", "2", "1", "2", "2", "3", "0", "", today]
    assert found["Kelurahan", "Dinoyo"] == ["2", "2", "1", "1", "2", "2", "0", "", today]
    assert found["Kelurahan", "Purwantoro"] == ["1", "0", "0", "1", "0", "1", "0", "", today]
    assert found["Kelurahan", "Kelurahan belum diketahui"][:1] == ["1"]


def test_an_rt_that_is_known_counts(people):
    actions.change(person=people[3], changes={"area": rt_of(DINOYO)}, by=system())

    whole = quality.total_of(quality.completeness_by_kelurahan(area(MALANG), EVERYWHERE))
    assert (whole.filled["rt"], whole.filled["kelurahan"]) == (1, 4)


def rt_of(code):
    return rt_in(kelurahan=area(code), rw=3, rt=2, by=system())


def test_a_merged_person_counts_once(people):
    actions.merge(survivor=people[0], absorbed=people[3], by=system(), why="sama")

    whole = quality.total_of(quality.completeness_by_kelurahan(area(MALANG), EVERYWHERE))
    assert whole.people == 3


def test_only_people_of_the_reach_are_counted(people):
    found = tables(Window("lapangan.dinoyo"))

    assert found["Kota", "Semua"][0] == "2"
    assert ("Kelurahan", "Purwantoro") not in found


def test_people_are_counted_by_the_source_that_named_them(people, city):
    batch = listed(people[:2], "RW 03")
    listed(people[1:3], "OSS")
    ImportRow.objects.filter(batch=batch, person=people[0]).update(state=RowState.UNDONE)

    found = {one.name: one.completeness.people for one in
             completeness_by_source(area(MALANG), EVERYWHERE)}  # fmt: skip

    assert found == {"RW 03": 1, "OSS": 2, "": 2}


def listed(people, name):
    """An import of these people, as far as the page looks at it."""
    pages = ImportPages("pelatihan")
    batch = pages.uploaded(csv_of(("Nama",), *([one.name] for one in people)), source=name)
    ImportRow.objects.bulk_create(
        ImportRow(batch=batch, table=0, sheet="", number=number, body_sealed=b"", person=one,
                  verdict=Verdict.CREATE, state=RowState.DONE)
        for number, one in enumerate(people)
    )  # fmt: skip
    return batch


def test_before_any_search_the_page_says_so(people):
    text = Window("kepala").get("quality").text

    assert "Daftar induk belum pernah diperiksa." in text
    assert "Belum ada penggabungan" in text


@pytest.fixture
def searched(people):
    run = begin_run(city=area(MALANG), by=system())
    by_area = {str(area(DINOYO).key): 3.5, "0": 0.5}
    findings = Findings(records=4, pairs=9, remaining=4.0, remaining_low=2.0, remaining_high=7.0,
                        by_area=by_area, by_source={"import": 4.0})  # fmt: skip
    finish_run(run=run, findings=findings, by=system())
    begin_run(city=area(MALANG), by=system())


def test_the_newest_finished_search_is_shown(searched):
    found = quality.estimated_duplicates(area(MALANG), EVERYWHERE)
    cells = tables(Window("kepala"))

    assert (found.remaining, found.low, found.high, found.records) == (4.0, 2.0, 7.0, 4)
    assert cells["Kota", "Semua"][-2] == "4.0"
    assert cells["Kelurahan", "Dinoyo"][-2] == "3.5"
    assert cells["Kelurahan", "Purwantoro"][-2] == "0"
    assert "Dari daftar yang diimpor: 4" in Window("kepala").get("quality").text


def test_who_reaches_one_kelurahan_learns_its_estimate_alone(searched):
    found = quality.estimated_duplicates(area(MALANG), Reach.of([area(DINOYO).key]))

    assert (found.remaining, found.low, found.by_door) == (3.5, None, {})
    assert found.by_kelurahan == {area(DINOYO).key: 3.5}


def test_the_precision_of_merges_comes_from_the_second_officers(people):
    twins = [person(f"Kembar {number}", DINOYO) for number in range(8)]
    for one in twins:
        actions.merge(survivor=people[0], absorbed=one, by=system(), door=MergeDoor.BULK,
                      batch="A", why="sama")  # fmt: skip
    draw_samples(batch="A", share=1.0, city=area(MALANG), by=system())
    second = acting(Officer.objects.get(username="pelatihan"), "registry.change")
    answers = ["same"] * 5 + ["different", "unsure"]
    for sample, answer in zip(MergeSample.objects.order_by("pk"), answers, strict=False):
        judge_sample(sample=sample, answer=answer, by=second)

    found = quality.precision_of_merges(area(MALANG), EVERYWHERE)

    assert (found.right, found.wrong, found.unsure, found.waiting) == (5, 1, 1, 1)
    assert found.share == pytest.approx(5 / 6)
    # Wilson, 5 of 6, by the formula on paper.
    assert found.interval == pytest.approx((0.4365, 0.9699), abs=1e-4)
    assert quality.precision_of_merges(area(MALANG), Reach.of([area(PURWANTORO).key])).share is None


def compare(window, why="mutu data triwulan"):
    answer = window.post("number_check_create", query="?kota=35.73", why=why)
    worker = Worker("tests", clock=timezone.now, lease=timedelta(hours=1))
    while job := worker.run_once():
        assert job.state == "done", job.trace or job.error
    return answer


def test_numbers_are_compared_in_the_background_and_journaled_as_one_reading(people):
    assert compare(Window("pelatihan")).status_code == 302

    check = NumberCheck.objects.get()
    assert (check.numbers, check.with_sex, check.other_sex) == (2, 2, 1)
    assert (check.with_birth, check.other_birth, check.broken) == (2, 1, 0)
    opened = Fact.objects.get(event="registry.numbers.opened")
    assert (opened.why, opened.by_label) == ("mutu data triwulan", "Petugas Pelatihan")
    assert Fact.objects.filter(event="registry.numbers.compared").count() == 1
    assert not Fact.objects.filter(event="registry.nik.read").exists()
    assert "NIK menyebut jenis kelamin lain" in Window("kepala").get("quality").text


def test_a_number_that_cannot_be_opened_is_counted_as_such(people):
    type(people[0]).objects.filter(pk=people[0].pk).update(nik_sealed=people[1].nik_sealed)
    compare(Window("pelatihan"))

    assert NumberCheck.objects.get().broken == 1


def test_without_a_reason_no_number_is_opened(people):
    compare(Window("pelatihan"), why="")

    assert not NumberCheck.objects.exists()


def test_the_comparison_needs_a_duty_in_the_whole_city(people):
    build_officer("sebagian", "training", DINOYO)

    answer = compare(Window("sebagian"))

    assert answer.status_code == 200
    assert not NumberCheck.objects.exists()
    assert "number_check" not in Window("sebagian").get("quality").text


def asked():
    with CaptureQueriesContext(connection) as queries:
        Window("kepala").get("quality")
    return len(queries)


def test_the_page_asks_the_database_as_often_for_many_as_for_few(people):
    listed(people[:2], "RW 03")
    asked()
    few = asked()

    more = [person(f"Warga {number}", (PURWANTORO, DINOYO)[number % 2]) for number in range(30)]
    listed(more, "RW 04")
    assert asked() == few

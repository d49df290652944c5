"""The queue of possible duplicates: what stands in it, in which order, and for whom."""

import pytest
from desk_pages import Window, person, total_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from doubt_desk import doubt
from test_every_route import whole

from city import DINOYO, PURWANTORO, area, system
from jembol.registry.actions.linkage_runs import Findings, begin_run, finish_run
from jembol.registry.actions.merging import merge

pytestmark = pytest.mark.usefixtures("city")


def test_the_pair_whose_answer_changes_most_comes_first():
    for number, value in enumerate((0.2, 3.0, 1.0)):
        doubt(person(f"Kiri {number}", DINOYO), person(f"Kanan {number}", DINOYO), value=value)

    page = Window("pelatihan").get("doubt_list").text

    assert page.index("Kiri 1") < page.index("Kiri 2") < page.index("Kiri 0")


def test_an_officer_sees_a_pair_only_when_both_live_in_their_areas():
    doubt(person("Siti Dinoyo", DINOYO), person("Siti Sini", DINOYO))
    doubt(person("Budi Dinoyo", DINOYO), person("Budi Sana", PURWANTORO))

    assert total_of(Window("lapangan.dinoyo").get("doubt_list")) == 1
    assert total_of(Window("lapangan").get("doubt_list")) == 2


def test_the_queue_is_narrowed_by_area_and_by_probability():
    doubt(person("A", DINOYO), person("B", DINOYO), probability=0.995)
    doubt(person("C", DINOYO), person("D", PURWANTORO), probability=0.6)
    window = Window("pelatihan")

    assert total_of(window.get("doubt_list", query="?wilayah=35.73.01")) == 1
    assert total_of(window.get("doubt_list", query="?keyakinan=99")) == 1
    assert total_of(window.get("doubt_list", query="?keyakinan=70")) == 0


def test_two_who_were_made_one_elsewhere_wait_no_more():
    one, other = person("Siti", DINOYO), person("Siti A", DINOYO)
    found = doubt(one, other)
    merge(survivor=one, absorbed=other, by=system())
    found.pk = None
    found.save()

    assert total_of(Window("pelatihan").get("doubt_list")) == 0


def test_the_queue_tells_what_remains_and_when_that_was_estimated():
    run = begin_run(city=area("35.73"), by=system())
    findings = Findings(
        records=900, pairs=40, remaining=31.4, remaining_low=25.0, remaining_high=38.0
    )
    finish_run(run=run, findings=findings, by=system())

    page = Window("kepala").get("doubt_list").text

    assert '<span class="number">31</span>' in page
    assert "antara 25 dan 38" in page
    assert "2 Mar 2026" in page


def test_the_list_is_taken_away_with_both_records_and_the_evidence_in_words():
    doubt(person("Siti Aminah", DINOYO), person("Sitti Aminah", DINOYO))

    text = whole(Window("pelatihan").get("doubt_list", query="?unduh=csv"))

    assert "Siti Aminah" in text
    assert "Sitti Aminah" in text
    assert "NIK berbeda dua angka" in text


def test_who_may_not_take_lists_away_cannot():
    assert Window("lapangan").get("doubt_list", query="?unduh=csv").status_code == 403


def asked_by(window, name, *args):
    with CaptureQueriesContext(connection) as queries:
        assert window.get(name, *args).status_code == 200
    return len(queries)


def test_the_queue_asks_the_database_as_often_for_thirty_pairs_as_for_five():
    def grow(number):
        doubt(person(f"Kiri {number}", DINOYO), person(f"Kanan {number}", DINOYO))

    for number in range(5):
        grow(number)
    window = Window("pelatihan")
    window.get("doubt_list")
    few = asked_by(window, "doubt_list"), asked_by(window, "merge_batch_create")
    for number in range(5, 30):
        grow(number)

    assert (asked_by(window, "doubt_list"), asked_by(window, "merge_batch_create")) == few

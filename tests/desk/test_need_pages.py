"""The need map, the page of one RW, weights, estimates, the week, and one press for an answer."""

from datetime import timedelta

import pytest
from desk_pages import Window, total_of
from django.utils import timezone

from city import system
from jembol.accounts.models import Officer
from jembol.outreach import actions
from jembol.outreach.models import AreaEstimate, Need, NeedWeights, Promise, Referral, Visit
from jembol.registry import actions as registry


@pytest.fixture
def areas(city):
    return city


@pytest.fixture
def told(areas):
    """A visit forty days ago in RW 3 of Dinoyo, with everything that can come of one."""
    person = registry.enrol(
        details=registry.PersonDetails(name="Warga Uji", area=areas.dinoyo_rt), by=system()
    )
    at = timezone.now() - timedelta(days=40)
    visit = Visit.objects.create(
        key="01DESK00000000000000000001",
        area=areas.dinoyo_rt,
        officer=Officer.objects.get(username="lapangan"),
        at=at,
        received_at=at,
        outcome="met",
        person=person,
    )
    row = {"area": visit.area, "visit": visit}
    Need.objects.create(kind="tool", words="oven", at=at, **row)
    Referral.objects.create(kind="class", words="kue kering", at=at, **row)
    Promise.objects.create(
        words="Membawa formulir", officer=visit.officer,
        due_on=timezone.localdate() - timedelta(days=3), **row,
    )  # fmt: skip
    return visit


@pytest.fixture
def window(told):
    return Window("pelatihan")


def test_the_map_and_the_list_tell_the_same(window, areas):
    page = window.get("need_list")

    assert total_of(page) == 57
    assert page.text.count("<circle") == 57
    assert "Dinoyo RW 03" in page.text


def test_a_kelurahan_is_found_in_the_list_and_in_every_file(window, areas):
    narrowed = f"?wilayah={areas.dinoyo.code}"

    assert total_of(window.get("need_list", query=narrowed)) == 1
    csv, xlsx = (
        b"".join(window.get("need_list", query=f"{narrowed}&unduh={kind}"))
        for kind in ("csv", "xlsx")
    )
    assert areas.dinoyo_rw.code in csv.decode("utf-8-sig")
    assert xlsx[:2] == b"PK"


@pytest.mark.parametrize("sort", ["skor", "-skor", "terakhir", "-terakhir", "perkiraan", "wilayah"])
def test_every_page_of_the_list_has_other_rows(window, sort):
    first = window.get("need_list", query=f"?urut={sort}")
    following = first.context["listing"].page.next
    second = window.get("need_list", query=following)
    back = window.get("need_list", query=second.context["listing"].page.previous)

    rows = [[row.key for row in page.context["listing"].page.rows] for page in (first, second)]
    assert len(set(rows[0]) | set(rows[1])) == 57
    assert [row.key for row in back.context["listing"].page.rows] == rows[0]


def test_the_page_of_an_rw_shows_its_parts_and_what_waits(window, areas):
    page = window.get("need_detail", areas.dinoyo_rw.code)

    assert page.text.count("<meter") == 9
    for words in ("Warga Uji", "Membawa formulir", "kue kering", "oven"):
        assert words in page.text


def test_a_press_notes_the_answer_and_leads_back(window, told, areas):
    for name, key, said in (
        ("promise_keeping_create", told.promise.pk, {}),
        ("referral_answer_create", told.referrals.get().pk, {"why": "Ikut kelas"}),
        ("need_meeting_create", told.needs.get().pk, {"why": "Oven dipinjam"}),
    ):
        answer = window.send(name, key, **said)
        assert answer["Location"].endswith(f"{areas.dinoyo_rw.code}/")

    told.promise.refresh_from_db()
    assert told.promise.kept_at is not None
    assert told.referrals.get().state == "answered"
    assert told.needs.get().how == "Oven dipinjam"


def test_the_second_press_is_told(window, told):
    actions.keep_promise(promise=told.promise, by=system())

    answer = window.send("promise_keeping_create", told.promise.pk)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_the_week_tells_where_officers_were_and_what_is_late(window, told):
    on = timezone.localdate(told.at)

    page = window.get("outreach_board", query=f"?pekan={on.isoformat()}")

    assert [one.visits for one, _places in page.context["weeks"]] == [1]
    assert [number for _what, number, _link in page.context["counts"]] == [1, 1, 1, 1]


def test_lists_keep_to_their_state(window):
    for name, states in (
        ("promise_list", {"terbuka": 1, "lewat": 1, "ditepati": 0}),
        ("referral_list", {"terbuka": 1, "lama": 1, "selesai": 0}),
        ("told_need_list", {"belum": 1, "terpenuhi": 0}),
    ):
        for state, number in states.items():
            assert total_of(window.get(name, query=f"?keadaan={state}")) == number


def test_a_visit_is_noted_by_hand_with_all_that_came_of_it(window, told, areas):
    page = {"on": "2026-01-05", "hour": "10:00", "outcome": "met", "needs": ["tool", "skill"]}
    more = {"referrals": ["class"], "promise": "Datang lagi", "due_on": "2026-02-01"}
    where = {"area": areas.dinoyo.key, "rw": 3, "rt": 2}

    answer = window.post(
        "visit_create", query=f"?orang={told.person.public_id}", **page, **more, **where
    )

    visit = Visit.objects.exclude(pk=told.pk).get()
    assert answer["Location"].endswith(f"{areas.dinoyo_rw.code}/")
    assert (visit.person, visit.area) == (told.person, areas.dinoyo_rt)
    assert (visit.needs.count(), visit.referrals.count()) == (2, 1)
    assert visit.promise.words == "Datang lagi"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"on": "2099-01-01"}, "on"), ({"promise": "Datang lagi"}, "due_on")]
)
def test_a_visit_that_lies_ahead_or_half_a_promise_is_told(window, areas, wrong, field):
    page = {"on": "2026-01-05", "hour": "10:00", "outcome": "met", "area": areas.dinoyo.key}

    answer = window.post("visit_create", **{**page, **wrong})

    assert field in answer.context["form"].errors


def test_measures_are_told_with_what_they_are_out_of(window):
    page = window.get("measure_list")

    assert page.context["met"].whole == 1
    assert (page.context["needs"].part, page.context["needs"].whole) == (0, 1)


def test_a_city_sets_its_weights_and_everybody_reads_them(window, areas, client):
    answer = window.send("need_weights_change", promise_days=60, why="Rapat", weight_months=40)

    assert answer.status_code == 302
    assert NeedWeights.objects.get().parts["months"] == [40, 12]
    assert "60" in client.get(f"/aturan-kunjungan/{areas.malang.code}/").text


def test_an_impossible_weight_is_told_at_its_field(window):
    answer = window.send("need_weights_change", promise_days=3, why="Rapat")

    assert "promise_days" in answer.context["form"].errors


def test_estimates_are_typed_or_pasted_and_a_bad_line_is_told(window, areas):
    told = {"source": "Pendataan RW", "as_of": "2026-01-01", "unit": "enterprises"}
    good = f"{areas.dinoyo_rw.code};45\n{areas.purwantoro.code}\t1.200\n"

    window.send("estimate_create", numbers=good, **told)
    answer = window.send("estimate_create", numbers="35.73.05.1004; banyak", **told)

    assert sorted(AreaEstimate.objects.values_list("number", flat=True)) == [45, 1200]
    assert "numbers" in answer.context["form"].errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "kapan", ""])
def test_days_that_nobody_lived_are_borne(window, day):
    for name, keys in (
        ("need_comparison", ("dulu", "kini")),
        ("outreach_board", ("pekan",)),
        ("measure_list", ("dari", "sampai")),
    ):
        for key in keys:
            assert window.get(name, query=f"?{key}={day}").status_code == 200


def test_two_days_are_compared_by_the_same_weights(window, areas):
    before = (timezone.localdate() - timedelta(days=50)).isoformat()

    page = window.get("need_comparison", query=f"?dulu={before}")

    row, old, change = next(
        one for one in page.context["pairs"] if one[0].key == areas.dinoyo_rw.key
    )
    assert (old.last_visit, row.last_visit is None) == (None, False)
    assert change == round(row.score - old.score, 1)

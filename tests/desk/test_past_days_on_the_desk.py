"""The pages of a past day: who stood where, within today's reach, on the screen and in a file."""

import csv
import io
from datetime import timedelta

import pytest
from desk_pages import Window, enterprise, person, today, total_of
from django.urls import reverse

from city import DINOYO, NOW, PURWANTORO, area, system
from jembol.journal.models import Fact
from jembol.registry import actions as registry
from jembol.registry.events import LIST_EXPORTED
from jembol.registry.models import Person

pytestmark = pytest.mark.usefixtures("city")
DAY = timedelta(days=1)
PAST = "?pada=2026-03-03"


@pytest.fixture
def moved():
    """Siti of Dinoyo, who moved to Purwantoro and took another name two days later."""
    siti = person("Siti Aminah", DINOYO, phone="081200000001", has_disability=True)
    changes = {"area": area(PURWANTORO), "name": "Wigati Ningsih", "has_disability": False}
    return registry.change(person=siti, changes=changes, by=system(NOW + 2 * DAY))


def lines_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_person_stands_where_they_stood_on_that_day(moved):
    dinoyo, purwantoro = Window("lapangan.dinoyo"), Window("lapangan.purwantoro")

    then, now = dinoyo.get("past_person_list", query=PAST), dinoyo.get("past_person_list")

    assert "Siti Aminah" in then.text
    assert "Dinoyo" in then.text
    assert total_of(then) == 1
    assert total_of(now) == 0
    assert total_of(purwantoro.get("past_person_list", query=PAST)) == 0
    assert "Wigati Ningsih" in purwantoro.get("past_person_list").text


def test_the_link_leads_to_the_page_of_today_or_to_how_they_stood(moved):
    here = Window("lapangan.dinoyo").get("past_person_list", query=PAST).text
    whole_city = Window("pelatihan").get("past_person_list", query=PAST).text

    of_today = f'href="{reverse("desk:person_detail", args=[moved.public_id])}"'
    of_then = f'href="{reverse("desk:past_person_detail", args=[moved.public_id])}"'
    assert (of_today in here, of_then in here) == (False, True)
    assert (of_today in whole_city, of_then in whole_city) == (True, False)


def test_who_was_taken_out_still_stands_on_the_days_before():
    siti = person("Siti Aminah", DINOYO)
    registry.remove_person(person=siti, by=system(NOW + 2 * DAY), why="keliru")
    window = Window("pelatihan")

    page = window.get("past_person_detail", siti.public_id).text

    assert total_of(window.get("past_person_list", query=PAST)) == 1
    assert total_of(window.get("past_person_list", query="?pada=2026-03-04")) == 0
    assert "Siti Aminah" in page
    assert "tests" in page


def test_the_file_names_the_day_in_its_name_and_its_first_column(moved):
    answer = Window("pelatihan").get("past_person_list", query=f"{PAST}&unduh=csv")
    rows = lines_of(answer)

    assert 'filename="orang-pada-2026-03-03.csv"' in answer["Content-Disposition"]
    assert [(row["Per Tanggal"], row["Nama"], row["Kelurahan"]) for row in rows] == [
        ("2026-03-03", "Siti Aminah", "Dinoyo")
    ]
    assert next(iter(rows[0])) == "Per Tanggal"


def test_disability_of_that_day_leaves_only_with_those_who_may_know_it(moved):
    def told(username):
        (row,) = lines_of(Window(username).get("past_person_list", query=f"{PAST}&unduh=csv"))
        return row["Disabilitas"]

    assert told("kepala") == ""
    assert told("pelatihan") == "Ya"


def test_who_took_the_list_of_a_day_away_is_journaled(moved):
    answer = Window("pelatihan").get("past_person_list", query=f"{PAST}&unduh=csv")

    b"".join(answer)
    details = Fact.objects.filter(event=LIST_EXPORTED).latest("pk").details

    assert (details["list"], details["on"], details["rows"]) == ("orang-pada", "2026-03-03", 1)


def test_enterprises_stand_with_the_owners_of_that_day():
    siti, arif = person("Siti Aminah", DINOYO), person("Moh. Arif", DINOYO)
    shop = enterprise("Keripik Dinoyo", DINOYO, siti)
    by = system(NOW + 2 * DAY)
    registry.pass_on(enterprise=shop, from_=siti, to=arif, on=NOW.date(), by=by)
    registry.change_enterprise(enterprise=shop, changes={"name": "Keripik Arif"}, by=by)
    window = Window("pelatihan")

    then = window.get("past_enterprise_list", query=PAST).text
    now = window.get("past_enterprise_list").text
    (row,) = lines_of(window.get("past_enterprise_list", query=f"{PAST}&unduh=csv"))

    assert ("Keripik Dinoyo" in then, "Siti Aminah" in then, "Arif" in then) == (True, True, False)
    assert ("Keripik Arif" in now, "Siti Aminah" in now, "Moh. Arif" in now) == (True, False, True)
    assert (row["Nama Usaha"], row["Nama Pemilik"]) == ("Keripik Dinoyo", "Siti Aminah")


def test_the_counts_by_kelurahan_are_of_that_day(moved):
    person("Slamet", DINOYO)
    closed = enterprise("Batik", PURWANTORO, moved)
    registry.change_enterprise(
        enterprise=closed, changes={"status": "closed"}, by=system(NOW + 2 * DAY)
    )

    def counts(query):
        page = Window("pelatihan").get("past_person_list", query=query).context
        return page["kelurahan"]

    assert counts(PAST)[:-1] == [("Dinoyo", 2, 0), ("Purwantoro", 0, 1)]
    assert counts("")[:-1] == [("Dinoyo", 1, 0), ("Purwantoro", 1, 0)]
    assert counts(f"{PAST}&wilayah={PURWANTORO}")[:-1] == [("Purwantoro", 0, 1)]


def test_a_day_ahead_is_refused(moved):
    window, ahead = Window("pelatihan"), f"?pada={today(1)}"

    page = window.get("past_person_list", query=ahead)
    group = registry.form_group(name="Mawar", area=area(DINOYO), by=system())

    assert total_of(page) == 0
    assert 'role="alert"' in page.text
    assert 'role="alert"' in window.get("past_group_detail", group.public_id, query=ahead).text
    assert window.get("past_person_list", query=f"{ahead}&unduh=csv").status_code == 404
    assert window.get("past_person_list", query="?pada=9999-12-31").status_code == 200


def test_a_group_shows_who_was_in_it_on_that_day():
    siti, arif = person("Siti Aminah", DINOYO), person("Moh. Arif", DINOYO)
    group = registry.form_group(name="Mawar", area=area(DINOYO), by=system())
    registry.join(group=group, person=siti, by=system())
    by = system(NOW + 2 * DAY)
    registry.leave(group=group, person=siti, on=NOW.date(), by=by)
    registry.join(group=group, person=arif, on=NOW.date(), by=by)
    window = Window("pelatihan")

    then = window.get("past_group_detail", group.public_id, query=PAST).text
    now = window.get("past_group_detail", group.public_id).text

    assert ("Siti Aminah" in then, "Moh. Arif" in then) == (True, False)
    assert ("Siti Aminah" in now, "Moh. Arif" in now) == (False, True)


def test_a_past_list_pages_and_finds_by_words():
    for number in range(60):
        each = person(f"Warga {number:02}", DINOYO)
        if number % 2:
            registry.change(
                person=each, changes={"name": f"Tetangga {number:02}"}, by=system(NOW + 2 * DAY)
            )
    window = Window("pelatihan")

    first = window.get("past_person_list", query=PAST)
    second = window.client.get(reverse("desk:past_person_list") + next_of(first))
    found = window.get("past_person_list", query=f"{PAST}&q=warga+07")

    names = [row.name for page in (first, second) for row in page.context["listing"].page.rows]
    assert names == [f"Warga {number:02}" for number in range(60)]
    assert total_of(found) == 1
    assert Person.objects.filter(folded__startswith="tetangga").count() == 30


def next_of(page):
    return page.context["listing"].page.next

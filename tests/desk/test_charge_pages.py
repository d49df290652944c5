"""Handing over what an officer has open, on the desk."""

import pytest
from desk_pages import Window, person

from city import DINOYO, PURWANTORO, area
from jembol.accounts.models import Officer
from jembol.outreach.models import ChargeHandover
from outreach.visits_made import promise, visit

pytestmark = pytest.mark.usefixtures("city")


def officer(username):
    return Officer.objects.get(username=username)


def where(giver="lapangan.dinoyo", code=DINOYO):
    return f"?dari={officer(giver).pk}&wilayah={area(code).key}"


def test_what_is_open_is_shown_before_it_passes_and_on_a_list_afterwards():
    mine = promise(visit(officer("lapangan.dinoyo"), DINOYO, person=person("Siti", DINOYO)))
    window = Window("kepala")
    assert "Siti · Datang lagi" in window.get("charge_create", query=where()).text

    answer = window.post("charge_create", query=where(), taker=officer("lapangan").pk, why="pindah")

    page = window.client.get(answer["Location"]).text
    assert "Siti · Datang lagi" in page
    assert "Petugas Lapangan" in page
    mine.refresh_from_db()
    assert mine.officer == officer("lapangan")
    assert "Dinoyo" in window.get("charge_list").text


def test_only_those_who_visit_there_are_offered_to_take_over():
    page = Window("kepala").get("charge_create", query=where()).text

    offered = page.split('name="taker"')[1].split("</select>")[0]
    assert f'value="{officer("lapangan").pk}"' in offered
    assert f'value="{officer("lapangan.purwantoro").pk}"' not in offered
    assert f'value="{officer("lapangan.dinoyo").pk}"' not in offered


def test_a_second_handover_is_refused_in_words():
    window = Window("kepala")
    for _time in range(2):
        answer = window.post(
            "charge_create", query=where(), taker=officer("lapangan").pk, why="pindah"
        )

    assert "sudah mengambil alih" in answer.text
    assert ChargeHandover.objects.count() == 1


def test_a_kelurahan_of_another_city_is_not_offered():
    page = Window("pelatihan.mojokerto").get("charge_create").text

    assert str(area(PURWANTORO).key) not in page
    answer = Window("pelatihan.mojokerto").get("charge_create", query=where())
    assert "Petugas Lapangan.Dinoyo" not in answer.text

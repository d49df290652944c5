"""Enterprises with owners over time, groups, consents, and the reading of a NIK."""

import pytest
from desk_pages import Window, enterprise, person, today
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, PURWANTORO, area, system
from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.registry import actions as registry
from jembol.registry.models import Enterprise, Group

pytestmark = pytest.mark.usefixtures("city")
NIK = "3573055708900012"  # invented: the serial belongs to nobody here


def test_an_enterprise_shows_its_owners_now_and_before():
    first, second = person("Siti", DINOYO), person("Painem", DINOYO)
    shop = enterprise("Keripik", DINOYO, first)
    on, by = today(-3), system(timezone.now())
    registry.pass_on(enterprise=shop, from_=first, to=second, on=on, by=by)

    page = Window("pelatihan").get("enterprise_detail", shop.public_id).text
    links = {
        one.name: reverse("desk:person_detail", args=[one.public_id]) for one in (first, second)
    }
    assert f'<p><a href="{links["Painem"]}"' in page
    assert f'<p class="note"><a href="{links["Siti"]}"' in page
    assert on.isoformat() in page.split(links["Siti"])[1]


def test_owners_outside_the_areas_are_not_named():
    shop = enterprise("Keripik", DINOYO, person("Siti", PURWANTORO))

    assert "Siti" not in Window("lapangan.dinoyo").get("enterprise_detail", shop.public_id).text


def test_a_kbli_without_its_edition_is_refused_at_its_field():
    owner = person("Siti", DINOYO)

    page = Window("pelatihan").send(
        "enterprise_create", owner.public_id, name="Keripik", kbli="10710"
    )

    assert 'id="id_kbli_edition_error"' in page.text
    assert not Enterprise.objects.exists()


def test_of_two_who_change_an_enterprise_the_second_is_told_and_keeps_what_was_typed():
    shop = enterprise("Keripik", DINOYO, person("Siti", DINOYO))
    registry.change_enterprise(enterprise=shop, changes={"status": "dormant"}, by=system())

    page = Window("pelatihan").send(
        "enterprise_change", shop.public_id, version=1, status="operating", name="Keripik Baru"
    )

    assert 'id="id_status_error"' in page.text
    assert 'value="Keripik Baru"' in page.text
    assert 'name="version" value="2"' in page.text
    assert Enterprise.objects.get().name == "Keripik"


def test_a_group_is_formed_and_joined_once_by_people_who_are_found():
    window, siti = Window("pelatihan"), person("Siti Maesaroh", DINOYO)
    window.send("group_create", name="Mawar", area=area(DINOYO).key, kind="cluster")
    group = Group.objects.get()

    found = window.get("membership_create", group.public_id, query="?q=maesaroh")
    window.post("membership_create", group.public_id, orang=siti.pk, ketua="on")
    again = window.post("membership_create", group.public_id, orang=siti.pk)

    assert f'value="{siti.pk}"' in found.text
    assert "errorlist" in again.text
    member = group.memberships.get()
    assert (member.person_id, member.is_head) == (siti.pk, True)
    left = window.get("membership_create", group.public_id, query="?q=maesaroh")
    assert 'name="orang"' not in left.text


@pytest.mark.parametrize("words", ["Ma'ruf", "MA RUF", "maruf"])
def test_groups_are_found_however_their_name_is_written(words):
    registry.form_group(name="Kelompok Ma'ruf", area=area(DINOYO), by=system())

    page = Window("pelatihan").get("group_list", query=f"?q={words}")

    assert ("Ma&#x27;ruf</" in page.text) is (words != "MA RUF")


def test_a_consent_is_given_before_a_witness_and_taken_back():
    siti, window = person("Siti", DINOYO), Window("pelatihan")
    text = registry.publish_consent_text(
        purpose="contact", version=1, body="Kami boleh menulis.", on=today(), by=system()
    )

    window.send("consent_create", siti.public_id, text=text.pk, channel="desk", witness="Bu RT")
    given = window.get("person_detail", siti.public_id).text
    twice = window.send("consent_create", siti.public_id, text=text.pk, channel="desk")
    window.send("consent_withdrawal_create", siti.public_id, purpose="contact", channel="desk")

    taken = window.get("person_detail", siti.public_id).text
    assert "Bu RT" in given
    assert "errorlist" in twice.text
    assert ('data-tone="bad"' in given, 'data-tone="bad"' in taken) == (False, True)


def test_reading_a_nik_is_journaled_and_never_kept_by_the_browser():
    siti, window = person("Siti", DINOYO, nik=Nik.parse(NIK)), Window("pelatihan")

    before = window.get("nik_reading_create", siti.public_id)
    without = window.post("nik_reading_create", siti.public_id, why="")
    read = window.post("nik_reading_create", siti.public_id, why="cocokkan KTP")

    assert [NIK in page.text for page in (before, without, read)] == [False, False, True]
    assert {page["Cache-Control"] for page in (before, without, read)} == {"no-store"}
    fact = Fact.objects.get(event="registry.nik.read")
    assert (fact.person_id, fact.why) == (siti.pk, "cocokkan KTP")
    assert NIK not in str(fact.details)

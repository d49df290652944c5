"""Enterprises pass on, members leave, and forgotten passwords are replaced."""

import pytest
from desk_pages import Window, enterprise, person
from django.test import Client
from django.urls import reverse

from city import DINOYO, PASSWORD, area, system
from jembol.accounts.models import Officer
from jembol.journal.models import Fact
from jembol.registry import actions as registry

pytestmark = pytest.mark.usefixtures("city")
FRESH = "gerimis-di-balai-rw"


def test_an_enterprise_passes_on_and_the_former_owner_stays_written():
    first, heir = person("Siti", DINOYO), person("Painem", DINOYO)
    shop = enterprise("Keripik", DINOYO, first)

    answer = Window("pelatihan").send(
        "handover_create", shop.public_id, query="?q=Painem", orang=heir.pk, why="dijual"
    )

    assert answer.status_code == 302
    held = shop.ownerships.order_by("pk").values_list("person__name", "ends_on")
    assert [(name, ended is None) for name, ended in held] == [("Siti", False), ("Painem", True)]
    assert Fact.objects.filter(about_kind="registry.enterprise", why="dijual").exists()


def test_a_handover_to_nobody_or_to_somebody_elsewhere_changes_nothing():
    shop = enterprise("Keripik", DINOYO, person("Siti", DINOYO))
    stranger = person("Painem", "35.73.01.1007")
    window = Window("lapangan.dinoyo")

    nobody = window.send("handover_create", shop.public_id, query="?q=Siti")
    elsewhere = window.send("handover_create", shop.public_id, query="?q=S", orang=stranger.pk)

    assert {nobody.status_code, elsewhere.status_code} <= {200, 404}
    assert list(shop.ownerships.values_list("ends_on", flat=True)) == [None]


def test_a_member_leaves_and_stays_written_as_having_been_one():
    member = person("Siti", DINOYO)
    group = registry.form_group(name="Melati", area=area(DINOYO), kind="kube", by=system())
    registry.join(group=group, person=member, by=system())
    window = Window("pelatihan")

    window.send("departure_create", group.public_id, member.public_id, why="pindah")

    page = window.get("group_detail", group.public_id).text
    assert '<p class="note"><a' in page
    again = window.get("departure_create", group.public_id, member.public_id)
    assert again.status_code == 404


def can_sign_in(password):
    client = Client()
    client.post(reverse("account_login"), {"login": "lapangan", "password": password})
    return client.get(reverse("desk:account")).status_code == 200


def test_a_forgotten_password_is_replaced_and_open_sessions_end():
    officer = Officer.objects.get(username="lapangan")
    theirs = Window("lapangan")

    Window("admin").send("password_create", officer.pk, password=FRESH, why="lupa")

    assert theirs.client.get(reverse("desk:account")).status_code == 302
    assert (can_sign_in(PASSWORD), can_sign_in(FRESH)) == (False, True)
    assert not Fact.objects.filter(details__contains=FRESH).exists()


def test_a_weak_password_is_refused_at_its_field():
    officer = Officer.objects.get(username="lapangan")

    page = Window("admin").send("password_create", officer.pk, password="12345", why="lupa")

    assert 'id="id_password_error"' in page.text
    assert can_sign_in(PASSWORD)


def test_removing_ones_own_second_step_here_is_refused():
    officer = Officer.objects.get(username="admin")

    page = Window("admin").send("second_step_removal_create", officer.pk, why="hilang")

    assert page.status_code == 200
    assert "errorlist" in page.text or 'role="alert"' in page.text

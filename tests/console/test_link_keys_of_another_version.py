"""After an upgrade that changes keys nobody is silently missed: setup mends, the doctor tells."""

import pytest
from django.core.management import call_command

from city import DINOYO, area, build_areas, system
from jembol.console import examining
from jembol.console.management.commands import setup
from jembol.methods.linkage.keys import VERSION
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.models import PersonTraits


@pytest.fixture
def two_people(db):
    build_areas()
    for name in ("Siti Maesaroh", "Joko Santoso"):
        enrol(details=PersonDetails(name=name, area=area(DINOYO)), by=system())


def diagnosis():
    (finding,) = examining.link_keys()
    return finding


def test_the_doctor_tells_how_many_have_old_keys_and_what_to_do(two_people):
    assert diagnosis().is_well

    PersonTraits.objects.filter(person__name="Joko Santoso").update(version=VERSION - 1)

    assert not diagnosis().is_well
    assert "1" in diagnosis().what
    assert "jembol link-keys" in diagnosis().what
    call_command("link_keys")
    assert diagnosis().is_well


def test_people_without_any_keys_count_too(two_people):
    PersonTraits.objects.all().delete()

    assert "2" in diagnosis().what


def test_setup_writes_them_anew(two_people, monkeypatch):
    called = []
    monkeypatch.setattr(setup, "call_command", lambda name, **_options: called.append(name))
    call_command("setup", no_demo=True)
    assert "link_keys" not in called

    PersonTraits.objects.update(version=VERSION - 1)
    call_command("setup", no_demo=True)

    assert "link_keys" in called

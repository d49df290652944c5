"""`jembol setup`: what it loads, and what it leaves alone."""

import pytest
from django.conf import settings
from django.core.management import call_command

import city
from jembol.console.management.commands import setup

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch, tmp_path):
    """The commands that setup calls, instead of calling them: loading a country takes a while."""
    names = []
    monkeypatch.setattr(setup, "call_command", lambda name, **_options: names.append(name))
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")
    (tmp_path / "static").mkdir()
    return names


def open_a_city():
    city.build_areas()


def test_an_empty_register_gets_the_demo_city(called):
    call_command("setup")

    assert called == ["load_areas", "demo", "collectstatic"]


def test_an_empty_register_stays_empty_when_told_so(called):
    call_command("setup", no_demo=True)

    assert called == ["load_areas", "collectstatic"]


def test_a_register_with_a_city_gets_no_demo(called):
    open_a_city()

    call_command("setup")

    assert called == ["load_areas", "collectstatic"]


def test_a_demo_that_was_cut_short_is_named_and_not_repeated(called, monkeypatch, capsys):
    def cut_short(name, **_options):
        called.append(name)
        if name == "demo":
            open_a_city()
            raise KeyboardInterrupt

    monkeypatch.setattr(setup, "call_command", cut_short)
    with pytest.raises(KeyboardInterrupt):
        call_command("setup")

    call_command("setup")

    assert called.count("demo") == 1
    assert str(settings.STATE) in capsys.readouterr().out


def test_static_files_are_collected_again_only_when_one_changed(called, monkeypatch):
    call_command("setup", no_demo=True)
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")

    call_command("setup", no_demo=True)
    assert called.count("collectstatic") == 1

    monkeypatch.setattr(setup, "_state_of_static_files", lambda: "another")
    call_command("setup", no_demo=True)
    assert called.count("collectstatic") == 2

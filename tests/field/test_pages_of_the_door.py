"""Pages of /lapangan/ as the server writes them: what a phone may keep holds nobody's name."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import build_areas, build_officers, system
from field.phones import code_of
from jembol.field import worker
from jembol.journal.models import Fact
from jembol.sync.models import Envelope
from jembol.training.models import Attendance, Scan
from training.classroom import enrol, open_class, register


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    return build_officers("pelatihan", "lapangan.dinoyo", "lapangan.purwantoro")


@pytest.fixture
def held(areas, officers):
    """A class today with three people: "Warga 000" and on."""
    by = system(timezone.now())
    each = open_class(areas.dinoyo, days=[timezone.localdate()], by=by)
    for person in enrol(areas.dinoyo, 3, by=by):
        register(each, person, by=by)
    return each


def client_of(officer):
    client = Client()
    client.force_login(officer)
    return client


def page_of(each):
    return reverse("field:checkin_create", args=[each.public_id])


def test_the_page_that_a_phone_keeps_names_nobody(officers, held):
    client = client_of(officers["lapangan.dinoyo"])

    bare = client.get(page_of(held)).content.decode()
    asked = client.get(page_of(held), {"what": "warga 001"}).content.decode()

    assert "Warga 0" not in bare
    assert re.findall(r"Warga 0\d\d", asked) == ["Warga 001"]


def test_who_has_no_duty_there_finds_no_door(officers, held):
    client = client_of(officers["lapangan.purwantoro"])

    assert client.get(page_of(held)).status_code == 404
    assert client.post(page_of(held), {"registration": "1"}).status_code == 404
    assert held.title not in client.get(reverse("field:start")).content.decode()


def test_classes_around_today_are_offered_and_those_of_today_come_first(areas, officers, held):
    by, today = system(timezone.now()), timezone.localdate()
    days = {"Lama": -30, "Kemarin": -1, "Besok": 1, "Jauh": 30}
    for title, distance in days.items():
        open_class(areas.dinoyo, days=[today + timedelta(days=distance)], by=by, title=title)

    page = client_of(officers["lapangan.dinoyo"]).get(reverse("field:start")).content.decode()

    shown = re.findall(r"<strong><bdi>(.*?)</bdi>", page)
    assert shown[0] == held.title
    assert sorted(shown[1:]) == ["Besok", "Kemarin"]


def test_a_form_notes_one_scan_as_a_phone_would(officers, held):
    client = client_of(officers["lapangan.dinoyo"])
    first, second, third = held.registrations.order_by("pk")
    code = code_of(first, system(timezone.now()))

    for what in ({"what": code}, {"registration": str(second.pk), "way": "in"}, {"what": code}):
        answer = client.post(page_of(held), what)
        assert answer.status_code == 302, what

    came = Attendance.objects.order_by("pk").values_list("registration_id", flat=True)
    assert list(came) == [first.pk, second.pk]
    assert Scan.objects.count() == Envelope.objects.count() == 3
    assert Envelope.objects.values("device").distinct().count() == 1
    assert Fact.objects.filter(door="field").exists()
    del third


def test_a_name_in_the_form_is_looked_for_and_not_noted(officers, held):
    client = client_of(officers["lapangan.dinoyo"])

    answer = client.post(page_of(held), {"what": "warga 002"})

    assert "Warga 002" in answer.content.decode()
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("wrong", ["0", "99999999", "x", "9" * 40])
def test_a_seat_of_nobody_is_refused_in_words(officers, held, wrong):
    client = client_of(officers["lapangan.dinoyo"])

    answer = client.post(page_of(held), {"registration": wrong}, follow=True)

    assert answer.status_code == 200
    assert Attendance.objects.count() == 0


def test_the_worker_caches_what_a_page_needs_and_is_asked_for_each_time(officers, held):
    answer = client_of(officers["lapangan.dinoyo"]).get(reverse("field:worker"))
    text = answer.content.decode()
    told = json.loads(re.match(r"const JEMBOL = (.*);\n", text)[1])

    page = client_of(officers["lapangan.dinoyo"]).get(page_of(held)).content.decode()
    needed = {
        address
        for address in re.findall(r'(?:src|href|data-jsqr)="(/static/[^"]+)"', page)
        if not address.endswith(".webmanifest")
    }
    assert needed <= {*told["shell"], *told["later"]}
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"


def test_another_file_of_the_shell_is_another_version(tmp_path, monkeypatch):
    for path in worker.FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = worker._version("text")

    monkeypatch.setattr(worker, "FOLDER", tmp_path)
    same = worker._version("text")
    (tmp_path / "door.js").write_text("// other")

    assert same == before
    assert worker._version("text") != before


def test_the_guide_is_there_for_every_officer(officers):
    assert client_of(officers["pelatihan"]).get(reverse("field:guide")).status_code == 200

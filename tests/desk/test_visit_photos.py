"""Photos of a visit are shown to those who see the visit, as long as who is on them agrees."""

import pytest
from corner_visits import show_photo
from desk_pages import Window, enterprise, person
from django.utils import timezone

from city import DINOYO, PURWANTORO, area, system
from jembol.accounts.models import Officer
from jembol.outreach.models import Photo
from jembol.registry import actions as registry
from outreach.visits_made import visit

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def siti():
    return person("Siti Contoh", DINOYO)


@pytest.fixture
def met(siti):
    found = visit(Officer.objects.get(username="lapangan.dinoyo"), DINOYO, person=siti)
    show_photo(found)
    return found


def opened(met, username="lapangan.dinoyo"):
    """What the page shows of its photos, and what each photo answers."""
    window = Window(username)
    page = window.get("visit_detail", met.key).text
    photos = Photo.objects.filter(visit=met.key).order_by("pk")
    answers = [window.get("visit_photo_file", met.key, one.key).status_code for one in photos]
    return page.count("/foto/") // 2, answers


def test_the_page_shows_the_photos_and_the_picture_opens(met):
    (photo,) = met.photos.all()

    answer = Window("lapangan.dinoyo").get("visit_photo_file", met.key, photo.key)

    assert b"".join(answer)[:2] == b"\xff\xd8"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert opened(met) == (1, [200])


@pytest.mark.parametrize("more", [{"has_consent": False}, {"file": None}, {"is_refused": True}])
def test_what_nobody_agreed_to_or_is_not_whole_is_not_shown(met, more):
    show_photo(met, **more)

    assert opened(met) == (1, [200, 404])
    if "has_consent" in more:
        page = Window("lapangan.dinoyo").get("visit_detail", met.key).text
        assert "Disimpan dan tidak ditampilkan: 1" in page


def test_a_consent_that_was_taken_back_takes_the_photos_away(met, siti):
    text = registry.publish_consent_text(
        purpose="photo", version=1, body="Boleh difoto?", on=timezone.localdate(), by=system()
    )
    registry.give_consent(person=siti, text=text, channel="field", by=system())
    assert opened(met) == (1, [200])

    registry.withdraw_consent(person=siti, purpose="photo", channel="desk", by=system())

    assert opened(met) == (0, [404])


def test_who_moved_away_is_shown_only_to_those_who_see_them_there(met, siti):
    registry.change(person=siti, changes={"area": area(PURWANTORO)}, by=system())

    assert opened(met) == (0, [404])
    assert opened(met, "pelatihan") == (1, [200])


def test_an_enterprise_that_stands_elsewhere_by_now_takes_its_photos_along():
    shop = enterprise("Keripik", DINOYO)
    found = visit(Officer.objects.get(username="lapangan.dinoyo"), DINOYO, enterprise=shop)
    show_photo(found)
    registry.change_enterprise(enterprise=shop, changes={"area": area(PURWANTORO)}, by=system())

    assert opened(found) == (0, [404])


def test_nobody_elsewhere_gets_a_photo_by_its_address(met):
    (photo,) = met.photos.all()
    other = visit(Officer.objects.get(username="lapangan.purwantoro"), PURWANTORO)
    window = Window("lapangan.purwantoro")

    assert window.get("visit_photo_file", met.key, photo.key).status_code == 404
    assert window.get("visit_photo_file", other.key, photo.key).status_code == 404
    assert Window("tpid").get("visit_photo_file", met.key, photo.key).status_code == 403

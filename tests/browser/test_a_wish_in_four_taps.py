"""An RT head opens the link on a phone and tells one need in four taps, with or without JS."""

import pytest
from django.urls import reverse
from django.utils import timezone
from test_pages_for_everybody import violations
from test_signing_up_in_six_taps import Phone

from city import system
from jembol.outreach import actions as outreach
from jembol.outreach.models import Wish
from jembol.outreach.rt_links import token_of

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 4


@pytest.fixture
def link(areas):
    door = outreach.open_rt_door(area=areas.dinoyo_rt, by=system(timezone.now()))
    return reverse("public:rt_door", args=[token_of(door)])


def tell(office, link, *, words="", people=""):
    """From the opened link to the answer that it is noted."""
    phone = Phone(office.go(link))
    phone.tap("label:has([name=kind][value=skill])")
    if words:
        phone.tap("[name=words]")
        phone.write(words)
    if people:
        phone.tap("[name=people]")
        phone.write(people)
    phone.tap("#usul .buttons button")
    phone.page.wait_for_url("**/?sudah=baru*")
    return phone


def test_a_kind_is_two_taps_and_everything_is_four(link, open_browser):
    office = open_browser(width=360, has_touch=True)

    bare = tell(office, link)
    whole = tell(office, link, words="Kelas menjahit", people="12")

    assert (bare.taps, whole.taps) == (2, MOST)
    assert list(Wish.objects.order_by("pk").values_list("kind", "words", "people")) == [
        ("skill", "", None),
        ("skill", "Kelas menjahit", 12),
    ]
    assert whole.page.locator(".alert[data-tone=good]").is_visible()
    assert office.complaints == []


def test_it_is_four_taps_without_javascript_too(link, open_browser):
    office = open_browser(width=360, has_touch=True, java_script_enabled=False)

    phone = tell(office, link, words="Kelas menjahit", people="12")

    assert phone.taps == MOST
    assert Wish.objects.get().people == 12


def test_pressing_twice_and_loading_again_is_one_wish(link, open_browser):
    office = open_browser(width=360, has_touch=True)
    page = office.go(link)
    page.locator("label:has([name=kind][value=tool])").tap()

    page.locator("#usul .buttons button").dblclick()
    page.wait_for_url("**/?sudah=*")
    page.reload()
    page.go_back()
    page.locator("#usul .buttons button").tap()
    page.wait_for_url("**/?sudah=*")

    assert Wish.objects.count() == 1


def test_a_wish_is_withdrawn_where_it_stands(link, open_browser):
    office = open_browser(width=360, has_touch=True)
    phone = tell(office, link)

    phone.page.locator("button[name=tarik]").tap()
    phone.page.wait_for_url("**/?sudah=tarik*")

    assert Wish.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_everybody_can_use_the_page(link, open_browser, axe, width):
    office = open_browser(width=width, bypass_csp=True)
    tell_by_hand = open_browser(width=360, has_touch=True)
    tell(
        tell_by_hand, link, words="Kelas menjahit untuk ibu-ibu di sekitar gang sebelah", people="9"
    )

    page = office.go(link)

    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_is_light_enough_for_a_slow_phone(link, open_browser):
    office = open_browser(width=360)
    sizes = []
    office.page.on("response", lambda answer: sizes.append(len(answer.body())))

    office.go(link)
    office.page.wait_for_load_state("networkidle")

    assert sum(sizes) < 350_000

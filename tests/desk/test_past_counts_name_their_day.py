"""A count that leaves the house names the day on which it was right."""

import re

import pytest
from desk_pages import Window, came, enterprise, open_class, person, seat, today
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, MALANG, area, system
from jembol.registry import actions as registry
from jembol.training import actions as training

pytestmark = pytest.mark.usefixtures("city")
AS_OF = re.compile(r'per <time datetime="([^"T]+)')
LISTS = (
    "person_list", "enterprise_list", "group_list", "class_list", "registration_list",
    "attendance_list", "past_person_list", "past_enterprise_list",
)  # fmt: skip


@pytest.fixture
def lively():
    """One of everything that is counted."""
    siti = person("Siti Aminah", DINOYO)
    enterprise("Keripik", DINOYO, siti)
    registry.form_group(name="Mawar", area=area(DINOYO), by=system())
    opened = open_class(MALANG, 0, 1)
    came(opened.sessions.order_by("number").first(), seat(opened, siti))
    return opened


def days_named(page):
    return AS_OF.findall(page.text)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_of_which_day_its_number_is(lively, name):
    assert days_named(Window("pelatihan").get(name))[0] == today().isoformat()


def test_each_figure_of_the_board_says_its_day(lively):
    page = Window("kepala").get("board")

    figures = page.text.count('<section class="figure"')
    # One more for the people reached, beside the map.
    assert days_named(page) == [today().isoformat()] * (figures + 1)
    assert figures == 4


def test_the_counts_of_a_class_and_the_free_seats_say_their_day(lively):
    coming = open_class(MALANG, 5, seats=3)
    training.publish(training_class=coming, by=system(timezone.now()))

    desk = Window("pelatihan").get("class_detail", lively.public_id).text
    public = Client().get(reverse("public:home")).text

    assert f'<time datetime="{today().isoformat()}">' in desk.split('id="counts"')[1][:1500]
    assert "3 kursi" in public
    assert f'Kursi per <time datetime="{today().isoformat()}' in public


@pytest.mark.parametrize("name", ["person_list", "enterprise_list", "past_person_list"])
def test_a_file_names_its_day(lively, name):
    answer = Window("pelatihan").get(name, query="?unduh=csv")

    b"".join(answer)
    assert f"-{today().isoformat()}.csv" in answer["Content-Disposition"]


def test_the_file_of_attendances_names_its_day(lively):
    answer = Window("pelatihan").get("attendance_file", lively.public_id, query="?unduh=csv")

    b"".join(answer)
    assert f"-{today().isoformat()}.csv" in answer["Content-Disposition"]

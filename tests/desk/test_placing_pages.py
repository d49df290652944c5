"""Several classes are placed at once through the pages."""

from datetime import timedelta

import pytest
from desk_pages import Window, person
from django.utils import timezone

from city import DINOYO, area, system
from jembol.training import actions as training
from jembol.training.choices import SelectionKind
from jembol.training.models import Placing, Registration
from training.certified import work
from training.published import open_by_rule

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def closed():
    """Two classes by need, whose registration closed a minute ago, with two on the first list."""
    now = timezone.now()
    opened = [
        open_by_rule(
            area(DINOYO),
            SelectionKind.NEED_SCORE,
            seats=1,
            weights={"never_trained": 1},
            opens_at=now - timedelta(days=2),
            closes_at=now - timedelta(minutes=1),
        )
        for _time in range(2)
    ]
    before = system(now - timedelta(days=1))
    for number in range(2):
        training.apply(
            training_class=opened[0], person=person(f"W {number}", DINOYO), by=before, door="desk"
        )
    return opened


def test_ticked_classes_are_placed_and_each_tells_what_it_got(closed):
    window = Window("pelatihan")
    page = window.get("placing_create")
    assert page.text.count('name="kelas"') == 2

    window.client.post(
        page.request["PATH_INFO"], {"kelas": [one.pk for one in closed], "percent": "100"}
    )
    placing = Placing.objects.get()
    assert 'hx-trigger="every 1s"' in window.get("placing_detail", placing.pk).text
    work(timezone.now())

    shown = window.get("placing_detail", placing.pk).text
    assert 'hx-trigger="every 1s"' not in shown
    assert Registration.objects.standing().count() == 1
    assert f"/pembagian/{placing.pk}/" in window.get("placing_list").text
    assert 'name="kelas"' not in window.get("placing_create").text


def test_one_class_alone_is_refused_in_words(closed):
    answer = Window("pelatihan").post("placing_create", kelas=closed[0].pk)

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert Placing.objects.count() == 0

"""The papers of a class at the desk: what is missing is seen, filled in, and all is printed."""

import pytest
from desk_pages import Window, came, open_class, person, seat
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, system
from jembol.journal.models import Fact
from jembol.kit.money import Rupiah
from jembol.training import actions as training
from jembol.training.models import HandOver, LetterNumber, Minutes, Pack, Spending
from jembol.training.rules import Cost
from papers.printed import text_of
from training.certified import work

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def window():
    return Window("pelatihan")


@pytest.fixture
def taught():
    each = open_class(DINOYO, -1)
    came(each.sessions.get(), seat(each, person("Bu Sumarni Contoh", DINOYO)))
    return each


def test_what_is_missing_is_filled_in_from_one_page(window, taught):
    cost = Cost("5.1", "food", "Nasi kotak", 2, "kotak", Rupiah(15_000))
    line = training.add_cost(training_class=taught, cost=cost, by=system())
    before = window.get("pack_detail", taught.public_id).text
    assert "nomor surat belum ada" in before or "number of the letter missing" in before

    window.send("letter_number_change", taught.public_id, "acara", number="400/1/2026")
    window.send("minutes_change", taught.public_id, text="Semua lancar.")
    window.send("spending_change", line.pk)
    window.send("hand_over_create", taught.public_id, what="Celemek", unit="buah")

    assert LetterNumber.objects.get().on == taught.ends_on
    assert Minutes.objects.get().text == "Semua lancar."
    assert (Spending.objects.get().amount, HandOver.objects.get().quantity) == (30_000, 1)
    assert "400/1/2026" in window.get("pack_detail", taught.public_id).text


def test_one_press_makes_one_pdf_and_an_archive(window, taught):
    window.client.post(reverse("desk:pack_create", args=[taught.public_id]), {"size": "f4"})
    assert 'hx-trigger="every 1s"' in window.get("pack_detail", taught.public_id).text
    work(timezone.now())

    page = window.get("pack_detail", taught.public_id).text
    answer = window.get("pack_file", taught.public_id, "pdf")

    assert 'hx-trigger="every 1s"' not in page
    assert "Bu Sumarni Contoh" in text_of(b"".join(answer.streaming_content))
    assert Fact.objects.filter(event="training.pack.taken").count() == 1
    archive = b"".join(window.get("pack_file", taught.public_id, "zip").streaming_content)
    assert archive[:2] == b"PK"


def test_who_sees_everybody_reads_the_pack_of_another_and_who_does_not_does_not(window, taught):
    window.client.post(reverse("desk:pack_create", args=[taught.public_id]), {"size": "a4"})
    work(timezone.now())

    auditor = Window("auditor").get("pack_file", taught.public_id, "pdf")
    assert auditor.status_code == 200
    b"".join(auditor.streaming_content)
    assert Window("auditor").post("pack_create", taught.public_id, size="a4").status_code == 403
    assert Pack.objects.count() == 1


def test_pressing_twice_makes_one(window, taught):
    for _time in range(2):
        window.client.post(reverse("desk:pack_create", args=[taught.public_id]), {"size": "a4"})

    assert Pack.objects.count() == 1


def test_a_photograph_gets_no_number(window, taught):
    assert window.get("letter_number_change", taught.public_id, "foto").status_code == 404

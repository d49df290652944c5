"""A visit that is mended keeps all that was written, and what is added goes with it."""

import json

import pytest
from django.utils import timezone
from fieldwork import CARRIED_AT, FieldPhone, carried, publish_texts
from playwright.sync_api import expect
from test_field_work_offline import SINK, picture

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = {
    "form": "f", "key": "lapak", "version": 2, "title": "Lapak", "languages": ["id"],
    "items": [{"name": "blok", "type": "text", "label": {"id": "Blok"}}],
}  # fmt: skip


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing in the field waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


class Sink:
    """Answers for the door: it refuses visits until it is told to take them."""

    def __init__(self):
        self.letters, self.visits = [], "refused"

    def __call__(self, route):
        sent = route.request.post_data_json["envelopes"]
        letters = [json.loads(one["signed"]) for one in sent]
        self.letters += letters
        results = [
            {"id": one["id"], "code": "", "words": "", "result": {}, "state": self.state_of(one)}
            for one in letters
        ]
        now = timezone.now().isoformat()
        route.fulfill(json={"received_at": now, "skew_s": 0, "results": results, "wipe": False})

    def state_of(self, letter):
        return self.visits if letter["kind"] == "outreach.visit" else "accepted"


def test_a_mended_visit_keeps_its_answers_its_stop_and_its_photos(open_browser, officers, tmp_path):
    publish_texts()
    given = carried(officers["lapangan.dinoyo"], forms=[SHEET])
    page = open_browser("lapangan.dinoyo", width=360, has_touch=True).page
    phone, sink = FieldPhone(page), Sink()
    page.context.route(CARRIED_AT, lambda route: route.fulfill(json=given))
    page.context.route(SINK, sink)
    page.context.route("**/lapangan/foto/**", lambda route: route.abort())
    phone.open("wilayah/")
    phone.open("kunjungan/#orang=101&singgah=11")
    page.check("[name=outcome][value=met]")
    page.check("[name=kept][value='1']")
    page.fill("#q-f-blok", "A-12")
    photographed(page, tmp_path)
    save(page)
    expect(page.locator("[data-warning=aside]")).to_be_visible()

    sink.visits = "accepted"
    phone.open("antrean/")
    page.locator("#aside [data-act=edit]").click()
    page.wait_for_selector("[data-ready=yes]")
    expect(page.locator("#q-f-blok")).to_have_value("A-12")
    page.fill("#advice", "Pindah ke depan")
    photographed(page, tmp_path)
    save(page)
    phone.expect_unsent(0)

    first, mended = (one for one in sink.letters if one["kind"] == "outreach.visit")
    photos = [one for one in sink.letters if one["kind"] == "outreach.photo"]
    told = mended["body"]
    assert first["body"]["stop"] == told["stop"] == 11
    assert told["forms"] == [{"form": "lapak", "version": 2, "values": {"blok": "A-12"}}]
    assert (told["advice"], told["kept"], told["person"]) == ("Pindah ke depan", [1], {"key": 101})
    assert told["photos"] == [*first["body"]["photos"], photos[-1]["id"]]
    assert photos[-1]["body"]["about"] == mended["id"] != first["id"]
    assert {one["about"] for one in phone.rows("photos")} == {first["id"], mended["id"]}


def photographed(page, tmp_path):
    page.set_input_files("#photo", picture(tmp_path, side=200))
    expect(page.locator("#thumbs li")).to_have_count(1)
    page.check("[name=consent-photo][value=yes]")


def save(page):
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")

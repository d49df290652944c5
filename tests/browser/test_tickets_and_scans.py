"""Tickets on screen and paper are read by a phone, and the pages about doors serve everybody."""

import json
from io import BytesIO

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from city import build_officers, system
from field.phones import Phone, code_of, real_now
from jembol.cards.actions import issue_card
from jembol.field.reading import read_parcel
from jembol.sync.actions import receive
from jembol.training import actions as training
from training.classroom import enrol, open_class, register


@pytest.fixture
def each(areas):
    """A class of today with four tickets and a card, three scans of which two are doubtful."""
    officers = build_officers("pelatihan")
    by = system(real_now())
    found = open_class(areas.dinoyo, days=[timezone.localdate()], by=by)
    people = enrol(areas.dinoyo, 4, prefix="Bu Sri", by=by)
    seats = [register(found, person, by=by) for person in people]
    found.codes = [code_of(seat, by) for seat in seats]
    issue_card(person=people[0], by=by)
    training.withdraw(registration=seats[1], why="", by=by)
    phone = Phone("Pintu utara", real_now)
    for code in (*found.codes[:2], "https://contoh.invalid/"):
        phone.scan(found, code)
    receive(parcel=read_parcel(json.dumps(phone.parcel()).encode()), by=by)
    found.person, found.officers = people[0], officers
    return found


def codes_in(picture):
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)), zxingcpp.BarcodeFormat.QRCode)
    return {one.text for one in found}


@pytest.mark.parametrize("width", [360, 1280])
def test_the_ticket_of_a_citizen_is_read_from_the_screen(each, open_browser, width):
    page = open_browser(width=width).page

    page.goto(reverse("public:ticket", args=[each.codes[0]]))

    assert codes_in(page.screenshot(full_page=True)) == {each.codes[0]}


def test_the_sheet_of_tickets_is_read_from_paper(each, open_browser):
    page = open_browser("pelatihan").page

    page.goto(reverse("desk:ticket_sheet", args=[each.public_id]))
    page.emulate_media(media="print")

    standing = {each.codes[0], each.codes[2], each.codes[3]}
    assert codes_in(page.screenshot(full_page=True)) == standing

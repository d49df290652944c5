"""Tickets, cards and scans on the desk, and what a citizen sees of a ticket."""

import re

import pytest
from desk_pages import Window
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import build_areas, build_officers, system
from field.phones import Phone, real_now
from jembol.cards.models import Card
from jembol.cards.queries import public_keys
from jembol.kit.signed_code import Kind, verify
from jembol.sync.models import Envelope
from jembol.training import actions as training
from jembol.training.models import Attendance, Scan
from training.classroom import enrol, open_class, register

CODE = re.compile(r"/tiket/(JB1\.[0-9A-Z]+)/")


@pytest.fixture
def each(db):
    areas = build_areas()
    build_officers("pelatihan")
    by = system(real_now())
    found = open_class(areas.dinoyo, days=[timezone.localdate()], by=by)
    found.seats = [register(found, person, by=by) for person in enrol(areas.dinoyo, 2, by=by)]
    return found


@pytest.fixture
def window(each):
    return Window("pelatihan")


def page(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_tickets_are_issued_with_one_press_and_printed_on_one_sheet(window, each):
    link = reverse("desk:ticket_create", args=[each.public_id])
    assert link in page(window.get("ticket_sheet", each.public_id))

    window.send("ticket_create", each.public_id)
    sheet = page(window.get("ticket_sheet", each.public_id))

    codes = CODE.findall(sheet)
    assert len(codes) == len(set(codes)) == sheet.count("<svg") == 2
    keys = public_keys(timezone.localdate())
    assert all(verify(one, keys, on=timezone.localdate(), kind=Kind.TICKET).holds for one in codes)


def test_the_holder_sees_the_ticket_and_nobody_can_make_one_up(window, each):
    window.send("ticket_create", each.public_id)
    code = CODE.findall(page(window.get("ticket_sheet", each.public_id)))[0]
    shown = Client().get(reverse("public:ticket", args=[code]))

    assert "Warga 00" in page(shown)
    assert "<svg" in page(shown)
    assert shown.headers["Referrer-Policy"] == "same-origin"
    other = f"{code[:60]}{'A' if code[60] != 'A' else 'B'}{code[61:]}"
    for made_up in (other, code[:50], "JB1.X", each.seats[0].ticket.serial):
        assert Client().get(reverse("public:ticket", args=[made_up])).status_code == 404


def test_a_ticket_whose_seat_was_given_back_is_shown_as_void(window, each):
    window.send("ticket_create", each.public_id)
    code = CODE.findall(page(window.get("ticket_sheet", each.public_id)))[0]
    for seat in each.seats:
        training.withdraw(registration=seat, why="", by=system(real_now()))

    shown = page(Client().get(reverse("public:ticket", args=[code])))

    assert "<svg" not in shown
    assert 'role="alert"' in shown


def test_the_keys_are_public_and_nothing_secret_is_in_them(window, each):
    window.send("ticket_create", each.public_id)

    told = Client().get("/kunci.json").json()

    assert [set(key) for key in told["keys"]] == [{"id", "kty", "crv", "public", "from", "until"}]


def test_a_card_is_issued_printed_revoked_and_issued_anew(window, each):
    person = each.seats[0].person
    window.send("card_create", person.public_id)
    first = page(window.get("card_detail", person.public_id))
    again = page(window.send("card_create", person.public_id))
    window.send("card_revocation_create", person.public_id, why="hilang di pasar")
    void = page(window.get("card_detail", person.public_id))
    window.send("card_create", person.public_id)

    assert "<svg" in first
    assert Card.objects.order_by("number").first().serial in again
    assert "<svg" not in void
    assert list(Card.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Card.objects.standing().count() == 1


def test_doubtful_scans_stand_on_top_and_go_with_one_press(window, each):
    training.withdraw(registration=each.seats[0], why="", by=system(real_now()))
    phone = Phone("Pintu utara", real_now)
    phone.scan(each, by="name", registration=each.seats[0].pk)
    phone.scan(each, "JB1.X")
    window.client.post("/lapangan/sinkron/", phone.parcel(), content_type="application/json")
    scan = Scan.objects.get(registration=each.seats[0])
    before = page(window.get("class_scan_list", each.public_id))

    window.post("settlement_create", scan.pk, putusan="coret")
    after = page(window.get("class_scan_list", each.public_id))

    assert before.count('value="coret"') == 2
    assert after.count('value="coret"') == 1
    assert Attendance.objects.count() == 0
    assert "Warga 000" in page(window.get("scan_list", query="?q=warga"))


def test_the_door_of_a_class_may_open_earlier(window, each):
    window.send("door_hours_change", each.public_id, early_min="180")

    each.refresh_from_db()
    assert (each.door_hours.early_min, each.door_hours.late_min) == (180, 60)


def test_a_record_that_was_set_aside_is_let_in_on_the_desk(window, each):
    phone = Phone("Pintu utara", real_now)
    envelope = phone.scan(each, by="name", registration=each.seats[0].pk)
    envelope["officer"] = 10**9
    window.client.post("/lapangan/sinkron/", phone.parcel(), content_type="application/json")
    before = page(window.get("envelope_list"))

    window.send("admission_create", envelope["id"])

    assert reverse("desk:admission_create", args=[envelope["id"]]) in before
    assert Envelope.objects.get().state == "accepted"
    assert Attendance.objects.count() == 1

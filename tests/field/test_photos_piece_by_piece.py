"""A photo arrives in pieces, in any order with its visit, and belongs to it exactly once."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from PIL import Image

from city import system
from field.visiting import visit
from jembol.accounts.models import Officer
from jembol.files import pieces
from jembol.files.models import StoredFile
from jembol.files.shelf import open_file
from jembol.kit.ids import new_ulid
from jembol.outreach.actions import drop_stale_pieces, photos
from jembol.outreach.models import Photo, Visit

PIECE = 7000
GPS = 0x8825


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def picture():
    return noisy()


@pytest.fixture
def phone(door):
    return door.phone("HP Dinoyo")


@pytest.fixture
def client(door):
    found = Client()
    found.force_login(door.officer)
    return found


def noisy():
    """A picture of several pieces that knows where it was taken."""
    drawn = Image.effect_noise((200, 150), 90).convert("RGB")
    exif = drawn.getexif()
    exif.get_ifd(GPS)[1] = "S"
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=90, exif=exif)
    return written.getvalue()


def announced(phone, about, content, **more):
    body = {
        "about": about, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(),
        "type": "image/jpeg", "consent": True, "place": False, **more,
    }  # fmt: skip
    return phone.write("outreach.photo", body)


def put(client, key, offset, piece):
    return client.put(
        f"/lapangan/foto/{key}/", piece, content_type="application/octet-stream",
        headers={"X-From": str(offset)},
    )  # fmt: skip


def send_whole(client, key, content, start=0):
    answer = None
    for offset in range(start, len(content), PIECE):
        answer = put(client, key, offset, content[offset : offset + PIECE])
        assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_photo_is_drawn_anew_without_its_place_and_belongs_to_its_visit(
    door, phone, client, picture
):
    visited = phone.write("outreach.visit", visit(door.areas.dinoyo))
    photo = announced(phone, visited["id"], picture)
    assert {one.state for one in door.receive(phone).answers} == {"accepted"}

    told = send_whole(client, photo["id"], picture)

    kept = Visit.objects.get().photos.get()
    content = open_file(kept.file).read()
    assert told == {"have": len(picture), "whole": True}
    assert kept.file.sealed
    assert not Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)
    assert Image.open(io.BytesIO(picture)).getexif().get_ifd(GPS)
    assert pieces.length_of(photo["id"]) == 0


def test_the_place_stays_when_that_was_agreed(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture, place=True)
    door.receive(phone)

    send_whole(client, photo["id"], picture)

    assert open_file(Photo.objects.get().file).read() == picture


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (1, 0, 2)])
def test_it_belongs_to_its_visit_whatever_comes_first(door, phone, client, picture, order):
    visited = phone.write("outreach.visit", visit(door.areas.dinoyo))
    photo = announced(phone, visited["id"], picture)
    steps = [
        lambda: door.receive(phone, visited),
        lambda: door.receive(phone, photo),
        lambda: send_whole(client, photo["id"], picture),
    ]

    for place in order:
        steps[place]()
        steps[place]()  # Everything is sent twice.

    assert Visit.objects.get().photos.get().file is not None
    assert StoredFile.objects.count() == 1


def test_a_transfer_that_broke_goes_on_where_it_broke(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)
    address = f"/lapangan/foto/{photo['id']}/"
    put(client, photo["id"], 0, picture[:PIECE])

    have = client.get(address).json()
    again = put(client, photo["id"], 0, picture[:PIECE])
    gap = put(client, photo["id"], PIECE + 5, b"x" * 9)
    across = put(client, photo["id"], PIECE - 5, b"x" * 9)

    assert have == again.json() == {"have": PIECE, "whole": False}
    assert [(one.status_code, one.json()["code"], one.json()["have"]) for one in (gap, across)] == [
        (409, "wrong-offset", PIECE)
    ] * 2
    assert send_whole(client, photo["id"], picture, start=PIECE)["whole"]
    assert put(client, photo["id"], 0, picture[:PIECE]).json()["whole"]


def test_other_bytes_than_announced_start_anew(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)
    wrong = bytes(len(picture))
    for offset in range(0, len(wrong), PIECE):
        answer = put(client, photo["id"], offset, wrong[offset : offset + PIECE])

    assert (answer.status_code, answer.json()["code"]) == (422, "other-content")
    assert client.get(f"/lapangan/foto/{photo['id']}/").json()["have"] == 0
    assert send_whole(client, photo["id"], picture)["whole"]


def test_what_is_no_picture_is_refused_and_leaves_nothing(door, phone, client):
    content = b"MZ" + bytes(9000)
    photo = announced(phone, new_ulid(door.now), content)
    door.receive(phone)
    put(client, photo["id"], 0, content[:PIECE])

    answer = put(client, photo["id"], PIECE, content[PIECE:])

    assert (answer.status_code, answer.json()["code"]) == (422, "picture-unreadable")
    assert StoredFile.objects.count() == 0
    assert pieces.length_of(photo["id"]) == 0


def test_what_was_refused_takes_no_more_pieces(door, phone, client):
    content = b"MZ" + bytes(9000)
    photo = announced(phone, new_ulid(door.now), content)
    door.receive(phone)
    for offset in (0, PIECE):
        put(client, photo["id"], offset, content[offset : offset + PIECE])

    again = put(client, photo["id"], 0, content[:PIECE])

    assert (again.status_code, again.json()["code"]) == (422, "picture-unreadable")
    assert pieces.length_of(photo["id"]) == 0


def test_a_photo_is_finished_after_a_crash_at_its_last_piece(
    door, phone, client, picture, monkeypatch
):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)
    early = put(client, photo["id"], len(picture), b"")
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(photos, "_finish", crash)
        for offset in range(0, len(picture), PIECE):
            cut = put(client, photo["id"], offset, picture[offset : offset + PIECE])
    have = client.get(f"/lapangan/foto/{photo['id']}/").json()

    told = put(client, photo["id"], have["have"], b"")

    assert (early.status_code, early.json()["code"]) == (409, "wrong-offset")
    assert (cut.status_code, have) == (500, {"have": len(picture), "whole": False})
    assert (told.status_code, told.json()["whole"]) == (200, True)
    assert Photo.objects.get().file is not None


def crash(*_given):
    raise OSError("the power went")


def test_nobody_sends_or_sees_what_another_announced(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)
    other = Client()
    other.force_login(Officer.objects.get(username="lapangan.dinoyo"))

    answers = [
        put(other, photo["id"], 0, picture[:10]),
        other.get(f"/lapangan/foto/{photo['id']}/"),
        put(client, new_ulid(door.now), 0, picture[:10]),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "no-such-photo")
    ] * 3


def test_who_sent_the_record_of_a_colleague_sends_the_photo_too(door, phone, client, picture):
    made = phone.write("outreach.visit", visit(door.areas.dinoyo))
    photo = announced(phone, made["id"], picture)
    for one in (made, photo):
        one["officer"] = Officer.objects.get(username="lapangan.dinoyo").pk
    door.receive(phone)

    assert send_whole(client, photo["id"], picture)["whole"]


def test_a_photo_of_a_visit_elsewhere_is_refused(door, picture):
    phone = door.phone("HP")
    elsewhere = phone.write("outreach.visit", visit(door.areas.purwantoro))
    door.receive(phone)
    door.officer = Officer.objects.get(username="lapangan.dinoyo")
    phone = door.phone("HP 2")
    announced(phone, elsewhere["id"], picture)

    assert door.receive(phone).answers[0].state == "refused"


@pytest.mark.parametrize(
    "more", [{"bytes": 10**9}, {"bytes": 0}, {"sha256": "x" * 64}, {"about": "x"}, {"bytes": "9"}]
)
def test_what_is_announced_badly_is_refused(door, phone, picture, more):
    announced(phone, **{"about": new_ulid(door.now), "content": picture, **more})

    state = door.receive(phone).answers[0].state

    assert state == ("accepted" if more == {"bytes": "9"} else "refused")


@override_settings(PHOTO_ROOM_MB=0)
def test_the_room_of_one_officer_has_an_end(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)

    answer = put(client, photo["id"], 0, picture[:PIECE])

    assert (answer.status_code, answer.json()["code"]) == (507, "no-room")


def test_pieces_to_which_nothing_came_for_long_are_removed(door, phone, client, picture):
    photo = announced(phone, new_ulid(door.now), picture)
    door.receive(phone)
    put(client, photo["id"], 0, picture[:PIECE])
    path = pieces._path(photo["id"])
    written = path.stat().st_mtime
    moment = door.now.fromtimestamp(written, tz=door.now.tzinfo)

    early = drop_stale_pieces(by=system(moment + timedelta(days=13)))
    late = drop_stale_pieces(by=system(moment + timedelta(days=15)))

    assert (early, late) == (0, 1)
    assert client.get(f"/lapangan/foto/{photo['id']}/").json() == {"have": 0, "whole": False}
    assert send_whole(client, photo["id"], picture)["whole"]

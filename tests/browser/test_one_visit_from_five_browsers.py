"""One visit with three photos, sent by five browsers at once: it is there once, with its pictures.

The phone died after it had saved its queue as a file, and the file was brought back on four others,
so five browsers hold the same records: no lock of one browser keeps them from sending at the same
moment. The network resets connections and loses answers, and the server is killed between commit
and answer. The same over HTTP alone, fifty times, stands in tests/field/test_racing_visits.py.
"""

import pytest
from django.db import connection
from module_phone import ModulePhone
from opening import session_of
from PIL import Image

from bad_network import FAIR, Weather
from city import DINOYO, area, system
from jembol.files.shelf import open_file
from jembol.outreach.models import Photo
from jembol.registry import actions as registry
from processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 11
SENDERS = 5
OFFICER = "lapangan"
WORDS = "tujuh gelas kopi pahit"
DRAWN = (420, 320)
BAD = Weather(delay_s=(0.0, 0.1), slice_bytes=2048, resets=0.2, lost_answers=0.3)


@pytest.fixture
def address(server):
    return server.network.address


@pytest.fixture
def phones(chromium, address, officers):
    contexts = []

    def opened():
        context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 740})
        contexts.append(context)
        context.add_cookies([session_of(OFFICER, address)])
        return ModulePhone(context, OFFICER, []).open()

    yield [opened() for _sender in range(SENDERS)]
    for context in contexts:
        context.close()


def counted():
    """What the tables say: envelopes, visits, photos with a picture, files."""
    tables = (
        "sync_envelope", "outreach_visit", "outreach_photo WHERE file_id IS NOT NULL",
        "files_storedfile",
    )  # fmt: skip
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            rows.append(cursor.fetchone()[0])
    return tuple(rows)


def written(phone):
    """A visit with three photos on the phone, and the file of its queue."""
    place = area(DINOYO)
    (person,) = registry.enrol_many(
        [registry.PersonDetails(name="Dapur Melati", area=place)], by=system()
    )
    told = phone.act("visit", ref={"key": person.pk}, place=str(place.pk), advice="izin dahulu")
    (visit,) = told["kept"]
    for number in range(3):
        phone.act("photo", visit=visit["id"], seed=20 + number)
    return phone.call("backup", WORDS)


def test_five_browsers_with_one_queue_bring_one_visit_with_three_photos(server, phones):
    for phone in phones:
        phone.context.set_offline(True)
    first, *others = phones
    file = written(first)
    assert [phone.call("restore", file, WORDS) for phone in others] == [4] * 4

    server.network.change(Weather(lost_answers=1.0))
    for phone in phones:
        phone.context.set_offline(False)
        phone.page.evaluate("void chaos.flush()")
    wait_until(lambda: counted()[0] > 0, what="the first commit")
    server.kill_and_restart()
    server.network.change(BAD)
    for phone in phones:
        phone.page.evaluate("void chaos.flush()")
    wait_until(lambda: counted()[:2] == (4, 1), what="the records")
    server.network.change(FAIR)
    for phone in phones:
        phone.send()

    assert counted() == (4, 1, 3, 3)
    assert server.network.counts["lost answers"] >= 1
    announced = {one["body"]["sha256"] for one in first.log if one["kind"] == "outreach.photo"}
    photos = Photo.objects.select_related("file")
    assert {photo.sha256 for photo in photos} == announced
    assert len({photo.file.digest for photo in photos}) == len(announced) == 3
    for photo in photos:
        with open_file(photo.file) as content, Image.open(content) as drawn:
            assert drawn.size == DRAWN
    receipts = [sorted(phone.call("receipts"), key=lambda row: row["id"]) for phone in phones]
    assert all(one == receipts[0] for one in receipts)
    assert len(receipts[0]) == 4

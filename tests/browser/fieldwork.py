"""An officer's phone in the field: what it carries, and what is done on its pages."""

import re
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from city import DINOYO, area, system
from jembol.places.choices import Level
from jembol.registry.actions import publish_consent_text
from jembol.registry.choices import Purpose
from processes import wait_until

CARRIED_AT = "**/lapangan/wilayah/bawaan.json"
TEXTS = {
    Purpose.PROGRAMME: (
        "Bolehkah nama, alamat, dan nomor Ibu/Bapak dicatat oleh dinas agar bisa diajak ke "
        "pelatihan dan dibantu usahanya? Boleh menolak, dan boleh mencabut kapan saja."
    ),
    Purpose.CONTACT: "Bolehkah dinas mengirim kabar pelatihan dan bantuan ke nomor ini?",
    Purpose.PHOTO: "Bolehkah foto usaha Ibu/Bapak ditunjukkan?",
}
PEOPLE = (
    "Siti Aminah", "Nur'Aini Sri Lestari", "Painem", "Sumiati", "Bambang Tri", "Ayu Kirana",
)  # fmt: skip
FIRST = 101


def publish_texts():
    """The words that are read aloud."""
    for purpose, body in TEXTS.items():
        publish_consent_text(
            purpose=purpose, version=1, body=body, on=timezone.localdate(), by=system()
        )


def carried(officer, *, version="v1", days=3, **more):
    """What the server gives a phone of Dinoyo: six people, one shop, two promises, a route."""
    now, today = timezone.now(), timezone.localdate()
    dinoyo = area(DINOYO)
    known = [dinoyo.parent.parent, dinoyo.parent, dinoyo]
    below = type(dinoyo).objects.inside(dinoyo).filter(level__gte=Level.RW).order_by("key")
    rt = below.filter(level=Level.RT).first()
    people = [
        [
            FIRST + place, f"P-{place:04}", name, str(rt.key), f"08990000{place:04}", "P", "", "",
            1, 0, "", "2026-01-12" if place else "", [1] if place == 0 else [],
        ]
        for place, name in enumerate(PEOPLE)
    ]  # fmt: skip
    return {
        "version": version,
        "server_now": now.isoformat(),
        "expires_at": (now + timedelta(days=days)).isoformat(),
        "officer": {"id": officer.pk, "name": officer.name},
        "areas": [
            [str(one.key), one.name, one.level, str(one.parent_id or ""), one.lat, one.lon]
            for one in [*known, *below]
        ],
        "people": people,
        "enterprises": [
            [501, "U-0001", "Keripik Barokah", "tempe", str(rt.key), [FIRST], 1, "operating"],
        ],
        "promises": [
            [1, FIRST, 0, "Bawa formulir NIB", str(today - timedelta(days=2)), "Petugas A"],
            [2, 0, 501, "Cek oven bersama", str(today + timedelta(days=1)), "Petugas A"],
        ],
        "consent_texts": [],
        "classes": [],
        "forms": [],
        "route": {
            "date": today.isoformat(),
            "start": "Kantor Kelurahan Dinoyo",
            "stops": [
                {"id": 11, "area": str(rt.key), "name": "RW 03", "arrive": "09:00",
                 "words": "Belum dikunjungi 7 bulan; 3 pembuat kue tanpa izin", "lat": -7.944,
                 "lon": 112.61, "people": [FIRST, FIRST + 1]},
                {"id": 12, "area": str(rt.key), "name": "RW 05", "arrive": "10:30",
                 "words": "Pedagang buka pagi", "lat": None, "lon": None, "people": []},
            ],
        },
        "markets": [],
        "tools": [],
        "left_out": 0,
        **more,
    }  # fmt: skip


class FieldPhone:
    """One phone with the pages of the field; it counts its taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    @property
    def context(self):
        return self.page.context

    def open(self, path=""):
        self.page.goto(f"/lapangan/{path}")
        self.page.wait_for_selector("[data-ready=yes]")
        return self

    def prepare(self):
        """Open the start of the day with a network, until every page is on the phone."""
        self.page.goto("/lapangan/")
        self.page.wait_for_selector("[data-offline=yes]", timeout=60_000)
        return self

    def cut(self):
        self.context.set_offline(True)

    def connect(self):
        self.context.set_offline(False)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def tap(self, where):
        self.page.locator(where).first.tap()
        self.taps += 1

    def write(self, text):
        self.page.keyboard.type(text)

    def next_field(self):
        """The keyboard's own key leads to the next field; it is a tap too."""
        self.page.keyboard.press("Tab")
        self.taps += 1

    def expect_unsent(self, count):
        expect(self.page.locator("#status [data-part=unsent]")).to_have_text(
            re.compile(rf"^{count} "), timeout=30_000
        )

    def rows(self, store="queue"):
        return self.page.evaluate(
            """async (name) => {
              const done = (request) => new Promise((resolve) => {
                request.onsuccess = () => resolve(request.result);
              });
              const database = await done(indexedDB.open("jembol-lapangan"));
              const rows = await done(database.transaction(name).objectStore(name).getAll());
              database.close();
              return rows.map(({ sealed, ...row }) => row);
            }""",
            store,
        )

    def expect_draft_kept(self):
        """Wait until what was written last is on the phone; a pause of typing keeps it."""
        now = self.page.evaluate("Date.now()")
        # One more stroke, so that there is something to keep after this moment.
        self.page.dispatch_event("#name", "input")

        def is_kept():
            kept = [datetime.fromisoformat(row["at"]).timestamp() for row in self.rows("drafts")]
            return any(at * 1000 >= now for at in kept)

        wait_until(is_kept, what="the draft")

    def enrol(self, name, *, rw="3", rt="2", phone="", save=True):
        """Fill the page of enrolling as an officer would."""
        page = self.page
        page.fill("#name", name)
        if phone:
            page.fill("#phone", phone)
        if page.locator("#place .picks.one button").count():
            page.locator("#place .picks.one button").first.click()
        else:
            page.locator("#place .numbers button").nth(int(rw) - 1).click()
            page.locator("#place .numbers button").nth(int(rt) - 1).click()
        for yes in page.locator(".consent input[value=yes]").all():
            yes.check()
        if save:
            page.click("#save")
            page.wait_for_selector("#done:not([hidden])")
        return self

    def visit(self, outcome="met", *, who=""):
        """Fill the page of a visit, and save it."""
        page = self.page
        if who:
            page.fill("#who-text", who)
            page.locator("#who-found button").first.click()
        page.check(f"[name=outcome][value={outcome}]")
        page.click("#save")
        page.wait_for_selector("#done:not([hidden])")
        return self

"""What an officer does in a browser: pages are found by their addresses and forms, not by words."""

import re
from pathlib import Path

from playwright.sync_api import expect

from city import PASSWORD

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VERDICTS = ("create", "update", "unchanged", "duplicate", "error")


class Office:
    """One browser window of one officer."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def go(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, (path, answer.status)
        return self.page

    def sign_in(self, username):
        page = self.go("/akun/masuk/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("form.entry button")
        page.wait_for_url("**/kantor/**")

    # What follows is about imports.

    def upload(self, file, *, kind="attendance", source="Contoh"):
        """Send a list; the page with its columns follows."""
        page = self.go("/kantor/impor/baru/")
        page.check(f"[name=kind][value={kind}]")
        page.set_input_files("[name=file]", file)
        page.fill("[name=source]", source)
        page.click("form.entry button")
        page.wait_for_url("**/kolom/")

    def check(self, **plan):
        """Say what the class is, have the list checked, and wait for the counts."""
        for name, value in plan.items():
            field = self.page.locator(f"[name={name}]")
            is_list = field.evaluate("field => field.tagName") == "SELECT"
            field.select_option(value) if is_list else field.fill(value)
        self.page.locator("form", has=self.page.locator("[name=table_0]")).locator(
            ".buttons button"
        ).click()
        self.page.wait_for_url(re.compile(r"/kantor/impor/\d+/$"))
        return self.counts()

    def counts(self):
        """Wait until the work has ended, and read the figures of the page."""
        expect(self.page.locator("#counts")).to_be_visible(timeout=60_000)
        links = self.page.locator("#counts .figure a")
        return {
            re.search(r"hasil=(\w+)", link.get_attribute("href"))[1]: number_in(
                link.locator(".count").inner_text()
            )
            for link in links.all()
        }

    def store(self):
        """Store the checked list, and wait until that is done."""
        self.page.click("form[action$='/penyimpanan/'] button")
        expect(self.page.locator("a[href$='/pembatalan/']")).to_be_visible(timeout=60_000)
        return self.counts()

    def undo(self, why="salah berkas"):
        """Take the import back, and wait until that is done."""
        self.page.click("a[href$='/pembatalan/']")
        self.page.fill("[name=why]", why)
        self.page.click("form.entry button")
        expect(self.page.locator("form[action$='/penyimpanan/']")).to_be_visible(timeout=60_000)

    # What follows is about classes.

    def open_class(self, *, days, title="Kue kering angkatan baru"):
        """Open a class in the first kelurahan that is offered."""
        page = self.go("/kantor/kelas/baru/")
        page.locator("[name=course]").select_option(index=1)
        page.fill("[name=title]", title)
        for number, day in enumerate(days, start=1):
            page.fill(f"[name=day_{number}]", day.isoformat())
        page.locator("[name=area]").select_option(index=2)
        page.click("form.entry .buttons button")
        page.wait_for_url(re.compile(r"/kantor/kelas/[A-Z0-9]+/$"))
        return page.url

    def register(self, class_url, person):
        """Find somebody and give them a seat."""
        page = self.page
        page.goto(f"{class_url}pendaftaran/")
        page.locator("main [name=q]").fill(person.name)
        page.locator("main [name=q]").press("Enter")
        page.check(f"[name=orang][value='{person.pk}']")
        page.click("form.panel .buttons button")
        page.wait_for_url(class_url)

    def take_roll(self, class_url, day, people):
        """Tick who came on a day."""
        page = self.page
        page.goto(f"{class_url}presensi/?hari={day}")
        for person in people:
            row = page.locator("table.roll tbody tr", has_text=person.name)
            row.locator("[name=hadir]").first.check()
        page.click("form.panel .buttons button")
        page.wait_for_url(class_url)

    def board(self):
        """The four counts of the front board."""
        page = self.go("/kantor/")
        return {
            figure.get_attribute("id"): number_in(figure.locator(".count").inner_text())
            for figure in page.locator("section.figure").all()
        }


def number_in(text):
    """An Indonesian number as an integer."""
    return int(re.sub(r"[^0-9]", "", text))

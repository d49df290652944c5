"""What a phone fetches at its first opening, compressed, for a village's line."""

import urllib.request

import pytest
from opening import session_of

pytestmark = pytest.mark.django_db(transaction=True)

MOST_BYTES = 250_000
PAGES = ("", "warga/baru/", "kunjungan/", "wilayah/", "antrean/", "selesai/", "panduan/")


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing in the field waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


def weight(address, path, cookie):
    """The bytes of the body as they travel."""
    headers = {"Accept-Encoding": "gzip", "Cookie": cookie}
    request = urllib.request.Request(f"{address}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return len(answer.read())


def test_start_page_shell_and_all_pages_are_below_the_budget(officers, open_browser, address):
    office = open_browser("lapangan.dinoyo", width=360)
    asked = set()
    office.page.on("request", lambda request: asked.add(request.url.removeprefix(address)))
    office.page.goto("/lapangan/")
    office.page.wait_for_selector("[data-offline=yes]")
    cookie = session_of("lapangan.dinoyo", address)
    said = f"{cookie['name']}={cookie['value']}"

    text = urllib.request.urlopen(f"{address}/lapangan/sw.js", timeout=60).read().decode()
    shell = {name for name in text.split('"') if name.startswith("/static/") and name != "/static/"}
    later = {name for name in shell if "jsqr" in name}
    loaded = {path for path in asked if path.startswith("/static/")}
    files = {path: weight(address, path, said) for path in (shell - later) | loaded}
    pages = {page: weight(address, f"/lapangan/{page}", said) for page in PAGES}
    start = pages[""] + sum(files.values()) + len(text)

    heaviest = sorted(((size, path) for path, size in files.items()), reverse=True)[:8]
    told = f"start page and shell {start}, all pages {pages}, {heaviest}"
    assert not later & loaded
    assert start + sum(pages.values()) - pages[""] <= MOST_BYTES, told

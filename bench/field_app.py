"""The field app at its first opening, and from cold without a network on a slow phone.

5,000 people are registered in one city, all of them carried by its officer. The phone is headless
Chromium with 360 pixels. For the starts from cold the processor is slowed down four times (Chrome
DevTools Protocol, `Emulation.setCPUThrottlingRate`), the network is off, and each start is a new
tab: from the moment the address is entered until everything on the page can be used.
"""

import os
import time
from collections.abc import Sequence

from opening import FLAGS, chromium_path
from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.city import details_of
from bench.figures import spread
from bench.ground import analyse, kelurahan, system
from bench.invented import invented
from bench.pages import cookie, serving
from jembol.places import actions as places
from jembol.registry import actions as registry

PEOPLE = 5000
CHUNK = 500
SLOWER = 4
STARTS = 12
LIMIT_S = 3.0
PAGES = {
    "start of the day": "",
    "enrolling": "warga/baru/",
    "a visit": "kunjungan/",
    "my area": "wilayah/",
    "the queue": "antrean/",
    "end of the day": "selesai/",
}


def measure() -> dict[str, list[float]]:
    """Fill a city, open the app once with a network, and then many times without."""
    _fill()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    said = cookie()
    with serving() as (port, _process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{port}", viewport={"width": 360, "height": 800}
        )
        name, _sign, value = said.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
        figures = _first(context)
        context.set_offline(True)
        for title, path in PAGES.items():
            waits = [_cold(context, path) for _time in range(STARTS)]
            figures |= spread(waits, f"{title}, from cold, {SLOWER} times slower")
        figures["starts within 3 s (%)"] = [100 * _within(figures)]
        browser.close()
    return figures


def _fill() -> None:
    areas = kelurahan()[:5]
    homes = {
        (area.pk, rw, rt): places.rt_in(kelurahan=area, rw=rw, rt=rt, by=system())
        for area in areas
        for rw in range(1, 11)
        for rt in range(1, 6)
    }
    keys = sorted(homes)
    for first in range(0, PEOPLE, CHUNK):
        numbers = range(first, first + CHUNK)
        rows = [details_of(invented(one, 5), homes[keys[one % len(keys)]]) for one in numbers]
        registry.enrol_many(rows, by=system())
    analyse()


def _first(context: BrowserContext) -> dict[str, list[float]]:
    """Open the start page with an empty cache, until every page opens offline."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    bytes_of: dict[str, float] = {}
    session.on(
        "Network.loadingFinished",
        lambda told: bytes_of.update({told["requestId"]: told["encodedDataLength"]}),
    )
    began = time.perf_counter()
    page.goto("/lapangan/")
    page.wait_for_selector("[data-ready=yes]", timeout=120_000)
    ready = time.perf_counter() - began
    page.wait_for_selector("[data-offline=yes]", timeout=120_000)
    whole = time.perf_counter() - began
    page.close()
    return {
        "first opening: usable (s)": [ready],
        "first opening: everything on the phone (s)": [whole],
        "first opening: start page, its scripts and what it carries (kB)": [
            sum(bytes_of.values()) / 1000
        ],
    }


def _cold(context: BrowserContext, path: str) -> float:
    page = context.new_page()
    _slow(page)
    began = time.perf_counter()
    page.goto(f"/lapangan/{path}", wait_until="commit")
    page.wait_for_selector("[data-ready=yes]", timeout=120_000)
    seconds = time.perf_counter() - began
    page.close()
    return seconds


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _within(figures: dict[str, list[float]]) -> float:
    """Return the share of the middle starts that keep the promise."""
    middles: Sequence[float] = [
        values[0] for name, values in figures.items() if "from cold" in name and "p95" in name
    ]
    return sum(one <= LIMIT_S * 1000 for one in middles) / max(len(middles), 1)

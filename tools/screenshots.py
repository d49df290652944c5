"""Take pictures of the main pages of the demo city, at desk width and at phone width.

    python tools/screenshots.py [FOLDER]      default: var/pictures

Starts a Jembol of its own in a temporary folder, so nothing of this deployment is touched. Prints a
line for each picture, and says when a page is wider than its screen or the browser complained.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright

from jembol.console.demo.sign_ins import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (1280, 360)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
START_LIMIT_S = 300


@dataclass(frozen=True)
class Picture:
    """One page: its address, or the page and the link on it that leads there."""

    name: str
    address: str
    link: str = ""
    signed_in: bool = True


PICTURES = (
    Picture("beranda", "/", signed_in=False),
    Picture("daftar", "/", ".card [role=button]", signed_in=False),
    Picture("masuk", "/akun/masuk/", signed_in=False),
    Picture("papan", "/kantor/"),
    Picture("orang-daftar", "/kantor/orang/"),
    Picture("orang", "/kantor/orang/?hadir=35.73", ".rows tbody a"),
    Picture("kelas-daftar", "/kantor/kelas/"),
    Picture("kelas", "/kantor/kelas/?tahun=2023", ".rows tbody a"),
    Picture("presensi", "/kantor/kelas/?q=bordir", ".rows tbody a"),
    Picture("impor", "/kantor/impor/"),
    Picture("impor-baru", "/kantor/impor/baru/"),
    Picture("kelompok", "/kantor/kelompok/"),
    Picture("lapangan", "/lapangan/"),
    Picture("lapangan-panduan", "/lapangan/panduan/"),
)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Wait until the address answers."""
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} did not answer within {START_LIMIT_S} s.")


def take(browser: Browser, base: str, width: int, folder: Path) -> None:
    """Take every picture at one width."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="id-ID")
    page = context.new_page()
    page.on("console", lambda said: said.type == "error" and print(f"  console: {said.text}"))
    has_signed_in = False
    for picture in sorted(PICTURES, key=lambda one: one.signed_in):
        if picture.signed_in and not has_signed_in:
            sign_in(page, base)
            has_signed_in = True
        page.goto(base + picture.address)
        if picture.link:
            page.goto(base + str(page.locator(picture.link).first.get_attribute("href")))
        if picture.name == "presensi":
            page.goto(page.url + "presensi/")
        path = folder / f"{picture.name}-{width}.png"
        page.screenshot(path=path, full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        print(f"{path.name}  {page.title()}", f"WIDER THAN THE SCREEN: {wide}" * (wide > width))
    context.close()


def sign_in(page: Page, base: str) -> None:
    """Sign in as the training officer."""
    page.goto(f"{base}/akun/masuk/")
    page.fill("[name=login]", "pelatihan")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("form.entry button")
    page.wait_for_url("**/kantor/**")


def main() -> int:
    """Start, take the pictures, stop."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "var/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = which("chromium") or which("chromium-browser")
    if browser_path is None:
        raise SystemExit("There is no Chromium here. Install it: apt-get install chromium")
    base = f"http://127.0.0.1:{(port := free_port())}"
    with tempfile.TemporaryDirectory() as state:
        words = [sys.executable, "-m", "jembol.config.main", "run", "--port", str(port)]
        run = subprocess.Popen(words, env={**os.environ, "JEMBOL_STATE": state})
        try:
            wait_for(f"{base}/sehat/")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
                for width in WIDTHS:
                    take(browser, base, width, folder)
                browser.close()
        finally:
            run.terminate()
            run.wait(timeout=30)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

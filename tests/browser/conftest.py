"""Pages in a real Chromium, from a real server and worker on the database under test."""

import os
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from office import Office
from opening import FLAGS, chromium_path, session_of

import city
from bad_network import MortalServer
from jembol.accounts.models import Officer
from jembol.training.actions import seed_courses

HERE = Path(__file__).parent
# On a busy machine a page may take long; a wait that succeeds costs nothing.
PATIENCE_MS = 30_000
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """One headless browser for all tests."""
    path = chromium_path()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    # Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def areas(transactional_db):
    """The invented city with its courses, committed so that other processes see it."""
    areas = city.build_areas()
    seed_courses(by=city.system())
    return areas


@pytest.fixture
def collected(areas, processes):
    """The static files under their hashed names; the folder lives as long as this run."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        work = processes.command("collectstatic", "--noinput", "-v0")
        assert work.wait(300) == 0, work.log.read_text()


@pytest.fixture
def address(collected, processes):
    """Where a real server answers, with a real worker beside it."""
    processes.command("worker")
    _process, address = processes.serve(path="/kesehatan/")
    return address


@pytest.fixture
def server(collected, processes, request):
    """A real server behind a bad network; a module's `SEED` draws what the network does.

    Browsers reach it through the network where the module's `address` is the network's.
    """
    server = MortalServer(processes, seed=getattr(request.module, "SEED", 1))
    yield server
    server.network.close()


@pytest.fixture
def open_browser(chromium, address):
    """Open a browser of its own; everything that its console complains about is kept."""
    contexts = []

    def opened(username="", *, width=1280, **more):
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, **more
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if username:
            context.add_cookies([session_of(username, address)])
        return Office(context.new_page())

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def officers(areas):
    """One officer for each role; the server knows their password too."""
    officers = city.build_officers()
    # The server hashes as in a deployment, the tests in a cheaper way.
    strong = PBKDF2PasswordHasher().encode(city.PASSWORD, "salt-of-the-tests", iterations=1000)
    Officer.objects.filter(pk__in=[one.pk for one in officers.values()]).update(password=strong)
    return officers


def _signed_in(username):
    @pytest.fixture(name=username)
    def office(officers, open_browser):
        return open_browser(username)

    return office


# One browser for each role, signed in.
kepala = _signed_in("kepala")
pelatihan = _signed_in("pelatihan")
lapangan = _signed_in("lapangan")
pendamping = _signed_in("pendamping")
alat = _signed_in("alat")
kurator = _signed_in("kurator")
harga = _signed_in("harga")
tpid = _signed_in("tpid")
auditor = _signed_in("auditor")
privasi = _signed_in("privasi")
admin = _signed_in("admin")


@pytest.fixture
def axe():
    """The accessibility rules as a script."""
    return AXE.read_text(encoding="utf-8")

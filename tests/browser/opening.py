"""Finding Chromium and opening it as an officer who has signed in."""

from shutil import which

import pytest
from django.test import Client

from jembol.accounts.models import Officer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Nothing outside this machine is asked, wherever a link leads.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path():
    path = next(filter(None, map(which, NAMES)), None)
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium", pytrace=False)
    return path


def session_of(username, address):
    """The cookie of an officer who has signed in."""
    client = Client()
    client.force_login(Officer.objects.get(username=username))
    cookie = client.cookies["sessionid"]
    return {"name": "sessionid", "value": cookie.value, "url": address}

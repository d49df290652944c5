"""No page of the desk shows a link that the same officer is refused: each role walks every list."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from routes import ROUTES
from two_cities import officer_of

from city import MALANG, OFFICERS

IN_MALANG = sorted(username for username, (_role, code) in OFFICERS.items() if code == MALANG)
PAGES = [name for name, (_who, thing) in ROUTES.items() if name.startswith("desk:") and not thing]
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"?#]*)')


def links_of(answer):
    """The addresses to which the page itself leads, without its menu."""
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return set()
    return set(LINK.findall(answer.content.decode().partition("<main")[2]))


@pytest.mark.parametrize("username", IN_MALANG)
def test_no_link_leads_to_a_refusal(corners, username):
    client = Client()
    client.force_login(officer_of(username))
    shown = {
        link: name
        for name in PAGES
        for link in links_of(client.get(reverse(name)))
        if link.startswith(("/kantor/", "/lapangan/"))
    }

    refused = {link: name for link, name in shown.items() if client.get(link).status_code >= 400}

    assert len(shown) > 50 or username != "pelatihan"
    assert refused == {}

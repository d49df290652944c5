"""What htmx swaps in is what a reload shows."""

import pytest
from desk_pages import Window, open_class, person, seat
from routes import ROUTES
from test_every_route import LISTS

from city import DINOYO

pytestmark = pytest.mark.usefixtures("city")
# The rows that cannot be stored are a file, and the empty lists a page of links; lists of one class
# are lists like the others.
NAMES = [
    name.removeprefix("desk:")
    for name in LISTS
    if ROUTES[name][1] is None and name not in {"desk:bad_row_list", "desk:template_list"}
]


def reader(name):
    return Window("auditor" if name in {"officer_list", "device_list"} else "pelatihan")


@pytest.fixture(autouse=True)
def somebody(city):
    seat(open_class(DINOYO, 5), person("Siti", DINOYO))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", ["", "?q=siti&urut=-nama", "?q=tidak-ada"])
def test_the_results_are_found_verbatim_in_the_page(name, query):
    window = reader(name)

    whole = window.get(name, query=query)
    part = window.get(name, query=query, hx_request="true", hx_target="results")

    assert part.text.startswith('<section id="results"')
    assert len(part.text) < len(whole.text)
    assert part.text.strip() in whole.text
    assert "HX-Target" in whole["Vary"]
    assert "HX-Target" in part["Vary"]


@pytest.mark.parametrize("target", ["bukan", "results#x", "../results", "RESULTS", "\x7f", "main"])
def test_a_part_that_a_page_does_not_have_is_the_whole_page(target):
    page = reader("person_list").get("person_list", hx_target=target)

    assert page.text.startswith("<!doctype html>")


def test_a_part_asked_for_after_the_session_ended_leads_the_whole_page_to_the_sign_in(client):
    answer = client.get("/kantor/orang/?q=a", headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/akun/masuk/?next=")
    assert not answer.content

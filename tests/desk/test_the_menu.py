"""The menu: grouped by the work people do, only what one may open, and where one is."""

from html.parser import HTMLParser

import pytest
from desk_pages import Window
from django.urls import reverse
from routes import ROUTES

from city import MALANG, OFFICERS
from jembol.accounts.rules import GRANTS
from jembol.desk.menu import MENU, WORK

PAGES = [page for group in MENU for page in group.pages]
IN_MALANG = sorted(username for username, (_role, code) in OFFICERS.items() if code == MALANG)


class Menu(HTMLParser):
    """The links of the side, each with its group: (group, link, what `aria-current` says)."""

    def __init__(self, answer):
        super().__init__()
        self.entries, self.unfolded = [], []
        self.group, self.titles, self.is_title = "", [], False
        text = answer.content.decode()
        start = text.index('<ul class="entries">')
        self.feed(text[start : text.index('<ul class="account">')])

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "details":
            self.group = named["data-group"]
            if "open" in named:
                self.unfolded.append(self.group)
        elif tag == "a":
            self.entries.append((self.group, named["href"], named.get("aria-current")))
        self.is_title = tag == "summary"

    def handle_endtag(self, tag):
        if tag == "details":
            self.group = ""

    def handle_data(self, data):
        if self.is_title and data.strip():
            self.titles.append(data.strip())
            self.is_title = False

    @property
    def links(self):
        return [link for _group, link, _current in self.entries]

    @property
    def marked(self):
        return [(link, current) for _group, link, current in self.entries if current]


@pytest.mark.parametrize("username", IN_MALANG)
def test_the_menu_holds_what_one_may_open_and_nothing_else(city, username):
    window = Window(username)
    allowed = [reverse(page.name) for page in PAGES if username in ROUTES[page.name][0]]

    links = Menu(window.get("account")).links

    assert links == allowed
    assert {link: window.client.get(link).status_code for link in links} == dict.fromkeys(
        allowed, 200
    )


def test_groups_without_a_page_for_me_are_left_out(city):
    menu = Menu(Window("pendamping").get("class_list"))

    assert menu.titles == ["Pelatihan", "Laporan"]


def test_only_the_group_of_the_page_is_unfolded(city):
    menu = Menu(Window("pelatihan").get("class_list"))

    assert menu.unfolded == ["pelatihan"]
    assert menu.marked == [(reverse("desk:class_list"), "page")]


def test_a_short_menu_is_unfolded_whole(city):
    menu = Menu(Window("tpid").get("account"))

    assert menu.unfolded == ["pengaturan"]
    assert menu.marked == []


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("class_create", "class_list"),
        ("scan_list", "class_list"),
        ("need_weights", "need_list"),
        ("past_person_list", "past_person_list"),
        ("past_enterprise_list", "past_person_list"),
        ("edit_list", "envelope_list"),
        ("charge_list", "visit_list"),
    ],
)
def test_one_entry_is_marked_wherever_one_is(city, page, entry):
    menu = Menu(Window("pelatihan").get(page))

    word = "page" if page == entry else "true"
    assert menu.marked == [(reverse(f"desk:{entry}"), word)]


def test_on_the_board_the_board_alone_is_marked(city):
    menu = Menu(Window("pelatihan").get("board"))

    assert menu.marked == [(reverse("desk:board"), "page")]


@pytest.mark.parametrize(
    ("username", "group"),
    [("pelatihan", "pelatihan"), ("lapangan", "jemput-bola"), ("auditor", "laporan")],
)
def test_where_no_page_decides_the_work_of_the_role_is_unfolded(city, username, group):
    assert Menu(Window(username).get("board")).unfolded == [group]


def test_the_work_of_a_role_is_a_group_it_sees():
    seen = {
        role: {
            group.word
            for group in MENU
            if group.title and any(page.permission in GRANTS[role] for page in group.pages)
        }
        for role in WORK
    }

    assert all(word in seen[role] for role, word in WORK.items())


def test_every_name_of_the_menu_is_a_page():
    names = [name for page in PAGES for name in (page.name, *page.also)]

    assert all(map(reverse, names))
    assert len(names) == len(set(names))

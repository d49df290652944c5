"""Every address × every role: the expected answer, and nothing from elsewhere in any byte of it.

The table names for each address who may open it. An address that is missing from the table fails.
"""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from routes import EVERYBODY, NOT_MADE, OFFICER, ROUTES, address
from two_cities import CANARIES, KAUMAN_MOJOKERTO, duty_of, officer_of

from city import DINOYO, MALANG, OFFICERS, PURWANTORO

# allauth guards its own pages; what they show is the officer's own account.
ALLAUTH = {
    "account_login", "account_logout", "account_signup", "account_reauthenticate",
    "account_change_password", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "usersessions_list",
    "set_language",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "account_login", "account_logout", "account_signup", "mfa_authenticate", "set_language",
}  # fmt: skip
# A script asks these: it is refused in JSON, and sends what it has instead of fetching.
JSON = {
    "field:parcel_create": 405,
    "field:carried_file": 200,
    "field:area_file": 200,
    # Only the officer who announced a photo sends it.
    "field:photo_piece": 404,
}
# Pages that are called lists and have no filters.
PLAIN = {
    "desk:fact_list", "desk:letter_list", "desk:wording_list", "desk:opinion_list",
    "desk:material_list", "desk:paper_list", "desk:placing_list",
}  # fmt: skip
LISTS = [name for name in ROUTES if name.endswith("_list") and name not in PLAIN]


def patterns(resolver, space=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def signed_in(username):
    client = Client(raise_request_exception=True)
    client.force_login(officer_of(username))
    return client


def status_of(response):
    """The status of an answer that was read to its end, as a browser reads it."""
    whole(response)
    return response.status_code


def whole(response):
    """All bytes of an answer, a workbook unpacked."""
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


def test_every_address_is_in_the_table():
    named = {name for name, _pattern in patterns(get_resolver())}

    assert named == ROUTES.keys() | ALLAUTH


def test_every_view_of_ours_stands_under_a_guard():
    bare = [
        name
        for name, pattern in patterns(get_resolver())
        if name not in ALLAUTH and not hasattr(pattern.callback, "guard")
    ]

    assert bare == []


IN_MALANG = sorted(username for username, (_role, code) in OFFICERS.items() if code == MALANG)


@pytest.mark.parametrize("username", IN_MALANG)
def test_each_role_gets_the_expected_answer_everywhere(corners, username):
    client = signed_in(username)

    answers = {
        name: status_of(client.get(address(name, corners[DINOYO], "lapangan.dinoyo")))
        for name in ROUTES
    }

    assert answers == {name: expected(name, username) for name in ROUTES}


def expected(name, username):
    who, _thing = ROUTES[name]
    if who == set():
        return 404
    if name == "desk:start":
        return 302
    if name in NOT_MADE:
        return 404 if username in who else 403
    if name in JSON and username in who:
        return JSON[name]
    return 200 if who in (EVERYBODY, OFFICER) or username in who else 403


def test_strangers_are_led_to_the_sign_in_or_see_what_is_public(corners):
    for name, (who, _thing) in ROUTES.items():
        answer = Client().get(address(name, corners[DINOYO], "lapangan.dinoyo"))

        if who == EVERYBODY:
            assert answer.status_code == 200, name
        elif who == set():
            assert answer.status_code == 404, name
        elif name in JSON:
            assert (answer.status_code, answer.json()["code"]) == (401, "sign-in"), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("account_login")), name


def test_strangers_open_no_page_of_an_account(db):
    answers = {
        name: Client().get(reverse(name)).status_code for name in ALLAUTH - OPEN_TO_STRANGERS
    }

    assert set(answers.values()) == {302}, answers


def views(*, writing):
    """The names of the desk's views that write, or of those that only read."""
    return sorted(
        name
        for name, pattern in patterns(get_resolver())
        if name.startswith("desk:") and pattern.callback.guard.writes is writing
    )


@pytest.mark.parametrize("username", IN_MALANG)
def test_who_may_not_open_a_form_may_not_send_it(corners, username):
    client = signed_in(username)
    closed = [name for name in views(writing=True) if username not in ROUTES[name][0]]

    answers = {
        name: client.post(address(name, corners[DINOYO], "lapangan.dinoyo")).status_code
        for name in closed
    }

    assert set(answers.values()) == {403}, answers
    assert username != "auditor" or closed == views(writing=True)


def test_pages_that_only_read_take_no_other_method(corners):
    client = signed_in("pelatihan")

    for name in views(writing=False):
        at = address(name, corners[DINOYO], "lapangan.dinoyo")
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(at).status_code == 405, (name, method)


# Who, and in which corners they have no business.
READERS = [
    ("lapangan.dinoyo", DINOYO, (PURWANTORO, KAUMAN_MOJOKERTO, MALANG)),
    ("lapangan.rw3", None, (DINOYO, PURWANTORO, KAUMAN_MOJOKERTO, MALANG)),
    ("pelatihan", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("kepala", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("auditor", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("privasi", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("admin", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("pelatihan.mojokerto", KAUMAN_MOJOKERTO, (DINOYO, PURWANTORO, MALANG)),
    ("admin.mojokerto", KAUMAN_MOJOKERTO, (DINOYO, PURWANTORO, MALANG)),
]
NEIGHBOUR = {MALANG: "pelatihan.mojokerto", "35.76": "pelatihan"}


@pytest.mark.parametrize(("username", "home", "foreign"), READERS)
def test_no_byte_from_elsewhere_in_any_answer(corners, username, home, foreign):
    client = signed_in(username)
    words = [CANARIES[code] for code in foreign]
    own = corners[home or DINOYO]

    # A ticket and a certificate are for whoever holds them, wherever the class was.
    for name in ROUTES.keys() - {"public:ticket", "public:certificate_detail"}:
        for at in asked(name, own, username):
            text = whole(client.get(at))

            assert not [word for word in words if word in text], (at, username)


def asked(name, corner, username):
    """The address, and for a list each of its exports, searches and filters."""
    at = address(name, corner, username)
    yield at
    if name in LISTS:
        for query in (
            "unduh=csv",
            "unduh=xlsx",
            "q=KANARI",
            "urut=-nama",
            "q=0812",
            "unduh=csv&q=K",
            "unduh=csv&tata=sidt",
        ):
            yield f"{at}?{query}"
    if name in {"desk:registration_create", "desk:membership_create"}:
        yield f"{at}?q=KANARI"
    if name == "desk:board":
        yield f"{at}?tahun=2026"
    if name == "desk:calendar":
        yield f"{at}?bulan=2026-03"
    if name == "desk:class_plan":
        yield f"{at}?unduh=csv"
    if name == "desk:class_repeat_create":
        yield f"{at}?titik={corner.training_class.area_id}"


@pytest.mark.parametrize(("username", "home", "foreign"), READERS)
def test_what_lies_elsewhere_does_not_exist(corners, username, home, foreign):
    client = signed_in(username)
    things = [
        name
        for name, (_who, thing) in ROUTES.items()
        # A certificate's code opens its page to whoever holds the paper.
        if thing not in (None, "officer", "duty", "paper", "code", "city of everybody")
        if thing not in (None, "officer", "duty", "ticket")
    ]

    for code in foreign:
        for name in things:
            at = address(name, corners[code], username)
            for answer in (client.get(at), client.post(at)):
                assert answer.status_code in {404, 403, 405}, (at, username)
                assert CANARIES[code] not in whole(answer)
    del home


def test_officers_of_another_city_do_not_exist(corners):
    client = signed_in("admin.mojokerto")

    for name in ("desk:officer_detail", "desk:duty_create", "desk:relief_create"):
        assert client.get(address(name, corners[DINOYO], "lapangan.dinoyo")).status_code == 404


def test_a_city_that_is_not_theirs_is_not_shown(corners):
    assert signed_in("pelatihan").get(reverse("desk:board") + "?kota=35.76").status_code == 404


def test_the_canaries_are_seen_by_those_who_may(corners):
    """Without this the sweep above could pass on empty pages."""
    client = signed_in("pelatihan")

    for name in (
        "person",
        "enterprise",
        "group",
        "class",
        "registration",
        "attendance",
        "venue",
        "mentor",
    ):
        text = whole(client.get(reverse(f"desk:{name}_list")))

        assert {CANARIES[DINOYO], CANARIES[PURWANTORO]} <= set(
            re.findall(r"KANARI-[A-Z]+", text)
        ), name
    assert CANARIES[DINOYO] in whole(client.get(reverse("desk:person_list") + "?unduh=xlsx"))


def test_a_right_that_is_taken_away_is_gone_at_the_next_click(corners):
    client = signed_in("lapangan.dinoyo")
    at = address("desk:person_detail", corners[DINOYO], "lapangan.dinoyo")
    before = client.get(at).status_code

    duty_of("lapangan.dinoyo").delete()

    assert (before, client.get(at).status_code) == (200, 403)

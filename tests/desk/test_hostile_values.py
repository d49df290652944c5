"""Whatever stands in an address or a form, the answer is a page and never a fault of ours."""

import base64
import json
from urllib.parse import quote

import pytest
from desk_pages import Window, fields_of
from django.db import transaction
from django.urls import get_resolver, reverse
from test_every_route import ROUTES, address, patterns, status_of, views, whole
from two_cities import build_corners

from city import DINOYO, area
from jembol.training.models import Course

WORDS = [
    "Ma\x00ruf", "\ud800", "²", "-1", "9" * 30, "9" * 5000, "x" * 10_000, "ﷺ" * 150,
    "{{7*7}}<script>", "0001-01-01", "9999-12-31", "x",
]  # fmt: skip
LONG_SEARCH = "ab " * 30_000
ASKED_ALWAYS = ("q", "urut", "di", "unduh", "sebelum", "tahun", "kota", "hari", "dari", "sampai")


def filled():
    """What a form needs so that one bad value is the only reason to refuse it."""
    return {
        "name": "Nama Sah", "title": "Kelas Sah", "why": "alasan", "username": "petugas.baru",
        "password": "tikar-pandan-tujuh", "role": "field", "status": "operating",
        "kind": "cluster", "organiser": "office", "day_1": "2026-11-01",
        "starts_on": "2026-11-01", "channel": "desk", "purpose": "contact",
        "area": str(area(DINOYO).key), "course": str(Course.objects.order_by("pk")[0].pk),
    }  # fmt: skip


ACCEPTED = {
    "desk:person_create", "desk:person_change", "desk:enterprise_create",
    "desk:enterprise_change", "desk:group_create", "desk:class_create", "desk:venue_create",
    "desk:officer_create", "desk:duty_create", "desk:withdrawal_create", "desk:roll_create",
}  # fmt: skip


def cursor(value, key=1):
    return base64.urlsafe_b64encode(json.dumps([value, key, False]).encode()).decode()


PLACES = [
    cursor("\ud800"), cursor("\x00"), cursor(10**40), cursor(float("nan")), cursor([1]),
    cursor("a", 10**40), cursor("9999-99-99"), cursor(True),
    base64.urlsafe_b64encode(b"[" * 100_000).decode(),
]  # fmt: skip


@pytest.fixture(scope="module")
def corners(standing_city):
    return build_corners()


def reading():
    return [name for name in views(writing=False) if name != "desk:start"]


def user_of(name):
    who, _thing = ROUTES[name]
    return "pelatihan" if isinstance(who, str) or "pelatihan" in who else min(who)


def query(**words):
    return "?" + "&".join(
        f"{key}={quote(value, safe='', errors='surrogatepass')}" for key, value in words.items()
    )


def filters_of(at, window):
    answer = window.client.get(at)
    page = whole(answer)
    return {word.split('"')[0] for word in page.split('name="')[1:] if "csrf" not in word} | set(
        ASKED_ALWAYS
    )


@pytest.mark.parametrize("name", reading())
@pytest.mark.django_db
def test_no_address_of_a_reading_page_breaks_it(corners, name):
    window = Window(user_of(name))
    at = address(name, corners[DINOYO], "lapangan.dinoyo")
    keys = filters_of(at, window)
    asked = [query(**dict.fromkeys(keys - {"kota"}, word)) for word in WORDS]
    asked += [query(**{key: word}) for key in ASKED_ALWAYS for word in ("²", "9" * 5000, "\x00")]
    asked += [query(di=place, urut="nama") for place in PLACES]
    asked += [query(dari=day, sampai=other) for day in WORDS[-3:] for other in WORDS[-3:]]
    asked.append(query(q=LONG_SEARCH))

    answers = {one[:60]: status_of(window.client.get(at + one)) for one in asked}

    assert set(answers.values()) <= {200, 404}, answers


def encoded(fields):
    return query(**fields)[1:]


def ours():
    return [name for name in views(writing=True) if ROUTES[name][1] != "import"]


def sent(window, at, fields):
    """The status of an answer, and nothing of what it did."""
    with transaction.atomic():
        kind = "application/x-www-form-urlencoded"
        response = window.client.post(at, encoded({**fields, "sekali": ""}), content_type=kind)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("name", ours())
@pytest.mark.django_db
def test_no_value_of_a_form_breaks_it(corners, name):
    window = Window(user_of(name))
    at = address(name, corners[DINOYO], "lapangan.purwantoro")
    shown = fields_of(window.client.get(at))
    valid = filled() | ({"area": DINOYO} if user_of(name) == "admin" else {})
    base = shown | {key: word for key, word in valid.items() if key in shown}
    base |= {"orang": str(corners[DINOYO].person.pk), "hadir": str(corners[DINOYO].registration.pk)}

    as_it_is = sent(window, at, base)
    answers = {
        (key, word[:9]): sent(window, at, base | {key: word}) for key in base for word in WORDS
    }

    assert set(answers.values()) <= {200, 302, 404}, answers
    assert as_it_is == 302 or name not in ACCEPTED


def test_no_address_of_a_public_page_breaks_it(corners, db):
    named = {name for name, _pattern in patterns(get_resolver()) if name.startswith("public:")}
    window = Window("pelatihan")

    for name in sorted(named):
        if ROUTES[name][1] is None:
            for word in WORDS:
                asked = query(kota=word, q=word)
                assert window.client.get(reverse(name) + asked).status_code in {200, 404}

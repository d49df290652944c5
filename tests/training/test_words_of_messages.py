"""The words of messages: filled once, measured as SMS, and a city's own where it has some."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city import MALANG, area, build_areas, system
from jembol.training import actions as training
from jembol.training import errors
from jembol.training.choices import LetterKind, Tongue
from jembol.training.queries import words_of
from jembol.training.rules import (
    DEFAULTS,
    day_in_words,
    days_in_words,
    filled,
    length_of,
    unknown_holes,
    with_link,
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", (0, 1, True)),
        ("a" * 160, (160, 1, True)),
        ("a" * 161, (161, 2, True)),
        ("a" * 307, (307, 3, True)),
        ("€" * 80, (160, 1, True)),
        ("{" * 81, (162, 2, True)),
        ("ꦏ" + "a" * 69, (70, 1, False)),
        ("ꦏ" + "a" * 70, (71, 2, False)),
        ("😀", (2, 1, False)),
    ],
)
def test_a_text_is_measured_as_an_sms(text, length):
    found = length_of(text)

    assert (found.signs, found.parts, found.is_plain) == length


@given(name=st.text())
def test_a_name_fills_its_place_and_no_other(name):
    text = filled("Halo {nama}, {kelas}: {tautan}", {"nama": name, "kelas": "Kue"})

    assert text.startswith("Halo ")
    assert text.count("{tautan}") == 1
    assert text.endswith(", Kue: {tautan}")
    assert "\n" not in text


def test_a_name_that_looks_like_a_placeholder_stays_a_name():
    assert filled("{nama} {kelas}", {"nama": "{kelas}{tautan}", "kelas": "Kue"}) == (
        "(kelas}(tautan} Kue"
    )


def test_signs_that_nobody_sees_are_left_out():
    assert filled("{nama}", {"nama": "Siti\u202eAminah\u200b\x07"}) == "SitiAminah"


def test_every_text_of_ours_can_be_filled_and_has_the_link():
    for (_kind, language), text in DEFAULTS.items():
        assert unknown_holes(text) == []
        assert "{tautan}" in with_link(text, language)


def test_a_text_without_a_link_gets_one():
    assert with_link("Halo", Tongue.INDONESIAN).endswith("{tautan}")


def test_days_are_told_as_people_say_them():
    day = day_in_words(date(2026, 3, 10), time(9), clock="WIB", language=Tongue.INDONESIAN)

    assert day == "Selasa, 10 Maret 2026 pukul 09.00 WIB"
    assert days_in_words(["A", "B"]) == "A dan B"
    assert days_in_words(["A", "B", "C"]) == "A (3 hari)"


@pytest.mark.django_db
def test_a_city_has_its_own_words_until_it_empties_them():
    build_areas()
    city, key = area(MALANG), (LetterKind.INVITATION, Tongue.INDONESIAN)
    change = {"city": city, "kind": key[0], "language": key[1], "by": system()}

    training.change_wording(text="Hai {nama}", **change)
    own = words_of(city.key, *key)
    training.change_wording(text="  ", **change)

    assert own.startswith("Hai {nama}\n")
    assert own.endswith("{tautan}")
    assert words_of(city.key, *key) == DEFAULTS[key]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Halo {name}", "x" * 901, "Halo \x00"])
def test_words_that_cannot_be_sent_are_refused(text):
    build_areas()

    with pytest.raises(errors.BadWording):
        training.change_wording(
            city=area(MALANG), kind=LetterKind.EVE, language=Tongue.JAVANESE, text=text, by=system()
        )

"""The normaliser, by vectors that another implementation can use too."""

import json
from pathlib import Path

import pytest

from jembol.methods.linkage.names import by_sound, read_name
from jembol.methods.linkage.numbers import read_birth, read_nik, read_phones, read_sex
from jembol.methods.linkage.tokens import packed, unpacked
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.where import read_area, read_home
from jembol.methods.linkage.written import Written

VECTORS = json.loads(Path(__file__).with_name("linkage_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "words", "sex"), VECTORS["names"])
def test_a_name_becomes_words_by_sound_and_the_sex_of_its_title(text, words, sex):
    read = read_name(text)

    assert ([unpacked(word) for word in read.words], read.sex) == (words, sex)


@pytest.mark.parametrize(("text", "digits", "kind"), VECTORS["niks"])
def test_a_nik_column_holds_a_nik_or_something_else(text, digits, kind):
    assert read_nik(text) == (int(digits or 0), kind)


@pytest.mark.parametrize(("text", "day"), VECTORS["births"])
def test_a_date_of_birth_is_read_in_every_form(text, day):
    assert read_birth(text) == day


@pytest.mark.parametrize(("text", "numbers"), VECTORS["phones"])
def test_a_telephone_cell_holds_up_to_two_numbers(text, numbers):
    assert list(read_phones(text)) == numbers


@pytest.mark.parametrize(("address", "rt", "rw", "is_rt", "is_rw", "house"), VECTORS["homes"])
def test_rt_rw_and_house_are_found_where_they_stand(address, rt, rw, is_rt, is_rw, house):
    home = read_home(address, rt, rw)

    assert (home.rt, home.rw, home.house) == (is_rt, is_rw, house)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("soekarno", "sukarno"), ("djoko", "joko"), ("tjipto", "cipto"), ("khotimah", "chotimah"),
        ("syaiful", "saiful"), ("fauzi", "pausi"), ("yuliani", "iuliani"),
        ("nurrohmah", "nurromah"),
    ],
)  # fmt: skip
def test_old_and_new_spelling_sound_the_same(one, other):
    assert by_sound(one) == by_sound(other)


@pytest.mark.parametrize(("one", "other"), [("budi", "rudi"), ("siti", "sri"), ("yanto", "yanti")])
def test_other_names_sound_different(one, other):
    assert by_sound(one) != by_sound(other)


def test_areas_meet_in_their_spellings():
    assert read_area("Kel. Tasik Madu") == read_area("TASIKMADU") == read_area("tasik-madu")


def test_sex_is_read_from_a_word_the_nik_or_the_title():
    assert read_sex("Perempuan") == 2
    assert traits_of(Written(name="Budi", nik="3573056105840003")).sex == 2
    assert traits_of(Written(name="Pak Budi")).sex == 1


def test_a_packed_word_gives_its_letters_back():
    assert unpacked(packed("wigatiningsi")) == "wigatiningsi"
    assert packed("") == 0
    assert packed("budi") != packed("budid")


def test_packed_traits_are_the_traits_again():
    traits = traits_of(
        Written(
            name="Hj. Siti Aminah", nik="3573056105840003", born_on="21-05-1984", sex="P",
            phone="0813-3456-2210 / 0341551234", address="Jl. Melati No. 7 RT 2 RW 5",
            kelurahan="Sukun", kecamatan="Sukun", city="Malang", business="Keripik Bu Siti",
        )
    )  # fmt: skip

    assert Traits.unpack(traits.pack()) == traits
    with pytest.raises(ValueError, match="156 bytes"):
        Traits.unpack(b"short")

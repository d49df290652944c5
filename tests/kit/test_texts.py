import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.text import NotCleanText, clean_line, fold_area, fold_name, isolate, without_titles

texts = st.text(max_size=40)
storable = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)


@given(texts)
def test_folding_a_second_time_changes_nothing(text):
    assert fold_name(fold_name(text)) == fold_name(text)


@given(texts)
def test_case_and_composition_and_outer_space_never_part_two_spellings(text):
    folded = fold_name(text)

    assert fold_name(unicodedata.normalize("NFD", text)) == folded
    assert fold_name(unicodedata.normalize("NFC", text)) == folded
    assert fold_name(f"  {text}\t") == folded


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nur'Aini  Sri-Lestari,", "nuraini sri lestari"),
        ("ACH. FAUZI", "Ach Fauzi"),
        ("Renée", "renee"),
        ("Ｓｉｔｉ", "siti"),
        ("Ma’ruf", "ma'ruf"),
    ],
)
def test_spellings_of_one_name_meet(one, two):
    assert fold_name(one) == fold_name(two)


def test_vowel_signs_of_other_scripts_are_kept():
    assert fold_name("ꦱꦶꦠꦶ") != fold_name("ꦱꦠ")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Tasikmadu", "Tasik Madu"),
        ("Kel. Tasikmadu", "TASIK-MADU"),
        ("Kota Lama", "Kotalama"),
        ("Kelurahan Oro-oro Dowo", "oro oro dowo"),
        ("Kota Malang", "Malang"),
        ("Kec. Prajurit Kulon", "Prajuritkulon"),
        ("KEL/DESA SAMAAN", "Samaan"),
    ],
)
def test_spellings_of_one_area_meet(one, two):
    assert fold_area(one) == fold_area(two) != ""


def test_an_area_named_like_a_prefix_keeps_its_name():
    assert fold_area("Kecamatan Kota") == "kota"
    assert fold_area("Kauman") != fold_area("Samaan")


@given(storable)
def test_a_clean_line_is_one_line_that_stays_as_it_is(text):
    line = clean_line(text)

    assert clean_line(line) == line == line.strip()
    assert "  " not in line
    assert not {"\n", "\t", "\r", "\u00a0", "\x1b"} & set(line)
    assert unicodedata.is_normalized("NFC", line)


@pytest.mark.parametrize(("text", "code"), [("Si\0ti", "nul"), ("Si\ud800ti", "surrogate")])
def test_signs_that_cannot_be_stored_are_refused_with_their_place(text, code):
    with pytest.raises(NotCleanText, match="place 3") as caught:
        clean_line(text)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Hj. Siti Aminah, S.Pd., M.M.", "Siti Aminah"),
        ("Drs. H. Bambang, S.H", "Bambang"),
        ("Dr. Ir. Budi S. Pd", "Budi"),
        ("Prof. Dr. H. Imam S.E., M.M., Ph.D.", "Imam"),
        ("Siti Aminah SE", "Siti Aminah"),
        ("H.Ahmad Yani", "Ahmad Yani"),
        ("Bpk.Slamet", "Slamet"),
        ("dr.Ani", "Ani"),
        ("Sdri. Dewi A.Md.Keb", "Dewi"),
        ("Ny. Sumarni", "Sumarni"),
        ("Mas Agung", "Agung"),
        ("Mas'ud", "Mas'ud"),
        ("Mas", "Mas"),
        ("Hj.", "Hj."),
        ("Li Ma", "Li Ma"),
        ("M. Yusuf", "M. Yusuf"),
        ("I Made A.", "I Made A."),
        ("Ahmad H.", "Ahmad H."),
        ("Siti, Aminah", "Siti, Aminah"),
        ("", ""),
    ],
)
def test_titles_go_and_names_stay(name, bare):
    assert without_titles(name) == bare


@given(storable)
def test_a_name_without_titles_is_never_emptied(text):
    bare = without_titles(text)

    assert without_titles(bare) == bare
    assert bool(bare) == bool(clean_line(text).replace(",", "").strip())


@given(texts)
def test_an_isolated_text_opens_and_closes_its_direction_once(text):
    shown = isolate(text)

    assert (shown[0], shown[-1]) == ("\u2068", "\u2069")
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown[1:-1])

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import city
from jembol.places.models import Area
from jembol.places.queries import AreaFinder, How
from jembol.places.rules import slips, slips_allowed


@pytest.fixture
def areas(db):
    return city.build_areas()


@pytest.fixture
def malang(areas):
    return AreaFinder(areas.malang)


@pytest.fixture
def mojokerto(areas):
    return AreaFinder(areas.mojokerto)


def name_of(match):
    return match and match.name


def test_the_same_name_is_another_kelurahan_in_each_city(areas, malang, mojokerto):
    assert malang.kelurahan("Kauman").area == areas.kauman_malang
    assert mojokerto.kelurahan("Kauman").area == areas.kauman_mojokerto


def test_a_kelurahan_of_the_other_city_is_not_found(malang, mojokerto):
    assert malang.kelurahan("Blooto") is None
    assert mojokerto.kelurahan("Dinoyo") is None


@pytest.mark.parametrize("name", ["Blimbing", "Klojen", "Kedungkandang", "Sukun", "Lowokwaru"])
def test_a_kecamatan_and_a_kelurahan_of_one_name_are_kept_apart(malang, name):
    kelurahan, kecamatan = malang.kelurahan(name), malang.kecamatan(name)

    assert (kelurahan.area.level, kecamatan.area.level) == (4, 3)
    assert kelurahan.area.parent_id == kecamatan.key


@pytest.mark.parametrize(
    ("written", "meant", "how"),
    [
        ("Tasikmadu", "Tasik Madu", How.NAME),
        ("TASIK MADU", "Tasik Madu", How.NAME),
        ("Kel. Tasik Madu", "Tasik Madu", How.NAME),
        ("Kota Lama", "Kotalama", How.NAME),
        ("Rampal Celaket", "Rampalcelaket", How.NAME),
        ("Rampal Claket", "Rampalcelaket", How.ALIAS),
        ("Oro2 Dowo", "Oro-oro Dowo", How.ALIAS),
        ("Orooro Dowo", "Oro-oro Dowo", How.NAME),
        ("Gadingkasri", "Gading Kasri", How.NAME),
        ("karang-besuki", "Karangbesuki", How.NAME),
        ("Bale Arjosari", "Balearjosari", How.NAME),
        ("Bandung Rejosari", "Bandungrejosari", How.NAME),
        ("  pisang   candi. ", "Pisangcandi", How.NAME),
        ("Ｄｉｎｏｙｏ", "Dinoyo", How.NAME),
        ("Kesatriyan", "Kesatrian", How.NEAR),
        ("Dinayo", "Dinoyo", How.NEAR),
        ("Dionyo", "Dinoyo", How.NEAR),
        ("Purwantara", "Purwantoro", How.NEAR),
        ("Tunggulwuglun", "Tunggulwulung", How.NEAR),
    ],
)
def test_a_spelling_of_malang_means_one_kelurahan(malang, written, meant, how):
    match = malang.kelurahan(written)

    assert (match.name, match.how) == (meant, how)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Prajurit Kulon", "Prajuritkulon"),
        ("Gunung Gedangan", "Gununggedangan"),
        ("Gn. Gedangan", "Gununggedangan"),
        ("Bloto", "Blooto"),
    ],
)
def test_a_spelling_of_mojokerto_means_one_kelurahan(mojokerto, written, meant):
    assert mojokerto.kelurahan(written).name == meant


def test_the_kecamatan_of_mojokerto_has_two_spellings(mojokerto):
    assert mojokerto.kecamatan("Kec. Prajurit Kulon").name == "Prajuritkulon"
    assert mojokerto.kecamatan("PRAJURITKULON").name == "Prajuritkulon"


@pytest.mark.parametrize("written", ["", "-", "Malang", "Sanan", "Surabaya", "123", "Kec.", "\0"])
def test_what_names_no_kelurahan_finds_none(malang, written):
    assert malang.kelurahan(written) is None


def test_a_short_name_forgives_no_slip(mojokerto):
    assert mojokerto.kelurahan("Miri") is None
    assert mojokerto.kelurahan("Miji").name == "Miji"


def a_village(areas, kecamatan, number, name):
    parent = city.area(kecamatan)
    code = f"{kecamatan}.{number}"
    digits = int(code.replace(".", "").ljust(16, "0"))
    folded = name.casefold().replace(" ", "")
    return Area.objects.create(
        key=digits, code=code, name=name, level=4, kind="kelurahan", parent=parent, folded=folded
    )


def test_two_areas_of_one_name_are_candidates_until_the_kecamatan_decides(areas):
    first = city.area("35.73.05.1004")
    second = a_village(areas, "35.73.01", "1099", "Dinoyo")
    finder = AreaFinder(areas.malang)

    finding = finder.look_up_kelurahan("dinoyo")

    assert finding.match is None
    assert set(finding.candidates) == {first, second}
    assert finder.kelurahan("dinoyo", kecamatan="Blimbing").area == second
    assert finder.kelurahan("dinoyo", kecamatan="Lowokwaru").area == first


def test_a_slip_between_two_names_is_not_guessed(areas):
    a_village(areas, "35.73.01", "1098", "Sukarame")
    a_village(areas, "35.73.01", "1099", "Sukorame")

    finding = AreaFinder(areas.malang).look_up_kelurahan("Sukurame")

    assert finding.match is None
    assert [area.name for area in finding.candidates] == ["Sukarame", "Sukorame"]


def test_a_kecamatan_that_contradicts_the_kelurahan_finds_none_and_says_what_it_may_be(malang):
    finding = malang.look_up_kelurahan("Dinoyo", kecamatan="Sukun")

    assert finding.match is None
    assert [area.name for area in finding.candidates] == ["Dinoyo"]


def test_an_unreadable_kecamatan_decides_nothing(malang):
    assert malang.kelurahan("Dinoyo", kecamatan="?").name == "Dinoyo"


def test_finding_costs_two_queries_however_many_names(areas, django_assert_num_queries):
    with django_assert_num_queries(2):
        finder = AreaFinder(areas.malang)
        found = [finder.kelurahan(name) for name in ("Dinoyo", "Kauman", "Sawojajr") * 100]

    assert all(found)


@pytest.fixture(scope="module")
def finder(django_db_setup, django_db_blocker):
    """One finder for many examples: it holds everything in memory."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        areas = city.build_areas()
        names = [area.name for area in Area.objects.inside(areas.malang).filter(level=4)]
        finders = AreaFinder(areas.malang), sorted(names)
        transaction.set_rollback(True)
    return finders


@settings(max_examples=300)
@given(data=st.data())
def test_case_spaces_and_hyphens_never_change_the_answer(finder, data):
    known, names = finder
    name = data.draw(st.sampled_from(names))
    written = ""
    for letter in name.replace(" ", "").replace("-", ""):
        gap = data.draw(st.sampled_from(["", "", "", " ", "-", "  "])) if written else ""
        written += gap + data.draw(st.sampled_from([letter.upper(), letter.lower()]))

    match = known.kelurahan(written)

    assert (match.name, match.how) == (name, How.NAME)


@settings(max_examples=300)
@given(text=st.text(max_size=40))
def test_a_name_found_is_never_farther_than_the_allowed_slips(finder, text):
    from jembol.kit.text import fold_area

    known, _names = finder

    match = known.kelurahan(text)

    if match and match.how == How.NEAR:
        folded = fold_area(text)
        allowed = slips_allowed(folded)
        assert slips(folded, match.area.folded, at_most=allowed) <= allowed


words = st.text("abcd", max_size=7)


@given(one=words, other=words)
def test_slips_are_symmetric_and_nothing_only_between_equal_words(one, other):
    assert slips(one, other, at_most=9) == slips(other, one, at_most=9)
    assert (slips(one, other, at_most=9) == 0) == (one == other)


@given(one=words, other=words, limit=st.integers(0, 4))
def test_a_limit_cuts_the_slips_and_changes_nothing_below_it(one, other, limit):
    whole = slips(one, other, at_most=9)

    assert slips(one, other, at_most=limit) == min(whole, limit + 1)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("dinoyo", "dionyo", 1), ("dinoyo", "dinoy", 1), ("dinoyo", "danayo", 2), ("", "abc", 3)],
)
def test_slips_count_letters(one, other, count):
    assert slips(one, other, at_most=5) == count

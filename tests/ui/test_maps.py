"""A map gives every area a link, a value in words, and a shade that does not lie."""

from hypothesis import given
from hypothesis import strategies as st

from jembol.ui.map import MapArea, bands, draw, rings_of, shade_of

values = st.lists(st.integers(0, 500), max_size=60)


@given(values)
def test_every_value_has_exactly_one_band_and_zero_stands_alone(numbers):
    found = bands(numbers)

    for number in numbers:
        assert sum(band.low <= number <= band.high for band in found) == 1
    assert (found[0].low, found[0].high) == (0, 0)
    assert len(found) <= 6


@given(values)
def test_more_people_never_get_a_lighter_shade(numbers):
    found = bands(numbers)
    shades = [shade_of(number, found) for number in sorted(numbers)]

    assert shades == sorted(shades)


def area(name, value, **more):
    return MapArea(name=name, value=value, link=f"/?{name}", lon=112.6, lat=-7.9, **more)


def test_each_area_is_a_link_with_its_value_in_words():
    drawn = draw([area("Dinoyo", 7), area("<b>", 0)], title="Peta", unit="orang")

    assert 'href="/?Dinoyo"' in drawn
    assert "Dinoyo: 7 orang" in drawn
    assert "<b>" not in drawn


def test_boundaries_are_drawn_where_they_are_known():
    ring = [(112.6, -7.9), (112.7, -7.9), (112.7, -8.0), (112.6, -7.9)]
    geometry = {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}

    drawn = draw([area("A", 1, rings=rings_of(geometry))], title="Peta", unit="orang")

    assert drawn.count("M") >= 2
    assert "<circle" not in drawn


def test_no_areas_no_map():
    assert draw([], title="Peta", unit="orang") == ""

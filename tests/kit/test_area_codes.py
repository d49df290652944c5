import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.area import (
    KEY_LIMIT,
    AreaCode,
    AreaKind,
    NotAnArea,
    city_key,
    kelurahan_key,
    kind_of,
)

WIDTHS = (2, 2, 2, 4, 3, 3)
# Few numbers for each part, so that drawn codes often share their beginning.
parts = st.integers(0, 6).flatmap(
    lambda level: st.tuples(*(st.sampled_from((1, 2, 10**width - 1)) for width in WIDTHS[:level]))
)


def dotted(numbers):
    return ".".join(f"{number:0{width}d}" for number, width in zip(numbers, WIDTHS, strict=False))


codes = parts.map(dotted).map(AreaCode.parse)


@given(parts)
def test_a_code_reads_back_from_its_dots_its_digits_and_its_key(numbers):
    text = dotted(numbers)

    area = AreaCode.parse(text)

    assert area.code == text
    assert area.parts == numbers
    assert area.level == len(numbers)
    assert AreaCode.parse(text.replace(".", "")) == area
    assert AreaCode.from_key(area.key) == area


@given(parts, parts)
def test_one_area_contains_another_exactly_when_its_code_is_the_beginning(outer, inner):
    high, low = AreaCode.parse(dotted(outer)), AreaCode.parse(dotted(inner))

    begins = inner[: len(outer)] == outer

    assert high.contains(low) == begins
    assert (high.span[0] <= low.span[0] and low.span[1] <= high.span[1]) == begins


@given(codes)
def test_ancestors_lead_from_the_nation_to_the_parent_and_hold_the_area(area):
    assert [above.level for above in area.ancestors] == list(range(area.level))
    assert all(above.contains(area) and not area.contains(above) for above in area.ancestors)
    assert area.parent == (area.ancestors[-1] if area.ancestors else None)


@given(codes)
def test_the_city_and_the_kelurahan_of_a_key_agree_with_those_of_the_area(area):
    assert city_key(area.key) == (area.city.key if area.city else 0)
    assert kelurahan_key(area.key) == (area.kelurahan.key if area.kelurahan else 0)
    assert (area.city is None) == (area.level < 2)
    assert (area.kelurahan is None) == (area.level < 4)


def test_the_key_writes_every_part_in_its_place():
    area = AreaCode.parse("35.73.05.1004.6.2")

    assert area.key == 3573051004006002
    assert area.code == "35.73.05.1004.006.002"
    assert AreaCode.parse("3573051004").rw(6).rt(2) == area
    assert AreaCode.parse("35.73").span == (3573000000000000, 3574000000000000)
    assert AreaCode.nation().span == (0, KEY_LIMIT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("35.00", "zero"),
        ("35.73.05.1004.000", "zero"),
        ("35.730", "form"),
        ("35730", "form"),
        ("35.73.05.1004.006.002.1", "form"),
        ("35..05", "form"),
        ("٣٥.٧٣", "form"),
        ("Kota Malang", "form"),
        ("-5", "form"),
    ],
)
def test_a_text_that_is_no_code_is_refused_with_its_reason(text, code):
    with pytest.raises(NotAnArea) as caught:
        AreaCode.parse(text)

    assert caught.value.code == code
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("key", [-1, KEY_LIMIT, 3500050000000000, 3573051004000002])
def test_a_key_outside_the_range_or_with_a_gap_is_refused(key):
    with pytest.raises(NotAnArea, match=str(key)):
        AreaCode.from_key(key)


def test_rw_and_rt_are_built_only_below_the_right_level():
    kelurahan = AreaCode.parse("35.73.05.1004")

    with pytest.raises(NotAnArea, match="kelurahan or desa"):
        kelurahan.city.rw(1)
    with pytest.raises(NotAnArea, match="1 to 999"):
        kelurahan.rw(1000)
    with pytest.raises(NotAnArea, match="start from the RW"):
        kelurahan.rt(1)


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("", "", AreaKind.NATION),
        ("35", "Jawa Timur", AreaKind.PROVINCE),
        ("35.07", "Malang", AreaKind.KABUPATEN),
        ("35.69", "", AreaKind.KABUPATEN),
        ("35.71", "", AreaKind.KOTA),
        ("35.73.05", "Lowokwaru", AreaKind.KECAMATAN),
        ("35.73.05.1004", "Dinoyo", AreaKind.KELURAHAN),
        ("35.07.05.2004", "", AreaKind.DESA),
        ("91.03.05.3004", "", AreaKind.DESA_ADAT),
        ("91.03.05.4004", "Desa Contoh", AreaKind.DESA),
        ("35.73.05.1004.006", "", AreaKind.RW),
        ("35.73.05.1004.006.002", "", AreaKind.RT),
    ],
)
def test_the_numbers_tell_the_kind_of_an_area(code, name, kind):
    assert kind_of(AreaCode.parse(code), name) is kind

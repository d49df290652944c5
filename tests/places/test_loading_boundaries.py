import json
import math
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

import city
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.places import actions, errors, events
from jembol.places.models import Boundary
from jembol.places.outlines import outlines_of
from jembol.places.queries import shapes_in

# Official outlines are not part of the repository; a copy in a folder beside it is tried.
BESIDE = Path(settings.ROOT).parent / "shared" / "data" / "places"
OFFICIAL = sorted(BESIDE.glob("k*.geojson"))
SQUARE = [[112.60, -7.95], [112.61, -7.95], [112.61, -7.94], [112.60, -7.94], [112.60, -7.95]]


def feature(rings, code=city.DINOYO, name="Dinoyo", kind="Polygon"):
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": kind, "coordinates": rings},
    }


def document(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def moved(ring, east=0.0, north=0.0):
    return [[lon + east, lat + north] for lon, lat in ring]


def load(*features, **more):
    return actions.load_boundaries(
        features=document(*features, **more), source="Bagian Tata Pemerintahan", by=city.system()
    )


@pytest.fixture
def areas(db):
    return city.build_areas()


def test_a_boundary_is_stored_shown_and_journaled(areas):
    load(feature([SQUARE]))

    shapes = {shape.code: shape for shape in shapes_in(areas.malang)}
    fact = Fact.objects.get(event=events.BOUNDARY_LOADED)
    assert shapes[city.DINOYO].geometry == {"type": "Polygon", "coordinates": [SQUARE]}
    assert shapes[city.PURWANTORO].geometry is None
    assert (fact.area_key, fact.details["points"]) == (areas.dinoyo.key, 5)


def test_the_same_document_again_changes_nothing(areas):
    load(feature([SQUARE]))

    assert load(feature([SQUARE])) == []
    assert Fact.objects.filter(event=events.BOUNDARY_LOADED).count() == 1


def test_a_new_outline_takes_the_place_of_the_old_one(areas):
    load(feature([SQUARE]))

    load(feature([moved(SQUARE, east=0.001)]))

    assert Boundary.objects.get().geometry["coordinates"] == [moved(SQUARE, east=0.001)]


def test_a_code_without_dots_and_a_height_are_understood(areas):
    load(feature([[[*point, 440.5] for point in SQUARE]], code="3573051004"))

    assert Boundary.objects.get().geometry["coordinates"] == [SQUARE]


def test_islands_and_holes_are_understood(areas):
    hole = [[112.602, -7.948], [112.604, -7.948], [112.604, -7.946], [112.602, -7.948]]
    islands = [[SQUARE, hole], [moved(SQUARE, east=0.02)]]

    (boundary,) = load(feature(islands, kind="MultiPolygon"))

    assert boundary.geometry["coordinates"] == [
        [[tuple(point) for point in ring] for ring in polygon] for polygon in islands
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "WGS 84"])
def test_a_document_may_say_that_it_is_wgs84(areas, name):
    assert load(feature([SQUARE]), crs={"type": "name", "properties": {"name": name}})


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32749"}},
        {"type": "link"},
        "EPSG:3857",
    ],
)
def test_another_reference_system_is_refused_by_name(areas, crs):
    with pytest.raises(errors.WrongCrs, match=r"(32749|link|3857).*EPSG:4326"):
        load(feature([SQUARE]), crs=crs)


def test_metres_of_a_projection_are_refused(areas):
    utm = [[676000, 9121000], [677000, 9121000], [677000, 9122000], [676000, 9121000]]

    with pytest.raises(errors.WrongCrs, match=r"Feature 1 \(35.73.05.1004 Dinoyo\).*676000"):
        load(feature([utm]))


def test_latitude_before_longitude_is_called_so(areas):
    swapped = [[lat, lon] for lon, lat in SQUARE]

    with pytest.raises(errors.SwappedCoordinates, match=r"Dinoyo.*latitude before longitude"):
        load(feature([swapped]))


@pytest.mark.parametrize("code", ["35.73.05.1999", "", "Dinoyo", "35.73.5", None, 3573051004.5])
def test_an_unknown_code_is_refused_by_the_name_of_the_feature(areas, code):
    with pytest.raises(errors.UnknownArea, match=r"Feature 2 .*Tetangga.*code"):
        load(feature([SQUARE]), feature([SQUARE], code=code, name="Tetangga"))

    assert not Boundary.objects.exists()


def test_one_broken_feature_keeps_all_out(areas):
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]

    with pytest.raises(errors.BrokenPolygon, match=r"Feature 2 \(35.73.01.1007 Purwantoro\)"):
        load(feature([SQUARE]), feature([bow_tie], code=city.PURWANTORO, name="Purwantoro"))

    assert not Boundary.objects.exists()
    assert not Fact.objects.filter(event=events.BOUNDARY_LOADED).exists()


SPIKE = [*SQUARE[:2], [112.63, -7.95], SQUARE[1], *SQUARE[2:]]
EIGHT = [
    [112.60, -7.95], [112.61, -7.94], [112.62, -7.95], [112.62, -7.93], [112.61, -7.94],
    [112.60, -7.93], [112.60, -7.95],
]  # fmt: skip


@pytest.mark.parametrize(
    ("rings", "why"),
    [
        ([SQUARE[:-1]], "does not end where it begins"),
        ([[SQUARE[0], SQUARE[1], SQUARE[0]]], "has 3 points"),
        ([[SQUARE[0]] * 5], "fewer than three corners"),
        ([[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]]], "crosses or touches itself"),
        ([[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]], "crosses or touches itself"),
        ([SPIKE], "crosses or touches itself"),
        ([EIGHT], "crosses or touches itself"),
        ([SQUARE, moved(SQUARE, 0.005, 0.005)], "crosses or touches itself"),
        ([[*SQUARE[:2], ["x", -7.9], *SQUARE[2:]]], "not a coordinate"),
        ([[*SQUARE[:2], [math.nan, -7.9], *SQUARE[2:]]], "not a coordinate"),
        ([[*SQUARE[:2], [True, -7.9], *SQUARE[2:]]], "not a coordinate"),
        ([[*SQUARE[:2], 5, *SQUARE[2:]]], "not a coordinate"),
        ([], "no ring"),
        ("ring", "no ring"),
        (["ring"], "has 0 points"),
    ],
)
def test_a_broken_ring_is_refused_with_the_reason(areas, rings, why):
    with pytest.raises(errors.BrokenPolygon, match=rf"\(35.73.05.1004 Dinoyo\).*{why}.*Mend it"):
        load(feature(rings))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [112.6, -7.9]},
        {"type": "LineString", "coordinates": SQUARE},
        {"type": "GeometryCollection", "geometries": []},
        None,
        "Polygon",
    ],
)
def test_another_geometry_is_refused_by_name(areas, geometry):
    wrong = {**feature([SQUARE]), "geometry": geometry}

    with pytest.raises(errors.WrongGeometry, match="Dinoyo"):
        load(wrong)


@pytest.mark.parametrize(
    "wrong", [{}, [], None, "x", document(), {"type": "FeatureCollection", "features": 5}]
)
def test_what_is_no_collection_is_refused(db, wrong):
    with pytest.raises(errors.NotGeoJson, match="FeatureCollection"):
        actions.load_boundaries(features=wrong, source="x", by=city.system())


def test_an_area_bounded_twice_is_refused(areas):
    with pytest.raises(errors.RepeatedArea, match="Feature 2"):
        load(feature([SQUARE]), feature([SQUARE], code="3573051004"))


def test_an_officer_bounds_only_their_own_areas(areas):
    officer = city.build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]

    with pytest.raises(OutOfReach, match=r"35\.73\.05\.1004"):
        actions.load_boundaries(
            features=document(feature([SQUARE])), source="x", by=city.by(officer, "places.change")
        )


@pytest.mark.skipif(not OFFICIAL, reason=f"no official outlines lie in {BESIDE}")
def test_the_official_outlines_of_the_two_cities_load(areas):
    for file in OFFICIAL:
        call_command("load_boundaries", file, source="wilayah_boundaries", verbosity=0)

    assert Boundary.objects.count() == 5 + 57 + 3 + 18
    assert all(shape.geometry for shape in shapes_in(areas.malang))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "batas.geojson"


def test_the_command_reads_a_file_and_names_it_as_source(areas, file, capsys):
    file.write_text("\ufeff" + json.dumps(document(feature([SQUARE]))), encoding="utf-8")

    call_command("load_boundaries", file)

    assert Boundary.objects.get().source == "batas.geojson"
    assert "1 boundaries read, 1 new or changed" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"not json", b"\xff\xfe\x00", b"[" * 100_000])
def test_the_command_refuses_a_file_that_is_no_json(db, file, content):
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"batas.geojson is not JSON"):
        call_command("load_boundaries", file)


def test_the_command_tells_what_is_wrong_and_that_nothing_was_loaded(areas, file):
    file.write_text(json.dumps(document(feature([SQUARE[:-1]]))))

    with pytest.raises(CommandError, match=r"(?s)Dinoyo.*ends?.*Nothing was loaded"):
        call_command("load_boundaries", file)


def test_the_command_refuses_a_missing_file(db, file):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_boundaries", file)


def star(radii):
    """A ring around one middle with these distances: simple whatever they are."""
    step = 2 * math.pi / len(radii)
    ring = [
        [112.6 + radius * math.cos(place * step), -7.9 + radius * math.sin(place * step)]
        for place, radius in enumerate(radii)
    ]
    return [*ring, ring[0]]


rings = st.lists(st.floats(0.001, 0.2), min_size=4, max_size=60).map(star)


@given(ring=rings)
def test_a_star_shaped_ring_is_always_whole(ring):
    (outline,) = outlines_of(document(feature([ring])))

    assert outline.points == len(ring)


def cross(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


grid = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(points=st.lists(grid, min_size=4, max_size=12, unique=True))
def test_a_ring_whose_sides_cross_is_never_taken(points):
    ring = [[112 + x / 100, -8 + y / 100] for x, y in [*points, points[0]]]
    sides = list(zip(points, [*points[1:], points[0]], strict=True))
    crosses = any(cross(*one, *other) for one in sides for other in sides)

    try:
        outlines_of(document(feature([ring])))
    except errors.BrokenPolygon:
        return

    assert not crosses

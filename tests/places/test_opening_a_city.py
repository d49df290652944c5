import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

import city
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.places import actions, errors, events
from jembol.places.choices import Level
from jembol.places.models import Area, AreaAlias, City
from jembol.places.queries import children_of, choices_within, line_of, shapes_in

DATA = Path(settings.ROOT) / "data"
pytestmark = pytest.mark.django_db


@pytest.fixture
def areas():
    return city.build_areas()


def test_every_kelurahan_of_an_opened_city_has_coordinates(areas):
    without = Area.objects.at(Level.KELURAHAN).filter(lat__isnull=True)

    assert not without.exists()
    assert Area.objects.at(Level.KELURAHAN).count() == 75
    assert (areas.dinoyo.lat, areas.dinoyo.lon) == (-7.9442, 112.6082)


def test_opening_is_journaled_in_the_stream_of_the_city(areas):
    fact = Fact.objects.get(event=events.CITY_OPENED, area_key=areas.malang.key)

    assert fact.stream == areas.malang.key


def test_a_city_opens_once(areas):
    with pytest.raises(errors.CityAlreadyOpen, match="Kota Malang"):
        actions.open_city(code="35.73", office="Dinas", by=city.system())

    assert City.objects.count() == 2


def test_only_a_city_opens(areas):
    with pytest.raises(errors.NotOfThisLevel):
        actions.open_city(code="35.73.05", office="Dinas", by=city.system())


@pytest.mark.parametrize("code", ["35.99", "Malang", "99999"])
def test_an_unknown_code_is_refused_by_name(areas, code):
    with pytest.raises(errors.UnknownArea, match=re.escape(f"“{code}”")):
        actions.open_city(code=code, office="Dinas", by=city.system())


def test_an_administrator_of_another_city_cannot_open_it():
    actions.load_country(by=city.system(), inside=["35.73", "35.76"])
    admin = city.build_officers("admin")["admin"]

    with pytest.raises(OutOfReach):
        actions.open_city(code="35.76", office="Dinas", by=city.by(admin, "places.change"))


@pytest.mark.parametrize(
    ("code", "zone"),
    [("51.71", "Asia/Makassar"), ("91.71", "Asia/Jayapura"), ("61.71", "Asia/Jakarta")],
)
def test_a_city_keeps_its_own_time(code, zone):
    actions.load_country(by=city.system(), inside=[code])

    opened = actions.open_city(code=code, office="Dinas", by=city.system())

    assert opened.time_zone == zone


def test_children_come_in_the_order_of_their_codes(areas):
    names = [row.name for row in children_of(areas.malang)]

    assert names == ["Blimbing", "Klojen", "Kedungkandang", "Sukun", "Lowokwaru"]


def test_a_choice_names_what_holds_it(areas):
    choices = choices_within(Reach.of([areas.lowokwaru.key]), Level.KELURAHAN)

    assert len(choices) == 12
    assert choices[0].label == "Dinoyo, Lowokwaru"


def test_the_line_of_an_rt_names_everything_above(areas):
    names = [row.name for row in line_of(areas.dinoyo_rt)]

    assert names == ["Jawa Timur", "Kota Malang", "Lowokwaru", "Dinoyo", "RW 03", "RT 02"]


def test_a_map_has_a_point_for_each_kelurahan_and_costs_one_query(areas, django_assert_num_queries):
    with django_assert_num_queries(1):
        shapes = shapes_in(areas.mojokerto)

    assert len(shapes) == 18
    assert all(shape.point and shape.geometry is None for shape in shapes)


def test_each_data_file_has_its_source_and_checksum_in_the_readme():
    readme = (DATA / "README.md").read_text(encoding="utf-8")

    for file in sorted(DATA.glob("*.csv")):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"## {file.name}" in readme
        assert digest in readme


def test_no_spelling_of_the_table_names_two_areas_of_a_level(areas):
    spellings = AreaAlias.objects.values_list("folded", "area__level", "area__parent__parent_id")
    names = Area.objects.filter(level__in=[3, 4]).values_list("folded", "level", "code")

    assert max(Counter(spellings).values()) == 1
    official = {(folded, level, code[:5]): code for folded, level, code in names}
    for alias in AreaAlias.objects.select_related("area"):
        meant = official.get((alias.folded, alias.area.level, alias.area.code[:5]))
        assert meant in (None, alias.area.code)


def test_every_row_of_the_tables_names_an_area(areas):
    for name in ("kelurahan.csv", "area_aliases.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            codes = {row["code"] for row in csv.DictReader(file)}
        assert Area.objects.filter(code__in=codes).count() == len(codes)

import pytest

import city
from jembol.accounts.models import Officer
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.area import AreaCode, kind_of
from jembol.places import actions, country, events
from jembol.places.choices import Level
from jembol.places.models import Area, Edition

# Kepmendagri 300.2.2-2430/2025, written down apart from the table that is loaded.
MALANG = {
    "01 Blimbing": "Balearjosari Arjosari Polowijen Purwodadi Blimbing Pandanwangi Purwantoro "
    "Bunulrejo Kesatrian Polehan Jodipan",
    "02 Klojen": "Klojen Rampalcelaket Samaan Kiduldalem Sukoharjo Kasin Kauman Oro-oro_Dowo "
    "Bareng Gading_Kasri Penanggungan",
    "03 Kedungkandang": "Kotalama Mergosono Bumiayu Wonokoyo Buring Kedungkandang Lesanpuro "
    "Sawojajar Madyopuro Cemorokandang Arjowinangun Tlogowaru",
    "04 Sukun": "Ciptomulyo Gadang Kebonsari Bandungrejosari Sukun Tanjungrejo Pisangcandi "
    "Bandulan Karangbesuki Mulyorejo Bakalankrajan",
    "05 Lowokwaru": "Tunggulwulung Merjosari Tlogomas Dinoyo Sumbersari Ketawanggede Jatimulyo "
    "Tunjungsekar Mojolangu Tulusrejo Lowokwaru Tasik_Madu",
}
MOJOKERTO = {
    "01 Prajuritkulon": "1003 Mentikan 1004 Kauman 1005 Pulorejo 1006 Prajuritkulon "
    "1007 Surodinawan 1008 Blooto",
    "02 Magersari": "1001 Gununggedangan 1003 Magersari 1004 Gedongan 1008 Balongsari "
    "1009 Kedundung 1010 Wates",
    "03 Kranggan": "1001 Kranggan 1002 Miji 1003 Meri 1004 Jagalan 1005 Sentanan 1006 Purwotengah",
}


def villages_of_malang():
    for kecamatan, names in MALANG.items():
        for number, name in enumerate(names.split(), start=1001):
            yield f"35.73.{kecamatan[:2]}.{number}", name.replace("_", " ")


def villages_of_mojokerto():
    for kecamatan, said in MOJOKERTO.items():
        words = said.split()
        for number, name in zip(words[::2], words[1::2], strict=True):
            yield f"35.76.{kecamatan[:2]}.{number}", name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "table", "villages", "counted"),
    [
        ("35.73", MALANG, villages_of_malang, (5, 57)),
        ("35.76", MOJOKERTO, villages_of_mojokerto, (3, 18)),
    ],
)
def test_the_two_cities_have_the_counted_kecamatan_and_kelurahan(code, table, villages, counted):
    actions.load_country(by=city.system(), inside=[code])

    inside = Area.objects.inside(city.area(code))
    kecamatan = dict(inside.at(Level.KECAMATAN).values_list("code", "name"))
    kelurahan = dict(inside.at(Level.KELURAHAN).values_list("code", "name"))
    assert (len(kecamatan), len(kelurahan)) == counted
    assert kecamatan == {f"{code}.{said[:2]}": said[3:] for said in table}
    assert kelurahan == dict(villages())


def test_every_key_of_the_country_is_the_one_of_its_code_and_parents_come_first():
    seen = set()

    for region in country.regions():
        code = AreaCode.parse(region.code)
        assert region.key == code.key
        assert region.parent_id is None or region.parent_id in seen
        seen.add(region.key)

    assert len(seen) == 91_600


def test_kinds_of_the_table_agree_with_the_numbering():
    for region in country.regions(["35.73", "91.03", "51.71"]):
        code = AreaCode.parse(region.code)
        parent = None if code.parent is None else code.parent.key

        assert (region.kind, region.level, region.parent_id) == (kind_of(code), code.level, parent)


@pytest.mark.django_db
def test_the_whole_country_loads_once_and_again_changes_nothing(django_assert_max_num_queries):
    told = []

    first = actions.load_country(by=city.system(), progress=lambda *done: told.append(done))
    with django_assert_max_num_queries(6):
        second = actions.load_country(by=city.system())

    levels = [Area.objects.at(level).count() for level in range(5)]
    assert (first, second) == (91_600, 0)
    assert levels == [1, 38, 514, 7_285, 83_762]
    assert told[-1] == (91_600, 91_600)
    assert Fact.objects.filter(event=events.COUNTRY_LOADED).count() == 1


@pytest.mark.django_db
def test_an_interrupted_or_older_load_is_completed():
    city.build_areas()
    Area.objects.filter(code="35.76.03.1006").delete()
    Area.objects.filter(code="35.73.05.1004").update(name="Dinaya", folded="dinaya")

    changed = actions.load_country(by=city.system(), inside=[city.MALANG, city.MOJOKERTO])

    assert changed == 2
    assert city.area("35.73.05.1004").name == "Dinoyo"
    assert city.area("35.73.05.1004").lat is not None
    assert city.area("35.76.03.1006").name == "Purwotengah"


@pytest.mark.django_db
def test_a_part_of_the_country_never_counts_as_the_whole():
    actions.load_country(by=city.system(), inside=[city.MALANG])

    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_an_officer_of_one_city_cannot_load_the_country():
    city.build_areas()
    city.build_officers("admin")
    admin = Officer.objects.get()

    with pytest.raises(OutOfReach):
        actions.load_country(by=city.by(admin, "places.change"))

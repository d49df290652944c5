"""Every number of the board is the number of rows behind its link, for each reader."""

import html
import re

import pytest
from desk_pages import Window, came, enterprise, open_class, person, seat, today, total_of

from city import DINOYO, MALANG, MOJOKERTO, PURWANTORO, SINCE, area, build_officer, system
from jembol.accounts import actions as accounts
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.training import actions as training

pytestmark = pytest.mark.django_db
READERS = ("kepala", "lapangan.dinoyo", "lapangan.rw3", "pelatihan.mojokerto", "dua.kota")
LINK = re.compile(r'<a href="([^"]+)"[^>]*><strong[^>]*><span class="number">([\d.]+)')
ROW = re.compile(
    r'<th scope="row"><a href="([^"]+)">[^<]+</a></th><td class="end"><span[^>]*>(\d+)'
)


@pytest.fixture(scope="module")
def lively(standing_city):
    """People of several places at classes of several kinds, some of which do not count."""
    rt = places.rt_in(kelurahan=area(DINOYO), rw=3, rt=2, by=system()).code
    homes = (DINOYO, PURWANTORO, MALANG, "35.76.01.1004", rt, "35.73.05.1004.004")
    places.add_rw(kelurahan=area(DINOYO), number=4, by=system())
    people = [person(f"Warga {home} {turn}", home) for home in homes for turn in range(2)]
    for each in people[:5]:
        shop = enterprise(f"Usaha {each.name}", each.area.code, each)
    registry.change_enterprise(enterprise=shop, changes={"status": "closed"}, by=system())
    plans = (
        (MALANG, (-1, 0), {}), (DINOYO, (-400,), {}), (MALANG, (-2,), {"organiser": "candidate"}),
        (MOJOKERTO, (-3,), {}), (DINOYO, (9,), {}),
    )  # fmt: skip
    for code, days, more in plans:
        opened = open_class(code, *days, **more)
        seats = [seat(opened, one) for one in people]
        training.withdraw(registration=seats[0], why="pindah", by=system())
        for session in opened.sessions.filter(on__lte=today()).order_by("number"):
            came(session, *seats[1::2], *seats[2:6:2])
    training.cancel(training_class=opened, why="batal", by=system())
    officer = build_officer("dua.kota", "field", PURWANTORO)
    accounts.assign(
        officer=officer, role="field", area=area("35.76.01.1004"), starts_on=SINCE, by=system()
    )
    return standing_city


def number(text):
    return int(text.replace(".", ""))


@pytest.mark.parametrize("username", READERS)
@pytest.mark.parametrize("year", ["", str(today().year), str(today().year - 1)])
def test_each_number_is_the_number_of_rows_behind_it(lively, username, year):
    window = Window(username)
    page = window.get("board", query=f"?tahun={year}").text

    told = [(html.unescape(link), number(count)) for link, count in LINK.findall(page)]
    told += [(html.unescape(link), number(count)) for link, count in ROW.findall(page)]
    behind = [(link, total_of(window.client.get(link))) for link, _count in told]

    assert len(told) >= 5
    assert behind == told


def test_the_numbers_are_not_all_zero(lively):
    page = Window("lapangan.dinoyo").get("board").text

    assert all(number(count) for _link, count in LINK.findall(page))


def test_no_number_is_claimed_for_a_kelurahan_outside_the_duty(lively):
    page = Window("lapangan.dinoyo").get("board").text

    assert len(ROW.findall(page)) == 1
    assert page.count("shade-none") == 56
    assert page.count("<svg") == 1


@pytest.mark.parametrize("username", ["lapangan.rw3", "lapangan.dinoyo"])
def test_an_officer_of_a_small_area_may_filter_by_it_and_sees_no_day_in_its_place(lively, username):
    page = Window(username).get("person_list").text

    drawn = page.split('name="wilayah"')[0].rsplit("<", 1)[1]
    assert drawn.startswith("select")
    assert f'value="{DINOYO}"' in page
    assert f'value="{PURWANTORO}"' not in page


def test_days_alone_narrow_the_lists_too(lively):
    window, recent = Window("kepala"), f"?dari={today(-2)}&sampai={today()}"

    for name in ("person_list", "registration_list", "attendance_list"):
        everybody = total_of(window.get(name))
        assert 0 < total_of(window.get(name, query=recent)) < everybody, name
        assert total_of(window.get(name, query=f"?dari={today()}&sampai={today(-9)}")) == 0, name

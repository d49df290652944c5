"""Officers are appointed, charged, relieved and let go within the administrator's own areas."""

import pytest
from desk_pages import Window, fields_of, today

from city import DINOYO, MALANG, MOJOKERTO
from jembol.accounts.models import Duty, Officer

pytestmark = pytest.mark.usefixtures("city")
NEW = {
    "name": "Petugas Baru", "username": "lapangan.baru", "password": "anyaman-rotan-delapan",
    "role": "field", "area": DINOYO,
}  # fmt: skip


def officer(username):
    return Officer.objects.get(username=username)


def test_an_officer_is_appointed_with_a_duty():
    answer = Window("admin").send("officer_create", **NEW)

    duty = Duty.objects.get(officer__username="lapangan.baru")
    assert answer["Location"].endswith(f"/petugas/{duty.officer_id}/")
    assert (duty.role, duty.area.code) == ("field", DINOYO)


@pytest.mark.parametrize(
    "wrong",
    [{"area": MOJOKERTO}, {"area": "99.99"}, {"password": "pendek"}, {"username": "kepala"},
     {"username": "a b"}, {"role": "raja"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_no_officer_behind(wrong):
    before = Officer.objects.count()

    page = Window("admin").send("officer_create", **{**NEW, **wrong})

    assert page.status_code == 200
    assert "errorlist" in page.text
    assert fields_of(page)["name"] == "Petugas Baru"
    assert Officer.objects.count() == before


def test_a_duty_is_given_inside_the_own_areas_only():
    window, who = Window("admin"), officer("lapangan.dinoyo")

    window.send("duty_create", who.pk, role="mentor", area=MALANG)
    refused = window.send("duty_create", who.pk, role="mentor", area=MOJOKERTO)

    assert "errorlist" in refused.text
    assert set(who.duties.values_list("area__code", flat=True)) == {DINOYO, MALANG}


@pytest.mark.parametrize("begins", [-3, 9])
def test_a_duty_ends_today_and_one_that_lies_ahead_never_stands(begins):
    window, who = Window("admin"), officer("lapangan.dinoyo")
    window.send("duty_create", who.pk, role="mentor", area=MALANG, starts_on=today(begins))
    duty = who.duties.get(role="mentor")

    window.send("relief_create", duty.pk, why="selesai")

    duty.refresh_from_db()
    assert duty.ends_on == max(today(), today(begins))
    assert not Duty.objects.standing(today(10)).filter(pk=duty.pk).exists()


def test_deactivating_twice_does_not_let_the_officer_in_again():
    window, who = Window("admin"), officer("lapangan.dinoyo")

    first = window.post("deactivation_create", who.pk, why="pindah")
    second = window.post("deactivation_create", who.pk, why="pindah")

    who.refresh_from_db()
    assert (first.status_code, second.status_code, who.is_active) == (302, 200, False)
    window.send("reinstatement_create", who.pk, why="kembali")
    who.refresh_from_db()
    assert who.is_active


def test_nobody_locks_themselves_out():
    admin = officer("admin")

    page = Window("admin").post("deactivation_create", admin.pk, why="x")

    assert "errorlist" in page.text
    admin.refresh_from_db()
    assert admin.is_active

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.utils import timezone

import city
from jembol.accounts import actions, errors, events
from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.accounts.queries import duties_of, officers_within
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.places.models import City

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(city.NOW)


@pytest.fixture
def areas():
    return city.build_areas()


@pytest.fixture
def staff(areas):
    return city.build_officers("admin", "admin.mojokerto", "pelatihan", "lapangan.dinoyo")


def by(officer):
    return city.by(officer, "accounts.change")


def appoint(username="budi", name="Budi Contoh", password=city.PASSWORD, **more):
    return actions.appoint(
        username=username, name=name, password=password, **{"by": city.system(), **more}
    )


def test_an_appointment_is_a_fact_without_the_password(areas):
    officer = appoint(username="  Budi.C ", phone="0812 0000 0001")

    fact = Fact.objects.get(event=events.OFFICER_APPOINTED)
    assert (officer.username, officer.check_password(city.PASSWORD)) == ("budi.c", True)
    assert fact.details == {"username": "budi.c", "name": "Budi Contoh"}
    assert not officer.reach("registry.see", TODAY)


def test_two_officers_never_share_a_name_that_differs_by_case(areas):
    appoint(username="budi")

    with pytest.raises(errors.UsernameTaken, match="budi"):
        appoint(username="BUDI")


@pytest.mark.parametrize("username", ["", "ab", "budi c", ".budi", "búdi", "b" * 61, "budi@x"])
def test_a_name_that_is_hard_to_type_is_refused(areas, username):
    with pytest.raises(errors.UsernameUnusable) as caught:
        appoint(username=username)

    assert caught.value.field == "username"


@pytest.mark.parametrize("password", ["", "pendek", "1234567890", "password123", "budi.contoh"])
def test_an_easy_password_is_refused(areas, password):
    with pytest.raises(errors.WeakPassword):
        appoint(username="budi.contoh", password=password)

    assert not Officer.objects.exists()


def test_an_officer_needs_a_name(areas):
    with pytest.raises(errors.NameMissing):
        appoint(name="  ")


def test_an_administrator_appoints_into_the_journal_of_their_city(areas, staff):
    appoint(by=by(staff["admin.mojokerto"]))

    fact = Fact.objects.get(event=events.OFFICER_APPOINTED, by_kind="officer")
    assert fact.stream == areas.mojokerto.key


def test_who_reaches_nothing_appoints_nobody(areas, staff):
    with pytest.raises(OutOfReach):
        appoint(by=by(staff["pelatihan"]))


def test_an_administrator_assigns_duties_only_in_their_city(areas, staff):
    officer = appoint(by=by(staff["admin"]))

    with pytest.raises(OutOfReach):
        actions.assign(
            officer=officer,
            role=Role.FIELD,
            area=areas.kauman_mojokerto,
            starts_on=TODAY,
            by=by(staff["admin"]),
        )
    assert not officer.duties.exists()


def test_a_duty_begins_on_its_day_and_is_held_once(areas, staff):
    officer = appoint()
    more = {"officer": officer, "role": "mentor", "area": areas.dinoyo, "by": by(staff["admin"])}
    actions.assign(**more, starts_on=TODAY + timedelta(days=1))

    with pytest.raises(errors.DutyStands, match="Dinoyo"):
        actions.assign(**more, starts_on=TODAY + timedelta(days=9))

    now = Officer.objects.get(pk=officer.pk)
    assert not now.reach("training.see", TODAY)
    assert now.reach("training.see", TODAY + timedelta(days=1)).covers(areas.dinoyo_rt.key)


def test_an_unknown_role_is_refused_with_the_list(areas, staff):
    with pytest.raises(errors.UnknownRole, match=r"“boss”.*training"):
        actions.assign(
            officer=staff["pelatihan"],
            role="boss",
            area=areas.malang,
            starts_on=TODAY,
            by=city.system(),
        )


def test_a_duty_that_ends_today_reaches_nothing_today(areas, staff):
    duty = Duty.objects.get(officer=staff["lapangan.dinoyo"])

    actions.relieve(duty=duty, ends_on=TODAY, by=by(staff["admin"]), why="pindah kelurahan")

    now = Officer.objects.get(pk=duty.officer_id)
    fact = Fact.objects.get(event=events.DUTY_RELIEVED)
    assert now.reach("registry.see", TODAY - timedelta(days=1)).covers(areas.dinoyo.key)
    assert not now.reach("registry.see", TODAY)
    assert (fact.why, fact.details["ends_on"]) == ("pindah kelurahan", [None, TODAY.isoformat()])


def test_a_duty_taken_back_on_its_first_day_never_stood(areas, staff):
    duty = actions.assign(
        officer=staff["pelatihan"],
        role=Role.HEAD,
        area=areas.malang,
        starts_on=TODAY,
        by=city.system(),
    )

    actions.relieve(duty=duty, ends_on=TODAY, by=by(staff["admin"]))

    assert not Duty.objects.standing(TODAY).filter(pk=duty.pk).exists()


@pytest.mark.parametrize("ends_on", [date(2020, 1, 1), city.SINCE - timedelta(days=1)])
def test_a_duty_cannot_end_before_it_begins(areas, staff, ends_on):
    duty = Duty.objects.get(officer=staff["pelatihan"])

    with pytest.raises(errors.DutyNotStanding, match="runs from 2024-01-01"):
        actions.relieve(duty=duty, ends_on=ends_on, by=by(staff["admin"]))


def test_a_duty_of_another_city_is_not_ended(areas, staff):
    duty = Duty.objects.get(officer=staff["admin.mojokerto"])

    with pytest.raises(OutOfReach):
        actions.relieve(duty=duty, ends_on=TODAY, by=by(staff["admin"]))


def test_a_city_keeps_its_last_administrator(areas, staff):
    duty = Duty.objects.get(officer=staff["admin"])

    with pytest.raises(errors.LastAdministrator, match="Kota Malang"):
        actions.relieve(duty=duty, ends_on=TODAY, by=city.system())
    with pytest.raises(errors.LastAdministrator, match="Kota Malang"):
        actions.deactivate(officer=staff["admin"], by=city.system(), why="pensiun")

    city.build_officer("admin.kedua", Role.ADMINISTRATOR, city.MALANG)
    actions.deactivate(officer=staff["admin"], by=city.system(), why="pensiun")
    assert not Officer.objects.get(username="admin").is_active


def test_a_deactivated_officer_is_signed_out_everywhere_and_stays_out_when_reinstated(
    client, staff
):
    officer = staff["pelatihan"]
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    key = client.session.session_key
    officer.usersession_set.create(ip="127.0.0.1", session_key=key, user_agent="uji")

    actions.deactivate(officer=officer, by=by(staff["admin"]), why="cuti panjang")
    actions.reinstate(officer=officer, by=by(staff["admin"]), why="kembali")

    assert not SessionStore().exists(key)
    assert Officer.objects.get(pk=officer.pk).is_active
    assert Fact.objects.get(event=events.OFFICER_DEACTIVATED).why == "cuti panjang"


def test_an_account_is_closed_and_opened_once(staff):
    more = {"officer": staff["pelatihan"], "by": by(staff["admin"]), "why": "uji"}

    with pytest.raises(errors.OfficerActive):
        actions.reinstate(**more)
    actions.deactivate(**more)
    with pytest.raises(errors.OfficerInactive):
        actions.deactivate(**more)
    with pytest.raises(errors.OfficerInactive):
        actions.assign(
            officer=staff["pelatihan"],
            role=Role.HEAD,
            area=city.area(city.MALANG),
            starts_on=TODAY,
            by=city.system(),
        )


def test_nobody_closes_their_own_account(staff):
    city.build_officer("admin.kedua", Role.ADMINISTRATOR, city.MALANG)

    with pytest.raises(errors.OwnAccount):
        actions.deactivate(officer=staff["admin"], by=by(staff["admin"]), why="salah tekan")


MANAGED = (
    lambda officer, actor: actions.deactivate(officer=officer, by=actor, why="x"),
    lambda officer, actor: actions.reinstate(officer=officer, by=actor, why="x"),
    lambda officer, actor: actions.reset_second_factor(officer=officer, by=actor, why="x"),
    lambda officer, actor: actions.set_password(
        officer=officer, password="lain-kali-panjang", by=actor, why="x"
    ),
)


@pytest.mark.parametrize("act", MANAGED)
def test_an_administrator_cannot_manage_an_officer_who_also_works_elsewhere(areas, staff, act):
    actions.assign(
        officer=staff["pelatihan"],
        role=Role.TRAINING,
        area=areas.mojokerto,
        starts_on=TODAY + timedelta(days=30),
        by=city.system(),
    )
    before = Officer.objects.get(pk=staff["pelatihan"].pk).password

    with pytest.raises(OutOfReach):
        act(staff["pelatihan"], by(staff["admin"]))

    assert Officer.objects.get(pk=staff["pelatihan"].pk).password == before


@pytest.mark.parametrize("act", MANAGED)
def test_an_officer_without_the_permission_manages_nobody(staff, act):
    with pytest.raises(OutOfReach):
        act(staff["lapangan.dinoyo"], by(staff["pelatihan"]))


def test_a_new_password_is_journaled_without_itself(staff):
    actions.set_password(
        officer=staff["pelatihan"], password="lain-kali-panjang", by=by(staff["admin"]), why="lupa"
    )

    fact = Fact.objects.get(event=events.PASSWORD_SET)
    assert Officer.objects.get(username="pelatihan").check_password("lain-kali-panjang")
    assert (fact.why, fact.details) == ("lupa", None)


def test_the_list_of_officers_shows_only_duties_inside_the_reach(areas, staff):
    actions.assign(
        officer=staff["pelatihan"],
        role=Role.TRAINING,
        area=areas.mojokerto,
        starts_on=TODAY,
        by=city.system(),
    )
    appoint()

    malang = officers_within(Reach.of([areas.malang.key]), on=TODAY)

    assert {row.username for row in malang} == {"admin", "pelatihan", "lapangan.dinoyo"}
    assert {duty.area_code for row in malang for duty in row.duties} == {"35.73", "35.73.05.1004"}
    assert "budi" in {row.username for row in officers_within(Reach.everywhere(), on=TODAY)}


def test_past_duties_stay_readable(areas, staff):
    duty = Duty.objects.get(officer=staff["lapangan.dinoyo"])
    actions.relieve(duty=duty, ends_on=TODAY, by=city.system())

    (row,) = duties_of(staff["lapangan.dinoyo"], within=Reach.of([areas.malang.key]))

    assert (row.area_name, row.ends_on) == ("Dinoyo", TODAY)


def test_the_list_costs_the_same_for_many_officers(areas, django_assert_num_queries):
    city.build_officers()

    with django_assert_num_queries(3):
        assert len(officers_within(Reach.everywhere(), on=TODAY)) == len(city.OFFICERS)


def command(*words, **options):
    told = StringIO()
    call_command("appoint", *words, name="Ibu Contoh", stdout=told, **options)
    return told.getvalue()


def test_the_first_administrator_of_a_city_comes_from_the_console(monkeypatch, areas):
    monkeypatch.setenv("JEMBOL_NEW_PASSWORD", city.PASSWORD)

    told = command("admin.baru", city=city.MALANG)

    officer = Officer.objects.get(username="admin.baru")
    on = timezone.localdate()
    assert "admin.baru" in told
    assert city.PASSWORD not in told
    assert officer.check_password(city.PASSWORD)
    assert officer.reach("accounts.change", on) == Reach.of([areas.malang.key])


def test_the_password_may_lie_in_a_file_and_the_city_may_be_new(tmp_path):
    from jembol.places.actions import load_country

    load_country(by=city.system(), inside=["35.79"])
    file = tmp_path / "sandi"
    file.write_text(f"{city.PASSWORD}\n")

    with pytest.raises(CommandError, match="--office"):
        command("admin", city="35.79", password_file=file)
    command("admin", city="35.79", office="Dinas Koperasi Kota Batu", password_file=file)

    assert City.objects.get().office == "Dinas Koperasi Kota Batu"
    assert Officer.objects.get().check_password(city.PASSWORD)


def test_a_refused_appointment_leaves_nothing_behind(monkeypatch):
    from jembol.places.actions import load_country

    load_country(by=city.system(), inside=["35.79"])
    monkeypatch.setenv("JEMBOL_NEW_PASSWORD", "pendek")

    with pytest.raises(CommandError):
        command("admin", city="35.79", office="Dinas")

    assert not City.objects.exists()


def test_without_a_terminal_the_command_says_where_to_put_the_password(monkeypatch, areas):
    monkeypatch.delenv("JEMBOL_NEW_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match="--password-file or JEMBOL_NEW_PASSWORD"):
        command("admin", city=city.MALANG)

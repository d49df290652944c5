"""Sign-in as officers meet it: through the pages, with the limits of the settings."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import city
from jembol.accounts import actions
from jembol.accounts.models import Duty, Officer

# The pages of the second step are allauth's own, whose elements name variables nobody gives.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LOGIN = "account_login"
BOARD = "desk:board"
START = "desk:start"
WRONG = "bukan-sandi-itu"


@pytest.fixture
def staff():
    city.build_areas()
    return city.build_officers("admin", "pelatihan", "lapangan")


def browser(address="10.0.0.1", **more):
    return Client(REMOTE_ADDR=address, **more)


def sign_in(client, username="pelatihan", password=city.PASSWORD):
    return client.post(reverse(LOGIN), {"login": username, "password": password})


def is_in(client):
    """Whether the board opens for this browser at its next request."""
    return client.get(reverse(BOARD)).status_code == 200


def code_now(secret):
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_an_officer_signs_in_and_out(staff):
    client = browser()
    assert not is_in(client)

    response = sign_in(client)

    assert response.url == reverse(START)
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_the_sign_in_name_counts_in_any_case_and_the_password_does_not(staff):
    assert sign_in(browser(), "PELATIHAN").status_code == 302
    assert sign_in(browser(), password=city.PASSWORD.upper()).status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(staff):
    known = sign_in(browser(), "pelatihan", WRONG)
    unknown = sign_in(browser(), "siapa", WRONG)

    errors = [page.context["form"].non_field_errors() for page in (known, unknown)]
    assert errors[0] == errors[1]
    assert errors[0]


def test_the_sixth_wrong_password_is_limited_and_even_the_right_one_waits(staff):
    client = browser()
    answers = [sign_in(client, password=WRONG) for _try in range(6)]

    told = [str(page.context["form"].non_field_errors()) for page in answers]
    assert len(set(told[:5])) == 1
    assert told[5] != told[0]
    assert sign_in(client).status_code == 200
    assert not is_in(client)


def test_a_rival_cannot_lock_an_officer_out_from_another_address(staff):
    rival, officer = browser("10.0.0.66"), browser("10.0.0.1")
    for _try in range(9):
        sign_in(rival, password=WRONG)

    sign_in(officer)

    assert is_in(officer)


def test_trying_many_accounts_from_one_address_is_limited_too(staff):
    client = browser()
    for number in range(10):
        sign_in(client, f"tebak{number}", WRONG)

    sign_in(client, "lapangan")

    assert not is_in(client)


def test_success_does_not_wipe_the_count_of_wrong_passwords(staff):
    client = browser()
    for _try in range(4):
        sign_in(client, password=WRONG)
    sign_in(client)
    client.post(reverse("account_logout"))
    sign_in(client, password=WRONG)

    sign_in(client)

    assert not is_in(client)


def test_nobody_signs_up(staff):
    data = {"username": "tamu", "password1": city.PASSWORD}

    browser().post("/akun/daftar/", data)

    assert not Officer.objects.filter(username="tamu").exists()


def prove(client):
    """Give the password once more, as pages that change the second step ask."""
    return client.post(reverse("account_reauthenticate"), {"password": city.PASSWORD})


def enrol(client):
    """Switch the second step on through its page; return its secret."""
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture
def secret(staff):
    client = browser()
    sign_in(client)
    found = enrol(client)
    # The app's code was used a moment ago and counts once (RFC 6238, 5.2).
    from django.core.cache import cache

    cache.clear()
    return found


def recovery_codes():
    stored = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    return stored.wrap().get_unused_codes()


def test_the_second_step_is_asked_for_after_the_password(secret):
    client = browser()

    response = sign_in(client)

    assert response.url == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert is_in(client)


def test_a_wrong_code_keeps_the_door_shut(secret):
    client = browser()
    sign_in(client)
    wrong = f"{(int(code_now(secret)) + 1) % 1_000_000:06d}"

    page = client.post(reverse("mfa_authenticate"), {"code": wrong})

    assert page.context["form"].errors["code"]
    assert not is_in(client)


def test_guessing_codes_is_limited(secret):
    client = browser()
    sign_in(client)
    for number in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})

    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert not is_in(client)


def test_a_recovery_code_opens_once(secret):
    code = recovery_codes()[0]
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client)

        client.post(reverse("mfa_authenticate"), {"code": code})

    assert is_in(first)
    assert not is_in(second)


def test_the_secret_and_the_recovery_codes_are_sealed_in_the_database(secret):
    stored = {row.type: row.data for row in Authenticator.objects.order_by("pk")}

    sealed = stored["totp"]["secret"], stored["recovery_codes"]["seed"]
    assert get_adapter().decrypt(sealed[0]) == secret
    assert secret not in str(stored)
    assert get_adapter().decrypt(sealed[1]) not in str(stored)


def test_the_second_step_changes_only_for_who_gives_the_password_again(staff):
    client = browser()
    sign_in(client)

    asked = client.get(reverse("mfa_activate_totp"))

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not Authenticator.objects.exists()


def test_the_recovery_codes_are_shown_on_their_page(secret):
    client = browser()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    prove(client)

    page = client.get(reverse("mfa_view_recovery_codes"))

    assert page.status_code == 200
    assert all(code in page.content.decode() for code in recovery_codes())


def test_an_administrator_removes_a_lost_second_step_and_all_sessions_end(staff, secret):
    inside = browser()
    sign_in(inside)
    inside.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    actions.reset_second_factor(
        officer=staff["pelatihan"], by=city.by(staff["admin"], "accounts.change"), why="HP hilang"
    )

    assert not is_in(inside)
    assert sign_in(browser()).url == reverse(START)


def test_sessions_are_listed_and_one_that_is_ended_is_out_at_its_next_request(staff):
    here = browser(HTTP_USER_AGENT="Firefox di kantor")
    there = browser("10.0.0.2", HTTP_USER_AGENT="HP yang hilang")
    for client in (here, there):
        sign_in(client)

    page = here.get(reverse("usersessions_list")).content.decode()
    assert "10.0.0.1" in page
    assert "10.0.0.2" in page
    here.post(reverse("usersessions_list"))

    assert is_in(here)
    assert not is_in(there)
    assert UserSession.objects.count() == 1


def test_a_deactivated_officer_is_out_at_the_next_request(staff):
    client = browser()
    sign_in(client)
    assert is_in(client)

    actions.deactivate(
        officer=staff["pelatihan"], by=city.by(staff["admin"], "accounts.change"), why="keluar"
    )

    assert not is_in(client)
    answer = sign_in(browser())
    assert "_auth_user_id" not in answer.client.session


def test_a_duty_that_ends_takes_its_reach_away_at_the_next_request(staff):
    client = browser()
    sign_in(client)
    assert is_in(client)

    duty = Duty.objects.get(officer=staff["pelatihan"])
    actions.relieve(duty=duty, ends_on=timezone.localdate(), by=city.system(timezone.now()))

    assert client.get(reverse(BOARD)).status_code == 403


def test_a_new_password_ends_the_sessions_of_the_old_one(staff):
    client = browser()
    sign_in(client)

    actions.set_password(
        officer=staff["pelatihan"],
        password="lain-kali-panjang",
        by=city.by(staff["admin"], "accounts.change"),
        why="lupa",
    )

    assert not is_in(client)
    assert sign_in(browser(), password="lain-kali-panjang").status_code == 302


def test_the_sign_in_page_never_repeats_the_password(staff):
    page = sign_in(browser(), password="rahasia-sekali-itu").content.decode()

    assert "rahasia-sekali-itu" not in page
    assert re.search(r'type="password"', page)


def test_a_redirect_after_sign_in_stays_on_this_site(staff):
    client = browser()
    url = f"{reverse(LOGIN)}?next=https://jahat.example/"

    response = client.post(url, {"login": "pelatihan", "password": city.PASSWORD})

    assert response.url == reverse(START)

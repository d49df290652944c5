"""Somebody without a business signs up on a phone: a name, an RT, a number, six taps at most."""

from datetime import timedelta

import pytest
from django.utils import timezone

from city import DINOYO, area, system
from jembol.training import actions as training
from jembol.training.choices import SelectionKind
from jembol.training.models import Course
from jembol.training.rules import Day

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 6


class Phone:
    """A phone that counts its taps; the keyboard's own key leads to the next field."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, where):
        self.page.locator(where).first.tap()
        self.taps += 1

    def choose(self, where, value):
        """Open the list, and tap the line: two taps."""
        self.page.locator(where).select_option(value)
        self.taps += 2

    def write(self, text):
        self.page.keyboard.type(text)

    def next_field(self):
        self.page.keyboard.press("Tab")


def open_class():
    now = timezone.now()
    opened = training.open_class(
        course=Course.objects.get(slug="kue-kering"),
        title="Kue kering untuk semua",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=20))],
        seats=1,
        by=system(now),
    )
    training.publish(training_class=opened, by=system(now))
    rule = training.RuleText(
        kind=SelectionKind.FIRST_COME,
        text="Siapa cepat dia dapat.",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=5),
    )
    training.write_rule(training_class=opened, rule=rule, by=system(now))
    return opened


def sign_up(office, name, number):
    """From the list of classes to the thanks; the phone that counted is returned."""
    page = office.go("/")
    phone = Phone(page)
    phone.tap(".card [role=button]")
    page.wait_for_url("**/daftar/")
    phone.write(name)  # The name has the cursor already.
    phone.next_field()
    phone.write(number)
    phone.choose("[name=area]", str(area(DINOYO).key))
    phone.tap("[name=rw]")
    phone.write("3")
    phone.next_field()
    phone.write("2")
    phone.tap("form.entry .buttons button")
    page.wait_for_url("**/terdaftar/**")
    return phone


def test_a_person_without_a_business_signs_up_in_six_taps_and_reads_where_they_stand(open_browser):
    opened = open_class()
    first = open_browser(width=360, has_touch=True)
    second = open_browser(width=360, has_touch=True)

    phones = [
        sign_up(first, "Siti Maesaroh", "0899 0000 0001"),
        sign_up(second, "Painem", "0899 0000 0002"),
    ]
    for phone in phones:
        phone.page.locator("main [role=button]").first.click()
        phone.page.wait_for_url("**/status/**")

    assert [phone.taps <= MOST for phone in phones] == [True, True]
    seated, waiting = opened.entries.order_by("pk")
    assert (seated.state, waiting.state) == ("seated", "waiting")
    assert waiting.pseudonym in phones[1].page.inner_text("main")
    assert seated.pseudonym not in phones[1].page.inner_text("main")
    wide = phones[1].page.evaluate("document.documentElement.scrollWidth")
    assert wide == 360
    assert first.complaints + second.complaints == []

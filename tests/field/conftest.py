"""A class of one day from eight to twelve, an officer at its door, and phones."""

import json
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from city import NOW, build_areas, build_officers, by, system
from field.phones import Phone, code_of
from jembol.field.reading import read_parcel
from jembol.sync import actions
from jembol.training import actions as training
from jembol.training.models import Attendance, Class
from jembol.training.rules import Day
from training.classroom import enrol, register

WIB = ZoneInfo("Asia/Jakarta")


@dataclass
class DoorOfAClass:
    """Time stands still here until a test moves it: `now` is the true one."""

    now: datetime
    officer: object
    areas: object
    each: Class = None
    seats: list = field(default_factory=list)
    codes: list = field(default_factory=list)

    def open(self, *days, people=3, at=(time(8), time(12))):
        before = system(self.now - timedelta(days=2))
        courses = training.seed_courses(by=before)
        self.each = training.open_class(
            course=courses["kue-kering"], title="Kue kering", area=self.areas.dinoyo,
            organiser="office", days=[Day(on, *at) for on in days], by=before,
        )  # fmt: skip
        self.seats = [
            register(self.each, person, by=before)
            for person in enrol(self.areas.dinoyo, people, by=before)
        ]
        self.codes = [code_of(seat, before) for seat in self.seats]
        return self

    def phone(self, label="Pintu", skew=timedelta(0)):
        return Phone(label, lambda: self.now, skew)

    def receive(self, phone, *envelopes, inactive=()):
        """Let the server receive the phone's queue now."""
        actor = by(self.officer, "training.attend", at=self.now, door="field")
        parcel = read_parcel(json.dumps(phone.parcel(*envelopes)).encode())
        return actions.receive(parcel=parcel, by=actor, inactive=inactive)

    def results(self, phone, *envelopes, **more):
        return [one.result for one in self.receive(phone, *envelopes, **more).answers]

    def wait(self, **more):
        self.now += timedelta(**more)

    def came(self):
        return [
            (row.registration_id, row.session.number)
            for row in Attendance.objects.select_related("session").order_by("pk")
        ]


@pytest.fixture
def door(db):
    """On the morning of NOW, a Monday, a quarter to nine."""
    areas = build_areas()
    officers = build_officers("pelatihan", "lapangan.dinoyo", "lapangan.purwantoro")
    now = NOW.replace(hour=8, minute=45)
    found = DoorOfAClass(now, officers["pelatihan"], areas)
    return found.open(now.date())

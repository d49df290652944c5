"""A page asks the database as often for thirty rows as for five."""

import pytest
from desk_pages import Window, came, enterprise, open_class, person, seat
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from city import DINOYO, area, build_officer, system
from jembol.kit.money import Rupiah
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.registry.models import Person
from jembol.training import actions as training
from jembol.training.rules import Cost

pytestmark = pytest.mark.usefixtures("city")


class Town:
    """A person, a group, an enterprise and a class that gather more and more around them."""

    def __init__(self):
        self.rt = places.rt_in(kelurahan=area(DINOYO), rw=3, rt=2, by=system()).code
        self.count = 0
        self.siti = person("Siti", self.rt)
        self.group = registry.form_group(name="Mawar", area=area(DINOYO), by=system())
        self.shop = enterprise("Keripik", self.rt, self.siti)
        self.mentor = self._mentor("Bu Wartini")
        self.training_class = open_class(DINOYO, -2, -1, mentors=[self.mentor])
        self.seats = [seat(self.training_class, self.siti)]

    def _mentor(self, name):
        details = training.MentorDetails(name=name, area=area(DINOYO))
        return training.add_mentor(details=details, by=system())

    def grow(self, rows):
        for _turn in range(rows):
            self.count += 1
            self._add(f"Warga {self.count}")
        for session in self.training_class.sessions.order_by("number"):
            came(session, *self.seats)

    def _add(self, name):
        who = person(name, self.rt)
        registry.join(group=self.group, person=who, by=system())
        registry.begin_ownership(enterprise=self.shop, person=who, by=system())
        enterprise(f"Usaha {name}", self.rt, self.siti)
        registry.form_group(name=f"Kelompok {name}", area=area(self.rt), by=system())
        self.seats.append(seat(self.training_class, who))
        more = [self._mentor(f"Bu {name}"), self.mentor] if self.count % 2 else []
        days = (-10 - self.count,) if more else (-1,)
        seat(open_class(self.rt, *days, title=f"Kelas {name}", mentors=more), self.siti)
        cost = Cost("5.1", "food", name, 1, "dus", Rupiah(20_000))
        training.add_cost(training_class=self.training_class, cost=cost, by=system())
        places.add_venue(name=f"Balai {name}", area=area(self.rt), by=system())
        registry.change(person=self.siti, changes={"address": name}, by=system())
        build_officer(f"petugas.{self.count}", "field", self.rt)

    def pages(self):
        names = (
            "person_list", "enterprise_list", "group_list", "class_list", "registration_list",
            "attendance_list", "venue_list", "board", "calendar", "mentor_list",
            "past_person_list", "past_enterprise_list",
        )  # fmt: skip
        yield from (("pelatihan", reverse(f"desk:{name}")) for name in names)
        yield from (("auditor", reverse(f"desk:{name}")) for name in ("officer_list", "fact_list"))
        class_id = self.training_class.public_id
        for name, key in (
            ("person_detail", self.siti.public_id), ("enterprise_detail", self.shop.public_id),
            ("group_detail", self.group.public_id), ("class_detail", class_id),
            ("past_group_detail", self.group.public_id),
            ("past_person_detail", self.siti.public_id),
            ("roll_create", class_id), ("sheet", class_id), ("class_plan", class_id),
            ("class_days", class_id), ("class_repeat_create", class_id),
            ("mentor_detail", self.mentor.public_id),
        ):  # fmt: skip
            yield "pelatihan", reverse(f"desk:{name}", args=[key])
        for name, key in (
            ("registration_create", class_id),
            ("membership_create", self.group.public_id),
        ):
            yield "pelatihan", reverse(f"desk:{name}", args=[key]) + "?q=usang"


def asked(pages):
    """How many queries each page needs."""
    found = {}
    for username, at in pages:
        window = Window(username)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert window.client.get(at).status_code == 200, at
        found[at] = len(queries)
    return found


def test_no_page_asks_once_for_each_row():
    town = Town()
    for turn in range(5):
        person(f"Usang {turn}", town.rt)
    town.grow(5)
    few = asked(town.pages())

    for turn in range(5, 30):
        person(f"Usang {turn}", town.rt)
    town.grow(25)

    assert Person.objects.count() == 61
    assert asked(town.pages()) == few
    assert max(few.values()) <= 40, few

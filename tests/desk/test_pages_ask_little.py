"""A page asks the database as often for thirty rows as for five."""

import pytest
from desk_pages import Window, came, enterprise, open_class, person, seat
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from city import DINOYO, area, build_officer, system
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.registry.models import Person

pytestmark = pytest.mark.usefixtures("city")


class Town:
    """A person, a group, an enterprise and a class that gather more and more around them."""

    def __init__(self):
        self.rt = places.rt_in(kelurahan=area(DINOYO), rw=3, rt=2, by=system()).code
        self.count = 0
        self.siti = person("Siti", self.rt)
        self.group = registry.form_group(name="Mawar", area=area(DINOYO), by=system())
        self.shop = enterprise("Keripik", self.rt, self.siti)
        self.training_class = open_class(DINOYO, -2, -1)
        self.seats = [seat(self.training_class, self.siti)]

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
        seat(open_class(self.rt, -1, title=f"Kelas {name}"), self.siti)
        places.add_venue(name=f"Balai {name}", area=area(self.rt), by=system())
        registry.change(person=self.siti, changes={"address": name}, by=system())
        build_officer(f"petugas.{self.count}", "field", self.rt)

    def pages(self):
        names = (
            "person_list", "enterprise_list", "group_list", "class_list", "registration_list",
            "attendance_list", "venue_list", "board", "past_person_list", "past_enterprise_list",
        )  # fmt: skip
        yield from (("pelatihan", reverse(f"desk:{name}")) for name in names)
        yield from (("auditor", reverse(f"desk:{name}")) for name in ("officer_list", "fact_list"))
        class_id = self.training_class.public_id
        for name, key in (
            ("person_detail", self.siti.public_id), ("enterprise_detail", self.shop.public_id),
            ("group_detail", self.group.public_id), ("class_detail", class_id),
            ("past_group_detail", self.group.public_id),
            ("past_person_detail", self.siti.public_id),
            ("roll_create", class_id), ("sheet", class_id),
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

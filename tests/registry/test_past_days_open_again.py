"""Random days of a register, photographed each evening; each evening opened again equals it.

The oracle reads the live rows in plain Python at the end of each day, and knows nothing of versions
or the journal.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jembol.kit.area import kelurahan_key
from jembol.kit.nik import Kk
from jembol.kit.reach import Reach
from jembol.kit.refusal import Refusal
from jembol.registry import actions
from jembol.registry.actions import EnterpriseDetails, PersonDetails, PersonEdit
from jembol.registry.models import (
    Enterprise,
    EnterpriseMerge,
    Group,
    Membership,
    Ownership,
    Person,
    PersonMerge,
)
from jembol.registry.past import enterprises_at, people_at
from jembol.registry.queries.past import (
    last_moment,
    members_at,
    named_like,
    owners_at,
    past_by_kelurahan,
)

WIB = ZoneInfo("Asia/Jakarta")
FIRST = date(2026, 1, 5)
DAYS = 14
STEPS = 14
NAMES = (
    "Siti Aminah",
    "Wigati Ningsih",
    "Moh. Arif",
    "Bu Sri",
    "Slamet",
    "Rukmini",
    "Siti Khotijah",
)


class Register:
    """A register in which something random happens again and again."""

    def __init__(self, ground, seed):
        self.ground = ground
        self.chance = random.Random(seed)
        self.by = ground.by
        self.areas = (ground.malang, ground.dinoyo, ground.rt, ground.merjosari, ground.miji)
        self.verbs = (
            self.enrol, self.enrol, self.change, self.change, self.change_several, self.remove,
            self.add, self.add, self.change_enterprise, self.remove_enterprise, self.pass_on,
            self.co_own, self.move_in, self.move_out, self.form_group, self.join, self.leave,
            self.merge, self.merge, self.unmerge, self.merge_enterprises,
            self.merge_enterprises, self.unmerge_enterprises,
        )  # fmt: skip

    def live_through(self, day):
        """Let things happen from midnight to midnight, its first and last moments included."""
        midnight = datetime.combine(day, datetime.min.time(), WIB)
        moments = [0, 24 * 3600 * 10**6 - 1]
        moments += [self.chance.randrange(24 * 3600 * 10**6) for _step in range(STEPS)]
        for moment in sorted(moments):
            self.by = replace(self.ground.by, at=midnight + timedelta(microseconds=moment))
            try:
                self.chance.choice(self.verbs)()
            except Refusal:
                continue

    def some(self, rows):
        return self.chance.choice(list(rows.order_by("pk")) or [None])

    def details(self):
        chance = self.chance
        return {
            "name": chance.choice(NAMES),
            "area": chance.choice(self.areas),
            "sex": chance.choice(("L", "P", "")),
            "born_on": chance.choice((None, date(1980, 2, 3), date(1975, 12, 31))),
            "phone": chance.choice(("", f"08123456{chance.randrange(1000):03}")),
            "address": chance.choice(("", "Jl. Mawar 1", "Gg. Melati 2")),
            "education": chance.choice(("", "sma", "s1")),
            "has_disability": chance.choice((None, True, False)),
            "kk": chance.choice((None, Kk("3573050101100001"), Kk("3573050101100002"))),
        }

    def enrol(self):
        actions.enrol_many([PersonDetails(**self.details()) for _one in range(3)], by=self.by)

    def changes(self):
        details = self.details()
        return {name: details[name] for name in self.chance.sample(sorted(details), 3)}

    def change(self):
        if person := self.some(Person.objects.all()):
            actions.change(person=person, changes=self.changes(), by=self.by)

    def change_several(self):
        people = list(Person.objects.order_by("pk"))
        # The same person twice in one call is what an import does.
        chosen = [self.chance.choice(people) for _edit in range(4)] if people else []
        actions.change_many([PersonEdit(each, self.changes()) for each in chosen], by=self.by)

    def remove(self):
        people = list(Person.objects.order_by("pk"))
        actions.remove_many(self.chance.sample(people, min(2, len(people))), by=self.by, why="x")

    def add(self):
        owner = self.some(Person.objects.all())
        since = self.chance.choice((None, FIRST, timezone_day(self.by.at)))
        details = EnterpriseDetails(
            name=self.chance.choice(("Keripik", "Batik", "Warung")),
            area=self.chance.choice(self.areas),
            status=self.chance.choice(("operating", "closed")),
        )
        actions.add_enterprise(
            details=details, owners=[owner] if owner else [], by=self.by, since=since
        )

    def change_enterprise(self):
        if each := self.some(Enterprise.objects.all()):
            changes = {
                "name": self.chance.choice(("Keripik Baru", "Batik Tulis")),
                "status": self.chance.choice(("operating", "closed", "dormant")),
                "area": self.chance.choice(self.areas),
                "started_on": self.chance.choice((None, FIRST)),
            }
            actions.change_enterprise(enterprise=each, changes=changes, by=self.by)

    def remove_enterprise(self):
        if each := self.some(Enterprise.objects.all()):
            actions.remove_enterprise(enterprise=each, by=self.by, why="x")

    def pass_on(self):
        held = self.some(Ownership.objects.filter(ends_on=None))
        to = self.some(Person.objects.all())
        if held and to:
            # Said to have happened days ago; the register learns of it today.
            on = timezone_day(self.by.at) - timedelta(days=self.chance.randrange(4))
            actions.pass_on(enterprise=held.enterprise, from_=held.person, to=to, on=on, by=self.by)

    def co_own(self):
        each, person = self.some(Enterprise.objects.all()), self.some(Person.objects.all())
        if each and person:
            actions.begin_ownership(enterprise=each, person=person, by=self.by)

    def move_in(self):
        person = self.some(Person.objects.all())
        kk = Kk("3573050101100003")
        household = actions.form_household(area=self.ground.dinoyo, by=self.by, kk=kk)
        if person:
            actions.move_in(household=household, person=person, by=self.by)

    def move_out(self):
        if person := self.some(Person.objects.all()):
            actions.move_out(person=person, by=self.by)

    def form_group(self):
        actions.form_group(name="Mawar", area=self.ground.dinoyo, by=self.by)

    def join(self):
        group, person = self.some(Group.objects.all()), self.some(Person.objects.all())
        if group and person:
            actions.join(group=group, person=person, by=self.by)

    def leave(self):
        if held := self.some(Membership.objects.filter(ends_on=None)):
            on = timezone_day(self.by.at) - timedelta(days=self.chance.randrange(3))
            actions.leave(group=held.group, person=held.person, on=on, by=self.by)

    def merge(self):
        people = list(Person.objects.order_by("pk"))
        if len(people) > 1:
            survivor, absorbed = self.chance.sample(people, 2)
            take = self.chance.sample(("name", "phone", "area", "born_on", "household"), 2)
            actions.merge(survivor=survivor, absorbed=absorbed, take=take, by=self.by)

    def unmerge(self):
        if merge := self.some(PersonMerge.objects.standing()):
            actions.unmerge(merge=merge, by=self.by, why="x")

    def merge_enterprises(self):
        rows = list(Enterprise.objects.order_by("pk"))
        if len(rows) > 1:
            survivor, absorbed = self.chance.sample(rows, 2)
            actions.merge_enterprises(
                survivor=survivor, absorbed=absorbed, take=["name", "status"], by=self.by
            )

    def unmerge_enterprises(self):
        if merge := self.some(EnterpriseMerge.objects.standing()):
            actions.unmerge_enterprises(merge=merge, by=self.by, why="x")


def timezone_day(at):
    return at.astimezone(WIB).date()


def shown(person):
    return (
        person.pk, person.public_id, person.name, person.folded, person.area_id, person.sex,
        person.born_on, person.phone, person.address, person.education, person.has_disability,
        person.household.public_id if person.household else "", person.version,
    )  # fmt: skip


def shown_enterprise(each):
    return (
        each.pk, each.public_id, each.name, each.folded, each.area_id, each.status,
        each.started_on, each.version,
    )  # fmt: skip


def photograph():
    """The live register in plain Python: who stands, who owns, who is in a group, how many."""
    people = {row.pk: row for row in Person.objects.select_related("household")}
    enterprises = {row.pk: row for row in Enterprise.objects.all()}
    standing = [row for row in people.values() if row.survivor_id is None]
    open_ones = [row for row in enterprises.values() if row.survivor_id is None]

    def root(row):
        return row.survivor_id or row.pk

    owners = {}
    for held in Ownership.objects.filter(ends_on=None).order_by("pk"):
        owners.setdefault(root(enterprises[held.enterprise_id]), set()).add(
            root(people[held.person_id])
        )
    members = {group.pk: set() for group in Group.objects.all()}
    for held in Membership.objects.filter(ends_on=None):
        members[held.group_id].add(root(people[held.person_id]))
    return {
        "people": sorted(map(shown, standing)),
        "enterprises": sorted(map(shown_enterprise, open_ones)),
        "people by kelurahan": Counter(kelurahan_key(row.area_id) for row in standing),
        "enterprises by kelurahan": Counter(kelurahan_key(row.area_id) for row in open_ones),
        "not closed": sum(row.status != "closed" for row in open_ones),
        "siti": sorted(row.pk for row in standing if "siti" in row.folded.split()),
        "owners": owners,
        "members": members,
    }


def opened(day, groups):
    """The same, read from the past."""
    moment = last_moment(day, WIB)
    people, enterprises = people_at(moment), enterprises_at(moment)
    keys = [row.pk for row in enterprises.iterator()]
    everywhere = Reach.everywhere()
    held = owners_at(keys, moment, everywhere)
    return {
        "people": sorted(map(shown, people.iterator(chunk_size=3))),
        "enterprises": sorted(map(shown_enterprise, enterprises.iterator())),
        "people by kelurahan": counted(people),
        "enterprises by kelurahan": counted(enterprises),
        "not closed": enterprises.filter(status__in=["operating", "dormant"]).count(),
        "siti": sorted(row.pk for row in named_like(people, "Siti").iterator()),
        "owners": {key: {row.pk for row in rows} for key, rows in held.items()},
        "members": {
            group.pk: {row.pk for row in members_at(group, moment, everywhere)}
            for group in Group.objects.filter(pk__in=groups)
        },
    }


def counted(rows):
    return {one.area_key: one.number for one in past_by_kelurahan(rows)}


@pytest.mark.parametrize("seed", range(4))
def test_each_past_day_opens_as_it_was_photographed(ground, seed):
    register = Register(ground, seed)
    album = {}
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        register.live_through(day)
        album[day] = photograph()

    again = {day: opened(day, photo["members"]) for day, photo in album.items()}

    assert again == album
    photos = list(album.values())
    assert any(one["owners"] and any(one["members"].values()) for one in photos)
    assert PersonMerge.objects.exists() or EnterpriseMerge.objects.exists()


def test_pages_of_a_past_day_follow_its_order_without_gap_or_double(ground):
    register = Register(ground, 11)
    register.enrol()
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        register.live_through(day)
    moment = last_moment(FIRST + timedelta(days=DAYS // 2), WIB)
    rows = people_at(moment).order_by("folded", "pk")

    whole = [(row.folded, row.pk) for row in rows.iterator()]
    backwards = [(row.folded, row.pk) for row in rows.reverse()[:1000]]

    assert len(whole) == rows.count() == len(set(whole)) > 9
    assert whole == sorted(whole)
    assert backwards == whole[::-1]
    assert [(row.folded, row.pk) for row in rows[2:5]] == whole[2:5]

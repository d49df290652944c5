"""Whatever is merged, judged, edited and unmerged in between: nothing that hangs on anybody moves.

The machine keeps, for each row and field, what somebody wrote there by hand. Merges may lay other
values above it; when all merges are undone, exactly that must stand there again. After every step
all counts are compared with a count by hand over the bare rows.
"""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.kit.refusal import Refusal
from jembol.registry import actions
from jembol.registry.actions import EnterpriseDetails
from jembol.registry.choices import Answer
from jembol.registry.models import (
    Consent,
    Enterprise,
    EnterpriseMerge,
    Group,
    Household,
    Membership,
    Ownership,
    Person,
    PersonMerge,
    PersonVerdict,
    PersonWord,
)
from jembol.registry.queries import group_page, people_by_kelurahan, person_page, search
from jembol.registry.queries.identity import APART
from jembol.registry.rules import words_of_person
from jembol.registry.sealed_numbers import open_nik
from jembol.reporting import queries as reporting
from jembol.training import actions as training
from jembol.training import queries as classes
from jembol.training.choices import Organiser
from jembol.training.models import Attendance, Registration, Withdrawal
from jembol.training.rules import Day

ROWS = st.integers(0, 5)
SHOPS = st.integers(0, 2)
TAKEN = st.sets(st.sampled_from(["name", "phone", "nik", "born_on", "area", "household"]))
# Invented numbers with our own serials.
NIKS = ("3573054508859901", "3573054508859902", "", "3573054508859903", "", "")
DAYS = (date(2026, 3, 2), date(2026, 3, 3))
FIELDS = ("name", "folded", "sex", "born_on", "phone", "address", "area_id", "household_id")


class Lives(RuleBasedStateMachine):
    """Six people, three shops, one class of two days, one group, one consent text."""

    ground = None

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.by = self.ground.by
        self.serial = 0
        areas = (self.ground.dinoyo, self.ground.merjosari, self.ground.malang)
        self.people = [
            self.ground.enrol(
                f"Orang{place}",
                area=areas[place % 3],
                nik=Nik(nik) if nik else None,
                phone=f"08120000000{place}" if place % 2 else "",
                born_on=date(1980, 1, 1 + place) if place % 3 else None,
            )
            for place, nik in enumerate(NIKS)
        ]
        self.shops = [
            actions.add_enterprise(
                details=EnterpriseDetails(name=f"Toko{place}", area=areas[place]),
                owners=[self.people[place]],
                by=self.by,
            )
            for place in range(3)
        ]
        self.prepare()
        self.written = self.fields()

    def prepare(self):
        by, here = self.by, self.ground.dinoyo
        self.group = actions.form_group(name="Melati", area=here, by=by)
        self.text = actions.publish_consent_text(
            purpose="contact", version=1, body="Boleh?", on=DAYS[0], by=by
        )
        actions.form_household(area=here, members=self.people[:2], by=by)
        actions.form_household(area=here, members=self.people[3:4], by=by)
        course = training.seed_courses(by=by)["kue-kering"]
        self.opened = training.open_class(
            course=course,
            title="Kue kering",
            area=here,
            organiser=Organiser.OFFICE,
            days=[Day(on) for on in DAYS],
            by=by,
        )

    def teardown(self):
        try:
            self.part_all()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- what may happen ------------------------------------------------------------------------

    @rule(one=ROWS, other=ROWS, take=TAKEN)
    def merge(self, one, other, take):
        survivor, absorbed = self.people[one], self.people[other]
        self.laid_above(
            lambda: actions.merge(survivor=survivor, absorbed=absorbed, take=take, by=self.by)
        )

    @rule(place=st.integers(0, 4))
    def unmerge(self, place):
        standing = list(PersonMerge.objects.standing().order_by("pk"))
        if place < len(standing):
            self.laid_above(
                lambda: actions.unmerge(merge=standing[place], by=self.by, why="Lain orang")
            )

    @rule(one=SHOPS, other=SHOPS, take=st.sets(st.sampled_from(["name", "area"])))
    def merge_shops(self, one, other, take):
        self.laid_above(
            lambda: actions.merge_enterprises(
                survivor=self.shops[one], absorbed=self.shops[other], take=take, by=self.by
            )
        )

    @rule()
    def unmerge_shops(self):
        if merge := EnterpriseMerge.objects.standing().order_by("pk").first():
            self.laid_above(
                lambda: actions.unmerge_enterprises(merge=merge, by=self.by, why="Lain usaha")
            )

    @rule(one=ROWS, other=ROWS, answer=st.sampled_from([*Answer]))
    def judge(self, one, other, answer):
        # A merge that follows is one of its own, so that the hand and the merge stay apart.
        self.by_hand(
            lambda: actions.judge(
                one=self.people[one],
                other=self.people[other],
                answer=answer,
                by=self.by,
                merges=False,
            )
        )

    @rule(who=ROWS, field=st.sampled_from(["name", "phone", "nik", "address"]))
    def edit(self, who, field):
        self.serial += 1
        new = {
            "name": f"Nama{self.serial}",
            "phone": f"0813{self.serial:08}",
            "nik": Nik(f"357305450885{self.serial:04}"),
            "address": f"Gang {self.serial}",
        }
        changes = {field: new[field]}
        self.by_hand(lambda: actions.change(person=self.people[who], changes=changes, by=self.by))

    @rule(who=ROWS)
    def move(self, who):
        person = Person.objects.get(pk=self.people[who].pk)
        household = Household.objects.order_by("pk").first()
        if person.household_id:
            self.by_hand(lambda: actions.move_out(person=person, by=self.by))
        else:
            self.by_hand(lambda: actions.move_in(household=household, person=person, by=self.by))

    @rule(who=ROWS)
    def register(self, who):
        self.by_hand(
            lambda: training.register(
                training_class=self.opened, person=self.people[who], by=self.by, door="desk"
            )
        )

    @rule(who=ROWS)
    def withdraw(self, who):
        if seat := Registration.objects.filter(person=self.people[who]).first():
            self.by_hand(lambda: training.withdraw(registration=seat, why="", by=self.by))

    @rule(day=st.integers(0, 1), present=st.sets(ROWS))
    def take_roll(self, day, present):
        session = self.opened.sessions.order_by("number")[day]
        keys = [self.people[who].pk for who in present]
        seats = Registration.objects.standing().filter(person__in=keys).order_by("pk")
        there = list(seats.values_list("pk", flat=True))
        self.by_hand(lambda: training.take_roll(session=session, present=there, by=self.by))

    @rule(who=ROWS, shop=SHOPS)
    def own(self, who, shop):
        person, enterprise = self.people[who], self.shops[shop]
        self.by_hand(
            lambda: actions.begin_ownership(enterprise=enterprise, person=person, by=self.by)
        )

    @rule(who=ROWS)
    def join(self, who):
        self.by_hand(lambda: actions.join(group=self.group, person=self.people[who], by=self.by))

    @rule(who=ROWS)
    def consent(self, who):
        person = self.people[who]
        self.by_hand(
            lambda: actions.give_consent(person=person, text=self.text, channel="desk", by=self.by)
        )

    # --- what must hold -------------------------------------------------------------------------

    @invariant()
    def survivors_follow_from_the_standing_merges(self):
        for model, merges in ((Person, PersonMerge), (Enterprise, EnterpriseMerge)):
            roots = roots_by_hand(model, merges)
            stored = dict(model.objects.order_by("pk").values_list("pk", "survivor_id"))
            assert stored == {key: None if root == key else root for key, root in roots.items()}

    @invariant()
    def nobody_is_one_with_whom_they_were_judged_not_to_be(self):
        roots = roots_by_hand(Person, PersonMerge)
        verdicts = PersonVerdict.objects.order_by("pk").values_list("low", "high", "answer")
        latest = {(low, high): answer for low, high, answer in verdicts}
        together = {pair for pair in latest if roots[pair[0]] == roots[pair[1]]}
        assert not {pair for pair in together if latest[pair] in APART}

    @invariant()
    def counts_are_those_by_hand(self):
        roots = roots_by_hand(Person, PersonMerge)
        given_back = set(Withdrawal.objects.order_by("pk").values_list("registration", flat=True))
        seats = list(Registration.objects.order_by("pk").values_list("pk", "person_id"))
        holders = {roots[person] for seat, person in seats if seat not in given_back}
        of_seat = {seat: roots[person] for seat, person in seats}
        notes = Attendance.objects.order_by("pk").values_list("session_id", "registration_id")
        came = {(session, of_seat[seat]) for session, seat in notes}
        reached = {person for _session, person in came}

        counts = classes.class_counts(self.opened)
        assert (counts.registered, counts.attendances) == (len(holders), len(came))
        assert counts.attended_people == len(reached)
        assert counts.withdrawn == len(set(of_seat.values()) - holders)
        city, reach = self.ground.malang, Reach.everywhere()
        people, shops, registrations, attendances = (
            figure.number for figure in reporting.headline(city, reach, None)
        )
        assert people == len(set(roots.values()))
        assert shops == len(set(roots_by_hand(Enterprise, EnterpriseMerge).values()))
        assert (registrations, attendances) == (len(holders), len(came))
        assert reporting.registrations_counted(city, reach, None).count() == registrations
        assert reporting.attendances_counted(city, reach, None).count() == attendances
        assert reporting.people_reached(city, reach, None).number == len(reached)
        assert reporting.reached_by_kelurahan(city, reach, None).people == len(reached)
        assert sum(row.number for row in people_by_kelurahan(city, reach)) == people
        grid = classes.attendance_grid(self.opened, reach)
        assert {row.person.pk for row in grid.rows} == holders | reached

    @invariant()
    def a_page_gathers_what_hangs_on_any_row(self):
        roots = roots_by_hand(Person, PersonMerge)
        for person in Person.objects.standing().order_by("pk"):
            family = [key for key, root in roots.items() if root == person.pk]
            page = person_page(person, reach=Reach.everywhere(), on=DAYS[1])
            assert len(page.consents) == Consent.objects.filter(person__in=family).count()
            assert len(page.merges) == len(family) - 1
            assert bool(page.groups_now) == Membership.objects.filter(person__in=family).exists()
            owned = Ownership.objects.filter(person__in=family).exists()
            assert bool(page.enterprises_now) == owned
        members = group_page(Group.objects.get(), reach=Reach.everywhere(), on=DAYS[1]).members_now
        joined = Membership.objects.order_by("pk").values_list("person_id", flat=True)
        assert {row.person_id for row in members} == {roots[key] for key in joined}
        assert len(members) == len({roots[key] for key in joined})

    @invariant()
    def whatever_a_row_says_finds_the_one_that_stands_for_it(self):
        roots = roots_by_hand(Person, PersonMerge)
        for person in Person.objects.order_by("pk"):
            asked = [person.name, person.public_id, person.phone, open_nik(person)]
            for text in filter(None, asked):
                found = search(text, Reach.everywhere()).order_by("pk")
                assert roots[person.pk] in {one.pk for one in found}
                assert all(one.survivor_id is None for one in found)

    # --- the two books --------------------------------------------------------------------------

    def by_hand(self, act):
        """Do what somebody writes, and note it; a refusal writes nothing."""
        before = self.fields()
        try:
            act()
        except Refusal:
            assert self.fields() == before
            return
        for place, new in self.fields().items():
            if before[place] != new:
                self.written[place] = new

    def laid_above(self, act):
        """Merge or unmerge: nothing but details taken over may change."""
        hanging, before = what_hangs(), self.fields()
        try:
            act()
        except Refusal:
            assert self.fields() == before
        assert what_hangs() == hanging

    def part_all(self):
        for merge in PersonMerge.objects.standing().order_by("-pk" if self.serial % 2 else "pk"):
            self.laid_above(lambda merge=merge: actions.unmerge(merge=merge, by=self.by, why="x"))
        for merge in EnterpriseMerge.objects.standing().order_by("pk"):
            self.laid_above(
                lambda merge=merge: actions.unmerge_enterprises(merge=merge, by=self.by, why="x")
            )
        assert self.fields() == self.written
        for person in Person.objects.order_by("pk"):
            words = PersonWord.objects.filter(person=person).order_by("pk")
            assert {bytes(word) for word in words.values_list("word", flat=True)} == set(
                words_of_person(person.name, person.phone, person.nik_masked)
            )

    def fields(self):
        """Every detail of every row, with numbers opened, by row and field."""
        found = {}
        for person in Person.objects.order_by("pk"):
            found |= {("person", person.pk, name): getattr(person, name) for name in FIELDS}
            found["person", person.pk, "nik"] = open_nik(person)
        for shop in Enterprise.objects.order_by("pk"):
            found |= {("shop", shop.pk, name): getattr(shop, name) for name in ("name", "area_id")}
        return found


def what_hangs():
    """Every row of every table that names a person or an enterprise, whole."""
    tables = (Registration, Withdrawal, Attendance, Ownership, Membership, Consent, Group)
    return {table: list(table.objects.order_by("pk").values_list()) for table in tables}


def roots_by_hand(model, merges):
    above = dict(
        merges.objects.filter(undone_at=None).order_by("pk").values_list("absorbed", "survivor")
    )
    roots = {}
    for key in model.objects.order_by("pk").values_list("pk", flat=True):
        root = key
        while root in above:
            root = above[root]
        roots[key] = root
    return roots


def test_merge_then_unmerge_is_the_identity_over_everything_that_hangs_on_a_person(ground):
    machine = type("Machine", (Lives,), {"ground": ground})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

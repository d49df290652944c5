"""The fourth step: classes, their seats, days, rolls and claims."""

from collections.abc import Sequence
from datetime import date, time
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.console.demo.classes import DOCUMENTED, Calendar, DemoClass, From, coming, recent
from jembol.console.demo.gatherings import COOKIES, DINOYO_GROUP
from jembol.console.demo.names import name_of
from jembol.console.demo.plans import costs_of, plan_of
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.outbox.choices import Channel
from jembol.places.models import Area, Venue
from jembol.registry.models import Group
from jembol.training import actions as training
from jembol.training.choices import Door
from jembol.training.models import Class, Course, Mentor, Registration
from jembol.training.queries import candidates
from jembol.training.rules import Day

ENTERED_DAYS_AGO: Final = 35
PLANNED_DAYS_AGO: Final = 12
OPENED_BEFORE_DAYS: Final = 7
GROWN: Final = 17
OPENED: Final = 9

_HOURS: Final = (time(9), time(15))
_WITHDRAWN: Final = "Bersamaan dengan acara keluarga."


def run_programme(stage: Stage) -> None:
    """Enter the documented classes, run the recent ones, and plan the coming ones."""
    calendar = Calendar(stage.today)
    running = tuple((planned, _days_before(stage, planned)) for planned in recent(calendar))
    entered = tuple((planned, ENTERED_DAYS_AGO) for planned in DOCUMENTED)
    planned_now = tuple((planned, PLANNED_DAYS_AGO) for planned in coming(calendar))
    for planned, days_ago in (*entered, *running, *planned_now):
        _Giving(stage, planned, days_ago).give()
    stage.tell(
        _("%(classes)d classes with %(registrations)d registrations")
        % {
            "classes": len(entered) + len(running) + len(planned_now),
            "registrations": Registration.objects.count(),
        }
    )


def _days_before(stage: Stage, planned: DemoClass) -> int:
    return (stage.today - planned.days[0]).days + OPENED_BEFORE_DAYS


class _Giving:
    """One class from its opening to its last roll."""

    def __init__(self, stage: Stage, planned: DemoClass, opened_days_ago: int) -> None:
        self.stage, self.planned = stage, planned
        self.opened_days_ago = opened_days_ago
        self.town: Town = stage.towns[planned.city]
        self.by = stage.officer(self.town, opened_days_ago)
        self.rng: Random = stage.lots("class", planned.title, planned.area)
        # What happened long ago is entered from a list in one go.
        self.is_entered = opened_days_ago == ENTERED_DAYS_AGO

    def give(self) -> None:
        """Open the class, fill its seats, and take its rolls."""
        opened = self._open()
        self._claim(opened)
        if self.planned.seats and not self.is_entered:
            self._plan(opened)
        if self.planned.is_published:
            training.publish(training_class=opened, by=self.by)
        seats = self._register(opened)
        self._sign_up(opened)
        self._invite(opened)
        if self.planned.came:
            self._take_rolls(opened, seats)
        if self.planned.cancelled:
            by = self.stage.officer(self.town, 2)
            training.cancel(training_class=opened, why=self.planned.cancelled, by=by)
        elif self.planned.sign_ups and seats:
            self._give_back(opened)

    def _open(self) -> Class:
        planned = self.planned
        hours = (None, None) if self.is_entered else _HOURS
        venue = Venue.objects.get(name=planned.venue) if planned.venue else None
        known = {mentor.name: mentor for mentor in Mentor.objects.order_by("pk")}
        return training.open_class(
            course=Course.objects.get(slug=planned.course),
            title=planned.title,
            area=Area.objects.get(code=planned.area),
            organiser=planned.organiser,
            organiser_name=planned.organiser_name,
            days=[Day(on, *hours) for on in planned.days],
            venue=venue,
            seats=planned.seats,
            mentors=[known.get(name, name) for name in planned.mentors],
            source=planned.source,
            doubt=planned.doubt,
            by=self.by,
        )

    def _plan(self, opened: Class) -> None:
        training.make_plan(training_class=opened, details=plan_of(self.planned), by=self.by)
        giving = list(Mentor.objects.filter(assignments__training_class=opened).order_by("pk"))
        for cost in costs_of(self.planned, giving):
            training.add_cost(training_class=opened, cost=cost, by=self.by)

    def _claim(self, opened: Class) -> None:
        for told in self.planned.told:
            training.add_claim(
                training_class=opened,
                unit=told.unit,
                number=told.number,
                at_least=told.at_least,
                source=told.source,
                by=self.by,
            )

    def _register(self, opened: Class) -> list[int]:
        """Register the participants and return their registrations, in order of the lots."""
        if not self.planned.people:
            return []
        group, chosen = self._chosen()
        registered = training.register_many(
            training_class=opened,
            people=[resident.person for resident in chosen],
            group=group,
            door=Door.IMPORT if self.is_entered else Door.DESK,
            by=self.by,
        )
        return [registered.ids[resident.person.pk] for resident in chosen]

    def _chosen(self) -> tuple[Group | None, list[Resident]]:
        planned = self.planned
        if planned.chosen is From.DINOYO:
            group, members = self.town.groups[DINOYO_GROUP]
            return group, members[: planned.people]
        if planned.chosen is From.COOKIES:
            group, members = self.town.groups[COOKIES]
            return group, members[: planned.people]
        grown = [one for one in self.town.residents if _is_grown(one, planned.days[0])]
        if planned.chosen is From.EACH_KECAMATAN:
            return None, self._from_each(grown)
        return None, self.rng.sample(grown, planned.people)

    def _from_each(self, grown: Sequence[Resident]) -> list[Resident]:
        kecamatan = sorted({resident.kecamatan for resident in grown})
        return [
            resident
            for code in kecamatan
            for resident in self.rng.sample(
                [one for one in grown if one.kecamatan == code],
                self.planned.people // len(kecamatan),
            )
        ]

    def _take_rolls(self, opened: Class, seats: Sequence[int]) -> None:
        sessions = list(opened.sessions.order_by("number"))
        rolled = list(zip(sessions, self.planned.came, strict=False))
        drawn = [(session, self.rng.sample(seats, came)) for session, came in rolled]
        if self.is_entered:
            present = {(session.pk, seat) for session, there in drawn for seat in there}
            training.attend_many(training_class=opened, present=present, by=self.by)
            return
        for session, there in drawn:
            days_ago = (self.stage.today - session.on).days
            by = self.stage.officer(self.town, days_ago, hour=16, door="field")
            training.take_roll(session=session, present=set(there), by=by)

    @transaction.atomic
    def _sign_up(self, opened: Class) -> None:
        """Let citizens sign up as they do on the public page: a name, an RT and a number."""
        homes = [one.person.area for one in self.town.residents if one.invented.rt is not None]
        for place in range(self.planned.sign_ups):
            name = name_of(self.rng, is_woman=True)
            by = By(
                kind="citizen",
                id=None,
                label=name,
                at=self.stage.moment(5 - place, hour=19),
                door="public",
                reach=Reach.of([self.town.area.key]),
            )
            training.sign_up(
                training_class=opened,
                name=name,
                phone=self.stage.numbers.phone().e164,
                area=self.rng.choice(homes),
                by=by,
            )

    def _invite(self, opened: Class) -> None:
        """Invite those who fit best, and open the first links."""
        if not self.planned.invited:
            return
        by = self.stage.officer(self.town, 3)
        found = candidates(
            opened,
            by.reach,
            specific=Reach(()),
            on=self.stage.today,
            number=self.planned.invited,
        )
        invited = training.invite(
            training_class=opened,
            people=[row.person for row in found.rows],
            channel=Channel.WA_LINK,
            by=by,
        )
        for invitation in invited.invitations[:OPENED]:
            training.open_letter(letter=invitation, by=self.stage.officer(self.town, 2))

    def _give_back(self, opened: Class) -> None:
        first = opened.registrations.select_related("person", "training_class").order_by("pk")[0]
        by = self.stage.officer(self.town, 1)
        training.withdraw(registration=first, why=_WITHDRAWN, by=by)


def _is_grown(resident: Resident, on: date) -> bool:
    born_on = resident.invented.born_on
    return born_on is not None and on.year - born_on.year >= GROWN

"""What every step of the demo needs: the plan, the moments, and who acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.console.demo.numbers import Numbers
from jembol.console.demo.people import Invented
from jembol.console.demo.sizes import Size
from jembol.journal.by import By, DoorWord
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.models import Group, Person

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Resident:
    """A person in the register, with what was invented about them, and where."""

    person: Person
    invented: Invented
    kelurahan: str
    kampung: str = ""

    @property
    def kecamatan(self) -> str:
        """Code of the kecamatan."""
        return self.kelurahan[:8]


@dataclass(slots=True)
class Town:
    """One of the two cities while it is built."""

    area: Area
    kelurahan: dict[str, Area]
    officer: Officer
    residents: list[Resident] = field(default_factory=list)
    groups: dict[str, tuple[Group, list[Resident]]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Code of the city."""
        return self.area.code


@dataclass(slots=True)
class Stage:
    """The plan, and what is known on the way.

    Attributes:
        seed: From it comes everything that is drawn by lot.
        now: The reference moment; nothing is dated later.
        tell: Is told in words how far the building is.
    """

    size: Size
    seed: int
    now: datetime
    tell: Tell
    numbers: Numbers
    towns: dict[str, Town] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The reference day."""
        return timezone.localdate(self.now)

    def lots(self, *about: object) -> Random:
        """Return the lots of one subject, so that a new subject changes no other one."""
        return Random(f"{self.seed}/{about}")  # noqa: S311 - a demo must repeat, not be secret

    def moment(self, days_ago: int, hour: int = 9) -> datetime:
        """Return an hour of an earlier day, or the reference moment when that is earlier."""
        then = timezone.localtime(self.now) - timedelta(days=days_ago)
        return min(then.replace(hour=hour, minute=0, second=0, microsecond=0), self.now)

    def system(self, days_ago: int = 0) -> By:
        """Return the demo itself as actor."""
        return By.system("jembol demo", at=self.moment(days_ago))

    def officer(self, town: Town, days_ago: int, *, hour: int = 9, door: DoorWord = "desk") -> By:
        """Return the training officer of the town as actor, so many days ago."""
        return By(
            kind="officer",
            id=town.officer.pk,
            label=town.officer.name,
            at=self.moment(days_ago, hour),
            door=door,
            reach=Reach.of([town.area.key]),
        )

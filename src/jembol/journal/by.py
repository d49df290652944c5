"""By: the actor of one action, given by the interface, with the time and the door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from django.utils.translation import gettext as _

from jembol.journal.errors import OutOfReach
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach

ActorWord = Literal["officer", "citizen", "system"]
DoorWord = Literal["desk", "public", "field", "api", "console", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, when, through which door, and how far their duty reaches.

    Attributes:
        kind: What the actor is.
        id: The key of the officer or the person; None for the system.
        label: How the actor is shown, as it was on that day.
        at: The moment of the action, aware; no package below the interfaces asks the clock.
        door: The interface that let the actor in.
        reach: Where the actor may act.
    """

    kind: ActorWord
    id: int | None
    label: str
    at: datetime
    door: DoorWord
    reach: Reach

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"`at` must know its time zone, got {self.at!r}")

    @classmethod
    def system(cls, label: str, *, at: datetime, door: DoorWord = "console") -> Self:
        """Return the system itself as actor, which reaches everywhere."""
        return cls(kind="system", id=None, label=label, at=at, door=door, reach=Reach.everywhere())

    def must_cover(self, area_key: int) -> None:
        """Let the action pass only inside the actor's reach.

        Raises:
            OutOfReach: the place lies outside.
        """
        if not self.reach.covers(area_key):
            code = AreaCode.from_key(area_key).code
            raise OutOfReach(
                _(
                    "Area %(code)s is outside your areas of duty. "
                    "Ask the administrator for a duty there, or choose another area."
                )
                % {"code": code or _("Indonesia")},
                area_key=area_key,
            )

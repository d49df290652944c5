"""Who may do what with the register; the reach of the permission says where."""

from datetime import date
from typing import Final

from jembol.accounts.models import Officer
from jembol.places.models import AreaBounded

SEE: Final = "registry.see"
CHANGE: Final = "registry.change"
EXPORT: Final = "registry.export"
REVEAL: Final = "registry.reveal"
MERGE: Final = "registry.merge"
"""To say that two entries are one, or to undo that."""
LINK: Final = "registry.link"
"""To search a city's register for duplicates, and to accept many merges at once."""
POLICY: Final = "registry.policy"
"""To say from which probability on a city lets that happen."""


def may_see(officer: Officer, row: AreaBounded, on: date) -> bool:
    """Whether the officer is on duty where the row stands; nobody sees a row outside theirs."""
    return officer.reach(SEE, on).covers(row.area_id)


def may_change(officer: Officer, row: AreaBounded, on: date) -> bool:
    """Whether the officer keeps the register where the row stands."""
    return officer.reach(CHANGE, on).covers(row.area_id)


def may_reveal(officer: Officer, row: AreaBounded, on: date) -> bool:
    """Whether the officer may read NIK and KK whole: few roles need it (UU 27/2022 art. 36)."""
    return officer.reach(REVEAL, on).covers(row.area_id)

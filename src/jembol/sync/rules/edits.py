"""One field that several hands change: in the order in which they wrote, not in which it came.

A step says what its writer saw and what they put there. Steps fit when each of them, in order of
time, was written by somebody who saw what the one before had left; then the last one is the value,
whatever the order in which the steps became known. A step that does not fit is kept apart for a
person to decide, and is tried again whenever another becomes known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One change of one field.

    Attributes:
        at: When it was written; orders the steps.
        origin: Orders steps of one moment: the device, its count, the id.
        was: What the writer saw.
        new: What the writer put there.
    """

    at: datetime
    origin: tuple[str, int, str]
    was: object = field(compare=False)
    new: object = field(compare=False)


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that nobody may read: what is shown of it, and its keyed digest.

    Two values may show the same, so digests decide where both are known. A phone carries the mask
    alone: what it saw has no digest, and every value that shows the same may be meant.

    Attributes:
        mask: What is shown; blank when there is no value.
        digest: Keyed digest of the whole value, None when it is not known.
    """

    mask: str
    digest: str | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        is_known = None not in {self.digest, other.digest}
        return self.mask == other.mask and (self.digest == other.digest or not is_known)

    def __hash__(self) -> int:
        return hash(self.mask)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a field holds, and which of the waiting steps have their place now."""

    value: object
    fitting: Sequence[Step]


NO_FIT: Final = object()
"""What steps give that do not fit each other."""


def folded(base: object, steps: Sequence[Step]) -> object:
    """Return what the field holds after all steps in order, or `NO_FIT`."""
    value = base
    for step in sorted(steps):
        if step.new == value:
            continue
        if step.was != value:
            return NO_FIT
        value = step.new
    return value


def joined(base: object, standing: Sequence[Step], waiting: Sequence[Step]) -> Joined:
    """Return what the field holds when as many waiting steps as fit join those that stand.

    All of them first: of three steps in a row the second and the third fit only together with the
    first. Then one by one, in order of time.

    Args:
        base: What the field held before any of the steps.
        standing: Steps that have their place; they fit each other.
        waiting: Steps that have none yet.
    """
    whole = folded(base, [*standing, *waiting])
    if whole is not NO_FIT:
        return Joined(whole, list(waiting))
    kept, fitting, left = list(standing), [], sorted(waiting)
    while found := next((one for one in left if folded(base, [*kept, one]) is not NO_FIT), None):
        kept.append(found)
        fitting.append(found)
        left.remove(found)
    return Joined(folded(base, kept), fitting)

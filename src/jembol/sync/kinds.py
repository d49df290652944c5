"""Kinds of envelopes: what each package does with what a phone sends.

Packages put theirs into `<package>/envelopes.py`:

    @envelope_kind("training.scan", place=area_of)
    def note(arrived: Arrived, *, by: By) -> Mapping[str, object]: ...

The function acts inside the transaction that also stores the envelope, so both happen or neither.
What it returns is JSON and the answer for ever. A `Refusal` is an answer too; `Wait` holds the
envelope until another one came, `SetAside` until somebody has looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from django.utils.module_loading import autodiscover_modules

from jembol.journal.by import By


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An envelope as its kind sees it.

    Attributes:
        id: Made on the device.
        body: What it says; not checked yet.
        device_id: The device.
        seq: Its place among all that the device wrote.
        device_at: What the device's clock said, if it said anything.
        corrected_at: When it really was.
        officer_id: Who wrote it, as the phone says.
        sender_id: Who was signed in when it was sent.
        area_key: The area that it is about, or where its sender works.
        is_late: The wait for another envelope is over: act without it, or refuse.
    """

    id: str
    body: Mapping[str, Any]
    device_id: str
    device_at: datetime | None
    corrected_at: datetime
    officer_id: int | None
    sender_id: int | None = None
    area_key: int = 0
    seq: int = 0
    is_late: bool = False


class Act(Protocol):
    """What a kind does with an envelope."""

    def __call__(self, arrived: Arrived, *, by: By) -> Mapping[str, object]:
        """Do it and return the answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeKind:
    """One kind of envelope.

    Attributes:
        name: Like `training.scan`; never changed, phones may hold some for weeks.
        act: What is done with it.
        place: The key of the area that a body is about, 0 when it cannot be told.
        is_ordered: Whether it waits for earlier envelopes of its device.
        is_sealed: Whether its body is kept encrypted.
    """

    name: str
    act: Act
    place: Callable[[Mapping[str, Any]], int]
    is_ordered: bool = False
    is_sealed: bool = False


KINDS: Final[dict[str, EnvelopeKind]] = {}


def envelope_kind(
    name: str,
    *,
    place: Callable[[Mapping[str, Any]], int],
    is_ordered: bool = False,
    is_sealed: bool = False,
) -> Callable[[Act], Act]:
    """Make a function the one that acts on envelopes of this kind.

    Raises:
        ValueError: the name is taken.
    """

    def register(act: Act) -> Act:
        if name in KINDS:
            raise ValueError(f"envelopes {name!r} have their function already")
        KINDS[name] = EnvelopeKind(
            name=name, act=act, place=place, is_ordered=is_ordered, is_sealed=is_sealed
        )
        return act

    return register


def kind_of(name: str) -> EnvelopeKind | None:
    """Return the kind with this name, from whichever package, or None."""
    discover()
    return KINDS.get(name)


@cache
def discover() -> None:
    """Let each package say what it does with envelopes."""
    autodiscover_modules("envelopes")

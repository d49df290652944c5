"""Refusals about who may act where."""

from typing import ClassVar

from jembol.kit.refusal import Refusal


class OutOfReach(Refusal):
    """The actor's areas of duty do not hold this place."""

    code: ClassVar[str] = "out-of-reach"

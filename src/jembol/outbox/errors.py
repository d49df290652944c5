"""Refusals about work and messages."""

from typing import ClassVar

from jembol.kit.refusal import Refusal


class JobOver(Refusal):
    """The job has ended and cannot be cancelled."""

    code: ClassVar[str] = "job-over"

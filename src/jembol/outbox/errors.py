"""Refusals about work and messages."""

from typing import ClassVar

from jembol.kit.refusal import Refusal


class JobOver(Refusal):
    """The job has ended and cannot be cancelled."""

    code: ClassVar[str] = "job-over"


class OptedOut(Refusal):
    """The recipient wants no messages."""

    code: ClassVar[str] = "opted-out"


class WrittenBefore(Refusal):
    """The recipient was written to about the same thing."""

    code: ClassVar[str] = "written-before"


class NotAccepted(Refusal):
    """A gateway says that it will never take this message."""

    code: ClassVar[str] = "not-accepted"


class MessageOver(Refusal):
    """The message was stopped, or what it tells has passed."""

    code: ClassVar[str] = "message-over"

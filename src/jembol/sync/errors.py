"""What the door refuses, and how a kind says that it must wait."""

from jembol.kit.refusal import Refusal


class NotSetAside(Refusal):
    """The envelope does not wait for anybody's word."""

    code = "not-set-aside"


class SettledMeanwhile(Refusal):
    """Somebody else decided a moment ago; `params` says who and what."""

    code = "settled-meanwhile"


class MadeNothing(Refusal):
    """The envelope that this one speaks of was refused."""

    code = "made-nothing"


class NothingToWipe(Refusal):
    """The phone was told already."""

    code = "nothing-to-wipe"


class SetAside(Exception):
    """A kind must not act before somebody has looked; `code` is one of the door's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Wait(Exception):
    """A kind cannot act before another envelope came; no refusal, because that may still happen."""

    def __init__(self, envelope_id: str) -> None:
        super().__init__(f"waits for {envelope_id}")
        self.envelope_id = envelope_id

"""What the door refuses, and how a kind says that it must wait."""

from jembol.kit.refusal import Refusal


class NotSetAside(Refusal):
    """The envelope does not wait for anybody's word."""

    code = "not-set-aside"


class Wait(Exception):
    """A kind cannot act before another envelope came; no refusal, because that may still happen."""

    def __init__(self, envelope_id: str) -> None:
        super().__init__(f"waits for {envelope_id}")
        self.envelope_id = envelope_id

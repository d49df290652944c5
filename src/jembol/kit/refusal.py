"""A refusal: the programme says no, tells why, and names what would help."""

from typing import ClassVar


class Refusal(Exception):
    """An action that the rules do not allow; subclasses name the fact (`AssetTaken`).

    Attributes:
        code: Stable slug of the kind of refusal, for interfaces and tests.
        message: What a person reads: what is refused, where, and the remedy; already translated
            when a domain package raises it.
        field: Name of the form field to which the message belongs, or empty.
        params: Facts behind the message, for the journal of an import or a JSON answer.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, *, field: str = "", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return self.message

"""A text that cannot be read as the value it should hold."""


class Unreadable(ValueError):
    """A text is not the value that its place asks for; subclasses name the value.

    Upper packages translate by `code` and `params`; the English message stands by itself. Neither
    ever repeats a personal identifier, because messages end in logs.

    Attributes:
        code: Stable slug of the reason.
        fact: What is wrong, and with what.
        remedy: What the writer can do.
        params: Numbers and short texts behind the fact.
    """

    def __init__(self, code: str, fact: str, *, remedy: str, **params: object) -> None:
        super().__init__(f"{fact}; {remedy}")
        self.code = code
        self.fact = fact
        self.remedy = remedy
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        # The message alone cannot build the exception again in another process.
        return _again, (type(self), self.__dict__), None


def _again(kind: type[Unreadable], state: dict[str, object]) -> Unreadable:
    fault = kind.__new__(kind, f"{state['fact']}; {state['remedy']}")
    fault.__dict__.update(state)
    return fault

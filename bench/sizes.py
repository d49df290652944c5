"""How much is measured; the command line sets it for every child process."""

import os
from dataclasses import dataclass

PREFIX = "JEMBOL_BENCH_"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one run.

    Attributes:
        people: People of the city.
        rows: Rows of the imported list.
        rounds: How often each measure is repeated, SQLite and PostgreSQL in turn.
        seconds: How long a page or a door is under load in one round.
    """

    people: int = 100_000
    rows: int = 20_000
    rounds: int = 3
    seconds: int = 5

    def environment(self) -> dict[str, str]:
        """Return the sizes as variables for a child process."""
        return {f"{PREFIX}{name.upper()}": str(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def asked(cls) -> "Sizes":
        """Return the sizes that the environment names."""
        given = {name: os.environ.get(f"{PREFIX}{name.upper()}") for name in cls.__slots__}
        return cls(**{name: int(value) for name, value in given.items() if value})

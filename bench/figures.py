"""Figures of several rounds, told as a table."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Round = Mapping[str, Sequence[float]]
"""What one round measured: values by the name of the figure, its unit in brackets."""


def spread(values_s: Sequence[float], name: str) -> dict[str, list[float]]:
    """Return p50 and p95 of waiting times.

    Args:
        values_s: At least two times, in seconds.
        name: What was waited for.
    """
    cuts = statistics.quantiles(values_s, n=100, method="inclusive")
    return {f"{name}, p50 (ms)": [1000 * cuts[49]], f"{name}, p95 (ms)": [1000 * cuts[94]]}


class Table:
    """The rounds of one benchmark, engine beside engine."""

    def __init__(self, title: str, engines: Sequence[str]) -> None:
        """Begin an empty table."""
        self.title = title
        self.engines = engines
        self._values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def add(self, engine: str, measured: Round) -> None:
        """Add one round."""
        for name, values in measured.items():
            self._values[name][engine].extend(values)

    def lines(self) -> Iterable[str]:
        """Yield the table as Markdown: the median, and in brackets the least and the most."""
        yield f"### {self.title}"
        yield ""
        yield f"| | {' | '.join(self.engines)} |"
        yield f"|---{'|---:' * len(self.engines)}|"
        for name, by_engine in self._values.items():
            cells = (_told(by_engine.get(engine, [])) for engine in self.engines)
            yield f"| {name} | {' | '.join(cells)} |"
        yield ""


def _told(values: Sequence[float]) -> str:
    if not values:
        return "–"
    median = _number(statistics.median(values))
    if len(values) == 1:
        return median
    return f"**{median}** ({_number(min(values))} to {_number(max(values))})"


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"

"""Finding people by what somebody types, beside a plain look for letters."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

from bench.figures import spread
from bench.ground import reach_of
from bench.invented import NO_NIK_IN, invented
from bench.sizes import Sizes
from jembol.kit.reach import Reach
from jembol.registry.models import Person
from jembol.registry.queries.finding import search

TURNS = 100
PAGE = 51


def measure() -> dict[str, list[float]]:
    """Measure the first page of each kind of search, and how many were found."""
    reach = reach_of("registry.see")
    figures: dict[str, list[float]] = {}
    for name, texts in _texts().items():
        figures |= spread(list(_waits(texts, lambda text: _first_page(text, reach))), name)
    letters = _texts()["one word of the name"]
    figures |= spread(
        list(_waits(letters, lambda text: _letters(text, reach))), "letters anywhere (the rival)"
    )
    figures["letters anywhere, p50, times one word"] = [
        figures["letters anywhere (the rival), p50 (ms)"][0]
        / figures["one word of the name, p50 (ms)"][0]
    ]
    return figures


def _texts() -> dict[str, list[str]]:
    dice = random.Random()
    people = Sizes.asked().people
    found = [invented(dice.randrange(people), 1) for _turn in range(TURNS)]
    return {
        "one word of the name": [dice.choice(one.name.split()) for one in found],
        "whole name": [one.name for one in found],
        "beginning of the first word": [one.name[:3] for one in found],
        "phone": [one.phone or "081200000001" for one in found],
        "last four digits": [one.phone[-4:] or "0001" for one in found],
        "whole NIK": [one.nik for one in found if one.number % NO_NIK_IN],
        "nobody": [f"Xqz{one.number}" for one in found],
    }


def _waits(texts: Sequence[str], read: Callable[[str], object]) -> Iterable[float]:
    read(texts[0])
    for text in texts:
        started = time.perf_counter()
        read(text)
        yield time.perf_counter() - started


def _first_page(text: str, reach: Reach) -> object:
    rows = search(text, reach)
    return list(rows.order_by("folded", "pk")[:PAGE]), rows.count()


def _letters(text: str, reach: Reach) -> object:
    rows = Person.objects.within(reach).filter(folded__contains=text.lower())
    return list(rows.order_by("folded", "pk")[:PAGE]), rows.count()

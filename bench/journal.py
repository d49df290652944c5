"""Verifying the chain of a city's journal, beside reading the same facts."""

import time

from bench.ground import malang
from jembol.journal.models import Fact
from jembol.journal.verify import length, verify


def measure() -> dict[str, list[float]]:
    """Verify the whole chain of the city."""
    stream = malang().key
    facts = length(stream)
    started = time.perf_counter()
    broken = verify(stream)
    verified = time.perf_counter() - started
    if broken is not None:
        raise RuntimeError(f"the journal is broken: {broken}")
    started = time.perf_counter()
    for _fact in Fact.objects.filter(stream=stream).order_by("seq").iterator(chunk_size=2000):
        pass
    read = time.perf_counter() - started
    return {
        "facts": [facts],
        "verified (facts/s)": [facts / verified],
        "only read (facts/s)": [facts / read],
        "verifying, times reading": [verified / read],
    }

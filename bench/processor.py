"""Processor time: what a page or a row costs, whoever else uses the machine meanwhile."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Return the processor time of a process and all below it, in seconds so far."""
    return sum(_own(one) for one in (pid, *_below(pid)))


def _below(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        yield int(child)
        yield from _below(int(child))


def _own(pid: int) -> float:
    # The name in brackets may hold spaces; user and system time are fields 14 and 15 (proc(5)).
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS

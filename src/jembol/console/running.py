"""Tell whether Jembol runs on this state folder: a lock that the kernel drops at any death."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = "running.lock"


@contextmanager
def hold_running(state: Path) -> Iterator[None]:
    """Say that Jembol runs here, as long as the block lasts; several may."""
    with _lock_file(state) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def hold_stopped(state: Path) -> Iterator[bool]:
    """Keep Jembol from counting as running here; yield whether it is stopped now."""
    with _lock_file(state) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _lock_file(state: Path) -> IO[bytes]:
    state.mkdir(parents=True, exist_ok=True)
    return (state / LOCK).open("ab")

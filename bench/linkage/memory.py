"""How much memory a process and those that it started take at most."""

import os
import resource
import threading
from pathlib import Path
from types import TracebackType

EVERY_S = 0.1


class Watch(threading.Thread):
    """Looks at the processes below this one while the block runs.

    What they share counts once (`Pss`). Linux only.
    """

    def __init__(self) -> None:
        """Prepare to look."""
        super().__init__(daemon=True)
        self._has_ended = threading.Event()
        self._below_kb = 0

    def __enter__(self) -> "Watch":
        """Begin."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""
        self._has_ended.set()
        self.join()

    def run(self) -> None:
        """Look again and again."""
        while not self._has_ended.wait(EVERY_S):
            self._below_kb = max(self._below_kb, sum(map(_pss_kb, _below(os.getpid()))))

    def peak_mb(self) -> float:
        """Return the most of this process, or of those below it if that is more."""
        peaks = [_told_kb(Path("/proc/self/status"), "VmHWM"), self._below_kb]
        if self._below_kb:
            # Exact for the largest, of which a look may have missed the moment.
            peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        return max(peaks) / 1024


def _below(process: int) -> list[int]:
    found = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(word) for word in file.read_text(encoding="utf-8").split()]
        except OSError:  # it has ended
            continue
        found += children + [one for child in children for one in _below(child)]
    return found


def _pss_kb(process: int) -> int:
    return _told_kb(Path(f"/proc/{process}/smaps_rollup"), "Pss")


def _told_kb(file: Path, name: str) -> int:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)

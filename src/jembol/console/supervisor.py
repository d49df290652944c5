"""Keep a few programs running: start, restart with back-off, stop, and never leave one behind.

The kernel itself ends the children when the supervisor dies, also at kill -9 (`PR_SET_PDEATHSIG`,
prctl(2)), so there is no lock file to clean and no orphan that holds the port.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

STOP_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
# A program that lived this long was well: its next restart is quick again.
WELL_AFTER_S = 30.0
GRACE_S = 12.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run.

    Attributes:
        name: How people know it.
        words: The command line.
        at_orphaning: The signal it gets when the supervisor itself is killed.
        files: Open file descriptors that it inherits.
    """

    name: str
    words: tuple[str, ...]
    at_orphaning: signal.Signals = signal.SIGKILL
    files: tuple[int, ...] = ()


class Child:
    """The running process of one program, and when it may be started again."""

    def __init__(self, program: Program) -> None:
        """Stand ready to start."""
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.due_at = 0.0
        self._started_at = 0.0
        self._pause_s = FIRST_PAUSE_S

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches the supervisor only."""
        supervisor = os.getpid()

        def before_exec() -> None:
            _LIBC.prctl(PR_SET_PDEATHSIG, int(self.program.at_orphaning))
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
            if os.getppid() != supervisor:  # it died before the kernel was told
                os._exit(1)

        self._started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.program.words,
            stdin=subprocess.DEVNULL,
            pass_fds=self.program.files,
            start_new_session=True,
            preexec_fn=before_exec,  # noqa: PLW1509 - the supervisor has one thread
        )

    def note_end(self) -> str | None:
        """Return how the process ended, once; plan its restart."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self.process = None
        if time.monotonic() - self._started_at >= WELL_AFTER_S:
            self._pause_s = FIRST_PAUSE_S
        self.due_at = time.monotonic() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        return signal.Signals(-code).name if code < 0 else str(code)

    def send(self, number: signal.Signals, *, to_group: bool = False) -> None:
        """Send a signal to the process, or to it and all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if to_group:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)


class Supervisor:
    """Runs programs until it is told to stop by SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, programs: Sequence[Program], *, on_end: Callable[[str, str], None]) -> None:
        """Prepare to run `programs`.

        Args:
            programs: What to run.
            on_end: Called with the name and the exit code or signal of a program that ended.
        """
        self._children = [Child(program) for program in programs]
        self._on_end = on_end
        # What nohup or a shell in the background told us to ignore stays ignored.
        self._stops = {one for one in STOP_SIGNALS if signal.getsignal(one) != signal.SIG_IGN}
        self._watched = self._stops | {signal.SIGCHLD}

    def run(self, *, is_ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        """Keep the programs running; call `on_ready` once, when `is_ready` first answers yes."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, self._watched)
        was_ready = False
        try:
            while not self._is_told_to_stop(wait_s=5.0 if was_ready else 0.2):
                self._mind_children()
                if not was_ready and is_ready():
                    was_ready = True
                    on_ready()
        finally:
            self._stop_all()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _is_told_to_stop(self, *, wait_s: float) -> bool:
        """Sleep until a signal comes or a restart is due."""
        due_in = [
            child.due_at - time.monotonic() for child in self._children if not child.is_running
        ]
        return self._is_told(max(0.0, min([wait_s, *due_in])))

    def _mind_children(self) -> None:
        for child in self._children:
            if (ending := child.note_end()) is not None:
                self._on_end(child.program.name, ending)
            if child.process is None and child.due_at <= time.monotonic():
                child.start()

    def _stop_all(self) -> None:
        """Ask every program to end; kill what is there after the grace, or at a second ask."""
        for child in self._children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_S
        while any(child.is_running for child in self._children):
            left_s = deadline - time.monotonic()
            if left_s <= 0 or self._is_told(min(left_s, 0.5)):
                break
        for child in self._children:
            # Also what a program that ended in good order may have left in its group.
            child.send(signal.SIGKILL, to_group=True)
            if child.process is not None:
                child.process.wait()

    def _is_told(self, wait_s: float) -> bool:
        told = signal.sigtimedwait(self._watched, wait_s)
        return told is not None and told.si_signo in self._stops

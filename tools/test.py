"""Run every test: on SQLite and on PostgreSQL side by side, then those that need a browser.

    python tools/test.py           everything once, pages in the browser on SQLite
    python tools/test.py --all     pages in the browser on PostgreSQL too

The last line is one pytest summary for all runs together.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import install

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "var/test-logs"
ENGINES = ("sqlite", "postgres")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Well below the 90 minutes after which a run of CI is ended without a word.
LIMIT_S = 75 * 60
STILL_RUNNING_S = 60
TAIL = 120
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")
CLOSING = re.compile(
    r"(?:\d+ (?:passed|failed|error|skipped|deselected).*|no tests ran) in [\d.]+s"
)


@dataclass(frozen=True)
class Run:
    """One pytest process."""

    name: str
    engine: str
    marker: str

    @property
    def log(self) -> Path:
        """The file that takes what it prints."""
        return LOGS / f"{self.name}.log"

    def start(self, more: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start pytest with its output in the log."""
        words = [sys.executable, "-m", "pytest", "-m", self.marker, "-ra", *more]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                words,
                cwd=ROOT,
                env={**os.environ, "JEMBOL_TEST_DB": self.engine},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def closing_line(self) -> str:
        """Return pytest's own summary, or the last thing it said."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() or ["(silent)"]
        closing = [line for line in lines if CLOSING.search(line)]
        return closing[-1] if closing else lines[-1]


def main() -> int:
    """Run the batches one after another; 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="browser tests on PostgreSQL too")
    given, more = parser.parse_known_args()
    if not any(which(name) for name in BROWSERS):
        try:
            install.apt_install("chromium", "fonts-liberation")
        except install.Stop as reason:
            print(reason, file=sys.stderr)
            return 1
    LOGS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    deadline = began + LIMIT_S
    results = {
        run: code
        for batch in batches(browser_on_both=given.all)
        for run, code in side_by_side(batch, more, deadline).items()
    }
    for run, code in results.items():
        tell(run, code)
    print(closing_line(results, time.monotonic() - began))
    return 1 if any(results.values()) else 0


def batches(*, browser_on_both: bool) -> list[list[Run]]:
    """Return the runs, those of one batch side by side."""
    plain = [Run(one, one, "not browser and not load") for one in ENGINES]
    load = [Run(f"load-{one}", one, "load") for one in ENGINES]
    pages = [Run("browser-sqlite", "sqlite", "browser")]
    if browser_on_both:
        pages.append(Run("browser-postgres", "postgres", "browser"))
    # A browser takes both cores, and so do fifty writers: never side by side with anything.
    return [plain, *([run] for run in (*load, *pages))]


def side_by_side(runs: Sequence[Run], more: Sequence[str], deadline: float) -> dict[Run, int]:
    """Start the runs together and wait for all; stop them at the deadline."""
    print(f"== Tests: {', '.join(run.name for run in runs)}", flush=True)
    processes = {run: run.start(more) for run in runs}
    try:
        return {run: wait(run, process, deadline) for run, process in processes.items()}
    finally:
        for process in processes.values():
            if process.poll() is None:
                process.terminate()


def wait(run: Run, process: subprocess.Popen[bytes], deadline: float) -> int:
    """Wait for one run, saying every minute how far it is."""
    while time.monotonic() < deadline:
        try:
            return process.wait(STILL_RUNNING_S)
        except subprocess.TimeoutExpired:
            print(f"   {run.name}: {run.closing_line()[-90:].strip()}", flush=True)
    print(f"   {run.name}: stopped after {LIMIT_S // 60} minutes", flush=True)
    process.terminate()
    process.wait(60)
    return 1


def tell(run: Run, code: int) -> None:
    """Say how a run ended; show the end of its log when it failed."""
    if code != 0:
        lines = run.log.read_text(encoding="utf-8", errors="replace").splitlines()
        print(f"\n== {run.name} failed ({run.log.relative_to(ROOT)}):")
        print("\n".join(lines[-TAIL:]), flush=True)
    print(f"== {run.name}: {run.closing_line().strip(' =')}")


def closing_line(results: dict[Run, int], seconds: float) -> str:
    """Return the counts of all runs in the form of pytest's own last line."""
    total: Counter[str] = Counter()
    for run, code in results.items():
        counted = COUNT.findall(run.closing_line())
        total.update({word.rstrip("s"): int(number) for number, word in counted})
        if code != 0 and not {"failed", "error"} & {word.rstrip("s") for _n, word in counted}:
            total["error"] += 1  # the run itself broke: no test was collected, or it was stopped
    words = [
        f"{total[word]} {word}"
        for word in ("failed", "passed", "skipped", "xfailed", "error")
        if total[word]
    ]
    return f"===== {', '.join(words) or 'no tests ran'} in {seconds:.2f}s ====="


if __name__ == "__main__":
    raise SystemExit(main())

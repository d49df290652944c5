"""`jembol run` on nothing: from the command to the first page, and a second time."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from postgres_server import free_port

LIMIT_S = 180.0
"""The promise of the first start, which counts the installation too."""


def measure() -> dict[str, list[float]]:
    """Start twice on a state folder that does not exist yet and an empty database."""
    with tempfile.TemporaryDirectory(prefix="jembol-bench-") as folder:
        first = _seconds_to_the_first_page(Path(folder))
        second = _seconds_to_the_first_page(Path(folder))
    return {
        "first start: tables, areas of the country, static files (s)": [first],
        "first start, share of the limit of 180 s": [first / LIMIT_S],
        "second start (s)": [second],
    }


def _seconds_to_the_first_page(folder: Path) -> float:
    port = free_port()
    state = folder / "state"
    words = [sys.executable, "-m", "jembol.config.main", "run", "--no-demo", "--port", str(port)]
    place = {"JEMBOL_STATE": str(state), "JEMBOL_SQLITE": str(state / "jembol.sqlite3")}
    started = time.perf_counter()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, env={**os.environ, **place}, stdout=log, stderr=log)
    try:
        _wait_for_the_page(port, process, folder / "log")
        return time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for_the_page(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    while process.poll() is None:
        try:
            # The port listens before the pages are ready: the answer is what counts.
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=300) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(log.read_text(encoding="utf-8"))

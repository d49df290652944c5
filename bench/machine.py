"""The machine on which a run was made, and how busy it was."""

import os
import platform
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

from postgres_server import binaries


def machine() -> list[str]:
    """Return one line for each fact that the figures depend on."""
    return [
        f"Date: {date.today().isoformat()}",  # noqa: DTZ011 - the day on this machine
        f"Processor: {_processor()}, {os.cpu_count()} cores",
        f"Memory: {_memory_gb():.0f} GB",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {_postgresql()}",
        f"{platform.system()} {platform.release()}",
    ]


def busyness() -> str:
    """Return the load averages: above the number of cores, something else was running."""
    one, five, fifteen = os.getloadavg()
    return f"load average {one:.1f} (1 min), {five:.1f} (5 min), {fifteen:.1f} (15 min)"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _postgresql() -> str:
    words = [binaries() / "postgres", "--version"]
    told = subprocess.run(words, check=True, capture_output=True, text=True, cwd="/").stdout
    return told.replace("postgres (PostgreSQL)", "PostgreSQL").strip()

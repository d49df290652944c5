"""A week of two officers on the demo city, through the app's own door: `make measure NAME=week`.

    python -m bench.week [--state FOLDER]

The demo city is built in a temporary place (SQLite), or that of `--state` is copied. Two invented
officers are planned for the next whole week, and walk it with phones (tests/outreach/rounds.py):
the clock goes from morning to evening, Monday to Friday. Need is compared as of the Sunday after,
once as if nobody had gone and once as it is, so that the days that pass change nothing. The need
map before and after and the two side by side are saved as pictures in var/pictures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Table
from bench.machine import busyness, machine

TITLE = "A week of two officers on the demo city"
ENGINE = "SQLite"


def main() -> None:
    """Prepare the demo city, have the week walked, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.week", description=__doc__)
    parser.add_argument("--state", type=Path, help="a demo city that stands already; it is copied")
    asked = parser.parse_args()
    table = Table(TITLE, [ENGINE])
    with tempfile.TemporaryDirectory(prefix="jembol-week-") as folder:
        state, answer = Path(folder) / "state", Path(folder) / "figures.json"
        environment = {
            **os.environ,
            "JEMBOL_STATE": str(state),
            "DJANGO_SETTINGS_MODULE": "jembol.config.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        began = time.perf_counter()
        if asked.state is not None:
            shutil.copytree(asked.state, state)
        else:
            print(".. the demo city", flush=True)
            words = [sys.executable, "-m", "jembol.config.main", "setup"]
            subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
            table.add(ENGINE, {"building the demo city (s)": [time.perf_counter() - began]})
        words = [sys.executable, "-m", "jembol.config.main", "collectstatic", "--noinput"]
        subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
        words = [sys.executable, "-m", "bench.child", "week_walked", str(answer)]
        subprocess.run(words, check=True, env=environment)
        table.add(ENGINE, json.loads(answer.read_text(encoding="utf-8")))
    print("\n".join(["", *machine(), busyness(), ""]))
    print("\n".join(table.lines()))


if __name__ == "__main__":
    main()

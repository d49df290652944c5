"""A deployment of its own for one test module: state folder, database, and `jembol` commands."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import psycopg
from django.conf import settings

from postgres_server import free_port
from processes import wait_until

TESTS = Path(__file__).resolve().parent.parent


class Deployment:
    """State folder and database that belong to nobody else."""

    def __init__(self, folder):
        self.state = folder / "state"
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True)
        self.database = None
        self.started = []
        of = settings.DATABASES["default"]
        if of["ENGINE"].endswith("postgresql"):
            self.database = f"deployment_{uuid.uuid4().hex[:12]}"
            self.server = f"postgresql://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}"
            self._administer(f"CREATE DATABASE {self.database}")

    def _administer(self, statement):
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(statement)

    @property
    def url(self):
        return f"{self.server}/{self.database}" if self.database else ""

    def environment(self):
        clean = {name: value for name, value in os.environ.items() if "JEMBOL" not in name}
        return {
            **clean,
            "JEMBOL_STATE": str(self.state),
            "JEMBOL_DATABASE_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }

    def call(self, *words, check=True, **more):
        """Run one command to its end and return it with its output."""
        done = subprocess.run(
            [sys.executable, "-m", "jembol.config.main", *map(str, words)],
            env={**self.environment(), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"jembol {words}: {done.stdout}\n{done.stderr}")
        return done

    def start(self, *words, port=None):
        """Start `jembol run` and wait until it tells its address."""
        run = Running(self, words, port or free_port())
        self.started.append(run)
        wait_until(run.is_ready, seconds=300, what="the address of `jembol run`")
        return run

    def execute(self, code, **more):
        """Run Python inside this deployment and return what it prints."""
        environment = {
            **self.environment(),
            "DJANGO_SETTINGS_MODULE": "jembol.config.settings",
            "PYTHONPATH": str(TESTS),
            **more,
        }
        words = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    def ask(self, query):
        """Return the first column of the first row, read past Django."""
        return self.execute(
            "from django.db import connection\n"
            f"c = connection.cursor(); c.execute({query!r}); print(c.fetchone()[0])"
        )

    def end(self):
        for run in self.started:
            run.kill_all()
        for name in self.databases():
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def databases(self):
        """The database of this deployment and those that a restore kept aside."""
        if not self.database:
            return []
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            like = "SELECT datname FROM pg_database WHERE datname LIKE %s"
            return [name for (name,) in connection.execute(like, [f"{self.database}%"])]


class Running:
    """One `jembol run` and the processes below it."""

    def __init__(self, deployment, words, port):
        self.port = port
        self.log = deployment.logs / f"run-{len(deployment.started)}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    # A runner in the background ignores SIGINT, and its children would too.
                    *("env", "--default-signal=INT,HUP"),
                    *(sys.executable, "-m", "jembol.config.main", "run"),
                    *("--port", str(port), *words),
                ],
                env=deployment.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/"

    @property
    def output(self):
        return self.log.read_text(encoding="utf-8")

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"`jembol run` ended:\n{self.output}")
        return self.address in self.output

    def status(self):
        """The HTTP status of the start page."""
        try:
            with urllib.request.urlopen(self.address, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code

    def child(self, word):
        """The process directly below the supervisor whose command line holds this word."""
        found = [pid for pid in children_of(self.process.pid) if word in command_of(pid)]
        return found[0] if found else None

    def family(self):
        """Every process below the supervisor."""
        found, waiting = [], [self.process.pid]
        while waiting:
            children = children_of(waiting.pop())
            found += children
            waiting += children
        return found

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)

    def kill_all(self):
        family = self.family()
        for pid in (self.process.pid, *family):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)


def children_of(parent):
    """Process ids whose parent this is, as the kernel lists them."""
    return [pid for pid, above in _processes() if above == parent]


def is_alive(pid):
    return any(one == pid for one, _above in _processes())


def _processes():
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # The name in brackets may hold spaces; state and parent follow the last bracket.
            state, parent, *_rest = (folder / "stat").read_text().rpartition(")")[2].split()
            if state != "Z":
                yield int(folder.name), int(parent)


def command_of(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""

"""Real processes on the test database: started, waited for, killed with SIGKILL."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

from postgres_server import free_port

TESTS = Path(__file__).resolve().parent


def wait_until(is_true, *, seconds=60, what="it"):
    """Look every 20 ms until `is_true()` answers something true, and return that."""
    deadline = time.monotonic() + seconds
    while not (answer := is_true()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)
    return answer


class Processes:
    """Child processes of one test; use the fixture `processes`.

    They see the same database, vault keys and folders as the test, which must therefore commit what
    they shall see (`transactional_db`).
    """

    def __init__(self, state, *, logs):
        self.state = state
        self.logs = logs
        self.started = []

    def environment(self, **more):
        keys = ",".join(f"{name}:{key.hex()}" for name, key in settings.VAULT_KEYS.items())
        return {
            **os.environ,
            **self._database(),
            "DJANGO_SETTINGS_MODULE": "jembol.config.settings",
            "JEMBOL_STATE": str(self.state),
            "JEMBOL_VAULT_KEYS": keys,
            "JEMBOL_DIGEST_KEY": settings.VAULT_DIGEST_KEY.hex(),
            "JEMBOL_SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent / "src"))),
            **{name: str(value) for name, value in more.items()},
        }

    def _database(self):
        of = connection.settings_dict
        if connection.vendor == "sqlite":
            return {"JEMBOL_SQLITE": str(of["NAME"]), "JEMBOL_DATABASE_URL": ""}
        place = f"{of['HOST']}:{of['PORT']}/{of['NAME']}"
        return {"JEMBOL_DATABASE_URL": f"postgresql://{of['USER']}:{of['PASSWORD']}@{place}"}

    def start(self, *words, **env):
        """Run `python WORDS` in a process group of its own and return the process."""
        log = self.logs / f"process-{len(self.started)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *map(str, words)],
                env=self.environment(**env),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process.log = log
        self.started.append(process)
        return process

    def command(self, *words, **env):
        """Start one of our management commands."""
        return self.start("-m", "django", *words, **env)

    def serve(self, app="jembol.config.wsgi:application", *, workers=2, threads=4, path="/", **env):
        """Start gunicorn, wait until it answers, and return (process, address)."""
        port = free_port()
        process = self.start(
            *("-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", workers, "--threads", threads, "--no-control-socket"),
            **env,
        )
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: self._answers(process, address + path), what=f"an answer at {address}")
        return process, address

    def _answers(self, process, address):
        if process.poll() is not None:
            raise AssertionError(f"the server stopped:\n{process.log.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return True
        except OSError:
            return False
        return True

    def kill(self, process):
        """Kill -9 the process and its children, and wait for its end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def stop_all(self):
        for process in self.started:
            self.kill(process)

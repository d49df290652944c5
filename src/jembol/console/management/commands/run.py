"""`jembol run`: prepare everything, then serve pages and do the background work."""

import contextlib
import errno
import http.client
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _

from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.console.demo.sign_ins import DEMO_OFFICERS, DEMO_PASSWORD
from jembol.console.running import hold_running
from jembol.console.supervisor import Program, Supervisor
from jembol.places.models import City

HOST = "127.0.0.1"
BACKLOG = 2048


class Command(BaseCommand):
    help = "Start Jembol: the web server and the worker, on 127.0.0.1, until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")
        parser.add_argument(
            "--no-demo", action="store_true", help="leave an empty register empty: no demo city"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with contextlib.closing(_reserved(options["port"])) as door:
            try:
                call_command("setup", no_demo=options["no_demo"])
            except KeyboardInterrupt as stopped:
                raise CommandError(_("Stopped."), returncode=130) from stopped
            sign_ins = _demo_sign_ins()
            # The children open connections of their own.
            connections.close_all()
            with hold_running(settings.STATE):
                self._serve(door, sign_ins)

    def _serve(self, door: socket.socket, sign_ins: str) -> None:
        port = door.getsockname()[1]
        supervisor = Supervisor([_web(door), _worker()], on_end=self._tell_end)
        supervisor.run(
            is_ready=lambda: _answers(port), on_ready=lambda: self._tell_ready(port, sign_ins)
        )
        self.stdout.write(_("Jembol has stopped."))

    def _tell_ready(self, port: int, sign_ins: str) -> None:
        address = f"http://{HOST}:{port}/"
        self.stdout.write(_("Jembol runs at %(address)s (Ctrl-C stops it)") % {"address": address})
        if sign_ins:
            self.stdout.write(sign_ins)
        self.stdout.flush()

    def _tell_end(self, name: str, ending: str) -> None:
        self.stderr.write(
            _("%(program)s ended (%(ending)s) and is started again.")
            % {"program": name, "ending": ending}
        )


def _reserved(port: int) -> socket.socket:
    """Return a socket that holds the port from now on; gunicorn inherits it.

    Raises:
        CommandError: the port is in use, or not for this user.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
        # Listening at once keeps a second start out; early visitors wait until the pages are ready.
        door.listen(BACKLOG)
    except (OSError, OverflowError) as problem:
        door.close()
        raise CommandError(_why_not(port, problem)) from problem
    return door


def _why_not(port: int, problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
        return _(
            "Port %(port)s is in use. Stop what runs there, or choose: make run PORT=%(other)s"
        ) % {
            "port": port,
            "other": port + 1,
        }
    return _("Port %(port)s cannot be used: %(why)s. Choose one from 1024 to 65535.") % {
        "port": port,
        "why": problem,
    }


def _web(door: socket.socket) -> Program:
    """Return the web server; two processes of four threads measured best (docs/adr, number 2)."""
    words = (
        *(sys.executable, "-m", "gunicorn", "jembol.config.wsgi:application"),
        *("--bind", f"fd://{door.fileno()}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    )
    return Program(name="web", words=words, at_orphaning=signal.SIGTERM, files=(door.fileno(),))


def _worker() -> Program:
    """Return the worker; its jobs survive SIGKILL, so nothing of it may outlive the supervisor."""
    return Program(name="worker", words=(sys.executable, "-m", "jembol.config.main", "worker"))


def _answers(port: int) -> bool:
    """Say whether the web server answers, whatever it says."""
    asked = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        asked.request("GET", "/")
        asked.getresponse()
    except OSError:
        return False
    finally:
        asked.close()
    return True


def _demo_sign_ins() -> str:
    """Return the sign-ins of the demo city, one line for each role, or nothing without it."""
    if not City.objects.filter(is_demo=True).exists():
        return ""
    # The first officer of a role is its chief sign-in.
    chief = {demo.role: demo for demo in reversed(DEMO_OFFICERS)}
    names = [demo.username for demo in chief.values()]
    known = set(Officer.objects.filter(username__in=names).values_list("username", flat=True))
    lines = [
        f"  {chief[role].username:<12}{role.label}, {chief[role].place}"
        for role in Role
        if chief[role].username in known
    ]
    if not lines:
        return ""
    heading = _("Sign-ins of the demo city, all with the password %(password)s:")
    return "\n".join([heading % {"password": DEMO_PASSWORD}, *lines])

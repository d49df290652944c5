"""The ground of all tests: one database of the chosen engine, and traps for careless code.

`JEMBOL_TEST_DB=sqlite` (default) uses a file in a temporary folder, so that threads, the write gate
and child processes meet the same database as in a deployment. `JEMBOL_TEST_DB=postgres` starts a
PostgreSQL server of its own and stops it at the end.
"""

import atexit
import os
import random
import shutil
import socket
import tempfile
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.models import QuerySet
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from append_only import triggers_off
from postgres_server import PostgresServer
from processes import Processes

ENGINE = os.environ.get("JEMBOL_TEST_DB", "sqlite")
FOLDER = Path(tempfile.mkdtemp(prefix="jembol-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def _sqlite_settings():
    from jembol.config.settings import SQLITE

    # A power cut is not what tests are about, and the disk of a busy machine is slow.
    quick = SQLITE["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    file = str(FOLDER / "test.sqlite3")
    options = {**SQLITE["OPTIONS"], "init_command": quick}
    return {**SQLITE, "NAME": file, "TEST": {"NAME": file}, "OPTIONS": options}


def _postgres_settings():
    from jembol.config.environment import postgresql

    server = PostgresServer().start()
    atexit.register(server.stop)
    return {**postgresql(server.url_of("jembol")), "TEST": {"NAME": "test_jembol"}}


def _use_test_settings():
    """Point the settings, which pytest-django has read already, at temporary places."""
    makers = {"sqlite": _sqlite_settings, "postgres": _postgres_settings}
    if ENGINE not in makers:
        raise SystemExit(f"JEMBOL_TEST_DB must be sqlite or postgres, but is {ENGINE!r}.")
    chosen = settings.DATABASES["default"]
    fresh = makers[ENGINE]()
    chosen.clear()
    chosen.update(fresh)
    connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):
        del connections["default"]
    settings.STATE = FOLDER / "state"
    settings.FILES_ROOT = settings.STATE / "files"
    settings.FONTS_FOLDER = settings.STATE / "fonts"
    settings.MESSAGES_FOLDER = settings.STATE / "messages"
    settings.STATIC_ROOT = settings.STATE / "static"
    settings.STATIC_ROOT.mkdir(parents=True)
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # An unknown variable in a template fails the test (read by pytest-django).
    os.environ["FAIL_INVALID_TEMPLATE_VARS"] = "true"


_use_test_settings()

# Machines that run tests are shared and slow at times; no test here is about time.
hypothesis_settings.register_profile("jembol", deadline=None)
hypothesis_settings.load_profile("jembol")


# --- append-only tables -----------------------------------------------------------------------


_flush = TransactionTestCase._fixture_teardown


def _flush_without_triggers(self):
    with triggers_off():
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_without_triggers


# --- traps ------------------------------------------------------------------------------------

_shuffle = random.Random(20241007).shuffle
_fetch_all = QuerySet._fetch_all


def _fetch_in_any_order(self):
    is_fresh = self._result_cache is None
    _fetch_all(self)
    is_ours = self.model is not None and self.model.__module__.startswith("jembol.")
    if is_fresh and is_ours and len(self._result_cache) > 1 and not self.ordered:
        _shuffle(self._result_cache)


@pytest.fixture(autouse=True, scope="session")
def rows_without_an_order_come_in_any_order():
    """A queryset without `order_by` promises nothing: shuffle it."""
    QuerySet._fetch_all = _fetch_in_any_order
    yield
    QuerySet._fetch_all = _fetch_all


def _is_loopback(address):
    if not isinstance(address, tuple):
        return True  # a socket file
    host = address[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Nothing outside this machine is ever asked."""
    connect = socket.socket.connect

    def connect_to_loopback(self, address):
        if not _is_loopback(address):
            raise AssertionError(f"a test tried to reach {address!r}")
        return connect(self, address)

    socket.socket.connect = connect_to_loopback
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits of one test do not meet the next one."""
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def texts_as_the_code_has_them():
    """Actions refuse in English here; pages choose their language for themselves, as always."""
    with translation.override("en"):
        yield


# --- real processes ---------------------------------------------------------------------------


@pytest.fixture
def processes(transactional_db, tmp_path):
    """Start servers and workers as real processes on the test's own database."""
    started = Processes(FOLDER / "state", logs=tmp_path)
    yield started
    started.stop_all()

"""Build the small demo city in tests."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from jembol.console.demo.building import build
from jembol.console.demo.sizes import SIZES
from jembol.journal.by import By
from jembol.places.actions import load_country

# Early in the morning of a Tuesday: in UTC it is Monday still.
NOW = datetime(2026, 3, 3, 6, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def load_areas():
    """The two cities with their kelurahan."""
    load_country(by=By.system("tests", at=NOW), inside=("35.73", "35.76"))


def build_small(seed=1, now=NOW):
    """Build the small demo and return the lines that were told."""
    lines = []
    build(size=SIZES["small"], seed=seed, now=now, tell=lines.append)
    return lines


@contextmanager
def taken_back():
    """Leave no row behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

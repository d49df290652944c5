"""Facts of an invented city for the tests of the journal."""

from datetime import UTC, datetime

from jembol.journal.by import By
from jembol.kit.reach import Reach

MALANG = 35_73_00_0000_000_000
DINOYO = 35_73_05_1004_000_000
MOJOKERTO = 35_76_00_0000_000_000
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def officer(*, at=NOON, reach=None):
    return By(
        kind="officer",
        id=7,
        label="Sari (sari)",
        at=at,
        door="desk",
        reach=Reach.of([MALANG]) if reach is None else reach,
    )


def columns(event="registry.person.registered", **more):
    words = {
        "event": event,
        "about": ("registry.person", 12),
        "by": officer(),
        "area": DINOYO,
        "person_id": 12,
        "details": {"name": ["", "Siti"]},
    }
    return {**words, **more}

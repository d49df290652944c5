"""Work of linkage that pages ask for; `tasks` does it, in another process.

Who only asks need not load the engine: it takes 70 MB of each process.
"""

from typing import Final

from jembol.journal.by import By
from jembol.outbox.models import Job
from jembol.outbox.queries import newest_jobs
from jembol.outbox.tasks import Order
from jembol.places.models import Area

LINK_CITY: Final = Order("registry.link_city")
MERGE_TOGETHER: Final = Order("registry.merge_together")
UNMERGE_TOGETHER: Final = Order("registry.unmerge_together")


def ask_for_run(city: Area, *, by: By) -> Job:
    """Ask for a search of a city's register; one at a time is enough.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(city.key)
    return LINK_CITY.enqueue(by=by, dedup=f"city:{city.key}", area_key=city.key, city_id=city.key)


def is_searching(city: Area) -> bool:
    """Whether a search of the city's register waits or is under way."""
    newest = newest_jobs(LINK_CITY.kind, area_key=city.key, limit=1)
    return any(not job.is_over for job in newest)


def ask_to_accept(city: Area, *, above: float, share: float, why: str, by: By) -> Job:
    """Ask for the merge of all pairs of a city above a probability; the job names the batch.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(city.key)
    return MERGE_TOGETHER.enqueue(
        by=by,
        dedup=f"city:{city.key}",
        area_key=city.key,
        city_id=city.key,
        threshold=above,
        share=share,
        why=why,
    )


def ask_to_return(city: Area, *, batch: str, why: str, by: By) -> Job:
    """Ask to take back a bulk accept as a whole.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(city.key)
    return UNMERGE_TOGETHER.enqueue(
        by=by, dedup=f"batch:{batch}", area_key=city.key, batch=batch, why=why
    )

"""goldenmatch: the Fellegi-Sunter settings that it finds for itself."""

import logging
from collections.abc import Iterator

import goldenmatch
import numpy as np
import pyarrow

from bench.linkage.score import Numbers


def match(table: pyarrow.Table, seed: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the groups that it makes."""
    logging.disable(logging.WARNING)
    settings = goldenmatch.auto_configure_probabilistic_df(table)
    result = goldenmatch.dedupe_df(table, config=settings, confidence_required=False)
    groups = np.arange(len(table))
    for cluster in result.clusters.values():
        groups[cluster["members"]] = cluster["members"][0]
    yield "its own", groups

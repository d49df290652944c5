"""Rare spellings of areas brought to the common one of the same list."""

import numpy as np

from jembol.methods.linkage.alike import nearest_common
from jembol.methods.linkage.columns import Columns


def spelled_alike(columns: Columns) -> Columns:
    """Return the columns with rare spellings of a kelurahan brought to the common one."""
    values, counts = np.unique(columns.areas[:, 0], return_counts=True)
    order = np.lexsort((values, -counts))
    common = nearest_common(values[order], counts[order])
    areas = columns.areas.copy()
    brought = np.empty_like(values)
    brought[order] = common
    areas[:, 0] = brought[np.searchsorted(values, areas[:, 0])]
    return columns._replace(areas=areas)

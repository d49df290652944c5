"""Rare spellings of areas brought to the common one of the same list."""

import numpy as np

from jembol.methods.linkage.alike import nearest_common
from jembol.methods.linkage.columns import Array, Columns


def spelled_alike(columns: Columns) -> Columns:
    """Return the columns with rare spellings of a kelurahan brought to the common one."""
    values, counts = np.unique(columns.areas[:, 0], return_counts=True)
    return spelled_as(columns, values, common_spellings(values, counts))


def common_spellings(values: Array, counts: Array) -> Array:
    """Return for each kelurahan of a list how it is commonly written there.

    Args:
        values: Packed words, each once, sorted.
        counts: Records with each.
    """
    order = np.lexsort((values, -counts))
    brought = np.empty_like(values)
    brought[order] = nearest_common(values[order], counts[order])
    return brought


def spelled_as(columns: Columns, values: Array, brought: Array) -> Columns:
    """Return the columns with each kelurahan of the sorted values as it is brought."""
    areas = columns.areas.copy()
    areas[:, 0] = brought[np.searchsorted(values, areas[:, 0])]
    return columns._replace(areas=areas)

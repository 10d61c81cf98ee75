"""Who can be compared with whom: inspectors who saw the same, or are linked by others who did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import IntArray


@dataclass(frozen=True, slots=True)
class Islands:
    """Islands, numbered from 0, those with most inspectors first; nothing links one with another.

    ``inspector`` and ``unit`` say on which island each is; -1 where it has no record.
    ``inspectors`` and ``units``: how many each island has. On an island of one inspector nobody
    can be compared.
    """

    inspector: IntArray
    unit: IntArray
    inspectors: IntArray
    units: IntArray

    def __len__(self) -> int:
        return len(self.inspectors)

    @property
    def comparable(self) -> IntArray:
        """The islands that have two inspectors or more."""
        return np.flatnonzero(self.inspectors > 1)


def islands_of(unit: IntArray, inspector: IntArray, units: int, inspectors: int) -> Islands:
    """Returns the islands of records, each of one ``unit`` (visit or school) by one ``inspector``.

    Two inspectors are linked where they saw the same unit: the connected components of the graph of
    both. ``units`` and ``inspectors`` are how many there are of each. Source: Searle (1971),
    connectedness of two-way designs.

    >>> found = islands_of(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2]), 3, 3)
    >>> found.inspector.tolist(), found.inspectors.tolist()
    ([0, 0, 1], [2, 1])
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = inspectors + units
    links = coo_array((np.ones(len(unit), np.int8), (inspector, inspectors + unit)), (size, size))
    _, label = connected_components(links, directed=False)
    seen = np.zeros(size, bool)
    seen[inspector], seen[inspectors + unit] = True, True
    held = np.bincount(label[:inspectors], seen[:inspectors], minlength=size)
    order = np.argsort(-held, kind="stable")
    order = order[held[order] > 0]
    number = np.full(size, -1)
    number[order] = np.arange(len(order))
    found = np.where(seen, number[label], -1)
    of_unit = found[inspectors:]
    return Islands(
        found[:inspectors],
        of_unit,
        held[order].astype(np.int64),
        np.bincount(of_unit[of_unit >= 0], minlength=len(order)),
    )

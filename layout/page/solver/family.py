"""Families of element sets that the subset dynamic programming runs over.

All subsets up to about ten elements; above that, elements are gathered into clusters whose members stand together in
one rectangle: all subsets of each cluster, and all unions of clusters.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Family:
    """The subsets of some clusters, and the unions of clusters; sets are bit masks."""

    def __init__(self, clusters: Sequence[int]) -> None:
        """Take disjoint clusters as masks; clusters of one element each give all subsets."""
        self.clusters = tuple(sorted(clusters))
        self.everything = sum(self.clusters)
        self._splits: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def sets(self) -> tuple[int, ...]:
        """All sets of the family, subsets before their supersets."""
        found = set()
        for cluster in self.clusters:
            found.update(_subsets(cluster))
        unions = [0]
        for cluster in self.clusters:
            unions += [union | cluster for union in unions]
        found.update(unions)
        found.discard(0)
        return tuple(sorted(found))

    @cached_property
    def size(self) -> int:
        """The number of splits of all sets, which the work of the dynamic programming grows with."""
        return sum(len(self.splits(which)) for which in self.sets)

    def splits(self, which: int) -> list[tuple[int, int]]:
        """Return all ways to part a set in two, the lowest element in the first half."""
        found = self._splits.get(which)
        if found is None:
            parts = [cluster for cluster in self.clusters if cluster & which]
            if len(parts) == 1:
                parts = [1 << bit for bit in range(which.bit_length()) if which >> bit & 1]
            unions = [parts[0]]
            for part in parts[1:]:
                unions += [union | part for union in unions]
            found = self._splits[which] = [(union, which ^ union) for union in unions if union != which]
        return found


def _subsets(which: int) -> list[int]:
    found = [0]
    rest = which
    while rest:
        bit = rest & -rest
        found += [one | bit for one in found]
        rest ^= bit
    return found

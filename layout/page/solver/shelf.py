"""The best trees of one state of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from layout.page.solver.tree import Tree


class Entry(NamedTuple):
    """A tree of a state: its cost and the head classes at its upper corners (ids of `Costs.head_ids`)."""

    cost: int
    tree: Tree
    left: int
    right: int


class Shelf:
    """Keeps the cheapest entries, and of those with the same head classes at the corners only a few."""

    def __init__(self, keep: int, twins: int) -> None:
        """Keep at most `keep` entries, `twins` of a kind."""
        self._keep, self._twins = keep, twins
        self._found: list[Entry] = []
        self.cropped = False
        self._bar = -1

    def put(self, entry: Entry) -> None:
        """Offer an entry; `cropped` notes that one was refused."""
        if self._bar >= 0 and entry.cost >= self._bar:
            self.cropped = True
            return
        self._found.append(entry)
        if len(self._found) >= 8 * self._keep:
            self._thin()

    def limit(self, allowance: int) -> int:
        """Return the cost from which entries are no longer wanted."""
        if self._bar < 0 and len(self._found) >= 2 * self._keep:
            self._thin()
        return allowance if self._bar < 0 else min(allowance, self._bar)

    def entries(self) -> list[Entry]:
        """Return what is kept, cheapest first."""
        self._thin()
        return self._found

    def _thin(self) -> None:
        self._found.sort()
        kept: list[Entry] = []
        corners: dict[tuple[int, int], int] = {}
        for entry in self._found:
            seen = corners.get((entry.left, entry.right), 0)
            if seen < self._twins and len(kept) < self._keep:
                corners[entry.left, entry.right] = seen + 1
                kept.append(entry)
            else:
                self.cropped = True
        self._found = kept
        if len(kept) == self._keep:
            self._bar = kept[-1].cost

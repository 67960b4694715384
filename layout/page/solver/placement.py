"""What the places of modules cost: above and beside, gutters, cuts, heads and pictures that meet.

Every pair of modules is parted at exactly one node of the slicing tree, so costs of pairs are exact inside the
search (algorithms.md 2.6). Heads that meet by chance, gutters that line up through several modules and pictures side
by side belong to the page as a whole and are priced on its rectangles.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from layout.page.solver.problem import HEADLESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.geometry import Cells
    from layout.page.solver.problem import Wish
    from layout.page.solver.region import Element

CONTRAST = 130
"""Sizes in this proportion (per cent) are two steps of the ladder 18, 21, 24, 28, 32, 36, 42 … apart."""

CONTRAST_SHARE = 90
"""Per cent of the butting cost left when sizes are two steps apart (algorithms.md 2.6, remedies)."""

FACE_SHARE = 90
"""Per cent of the butting cost left when only the face differs."""


BROKEN = 400_000
"""A wish of the editor that a page does not fulfil: more than any page costs, less than a story without a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The page's weights (styles/weights.yaml); what a style leaves out costs nothing."""

    inversion: int = 0
    second_low: int = 0
    lead_below: int = 0
    lead_right: int = 0
    rank_right: int = 0
    gutter: int = 0
    root_column_cut: int = 0
    cut_second: int = 0
    cut_third: int = 0
    butting_heads: int = 0
    photo_clash: int = 0

    @classmethod
    def of(cls, weights: Mapping[str, int]) -> Weights:
        """Return the weights that concern the page among all weights of a style."""
        return cls(**{field.name: weights[field.name] for field in fields(cls) if field.name in weights})


class Costs:
    """Placement costs of a set of elements; sets are bit masks over their indices."""

    def __init__(
        self, elements: Sequence[Element], weights: Weights, page_lines: int, wishes: Sequence[Wish] = ()
    ) -> None:
        """Prepare masks by rank, the least butting costs of pairs, and the pairs that are wished to stand so."""
        self.weights = weights
        self.page_lines = page_lines
        self._heads = [HEADLESS, *sorted({head for e in elements for head in _heads(e)} - {HEADLESS})]
        self.head_ids = {head: number for number, head in enumerate(self._heads)}
        self.butting = [[butting(a, b, weights) for b in self._heads] for a in self._heads]
        items = [(1 << i, e) for i, e in enumerate(elements) if e.item is not None]
        self.lead = lead_of(elements)
        self._floating = sum(bit for bit, e in items if e.line is None)
        ranks = sorted({e.rank for _, e in items})
        by_rank = {rank: sum(bit for bit, e in items if e.rank == rank and e.line is None) for rank in ranks}
        self._inversions = [
            (mask, sum(by_rank[low] for low in ranks if low >= rank + 2))
            for rank, mask in by_rank.items()
            if any(low >= rank + 2 for low in ranks)
        ]
        self._second = by_rank.get(2, 0)
        self._third = by_rank.get(3, 0)
        self._ranks = [sum(bit for bit, e in items if e.rank == rank) for rank in ranks]
        bits = {element.id: 1 << number for number, element in enumerate(elements)}
        pairs = [(wish.where, bits[wish.one], bits[wish.other]) for wish in wishes if {wish.one, wish.other} <= {*bits}]
        self._above = [(one, other) for where, one, other in pairs if where == "above"]
        self._beside = [(one, other) for where, one, other in pairs if where == "beside"]
        # What the editor puts under something is no longer asked to stand on top.
        self._floating &= ~sum({other for _, other in self._above})
        self._near_levels, self._near_items = self._pairs(elements)
        self._near_cache: dict[int, tuple[int, ...]] = {0: (0,) * len(self._near_levels)}

    def _pairs(self, elements: Sequence[Element]) -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
        """Return the distinct least butting costs of pairs, rising, and per element the masks within each."""
        ids = self.head_ids
        ways = [[way for depths in e.options.values() for found in depths.values() for way in found] for e in elements]
        lefts = [sorted({ids[way.corners[0]] for way in found}) for found in ways]
        rights = [sorted({ids[way.corners[1]] for way in found}) for found in ways]
        cost = [
            [
                min(
                    min((self.butting[a][b] for a in rights[one] for b in lefts[two]), default=0),
                    min((self.butting[a][b] for a in rights[two] for b in lefts[one]), default=0),
                )
                for two in range(len(elements))
            ]
            for one in range(len(elements))
        ]
        levels = tuple(sorted({value for row in cost for value in row}))
        masks = [
            tuple(sum(1 << j for j, value in enumerate(row) if value <= level) for level in levels) for row in cost
        ]
        return levels, masks

    def stack(self, top: int, rest: int) -> int:
        """Return the cost of standing the set `top` above the set `rest`."""
        cost = 0
        weights = self.weights
        if rest & self.lead & self._floating and top & self._floating:
            cost += weights.lead_below
        for better, worse in self._inversions:
            below = rest & better
            if below:
                above = top & worse
                if above:
                    cost += weights.inversion * below.bit_count() * above.bit_count()
        if rest & self._second and top & self._third:
            cost += weights.second_low * (rest & self._second).bit_count() * (top & self._third).bit_count()
        for one, other in self._above:
            if rest & one and top & other:
                cost += BROKEN
        for one, other in self._beside:
            if (top & one and rest & other) or (top & other and rest & one):
                cost += BROKEN
        return cost

    def beside(self, left: int, right: int) -> int:
        """Return the cost of the order of two sets side by side: left outranks right."""
        return self._order(left, right) + self._abreast(left, right)

    def _abreast(self, one: int, two: int) -> int:
        """Return the cost of standing side by side for what is wished to stand above."""
        return sum(BROKEN for a, b in self._above if (one & a and two & b) or (one & b and two & a))

    def _order(self, left: int, right: int) -> int:
        if right & self.lead:
            return self.weights.lead_right
        if left & self.lead:
            return 0
        for mask in self._ranks:
            if left & mask:
                return 0
            if right & mask:
                return self.weights.rank_right
        return 0

    def gutter(self, depth: int) -> int:
        """Return the cost of a gutter of so many lines: nothing up to half the page, the weight at 65 per cent."""
        excess = 2 * depth - self.page_lines
        return self.weights.gutter * excess * 10 // (3 * self.page_lines) if excess > 0 else 0

    def cut(self, number: int) -> int:
        """Return the cost of the `number`th full horizontal cut of the page, counted from 1 (newsroom.md 8)."""
        return 0 if number < 2 else self.weights.cut_second if number == 2 else self.weights.cut_third

    def least_butting(self, one: int, two: int) -> int:
        """Return the least that heads of two sets side by side can cost where they meet, or a wish that this breaks."""
        if self._above and (broken := self._abreast(one, two)):
            return broken
        near = self._near(one)
        for level, mask in zip(self._near_levels, near, strict=True):
            if mask & two:
                return level
        return 0

    def _near(self, which: int) -> tuple[int, ...]:
        found = self._near_cache.get(which)
        if found is None:
            low = which & -which
            rest = self._near(which ^ low)
            own = self._near_items[low.bit_length() - 1]
            found = tuple(a | b for a, b in zip(own, rest, strict=True))
            self._near_cache[which] = found
        return found


def lead_of(elements: Sequence[Element]) -> int:
    """Return the mask of the page's lead, its first item of the best rank."""
    items = [(e.rank, i) for i, e in enumerate(elements) if e.item is not None]
    return 1 << min(items)[1] if items else 0


def butting(one: tuple[str, int], two: tuple[str, int], weights: Weights) -> int:
    """Return the cost of two head classes side by side on one line."""
    full = weights.butting_heads
    if HEADLESS in {one, two}:
        return 0
    low, high = sorted((one[1], two[1]))
    if 100 * high >= CONTRAST * low:
        return full * CONTRAST_SHARE // 100
    return full * FACE_SHARE // 100 if one[0] != two[0] else full


def neighbours(cells: Mapping[int, Cells]) -> list[tuple[int, int, int]]:
    """Return (left, right, lines shared) of all rectangles that meet along a vertical edge."""
    return [
        (a, b, shared)
        for a, one in cells.items()
        for b, two in cells.items()
        if one.right == two.column and (shared := min(one.bottom, two.bottom) - max(one.line, two.line)) > 0
    ]


def gutters(pairs: Sequence[tuple[int, int, int]], cells: Mapping[int, Cells]) -> dict[int, list[int]]:
    """Return, for every column edge, the depths of its unbroken gutters between the given neighbours."""
    edges: dict[int, list[tuple[int, int]]] = {}
    for a, b, _ in pairs:
        one, two = cells[a], cells[b]
        edges.setdefault(two.column, []).append((max(one.line, two.line), min(one.bottom, two.bottom)))
    found: dict[int, list[int]] = {}
    for edge, spans in edges.items():
        spans.sort()
        runs: list[int] = []
        start, end = spans[0]
        for low, high in spans[1:]:
            if low > end:
                runs.append(end - start)
                start, end = low, high
            else:
                end = max(end, high)
        runs.append(end - start)
        found[edge] = runs
    return found


def _heads(element: Element) -> set[tuple[str, int]]:
    ways = (way for depths in element.options.values() for found in depths.values() for way in found)
    return {head for way in ways for head in (way.left, way.right)}

"""Which depths a set of elements can fill at which width: subset dynamic programming over slicing trees.

Every set of the family is put together from its halves, one above the other and side by side (algorithms.md 2.3);
all its depths at a width, at every level of cost, are one integer (`packing`). Sets without anchored elements have
depths only. Sets with anchored ones know their left column, or their upper line, or both: `{(column, width): {line:
depths}}` with `FREE` for what is not anchored (algorithms.md 2.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layout.page.solver.packing import FREE, Packing, Rows, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.page.solver.family import Family
    from layout.page.solver.placement import Costs
    from layout.page.solver.region import Region
    from layout.page.solver.work import Meter

_OVERHEAD_ROWS, _UNIT_ROWS = 12, 36
"""An operation takes as long as this many rows more than it has; rows that make one work unit."""

_RAISES = 8
"""Shifts of single rows that take as long as one convolution."""


class Cuts(NamedTuple):
    """What cuts through the whole width of the region cost: upright, then first, second and further level ones."""

    upright: int
    level: tuple[int, int, int]


class _Shape(NamedTuple):
    """A free set at a width: packed depths, all depths, lowest level, least and greatest depth."""

    width: int
    packed: int
    top: int
    least: int
    low: int
    high: int


class _Seam(NamedTuple):
    """Two sets side by side: left column and width of the whole, column and width of the left part."""

    column: int
    width: int
    cut: int


class Slicing:
    """Packed depths of every set of the family."""

    def __init__(self, region: Region, costs: Costs, family: Family, meter: Meter, scale: Scale, cuts: Cuts) -> None:
        """Fill the tables, smaller sets first; `complete` is false where the meter stopped that."""
        self.columns, self.lines = region.columns, region.lines
        self.elements = region.elements
        self.costs, self.family, self.cuts = costs, family, cuts
        self.unit = scale.unit
        self.everything = family.everything
        self.by_column = sum(1 << i for i, e in enumerate(self.elements) if e.column is not None)
        self.by_line = sum(1 << i for i, e in enumerate(self.elements) if e.line is not None)
        self.base: dict[int, int] = {}
        self.free: dict[int, list[int]] = {}
        self.packing = Packing(self.lines, scale)
        self._scale, self._meter = scale, meter
        self._anchored: dict[int, dict[tuple[int, int], Rows]] = {}
        self._chains: tuple[dict[int, Rows], dict[int, Rows]] = ({}, {})
        self._shapes: dict[int, list[_Shape]] = {}
        self._areas: dict[int, tuple[int, int]] = {}
        self._zones: dict[int, list[tuple[int, int, int]]] = {}
        self.complete = self._measure() and self._fill()

    # what the search asks

    def table(self, which: int, column: int, width: int) -> Rows:
        """Return the packed depths of a set at a column (ignored when the set is free) and width."""
        free = self.free.get(which)
        if free is not None:
            return {FREE: free[width]} if free[width] else {}
        return self._anchored.get(which, {}).get((column if which & self.by_column else FREE, width), {})

    def depths(self, packed: int) -> dict[int, int]:
        """Return depth -> lowest level of packed depths."""
        return self.packing.depths(packed)

    def level(self, which: int, column: int, width: int, line: int, depth: int) -> int | None:
        """Return the lowest level at which the set fills the rectangle, None when it cannot."""
        packed = self.table(which, column, width).get(line if which & self.by_line else FREE)
        return None if packed is None else self.packing.depths(packed).get(depth)

    def chain(self, parts: int, which: int, line: int) -> dict[int, int]:
        """Return depth -> level of the set as a stack of `parts` (1, 2, or 3 for more) over the whole width."""
        rows = self.table(which, 0, self.columns) if parts == 1 else self._chains[parts - 2].get(which, {})
        packed = rows.get(line if which & self.by_line else FREE)
        return {} if packed is None else self.packing.depths(packed)

    # areas

    def _measure(self) -> bool:
        """Note base cost and areas of every element; return whether each has an option under the cap."""
        cap = self._scale.unit * self._scale.rows
        for index, element in enumerate(self.elements):
            if not self.everything >> index & 1:
                continue
            least = element.least
            areas = [
                width * depth
                for width, depths in element.options.items()
                for depth, ways in depths.items()
                if width <= self.columns and depth <= self.lines and ways[0][0] - least < cap
            ]
            if not areas:
                return False
            self.base[1 << index] = least
            self._areas[1 << index] = (min(areas), max(areas))
        self._area(self.everything)
        return True

    def _area(self, which: int) -> tuple[int, int]:
        if not which:
            return (0, 0)
        found = self._areas.get(which)
        if found is None:
            bit = which & -which
            one, rest = self._areas[bit], self._area(which ^ bit)
            found = self._areas[which] = (one[0] + rest[0], one[1] + rest[1])
            self.base[which] = self.base[bit] + (self.base[which ^ bit])
        return found

    def _spans(self, which: int) -> list[tuple[int, int]]:
        """Return the least and greatest useful depth at every width: the others have to fill the rest of the area."""
        total = self.columns * self.lines
        low, high = self._area(which)
        rest_low, rest_high = self._area(self.everything ^ which)
        low, high = max(low, total - rest_high), min(high, total - rest_low)
        widths = range(1, self.columns + 1)
        return [(1, 0), *((max(1, -(-low // width)), min(self.lines, high // width)) for width in widths)]

    # filling

    def _fill(self) -> bool:
        for which in self.family.sets:
            if self._meter.over:
                return False
            spans = self._spans(which)
            if which & (self.by_column | self.by_line):
                self._fill_anchored(which, spans)
            else:
                self._fill_free(which, spans)
            self._fill_chains(which, spans[self.columns])
        return True

    def _spend(self, work: int) -> None:
        """Count operations, longer integers for more."""
        self._meter.spend(1 + work * (_OVERHEAD_ROWS + self._scale.rows) // _UNIT_ROWS)

    def _leaf(self, which: int, width: int) -> int:
        """Return the packed depths of a single element at a width."""
        base, packed = self.base[which], 0
        for depth, ways in self.elements[which.bit_length() - 1].options.get(width, {}).items():
            packed |= self.packing.one(depth, self._scale.level(ways[0][0] - base))
        return packed

    def _gutters(self, extra: int) -> list[tuple[int, int, int]]:
        """Return what a node side by side costs at every depth, with `extra` in it."""
        found = self._zones.get(extra)
        if found is None:
            found = self._zones[extra] = self.packing.zones(lambda depth: extra + self.costs.gutter(depth))
        return found

    def _fill_free(self, which: int, spans: list[tuple[int, int]]) -> None:
        out = [0] * (self.columns + 1)
        shapes: list[_Shape] = []
        self.free[which], self._shapes[which] = out, shapes
        if which & (which - 1) == 0:
            out[1:] = [self._leaf(which, width) for width in range(1, self.columns + 1)]
        else:
            self._combine(which, out, spans)
        for width in range(1, self.columns + 1):
            packed = out[width] = out[width] and out[width] & self.packing.between(*spans[width])
            if packed:
                top = packed >> self.packing.top
                least = ((packed & -packed).bit_length() - 1) // self.packing.stride
                low, high = (top & -top).bit_length() - 1, top.bit_length() - 1
                shapes.append(_Shape(width, packed, top, least, low, high))

    def _combine(self, which: int, out: list[int], spans: list[tuple[int, int]]) -> None:
        """Put together all halves of a free set, above each other and side by side."""
        windows = [self.packing.between(*span) & self.packing.row for span in spans]
        if not any(windows):
            return
        columns, rows, costs, packing = self.columns, self._scale.rows, self.costs, self.packing
        work = 0
        for one, two in self.family.splits(which):
            lefts, rights = self._shapes[one], self._shapes[two]
            if not lefts or not rights:
                continue
            stacked = self._scale.level(min(costs.stack(one, two), costs.stack(two, one)))
            gutters: list[tuple[int, int, int]] = []
            for left in lefts:
                width, a, top, least, low, high = left
                for wide, b, other, lowest, shallow, deep in rights:
                    level = least + lowest
                    if level >= rows:
                        continue
                    if width == wide < columns and level + stacked < rows:
                        first, last = spans[width]
                        if low + shallow <= last and high + deep >= first:
                            work += 1
                            out[width] |= packing.stack(a, b, last) << (stacked * packing.stride)
                    both = width + wide
                    if both <= columns and top & other & windows[both]:
                        gutters = gutters or self._gutters(costs.least_butting(one, two))
                        work += 1
                        out[both] |= packing.beside(a, b, gutters)
        self._spend(work)

    # sets with anchored elements

    def _fill_anchored(self, which: int, spans: list[tuple[int, int]]) -> None:
        out: dict[tuple[int, int], Rows] = {}
        self._anchored[which] = out
        if which & (which - 1) == 0:
            self._fill_pin(which, spans)
            return
        work = 0
        for one, two in self.family.splits(which):
            work += self._stacked(out, one, two, spans) + self._abreast(out, one, two, spans)
        for key in sorted(out):
            window = self.packing.between(*spans[key[1]])
            rows = {line: packed & window for line, packed in sorted(out[key].items()) if packed & window}
            if rows:
                out[key] = rows
            else:
                del out[key]
        self._spend(work)

    def _fill_pin(self, which: int, spans: list[tuple[int, int]]) -> None:
        """Fill in a single anchored element."""
        element = self.elements[which.bit_length() - 1]
        column = FREE if element.column is None else element.column
        line = FREE if element.line is None else element.line
        for width in range(1, self.columns + 1 - max(column, 0)):
            low, high = spans[width]
            packed = self._leaf(which, width) & self.packing.between(low, min(high, self.lines - max(line, 0)))
            if packed:
                self._anchored[which][column, width] = {line: packed}

    def _keys(self, which: int) -> list[tuple[int, int]]:
        """Return the (column, width) at which a set can stand."""
        free = self.free.get(which)
        if free is not None:
            return [(FREE, width) for width in range(1, self.columns + 1) if free[width]]
        return list(self._anchored[which])

    def _stacked(self, out: dict[tuple[int, int], Rows], one: int, two: int, spans: list[tuple[int, int]]) -> int:
        """Add two sets one above the other, in both orders where lines matter; return the work done."""
        orders = [(one, two, self.costs.stack(one, two)), (two, one, self.costs.stack(two, one))]
        if not (one | two) & self.by_line:
            orders = [min(orders, key=lambda order: order[2])]
        keys = [key for key in self._common(one, two) if key[1] < self.columns and spans[key[1]][0] <= spans[key[1]][1]]
        work = 0
        for top, rest, cost in orders:
            level = self._scale.level(cost)
            if level < self._scale.rows:
                for key in keys:
                    rows = out.setdefault(key, {})
                    work += self._pile(rows, self.table(top, *key), self.table(rest, *key), level, spans[key[1]][1])
        return work

    def _common(self, one: int, two: int) -> list[tuple[int, int]]:
        """Return the keys (column, width) at which two sets can stand one above the other."""
        if one & self.by_column and not two & self.by_column:
            one, two = two, one
        others = self._keys(one)
        if two & self.by_column and not one & self.by_column:
            widths = {width for _, width in others}
            return [key for key in self._keys(two) if key[1] in widths]
        return [key for key in self._keys(two) if key in others]

    def _pile(self, out: Rows, upper: Rows, lower: Rows, level: int, high: int) -> int:
        """Stack rows on rows into `out`; return the work done."""
        raises = 0
        if upper and lower:
            for line, packed in self.packing.pile(upper, lower, level, high):
                raises += 1
                out[line] = out.get(line, 0) | packed
        return raises if FREE in lower else 1 + raises // _RAISES

    def _abreast(self, out: dict[tuple[int, int], Rows], one: int, two: int, spans: list[tuple[int, int]]) -> int:
        """Add two sets side by side, in both orders where columns matter; return the work done."""
        gutters = self._gutters(self.costs.least_butting(one, two))
        work = 0
        for left, right in ((one, two), (two, one)) if (one | two) & self.by_column else ((one, two),):
            for seam in self._seams(left, right):
                if spans[seam.width][0] <= spans[seam.width][1]:
                    rows = out.setdefault((seam.column, seam.width), {})
                    work += self._beside(rows, left, right, seam, gutters)
        return work

    def _seams(self, left: int, right: int) -> Iterator[_Seam]:
        """Yield all ways in which two sets stand side by side."""
        for column, width in self._keys(left):
            for other, wide in self._keys(right):
                start = column if column != FREE or other == FREE else other - width
                fits = other in (FREE, column + width) if column != FREE else other == FREE or start >= 0
                if fits and max(start, 0) + width + wide <= self.columns:
                    yield _Seam(start, width + wide, width)

    def _beside(self, out: Rows, left: int, right: int, seam: _Seam, gutters: list[tuple[int, int, int]]) -> int:
        one = self.table(left, seam.column, seam.cut)
        two = self.table(right, seam.column if seam.column == FREE else seam.column + seam.cut, seam.width - seam.cut)
        if FREE in one and FREE not in two:
            one, two = two, one
        work = 0
        for line, packed in one.items():
            other = two.get(FREE) or two.get(line, 0)
            if (packed >> self.packing.top) & (other >> self.packing.top):
                work += 1
                fits = self.packing.between(1, self.lines - max(line, 0))
                out[line] = out.get(line, 0) | self.packing.beside(packed, other, gutters) & fits
        return work

    # the whole width

    def _fill_chains(self, which: int, span: tuple[int, int]) -> None:
        """Stack parts over the whole width: each further cut has its price (newsroom.md 8)."""
        if which & (which - 1) == 0 or span[0] > span[1]:
            return
        cuts = [self._scale.level(cost) for cost in self.cuts.level]
        two: Rows = {}
        more: Rows = {}
        work = 0
        for a, b in self.family.splits(which):
            for top, rest in ((a, b), (b, a)):
                upper = self.table(top, 0, self.columns)
                if not upper:
                    continue
                level = self._scale.level(self.costs.stack(top, rest))
                for cut, lower, out in (
                    (cuts[0], self.table(rest, 0, self.columns), two),
                    (cuts[1], self._chains[0].get(rest, {}), more),
                    (cuts[2], self._chains[1].get(rest, {}), more),
                ):
                    if lower and level + cut < self._scale.rows:
                        work += self._pile(out, upper, lower, level + cut, span[1])
        window = self.packing.between(*span)
        for rows, chain in ((two, self._chains[0]), (more, self._chains[1])):
            kept = {line: packed & window for line, packed in sorted(rows.items()) if packed & window}
            if kept:
                chain[which] = kept
        self._spend(work)

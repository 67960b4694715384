"""Which depths a set of elements can fill at which width: subset dynamic programming over slicing trees.

All depths of a set at a width, at every level of cost, are one integer: row `r` of it holds the depths reachable
at a cost of at most `r` units over the set's base cost, one bit a depth. Side by side is `&` within rows that add
up, stacking is shift and `|`; a whole convolution takes a few dozen operations on long integers (algorithms.md
2.3). Costs round down to units, so a row is a bound from below.

Sets without anchored elements have depths only. Sets with anchored ones know their left column, or their upper
line, or both: `{(column, width): {line: depths}}` with -1 for what is free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.page.family import Family
    from layout.page.placement import Costs
    from layout.page.region import Region
    from layout.page.work import Meter

_OVERHEAD_ROWS, _UNIT_ROWS = 12, 36
"""An operation takes as long as this many rows more than it has; rows that make one work unit."""

FREE = -1
"""The column or line of a set that is not anchored."""

Rows = dict[int, int]
"""Upper line (or `FREE`) -> packed depths."""


class Scale(NamedTuple):
    """How costs become rows: the cost of a row, the number of rows, what is added to a cost before it rounds down.

    With a bias the rows are no bound but an estimate, which leads the search to good pages with less work.
    """

    unit: int
    rows: int
    bias: int = 0


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


class Slicing:
    """Packed depths of every set of the family."""

    def __init__(
        self, region: Region, costs: Costs, family: Family, meter: Meter, scale: Scale, cuts: Cuts
    ) -> None:
        """Fill the tables, smaller sets first."""
        self.columns, self.lines = region.columns, region.lines
        self.elements = region.elements
        self.costs = costs
        self.family = family
        self.unit, self.rows, self._bias = unit, rows, _ = scale
        self.cuts = cuts
        self.stride = self.lines + 1
        self.full_set = family.everything
        self._meter = meter
        self._row = (1 << self.stride) - 1
        self._repeat = sum(1 << (row * self.stride) for row in range(rows))
        self._all = (1 << (rows * self.stride)) - 1
        self._upward = [self._repeat >> (row * self.stride) << (row * self.stride) for row in range(rows)]
        self._upto = [self._repeat * ((1 << (depth + 1)) - 1) for depth in range(self.lines + 1)]
        self._steps_memo: dict[int, tuple[tuple[int, int], ...]] = {}
        self._depths_memo: dict[int, dict[int, int]] = {}
        self._layers_memo: dict[int, tuple[tuple[int, int], ...]] = {}
        self._zones: dict[int, list[tuple[int, int, int]]] = {}
        self._shapes: dict[int, list[_Shape]] = {}
        self._top = (rows - 1) * self.stride
        self.base: dict[int, int] = {}
        self._areas: dict[int, tuple[int, int]] = {}
        self.by_column = sum(1 << i for i, e in enumerate(self.elements) if e.column is not None)
        self.by_line = sum(1 << i for i, e in enumerate(self.elements) if e.line is not None)
        self.free: dict[int, list[int]] = {}
        self.anchored: dict[int, dict[tuple[int, int], Rows]] = {}
        self.chains: tuple[dict[int, Rows], dict[int, Rows]] = ({}, {})
        self.complete = False
        self._fill()

    # what the search asks

    def table(self, which: int, column: int, width: int) -> Rows:
        """Return the packed depths of a set at a column (ignored when the set is free) and width."""
        free = self.free.get(which)
        if free is not None:
            return {FREE: free[width]} if free[width] else {}
        return self.anchored.get(which, {}).get((column if which & self.by_column else FREE, width), {})

    def depths(self, packed: int) -> dict[int, int]:
        """Return depth -> lowest level of packed depths."""
        found = self._depths_memo.get(packed)
        if found is None:
            found = self._depths_memo[packed] = dict(self._steps(packed))
        return found

    def level(self, which: int, column: int, width: int, line: int, depth: int) -> int | None:
        """Return the lowest level at which the set fills the rectangle, None when it cannot."""
        packed = self.table(which, column, width).get(line if which & self.by_line else FREE)
        return None if packed is None else self.depths(packed).get(depth)

    def chain(self, parts: int, which: int, line: int) -> dict[int, int]:
        """Return depth -> level of the set as a stack of `parts` (1, 2, or 3 for more) over the whole width."""
        rows = self.table(which, 0, self.columns) if parts == 1 else self.chains[parts - 2].get(which, {})
        packed = rows.get(line if which & self.by_line else FREE)
        return {} if packed is None else self.depths(packed)

    # filling

    def _fill(self) -> None:
        cap = self.unit * self.rows
        for index, element in enumerate(self.elements):
            if not self.full_set >> index & 1:
                continue
            least = element.least
            areas = [
                width * depth
                for width, depths in element.options.items()
                for depth, ways in depths.items()
                if ways[0][0] - least < cap
            ]
            self.base[1 << index] = least
            self._areas[1 << index] = (min(areas), max(areas))
        total = self.columns * self.lines
        self._area(self.full_set)
        for which in self.family.sets:
            if self._meter.over:
                return
            low, high = self._area(which)
            rest_low, rest_high = self._area(self.full_set ^ which)
            low, high = max(low, total - rest_high), min(high, total - rest_low)
            if which & (self.by_column | self.by_line):
                self._fill_anchored(which, low, high)
            else:
                self._fill_free(which, low, high)
            self._fill_chains(which, low, high)
        self.complete = True

    def _spend(self, work: int) -> None:
        """Count operations, longer integers for more."""
        self._meter.spend(1 + work * (_OVERHEAD_ROWS + self.rows) // _UNIT_ROWS)

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

    def _leaf(self, which: int, width: int) -> int:
        """Return the packed depths of a single element at a width."""
        element = self.elements[which.bit_length() - 1]
        base, packed = self.base[which], 0
        for depth, ways in element.options.get(width, {}).items():
            level = (ways[0][0] - base + self._bias) // self.unit
            if level < self.rows:
                packed |= self._upward[level] << depth
        return packed

    def _span(self, low: int, high: int, width: int) -> tuple[int, int]:
        """Return the least and greatest depth that an area between `low` and `high` takes at a width."""
        return max(1, -(-low // width)), min(self.lines, high // width)

    def _fill_free(self, which: int, low: int, high: int) -> None:
        columns = self.columns
        out = [0] * (columns + 1)
        self.free[which] = out
        shapes: list[_Shape] = []
        self._shapes[which] = shapes
        spans = [(1, 0), *(self._span(low, high, width) for width in range(1, columns + 1))]
        if which & (which - 1) == 0:
            for width in range(1, columns + 1):
                out[width] = self._leaf(which, width)
        else:
            self._combine(which, out, spans)
        for width in range(1, columns + 1):
            first, last = spans[width]
            if out[width] and first <= last:
                packed = out[width] = out[width] & self._between(first, last)
                if packed:
                    shapes.append(self._shape(width, packed))
            else:
                out[width] = 0

    def _shape(self, width: int, packed: int) -> _Shape:
        top = packed >> self._top
        least = ((packed & -packed).bit_length() - 1) // self.stride
        return _Shape(width, packed, top, least, (top & -top).bit_length() - 1, top.bit_length() - 1)

    def _combine(self, which: int, out: list[int], spans: list[tuple[int, int]]) -> None:
        """Put together all halves of a free set, above each other and side by side."""
        columns, rows, stride, costs, unit = self.columns, self.rows, self.stride, self.costs, self.unit
        windows = [0] * (columns + 1)
        for width in range(1, columns + 1):
            if spans[width][0] <= spans[width][1]:
                windows[width] = self._between(*spans[width]) & self._row
        if not any(windows):
            return
        work = 0
        for one, two in self.family.splits(which):
            lefts, rights = self._shapes[one], self._shapes[two]
            if not lefts or not rights:
                continue
            stacked = (min(costs.stack(one, two), costs.stack(two, one)) + self._bias) // unit
            beside = -1
            for width, a, top, least, low, high in lefts:
                for wide, b, other, lowest, shallow, deep in rights:
                    level = least + lowest
                    if level >= rows:
                        continue
                    if width == wide and width < columns and level + stacked < rows and windows[width]:
                        first, last = spans[width]
                        if low + shallow <= last and high + deep >= first:
                            work += 1
                            out[width] |= self._stack(a, b, last) << (stacked * stride)
                    both = width + wide
                    if both <= columns and top & other & windows[both]:
                        if beside < 0:
                            beside = costs.least_butting(one, two)
                        work += 1
                        out[both] |= self._beside(a, b, beside)
        self._spend(work)

    def _between(self, low: int, high: int) -> int:
        """Return the mask of depths from `low` to `high` in every row."""
        return self._upto[high] ^ self._upto[low - 1]

    def _stack(self, one: int, two: int, high: int) -> int:
        """Return the packed depths of two sets one above the other, down to a depth."""
        steps, other = self._steps(one), self._steps(two)
        if len(other) < len(steps):
            steps, two = other, one
        out, stride, upto = 0, self.stride, self._upto
        for depth, level in steps:
            if depth < high:
                out |= (two & upto[high - depth]) << (depth + level * stride)
        return out & self._all

    def _beside(self, one: int, two: int, extra: int) -> int:
        """Return the packed depths of two sets side by side; `extra` is a cost of the node."""
        layers, other = self._layers(one), self._layers(two)
        if len(other) < len(layers):
            layers, two = other, one
        out = 0
        for mask, shift in layers:
            out |= (mask & two) << shift
        out &= self._all
        row = out >> self._top
        if not row:
            return 0
        total = 0
        for depths, mask, shift in self._gutters(extra):
            if row & depths:
                total |= (out & mask) << shift
        return total & self._all

    def _gutters(self, extra: int) -> list[tuple[int, int, int]]:
        """Return (depths, the same in every row, shift) by what a node side by side costs at those depths."""
        found = self._zones.get(extra)
        if found is None:
            levels: dict[int, int] = {}
            for depth in range(self.lines + 1):
                level = (extra + self.costs.gutter(depth) + self._bias) // self.unit
                if level < self.rows:
                    levels[level] = levels.get(level, 0) | 1 << depth
            found = [(mask, mask * self._repeat, level * self.stride) for level, mask in levels.items()]
            self._zones[extra] = found
        return found

    def _steps(self, packed: int) -> tuple[tuple[int, int], ...]:
        """Return (depth, lowest level) of packed depths."""
        found = self._steps_memo.get(packed)
        if found is None:
            steps: list[tuple[int, int]] = []
            for level, new in self._news(packed):
                rest = new
                while rest:
                    bit = rest & -rest
                    steps.append((bit.bit_length() - 1, level))
                    rest ^= bit
            found = self._steps_memo[packed] = tuple(steps)
        return found

    def _layers(self, packed: int) -> tuple[tuple[int, int], ...]:
        """Return (depths that appear at a level, in every row; shift of that level)."""
        found = self._layers_memo.get(packed)
        if found is None:
            found = tuple((new * self._repeat, level * self.stride) for level, new in self._news(packed))
            self._layers_memo[packed] = found
        return found

    def _news(self, packed: int) -> Iterator[tuple[int, int]]:
        """Yield (level, depths first reachable there)."""
        seen, level, last = 0, 0, packed >> self._top
        while seen != last:
            row = (packed >> (level * self.stride)) & self._row
            if row != seen:
                yield level, row & ~seen
                seen |= row
            level += 1

    # sets with anchored elements

    def _fill_anchored(self, which: int, low: int, high: int) -> None:
        out: dict[tuple[int, int], Rows] = {}
        self.anchored[which] = out
        spans = [(1, 0), *(self._span(low, high, width) for width in range(1, self.columns + 1))]
        if which & (which - 1) == 0:
            element = self.elements[which.bit_length() - 1]
            column = FREE if element.column is None else element.column
            line = FREE if element.line is None else element.line
            for width in element.options:
                if spans[width][0] <= spans[width][1]:
                    packed = self._leaf(which, width) & self._between(*spans[width])
                    if packed:
                        out[column, width] = {line: packed}
            return
        work = 1
        for one, two in self.family.splits(which):
            both = bool(which & self.by_line)
            for top, rest in ((one, two), (two, one)) if both else ((one, two),):
                cost = self.costs.stack(top, rest)
                if not both:
                    cost = min(cost, self.costs.stack(rest, top))
                level = (cost + self._bias) // self.unit
                if level >= self.rows:
                    continue
                for key in self._common(top, rest):
                    if key[1] < self.columns and spans[key[1]][0] <= spans[key[1]][1]:
                        work += self._stack_rows(
                            out.setdefault(key, {}), top, rest, key, level, spans[key[1]]
                        )
            extra = self.costs.least_butting(one, two)
            for left, right in ((one, two), (two, one)) if which & self.by_column else ((one, two),):
                for key, column, cut in self._abreast(left, right):
                    if spans[key[1]][0] <= spans[key[1]][1]:
                        work += self._beside_rows(out.setdefault(key, {}), left, right, (key, column, cut), extra)
        for key in list(out):
            window = self._between(*spans[key[1]])
            rows = {line: packed & window for line, packed in sorted(out[key].items()) if packed & window}
            if rows:
                out[key] = rows
            else:
                del out[key]
        self._spend(work)

    def _keys(self, which: int) -> list[tuple[int, int]]:
        free = self.free.get(which)
        if free is not None:
            return [(FREE, width) for width in range(1, self.columns + 1) if free[width]]
        return list(self.anchored[which])

    def _common(self, one: int, two: int) -> list[tuple[int, int]]:
        """Return the keys (column, width) at which two sets can stand one above the other."""
        if (one & self.by_column) and not two & self.by_column:
            one, two = two, one
        if two & self.by_column and not one & self.by_column:
            widths = {width for _, width in self._keys(one)}
            return [key for key in self._keys(two) if key[1] in widths]
        other = set(self._keys(one))
        return [key for key in self._keys(two) if key in other]

    def _abreast(self, left: int, right: int) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Yield (key of the whole, left column or FREE, width of the left part) of two sets side by side."""
        lefts, rights = self._keys(left), self._keys(right)
        for column, width in lefts:
            for other, wide in rights:
                if width + wide > self.columns:
                    continue
                if column != FREE:
                    start = column
                    if other != FREE and other != column + width:
                        continue
                else:
                    start = FREE if other == FREE else other - width
                    if other != FREE and start < 0:
                        continue
                if start != FREE and start + width + wide > self.columns:
                    continue
                yield (start, width + wide), start, width

    def _stack_rows(
        self, out: Rows, top: int, rest: int, key: tuple[int, int], level: int, span: tuple[int, int]
    ) -> int:
        upper, lower = self.table(top, *key), self.table(rest, *key)
        return self._pile(out, upper, lower, level, span)

    def _pile(self, out: Rows, upper: Rows, lower: Rows, level: int, span: tuple[int, int]) -> int:
        """Stack rows on rows into `out`, `level` rows dearer; return the work done."""
        if not upper or not lower:
            return 0
        stride, work, shift = self.stride, 0, level * self.stride
        if FREE in upper and FREE in lower:
            packed = self._stack(upper[FREE], lower[FREE], span[1])
            out[FREE] = out.get(FREE, 0) | (packed << shift) & self._all
            return 1
        if FREE in lower:
            for line, packed in upper.items():
                work += 1
                sums = self._stack(packed, lower[FREE], min(span[1], self.lines - line))
                out[line] = out.get(line, 0) | (sums << shift) & self._all
            return work
        for line, packed in lower.items() if FREE in upper else ():
            for depth, row in self._steps(upper[FREE]):
                if depth <= line:
                    work += 1
                    raised = (packed << (depth + row * stride + shift)) & self._all
                    out[line - depth] = out.get(line - depth, 0) | raised
        for line, packed in () if FREE in upper else upper.items():
            for depth, row in self._steps(packed):
                below = lower.get(line + depth)
                if below:
                    work += 1
                    raised = (below << (depth + row * stride + shift)) & self._all
                    out[line] = out.get(line, 0) | raised
        return 1 + work // 8

    def _beside_rows(
        self, out: Rows, left: int, right: int, place: tuple[tuple[int, int], int, int], extra: int
    ) -> int:
        (column, width), start, cut = place
        one = self.table(left, start, cut)
        two = self.table(right, FREE if start == FREE else start + cut, width - cut)
        work = 0
        if FREE in one and FREE in two:
            pairs = [(FREE, one[FREE], two[FREE])]
        elif FREE in two:
            pairs = [(line, packed, two[FREE]) for line, packed in one.items()]
        elif FREE in one:
            pairs = [(line, packed, one[FREE]) for line, packed in two.items()]
        else:
            pairs = [(line, packed, two[line]) for line, packed in one.items() if line in two]
        top = self._top
        for line, a, b in pairs:
            if (a >> top) & (b >> top):
                work += 1
                low = self._upto[self.lines - max(line, 0)]
                out[line] = out.get(line, 0) | self._beside(a, b, extra) & low
        return work

    def _fill_chains(self, which: int, low: int, high: int) -> None:
        """Stack parts over the whole width: first cut free, the next ones priced (newsroom.md 8)."""
        columns, span = self.columns, self._span(low, high, self.columns)
        if which & (which - 1) == 0 or span[0] > span[1]:
            return
        cuts = [(cost + self._bias) // self.unit for cost in self.cuts.level]
        two, more, work = {}, {}, 1
        for a, b in self.family.splits(which):
            for top, rest in ((a, b), (b, a)):
                upper = self.table(top, 0, columns)
                if not upper:
                    continue
                level = (self.costs.stack(top, rest) + self._bias) // self.unit
                for number, lower, out in (
                    (0, self.table(rest, 0, columns), two),
                    (1, self.chains[0].get(rest), more),
                    (2, self.chains[1].get(rest), more),
                ):
                    if lower and level + cuts[number] < self.rows:
                        work += self._pile(out, upper, lower, level + cuts[number], span)
        window = self._between(*span)
        for rows, chain in ((two, self.chains[0]), (more, self.chains[1])):
            kept = {line: packed & window for line, packed in sorted(rows.items()) if packed & window}
            if kept:
                chain[which] = kept
        self._spend(work)

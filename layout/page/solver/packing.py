"""Sets of depths at rising cost, packed into single integers.

Row `r` of a packed integer holds, one bit a depth, all depths reachable at a cost of at most `r` units over the base
cost; rows follow each other every `lines` + 1 bits. Two parts side by side are `&` of rows that add up, one above the
other shift and `|`: a whole convolution takes a few dozen operations on long integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FREE = -1
"""The column or line of a set that is not anchored."""

Rows = dict[int, int]
"""Upper line (or `FREE`) -> packed depths."""


class Scale(NamedTuple):
    """How costs become rows: the cost of a row, the number of rows, what is added to a cost before it rounds down.

    Without a bias the rows are a bound from below; with one they are an estimate, which leads the search to good pages
    with less work.
    """

    unit: int
    rows: int
    bias: int = 0

    def level(self, cost: int) -> int:
        """Return the row of a cost."""
        return (cost + self.bias) // self.unit


class Packing:
    """Arithmetic of packed depths for a region's number of lines."""

    def __init__(self, lines: int, scale: Scale) -> None:
        """Prepare masks."""
        rows = scale.rows
        self.lines, self.scale = lines, scale
        self.stride = lines + 1
        self.row = (1 << self.stride) - 1
        self.top = (rows - 1) * self.stride
        self.full = (1 << (rows * self.stride)) - 1
        self._repeat = sum(1 << (row * self.stride) for row in range(rows))
        self._upward = [self._repeat >> (row * self.stride) << (row * self.stride) for row in range(rows)]
        self._upto = [self._repeat * ((1 << (depth + 1)) - 1) for depth in range(lines + 1)]
        self._steps_memo: dict[int, tuple[tuple[int, int], ...]] = {}
        self._depths_memo: dict[int, dict[int, int]] = {}
        self._layers_memo: dict[int, tuple[tuple[int, int], ...]] = {}

    def one(self, depth: int, level: int) -> int:
        """Return a single depth reachable from a level on."""
        return self._upward[level] << depth if level < self.scale.rows and depth <= self.lines else 0

    def between(self, low: int, high: int) -> int:
        """Return the mask of the depths from `low` to `high`, 1 at least, in every row."""
        return self._upto[high] ^ self._upto[low - 1] if low <= high else 0

    def zones(self, cost_at: Callable[[int], int]) -> list[tuple[int, int, int]]:
        """Return (depths, the same in every row, shift) of a cost that depends on the depth."""
        levels: dict[int, int] = {}
        for depth in range(self.lines + 1):
            level = self.scale.level(cost_at(depth))
            if level < self.scale.rows:
                levels[level] = levels.get(level, 0) | 1 << depth
        return [(mask, mask * self._repeat, level * self.stride) for level, mask in levels.items()]

    def stack(self, one: int, two: int, high: int) -> int:
        """Return the depths of two parts one above the other, down to the depth `high`."""
        steps, other = self.steps(one), self.steps(two)
        if len(other) < len(steps):
            steps, two = other, one
        out, stride, upto = 0, self.stride, self._upto
        for depth, level in steps:
            if depth < high:
                out |= (two & upto[high - depth]) << (depth + level * stride)
        return out & self.full

    def beside(self, one: int, two: int, zones: list[tuple[int, int, int]]) -> int:
        """Return the depths of two parts side by side; `zones` is what the node costs."""
        layers, other = self._layers(one), self._layers(two)
        if len(other) < len(layers):
            layers, two = other, one
        out = 0
        for mask, shift in layers:
            out |= (mask & two) << shift
        out &= self.full
        row = out >> self.top
        if not row:
            return 0
        total = 0
        for depths, mask, shift in zones:
            if row & depths:
                total |= (out & mask) << shift
        return total & self.full

    def pile(self, upper: Rows, lower: Rows, level: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield (line, packed depths) of rows of parts one above the other, `level` rows dearer."""
        shift = level * self.stride
        if FREE in lower:
            for line, packed in upper.items():
                sums = self.stack(packed, lower[FREE], min(high, self.lines - max(line, 0)))
                yield line, (sums << shift) & self.full
        elif FREE in upper:
            for line, packed in lower.items():
                for depth, row in self.steps(upper[FREE]):
                    if depth <= line:
                        yield line - depth, (packed << (depth + row * self.stride + shift)) & self.full
        else:
            for line, packed in upper.items():
                for depth, row in self.steps(packed):
                    below = lower.get(line + depth)
                    if below:
                        yield line, (below << (depth + row * self.stride + shift)) & self.full

    def steps(self, packed: int) -> tuple[tuple[int, int], ...]:
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

    def depths(self, packed: int) -> dict[int, int]:
        """Return depth -> lowest level of packed depths."""
        found = self._depths_memo.get(packed)
        if found is None:
            found = self._depths_memo[packed] = dict(self.steps(packed))
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
        seen, level, last = 0, 0, packed >> self.top
        while seen != last:
            row = (packed >> (level * self.stride)) & self.row
            if row != seen:
                yield level, row & ~seen
                seen |= row
            level += 1

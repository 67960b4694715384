"""The free region of a page: what is left to tile, and the elements that have to tile it.

Blocks that fill a strip along an edge are taken off; what remains is one rectangle with elements: items, and blocks
that are not at an edge. An element may be anchored to a column, to a line, or to both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from layout.geometry import Cells
from layout.page.solver.problem import HEADLESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.page.solver.problem import Block, Candidate, Item, Problem


class Way(NamedTuple):
    """A way to fill a rectangle: cost, head classes to the left and the right, where the head stands and how deep."""

    cost: int
    left: tuple[str, int]
    right: tuple[str, int]
    top: int = 0
    deep: int = 1

    @property
    def corners(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The head classes at the upper corners."""
        return (HEADLESS, HEADLESS) if self.top else (self.left, self.right)


Options = dict[int, dict[int, tuple[Way, ...]]]
"""Width -> depth -> the ways to fill it, cheapest first."""

_BLOCK = (Way(0, HEADLESS, HEADLESS),)

HOLE_COST = 3_000
"""A hole in the page; each cell of it costs `HOLE_CELL` more."""

HOLE_CELL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A thing that tiles the region: an item, a block or a hole.

    `column` and `line` anchor its upper left corner, in the region's own coordinates.
    """

    id: str
    item: Item | None
    options: Options
    column: int | None = None
    line: int | None = None
    rank: int = 0
    photo: bool = False

    @property
    def least(self) -> int:
        """The lowest cost of any option."""
        return min(ways[0][0] for depths in self.options.values() for ways in depths.values())

    @property
    def anchored(self) -> bool:
        """Whether its column or line is given."""
        return self.column is not None or self.line is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle to be tiled exactly by `elements`; `column` and `line` are its place on the page."""

    column: int
    line: int
    columns: int
    lines: int
    elements: tuple[Element, ...]
    unplaced: tuple[str, ...] = ()

    def without(self, ids: frozenset[str]) -> Region:
        """Return the region less the elements with these ids."""
        return replace(self, elements=tuple(e for e in self.elements if e.id not in ids))


def region(problem: Problem) -> Region:
    """Return the region that the problem leaves to its items.

    Items whose pin contradicts the page, a block, an earlier pin or their own table are in `unplaced`.
    """
    area, blocks = _peel(Cells(0, 0, problem.columns, problem.lines + 1), _blocks(problem))
    elements: list[Element] = []
    taken = list(blocks)
    unplaced: list[str] = []
    for item in problem.items:
        element = _element(item, problem, area, taken)
        if element is None:
            unplaced.append(item.id)
        else:
            elements.append(element)
    for number, cells in enumerate(blocks):
        elements.append(
            Element(
                id=f"\0block {number}",
                item=None,
                options={cells.columns: {cells.lines: _BLOCK}},
                column=cells.column - area.column,
                line=cells.line - area.line,
            )
        )
    return Region(
        column=area.column,
        line=area.line,
        columns=area.columns,
        lines=area.lines,
        elements=tuple(elements),
        unplaced=tuple(unplaced),
    )


def hole(number: int, columns: int, lines: int) -> Element:
    """Return an element that may leave any rectangle of the region empty, at a price."""
    options: Options = {
        width: {
            depth: (Way(HOLE_COST + HOLE_CELL * width * depth, HEADLESS, HEADLESS),) for depth in range(1, lines + 1)
        }
        for width in range(1, columns + 1)
    }
    return Element(id=f"\0hole {number}", item=None, options=options)


def _blocks(problem: Problem) -> list[Cells]:
    """Return the page's blocks clipped to it, extended at its foot, overlapping ones merged."""
    page = Cells(0, 0, problem.columns, problem.lines + 1)
    found: list[Cells] = []
    for block in problem.blocks:
        clipped = _clip(_to_foot(block, problem.lines), page)
        if clipped is None:
            continue
        while True:
            other = next((cells for cells in found if cells.overlaps(clipped)), None)
            if other is None:
                break
            found.remove(other)
            clipped = _hull(other, clipped)
        found.append(clipped)
    return sorted(found)


def _to_foot(block: Block, lines: int) -> Cells:
    cells = block.cells
    return replace(cells, lines=cells.lines + 1) if cells.bottom == lines else cells


def _clip(cells: Cells, page: Cells) -> Cells | None:
    left, top = max(cells.column, page.column), max(cells.line, page.line)
    right, bottom = min(cells.right, page.right), min(cells.bottom, page.bottom)
    return Cells(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _hull(one: Cells, two: Cells) -> Cells:
    left, top = min(one.column, two.column), min(one.line, two.line)
    return Cells(left, top, max(one.right, two.right) - left, max(one.bottom, two.bottom) - top)


def _peel(area: Cells, blocks: list[Cells]) -> tuple[Cells, list[Cells]]:
    """Take strips that blocks fill off the edges of the area until none is left."""
    while True:
        for strip in _strips(area, blocks):
            inside = [cells for cells in blocks if cells.within(strip)]
            filled = sum(cells.columns * cells.lines for cells in inside)
            if filled == strip.columns * strip.lines:
                blocks = [cells for cells in blocks if not cells.within(strip)]
                area = _less(area, strip)
                break
        else:
            return area, blocks


def _strips(area: Cells, blocks: Sequence[Cells]) -> list[Cells]:
    strips = []
    for cells in blocks:
        strips.append(Cells(area.column, area.line, area.columns, cells.bottom - area.line))
        strips.append(Cells(area.column, cells.line, area.columns, area.bottom - cells.line))
        strips.append(Cells(area.column, area.line, cells.right - area.column, area.lines))
        strips.append(Cells(cells.column, area.line, area.right - cells.column, area.lines))
    return strips


def _less(area: Cells, strip: Cells) -> Cells:
    if strip.columns == area.columns:
        line = strip.bottom if strip.line == area.line else area.line
        return Cells(area.column, line, area.columns, area.lines - strip.lines)
    column = strip.right if strip.column == area.column else area.column
    return Cells(column, area.line, area.columns - strip.columns, area.lines)


def _element(item: Item, problem: Problem, area: Cells, taken: list[Cells]) -> Element | None:
    """Return the item as an element, or None when its pin cannot be kept; its known footprint joins `taken`."""
    lines = item.lines
    if item.line is not None and lines is not None and item.line + lines == problem.lines:
        lines += 1
    options: Options = {}
    for width, depths in sorted(item.table.items()):
        if not _allowed(width, item.columns, item.column, area.column, area.right):
            continue
        kept = {
            depth: tuple(_way(candidate) for candidate in depths[depth])
            for depth in sorted(depths)
            if depths[depth] and _allowed(depth, lines, item.line, area.line, area.bottom)
        }
        if item.column is not None and item.line is not None:
            kept = {
                depth: ways
                for depth, ways in kept.items()
                if not any(Cells(item.column, item.line, width, depth).overlaps(cells) for cells in taken)
            }
        if kept:
            options[width] = kept
    if not options:
        return None
    if item.column is not None and item.line is not None and len(options) == 1:
        ((width, depths_left),) = options.items()
        taken.append(Cells(item.column, item.line, width, min(depths_left)))
    return Element(
        id=item.id,
        item=item,
        options=options,
        column=None if item.column is None else item.column - area.column,
        line=None if item.line is None else item.line - area.line,
        rank=item.rank,
        photo=item.photo,
    )


def _way(candidate: Candidate) -> Way:
    right = candidate.head if candidate.right is None else candidate.right
    return Way(candidate.cost, candidate.head, right, candidate.top, candidate.deep)


def _allowed(extent: int, wanted: int | None, start: int | None, low: int, high: int) -> bool:
    """Return whether an extent keeps its pin and stays between `low` and `high`."""
    if extent < 1 or (wanted is not None and extent != wanted):
        return False
    if start is None:
        return extent <= high - low
    return low <= start and start + extent <= high


def page_cells(whole: Region, found: Mapping[int, Cells]) -> dict[int, Cells]:
    """Return cells of the region as cells of the page."""
    return {
        key: replace(cells, column=cells.column + whole.column, line=cells.line + whole.line)
        for key, cells in found.items()
    }

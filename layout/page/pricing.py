"""What a whole page costs, of modules that stand: the search's own prices, on the tree that its rectangles show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layout.geometry import Cells
from layout.page.solver.finish import finish
from layout.page.solver.placement import Costs, Weights
from layout.page.solver.problem import Block, Candidate, Item, Problem
from layout.page.solver.region import region
from layout.page.solver.tree import BESIDE, STACK, leaf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.page.solver.tree import Tree


class Standing(NamedTuple):
    """An item in its place with the ways it can be set there, cheapest first."""

    id: str
    cells: Cells
    rank: int
    photo: bool
    ways: tuple[Candidate, ...]


class Priced(NamedTuple):
    """A page's price, and the way of every item that gives it."""

    cost: int
    ways: Mapping[str, int]


def price(
    standing: Sequence[Standing], blocks: Sequence[Cells], columns: int, lines: int, weights: Mapping[str, int]
) -> Priced:
    """Return what a page costs with the heads that cost least beside each other.

    Args:
        standing: what stands on the page.
        blocks: adverts, nameplate, banner, holes.
        columns: of the page.
        lines: of its type area.
        weights: the style's.

    A page that no cuts take apart has no order to be priced: it costs what its items cost.
    """
    items = tuple(
        Item(
            id=one.id,
            rank=one.rank,
            table={one.cells.columns: {one.cells.lines: one.ways}},
            column=one.cells.column,
            line=one.cells.line,
            photo=one.photo,
        )
        for one in standing
    )
    problem = Problem(
        columns=columns,
        lines=lines,
        items=items,
        blocks=tuple(Block(id=str(number), cells=cells) for number, cells in enumerate(blocks)),
    )
    area = region(problem)
    cells = {
        number: Cells(one.column or 0, one.line or 0, width, depth)
        for number, one in enumerate(area.elements)
        for width, depths in one.options.items()
        for depth in depths
    }
    tree = tree_of(cells, Cells(0, 0, area.columns, area.lines)) if not area.unplaced else None
    if tree is None:
        return Priced(sum(one.ways[0].cost for one in standing), {one.id: 0 for one in standing})
    page = finish(tree, area, Costs(area.elements, Weights.of(weights), lines + 1))
    return Priced(page.cost, {area.elements[index].id: way for index, way in page.ways})


def tree_of(cells: Mapping[int, Cells], area: Cells) -> Tree | None:
    """Return how cuts take an area apart into the rectangles that tile it, or None where they cannot."""
    if len(cells) == 1:
        [(index, one)] = cells.items()
        return leaf(index) if one == area else None
    for kind, start, first, last in (
        (STACK, area.line, "line", "bottom"),
        (BESIDE, area.column, "column", "right"),
    ):
        for cut in sorted({getattr(one, first) for one in cells.values()} - {start}):
            before = {index: one for index, one in cells.items() if getattr(one, last) <= cut}
            after = {index: one for index, one in cells.items() if getattr(one, first) >= cut}
            if before and after and len(before) + len(after) == len(cells):
                first_half, second_half = _halves(area, kind, cut)
                upper, lower = tree_of(before, first_half), tree_of(after, second_half)
                return None if upper is None or lower is None else (kind, upper, lower, cut - start)
    return None


def _halves(area: Cells, kind: int, cut: int) -> tuple[Cells, Cells]:
    if kind == STACK:
        upper = Cells(area.column, area.line, area.columns, cut - area.line)
        return upper, Cells(area.column, cut, area.columns, area.bottom - cut)
    left = Cells(area.column, area.line, cut - area.column, area.lines)
    return left, Cells(cut, area.line, area.right - cut, area.lines)

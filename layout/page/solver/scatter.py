"""The last resort: place what fits, one element after the other, never overlapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.geometry import Cells

if TYPE_CHECKING:
    from layout.page.solver.region import Element, Region


def scatter(region: Region) -> dict[int, Cells]:
    """Return places for the elements that find one: blocks first, then anchored and better ranked items."""
    order = sorted(
        range(len(region.elements)),
        key=lambda i: (
            region.elements[i].item is not None,
            not region.elements[i].anchored,
            region.elements[i].rank,
            i,
        ),
    )
    found: dict[int, Cells] = {}
    for index in order:
        place = _place(region.elements[index], region, list(found.values()))
        if place is not None:
            found[index] = place
    return found


def _place(element: Element, region: Region, taken: list[Cells]) -> Cells | None:
    """Return the uppermost free place of the element, cheapest options first."""
    page = Cells(0, 0, region.columns, region.lines)
    lines = [element.line] if element.line is not None else sorted({0, *(cells.bottom for cells in taken)})
    columns = [element.column] if element.column is not None else list(range(region.columns))
    options = sorted(
        (ways[0][0], width, depth) for width, depths in element.options.items() for depth, ways in depths.items()
    )
    for _, width, depth in options:
        for line in lines:
            for column in columns:
                cells = Cells(column, line, width, depth)
                if cells.within(page) and not any(cells.overlaps(other) for other in taken):
                    return cells
    return None

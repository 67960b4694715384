"""Outlines of ground that is a rectangle less some others: L-shapes and frames, as polygons."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.geometry import Rect

Point = tuple[int, int]
Polygon = tuple[Point, ...]


def minus(rect: Rect, holes: Sequence[Rect]) -> tuple[Polygon, ...]:
    """Return the outline of `rect` without `holes`, clockwise, inner outlines counter-clockwise, in mpt."""
    xs = sorted({rect.x, rect.right, *(_clip(x, rect.x, rect.right) for hole in holes for x in (hole.x, hole.right))})
    ys = sorted(
        {rect.y, rect.bottom, *(_clip(y, rect.y, rect.bottom) for hole in holes for y in (hole.y, hole.bottom))}
    )
    cells = {
        (left, top, right, foot)
        for left, right in pairwise(xs)
        for top, foot in pairwise(ys)
        if not any(hole.x <= left and right <= hole.right and hole.y <= top and foot <= hole.bottom for hole in holes)
    }
    return _traced(cells)


def _clip(value: int, least: int, most: int) -> int:
    return min(max(value, least), most)


def _traced(cells: set[tuple[int, int, int, int]]) -> tuple[Polygon, ...]:
    """Return the outlines of the cells: every edge that no other cell shares, chained head to tail."""
    edges: dict[Point, list[Point]] = {}
    taken = {
        (start, end)
        for left, top, right, foot in cells
        for start, end in pairwise(((left, top), (right, top), (right, foot), (left, foot), (left, top)))
    }
    for start, end in sorted(taken):
        if (end, start) not in taken:
            edges.setdefault(start, []).append(end)
    outlines = []
    while edges:
        start = min(edges)
        path, at = [start], start
        while True:
            following = edges[at].pop()
            if not edges[at]:
                del edges[at]
            if following == start:
                break
            path.append(following)
            at = following
        outlines.append(_straightened(path))
    return tuple(outlines)


def _straightened(path: list[Point]) -> Polygon:
    """Return a closed path without the points on its straight stretches."""
    count = len(path)
    return tuple(
        path[at]
        for at in range(count)
        if not (
            path[at - 1][0] == path[at][0] == path[(at + 1) % count][0]
            or path[at - 1][1] == path[at][1] == path[(at + 1) % count][1]
        )
    )

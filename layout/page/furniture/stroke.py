"""Strokes as filled outlines, for a display list that knows filled shapes only.

A stroke is the union of simple convex pieces, all turned the same way, filled by the non-zero rule: a quadrangle a
segment, a wedge or disc a join, a square or disc a cap. Curves are flattened first.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.page.furniture.svgpath import Path, Point

CURVE_STEPS_LEAST: Final = 4
CURVE_STEPS_MOST: Final = 48
FLATNESS: Final = 8.0
"""A curve gets about as many chords as its control polygon is `FLATNESS` stroke widths long."""

DISC_SIDES: Final = 24
DASHES_MOST: Final = 20_000


def outline_strokes(
    path: Path, width: float, join: str, cap: str, miter_limit: float, dashes: tuple[float, ...] = ()
) -> Path:
    """Return the outline of a path's stroke.

    Args:
        path: the path.
        width: of the stroke.
        join: "miter", "round" or "bevel".
        cap: "butt", "round" or "square".
        miter_limit: of the length of a miter to the stroke's width.
        dashes: lengths of dashes and gaps in turn; none for a whole line.

    Raises:
        ValueError: dashes that are negative or too many.
    """
    pieces: list[list[Point]] = []
    for points, closed in _flattened(path, width):
        for run, ring in _dashed(points, dashes, closed=closed):
            pieces.extend(_stroke(run, width / 2, join, cap, miter_limit, closed=ring))
    return tuple(segment for piece in pieces for segment in _drawn(piece))


def _flattened(path: Path, width: float) -> Iterator[tuple[list[Point], bool]]:
    """Yield subpaths as points, without repeats, and whether they are closed."""
    points: list[Point] = []
    for operator, values in path:
        if operator == "m":
            if points:
                yield points, False
            points = [(values[0], values[1])]
        elif operator == "l":
            _append(points, (values[0], values[1]))
        elif operator == "c":
            start = points[-1]
            controls = [start, *zip(values[::2], values[1::2], strict=True)]
            length = sum(math.dist(one, other) for one, other in pairwise(controls))
            steps = round(FLATNESS * length / width) if width else CURVE_STEPS_MOST
            steps = min(max(steps, CURVE_STEPS_LEAST), CURVE_STEPS_MOST)
            for step in range(1, steps + 1):
                _append(points, _bezier(controls, step / steps))
        elif points:
            if len(points) > 1 and math.dist(points[0], points[-1]) == 0:
                points.pop()
            yield points, True
            points = [points[0]]
    if len(points) > 1:
        yield points, False


def _append(points: list[Point], point: Point) -> None:
    if not points or math.dist(points[-1], point) > 0:
        points.append(point)


def _bezier(controls: list[Point], at: float) -> Point:
    rest = 1 - at
    shares = (rest**3, 3 * rest * rest * at, 3 * rest * at * at, at**3)
    x = sum(share * point[0] for share, point in zip(shares, controls, strict=True))
    y = sum(share * point[1] for share, point in zip(shares, controls, strict=True))
    return x, y


def _dashed(points: list[Point], dashes: tuple[float, ...], *, closed: bool) -> Iterator[tuple[list[Point], bool]]:
    """Yield the dashes of a line, or the whole line where there are none."""
    if not sum(dashes):
        yield points, closed
        return
    line = [*points, points[0]] if closed else points
    length = sum(math.dist(one, other) for one, other in pairwise(line))
    if min(dashes) < 0 or length * len(dashes) / sum(dashes) > DASHES_MOST:
        message = "stroke-dasharray"
        raise ValueError(message)
    pattern = dashes * 2 if len(dashes) % 2 else dashes
    index, rest, run = 0, pattern[0], [line[0]]
    for start, end in pairwise(line):
        done, whole = 0.0, math.dist(start, end)
        while whole - done > rest:
            done += rest
            share = done / whole
            point = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            _append(run, point)
            if index % 2 == 0:
                yield run, False
            run = [point]
            index = (index + 1) % len(pattern)
            rest = pattern[index]
        rest -= whole - done
        _append(run, end)
    if index % 2 == 0 and len(run) > 1:
        yield run, False


def _stroke(
    points: list[Point], half: float, join: str, cap: str, limit: float, *, closed: bool
) -> Iterator[list[Point]]:
    if len(points) == 1:
        if cap == "round":
            yield _disc(points[0], half)
        return
    line = [*points, points[0]] if closed else points
    segments = list(pairwise(line))
    for start, end in segments:
        x, y = _normal(start, end, half)
        yield [
            (start[0] + x, start[1] + y),
            (end[0] + x, end[1] + y),
            (end[0] - x, end[1] - y),
            (start[0] - x, start[1] - y),
        ]
    corners = list(zip(segments, segments[1:] + segments[:1], strict=True)) if closed else list(pairwise(segments))
    for before, after in corners:
        yield from _join(before, after, half, join, limit)
    if closed:
        return
    for inner, tip in ((segments[0][1], segments[0][0]), segments[-1]):
        if cap == "round":
            yield _disc(tip, half)
        elif cap == "square":
            x, y = _normal(inner, tip, half)
            ahead = (tip[0] - y, tip[1] + x)
            yield [
                (tip[0] + x, tip[1] + y),
                (ahead[0] + x, ahead[1] + y),
                (ahead[0] - x, ahead[1] - y),
                (tip[0] - x, tip[1] - y),
            ]


def _join(
    before: tuple[Point, Point], after: tuple[Point, Point], half: float, join: str, limit: float
) -> Iterator[list[Point]]:
    corner = before[1]
    if join == "round":
        yield _disc(corner, half)
        return
    first, second = _normal(*before, half), _normal(*after, half)
    turn = first[0] * second[1] - first[1] * second[0]
    if turn == 0:
        return
    if turn < 0:  # the outer side of the corner is the other one
        first, second = (-first[0], -first[1]), (-second[0], -second[1])
    one, other = (corner[0] + first[0], corner[1] + first[1]), (corner[0] + second[0], corner[1] + second[1])
    piece = [corner, one, other]
    middle = (first[0] + second[0], first[1] + second[1])
    square = middle[0] ** 2 + middle[1] ** 2
    # The miter's tip lies along the middle of both normals; its length over the width is 1 / cos of half the turn.
    if join == "miter" and square > 0 and 2 * half / math.sqrt(square) <= limit:
        reach = 2 * half * half / square
        piece.insert(2, (corner[0] + middle[0] * reach, corner[1] + middle[1] * reach))
    yield piece


def _normal(start: Point, end: Point, half: float) -> Point:
    length = math.dist(start, end)
    return (end[1] - start[1]) / length * half, -(end[0] - start[0]) / length * half


def _disc(centre: Point, radius: float) -> list[Point]:
    turn = 2 * math.pi / DISC_SIDES
    return [
        (centre[0] + radius * math.cos(turn * side), centre[1] + radius * math.sin(turn * side))
        for side in range(DISC_SIDES)
    ]


def _drawn(piece: list[Point]) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield a piece's segments, turned so that its area is positive."""
    area = sum(one[0] * other[1] - other[0] * one[1] for one, other in zip(piece, [*piece[1:], piece[0]], strict=True))
    ordered = piece if area >= 0 else piece[::-1]
    yield "m", ordered[0]
    for point in ordered[1:]:
        yield "l", point
    yield "h", ()

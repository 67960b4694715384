"""Two versions of a page as pictures: where they differ, boxed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.raster import POINTS_PER_INCH, bitmap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from layout.diff.version import PageVersion

DPI: Final = 96
"""Fine enough for a comma of body type (2 pixels), coarse enough for a broadsheet page in a tenth of a second."""

_TOLERANCE: Final = 48
"""Difference of a pixel, of 255, below which it is smoothing of edges."""

_CELL: Final = 12
"""Pixels of the raster in which changed places are gathered: 3 mm, a line of body type."""

MM_PER_POINT: Final = 25.4 / POINTS_PER_INCH

Box = tuple[float, float, float, float]
"""Left, top, width, height as shares of the page."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page in two versions, with the boxes of what differs."""

    old: Image.Image
    new: Image.Image
    boxes: tuple[Box, ...]


def pictured(old: PageVersion, new: PageVersion) -> Pictured | None:
    """Return both pictures of a page with the places that differ, or None where one has no file.

    Raises:
        OSError: a file cannot be read.
    """
    if old.pdf is None or new.pdf is None:
        return None
    before, after = bitmap(old.pdf, old.number, DPI), bitmap(new.pdf, new.number, DPI)
    return Pictured(old=before, new=after, boxes=differing(before, after))


def differing(old: Image.Image, new: Image.Image) -> tuple[Box, ...]:
    """Return the boxes of what differs, largest pieces joined, from head to foot."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - loaded where pictures are

    width, height = max(old.width, new.width), max(old.height, new.height)
    if old.size != new.size:
        return ((0.0, 0.0, 1.0, 1.0),)
    difference = ImageChops.difference(old, new).convert("L").point(lambda value: 255 * (value > _TOLERANCE))
    columns, rows = -(-width // _CELL), -(-height // _CELL)
    padded = Image.new("L", (columns * _CELL, rows * _CELL))
    padded.paste(difference)
    coarse = padded.reduce(_CELL).point(lambda value: 255 * (value > 0))
    marked = {(at % columns, at // columns) for at, value in enumerate(coarse.tobytes()) if value}
    return tuple(
        sorted(
            (_box(piece, width, height) for piece in _pieces(marked)),
            key=lambda box: (round(box[1], 2), box[0]),
        )
    )


def _pieces(marked: set[tuple[int, int]]) -> Iterator[set[tuple[int, int]]]:
    """Yield the cells that touch one another, corners and one free cell between them included."""
    left = set(marked)
    while left:
        grown, edge = set(), [min(left)]
        left.discard(edge[0])
        while edge:
            column, row = edge.pop()
            grown.add((column, row))
            near = {(column + x, row + y) for x in range(-2, 3) for y in range(-2, 3)} & left
            left -= near
            edge.extend(near)
        yield grown


def _box(piece: set[tuple[int, int]], width: int, height: int) -> Box:
    columns, rows = [column for column, _ in piece], [row for _, row in piece]
    left, top = min(columns) * _CELL, min(rows) * _CELL
    right, foot = min((max(columns) + 1) * _CELL, width), min((max(rows) + 1) * _CELL, height)
    return left / width, top / height, (right - left) / width, (foot - top) / height

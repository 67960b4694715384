"""Lengths and rectangles.

Every length inside the engine is an integer number of thousandths of a point (mpt, 1 pt = 1/72 in):
integers add up the same on every machine and make dumps stable. Vertical positions on the page are whole
grid lines until composition turns them into lengths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PT = 1000
"""One point in mpt."""

MM = 72_000 / 25.4
"""One millimetre in mpt."""

_UNITS = {"pt": float(PT), "mm": MM, "cm": 10 * MM, "in": 72_000.0}
_LENGTH = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([a-z]+)\s*\Z")


def mm(value: float) -> int:
    """Return `value` millimetres in mpt."""
    return round(value * MM)


def parse_length(text: str, em: int | None = None) -> int:
    """Return the length written as `text` ("9.5pt", "3mm", "1.5em") in mpt.

    Args:
        text: a number and a unit: pt, mm, cm, in, or em where `em` is given.
        em: the type size that `em` stands for, in mpt.

    Raises:
        ValueError: the text is no length.
    """
    match = _LENGTH.match(text)
    if match is None:
        message = f"not a length: {text!r}"
        raise ValueError(message)
    number, unit = float(match[1]), match[2]
    if unit == "em" and em is not None:
        return round(number * em)
    if unit not in _UNITS:
        message = f"unknown unit: {unit!r}"
        raise ValueError(message)
    return round(number * _UNITS[unit])


def points(length: int) -> str:
    """Return a length in mpt as points, in the shortest decimal form ("12.5", "0.425")."""
    return f"{length / PT:.3f}".rstrip("0").rstrip(".") or "0"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: left, top, width, height in mpt; y grows downwards from the head of the trim box."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.y + self.height

    def inset(self, by: int) -> Rect:
        """Return the rectangle with every side moved inwards by `by`."""
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True, order=True)
class Cells:
    """A rectangle on the page grid: columns and grid lines, counted from 0."""

    column: int
    line: int
    columns: int
    lines: int

    @property
    def right(self) -> int:
        """The column after the last one."""
        return self.column + self.columns

    @property
    def bottom(self) -> int:
        """The line after the last one."""
        return self.line + self.lines

    def overlaps(self, other: Cells) -> bool:
        """Return whether the two share a cell."""
        return (
            self.column < other.right
            and other.column < self.right
            and self.line < other.bottom
            and other.line < self.bottom
        )

    def within(self, other: Cells) -> bool:
        """Return whether this lies wholly inside `other`."""
        return (
            self.column >= other.column
            and self.right <= other.right
            and self.line >= other.line
            and self.bottom <= other.bottom
        )

"""Marks outside the bleed for proofs and sheet-fed jobs: crop marks and a small colour bar (print.md 2.3).

Web-offset plants impose pages themselves and want none; the print condition says so.
"""

from __future__ import annotations

from typing import Final

from layout.color import Ink
from layout.geometry import PT, mm, points

GAP: Final = mm(3)
"""Distance of marks from the bleed box."""

LENGTH: Final = mm(5)
"""Length of a crop mark, and height of a patch."""

WEIGHT: Final = PT // 4
"""Thickness of a crop mark."""

PATCH: Final = mm(8)
"""Width of a patch of the colour bar."""

REGISTRATION: Final = Ink(100, 100, 100, 100)

BAR: Final = (
    Ink(100, 0, 0, 0),
    Ink(0, 100, 0, 0),
    Ink(0, 0, 100, 0),
    Ink(0, 0, 0, 100),
    Ink(100, 100, 0, 0),
    Ink(100, 0, 100, 0),
    Ink(0, 100, 100, 0),
    Ink(0, 0, 0, 40),
    Ink(30, 24, 24, 0),
)
"""Solids, overprints, a black tint, and the grey balance patch of ISO 12647-3."""


def slug(bleed: int, *, drawn: bool) -> int:
    """Return how far the media box lies outside the trim box, in mpt on every side."""
    return bleed + GAP + LENGTH if drawn else bleed


def marks(trim: tuple[int, int], bleed: int) -> bytes:
    """Return the operators of all marks, the origin being the lower left corner of the trim box."""
    width, height = trim
    near, far = bleed + GAP, bleed + GAP + LENGTH
    lines = [f"{_ink(REGISTRATION, 'K')} {points(WEIGHT)} w"]
    for x, outward in ((0, -1), (width, 1)):
        for y, upward in ((0, -1), (height, 1)):
            lines.append(_line(x + outward * near, y, x + outward * far, y))
            lines.append(_line(x, y + upward * near, x, y + upward * far))
    start = (width - PATCH * len(BAR)) // 2
    for index, ink in enumerate(BAR):
        corner = f"{points(start + index * PATCH)} {points(-far)}"
        lines.append(f"{_ink(ink, 'k')} {corner} {points(PATCH)} {points(LENGTH)} re f")
    return ("q\n" + "\n".join(lines) + "\nQ\n").encode("ascii")


def _line(x0: int, y0: int, x1: int, y1: int) -> str:
    return f"{points(x0)} {points(y0)} m {points(x1)} {points(y1)} l S"


def _ink(ink: Ink, operator: str) -> str:
    return f"{ink.cyan / 100:g} {ink.magenta / 100:g} {ink.yellow / 100:g} {ink.black / 100:g} {operator}"

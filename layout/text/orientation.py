"""How characters stand in vertical lines: orientation by UAX #50 and CLReq, and what digits and letters do.

Orientation is that of UAX #50 with what Chinese does otherwise (CLReq): pause and stop marks stand, and so does the
interpunct. Digits and letters (typography of newspapers, after CLReq and JLReq): one digit or letter stands; two or
three digits stand side by side on one em, and so do short mixtures of capitals and digits (5G, G20); two or three
capitals stand one below the other; everything else lies. A per cent sign after such a number stands below it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from layout.text import _vertical_table as table
from layout.text import punctuation as marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layout.model import Region

Orientation = Literal["U", "R", "Tu", "Tr"]
"""UAX #50: upright, rotated, and the same with another glyph where the face has one."""

Stance = Literal["upright", "sideways", "together"]
"""How an atom stands: each glyph upright; turned clockwise by a right angle; upright side by side on one em."""

ORIENTATION_IN_CHINESE: Final[Mapping[str, Orientation]] = MappingProxyType(
    {
        **dict.fromkeys("：；", "Tu"),  # the annex turns them
        **dict.fromkeys(sorted(marks.INTERPUNCTS), "U"),  # likewise
        **dict.fromkeys("“”‘’", "Tr"),  # the annex knows them as Latin marks
    },
)
"""Where Chinese differs from the annex (CLReq, vertical writing)."""

_ORIENTATIONS: Final[tuple[Orientation, ...]] = ("R", "U", "Tu", "Tr")
_STARTS: Final = [int(word, 16) for word in table.STARTS.split()]
_RUNS: Final = [int(word) for word in table.CODES.split()]

_FEW_DIGITS: Final = re.compile(r"([0-9]{1,3})(%?)")
_ONE_LETTER: Final = re.compile(r"[^\W\d_]")
_CAPITALS: Final = re.compile(r"[A-Z]{2,3}")
_MIXTURE: Final = re.compile(r"[A-Z0-9]{2,3}")


@cache
def orientation(char: str, region: Region) -> Orientation:
    """Return how a character stands in a vertical line: the annex's value, in Chinese with its own exceptions."""
    if region.startswith("zh") and char in ORIENTATION_IN_CHINESE:
        return ORIENTATION_IN_CHINESE[char]
    return _ORIENTATIONS[_RUNS[bisect_right(_STARTS, ord(char)) - 1]]


class Piece(NamedTuple):
    """Part of a stretch of letters and digits: its characters from `start` to `end`, and how they stand."""

    start: int
    end: int
    stance: Stance


def pieces(text: str, region: Region) -> Iterator[Piece]:
    """Yield the pieces of a stretch without spaces."""
    at = 0
    while at < len(text):
        if orientation(text[at], region) in ("U", "Tu"):
            yield Piece(at, at + 1, "upright")
            at += 1
            continue
        end = at + 1
        while end < len(text) and orientation(text[end], region) in ("R", "Tr"):
            end += 1
        yield from _turning(text[at:end], at)
        at = end


def _turning(text: str, at: int) -> Iterator[Piece]:
    """Yield the pieces of characters that the annex turns; few enough of them stand all the same."""
    end = at + len(text)
    if number := _FEW_DIGITS.fullmatch(text):
        middle = at + len(number[1])
        yield Piece(at, middle, "upright" if middle - at == 1 else "together")
        if middle < end:
            yield Piece(middle, end, "upright")
    elif _ONE_LETTER.fullmatch(text) or _CAPITALS.fullmatch(text):
        yield from (Piece(place, place + 1, "upright") for place in range(at, end))
    elif _MIXTURE.fullmatch(text):
        yield Piece(at, end, "together")
    else:
        yield Piece(at, end, "sideways")

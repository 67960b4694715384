"""From the bytes of a foreign text to its characters: strict decoders in order, then how common the characters are.

A byte-order mark or valid UTF-8 settles it. Otherwise every encoding that decodes without a fault is weighed: the
mean cost of its Chinese characters in bits, by their ranks in a table of frequencies (`frequency.txt`, made by
`tests/tools/build_frequency.py`); characters outside the table, and ones no newspaper prints, cost the most. The
cheapest reading wins only by a margin; under it, the editor decides.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ENCODINGS: Final = ("utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be")
"""The decoders, in order. GB 18030 holds GBK and GB 2312."""

MARGIN: Final = 1.5
"""Bits a character by which the best reading must beat the second. A wrong reading costs 4 bits more and upwards
where there are a dozen characters to judge by."""

FLOOR: Final = 18.0
"""The cost in bits of a character outside the table."""

STRANGE: Final = 24.0
"""The cost of a character that no newspaper prints: private use, controls, rare scripts."""

LETTER: Final = 9.0
"""The cost of a letter, a digit or a common mark: in no encoding rarer than in another."""

SAMPLE: Final = 20_000
"""Characters that are weighed."""

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_COMMON_MARKS: Final = frozenset("　、。，．·—…‘’“”〈〉《》「」『』【】（）！：；？％～①②③④⑤⑥⑦⑧⑨℃°×")
_STRANGE_CATEGORIES: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_TABLE: Final = Path(__file__).resolve().with_name("frequency.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and the encoding it was in; `certain` says that nothing had to be weighed."""

    text: str
    encoding: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two readings that are about as likely as each other, the likelier first; none where nothing decodes."""

    first: Decoded | None = None
    second: Decoded | None = None


def decoded(data: bytes, declared: str = "") -> Decoded | Doubt:
    """Return the text of a file, or the readings between which an editor has to choose.

    Args:
        data: the bytes.
        declared: the encoding that the file or the editor states; it is taken if it decodes without a fault.
    """
    if declared:
        text = _strictly(data, declared)
        if text is not None:
            return Decoded(text=text.removeprefix("\ufeff"), encoding=declared, certain=True)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            return Decoded(text=text, encoding=encoding, certain=True) if text is not None else Doubt()
    text = _strictly(data, "utf-8")
    if text is not None and "\0" not in text:
        return Decoded(text=text, encoding="utf-8", certain=True)
    readings: dict[str, str] = {}
    for encoding in ENCODINGS[1:]:
        text = _strictly(data, encoding)
        if text is not None:
            readings.setdefault(text, encoding)
    ranked = sorted((cost(text), at, text, encoding) for at, (text, encoding) in enumerate(readings.items()))
    found = [(price, Decoded(text=text, encoding=encoding, certain=False)) for price, _, text, encoding in ranked]
    if not found:
        return Doubt()
    if len(found) > 1 and found[1][0] - found[0][0] < MARGIN:
        return Doubt(first=found[0][1], second=found[1][1])
    return found[0][1]


def cost(text: str) -> float:
    """Return the mean cost of a text's characters in bits; blanks are free."""
    table = frequencies()
    total, count = 0.0, 0
    for char in text[:SAMPLE]:
        if char.isspace() and char != "\x85":
            continue
        count += 1
        total += table.get(char) or _unlisted(char)
    return total / count if count else LETTER


def _unlisted(char: str) -> float:
    if char.isascii():
        return LETTER if char.isprintable() else STRANGE
    if char in _COMMON_MARKS:
        return LETTER
    return STRANGE if unicodedata.category(char) in _STRANGE_CATEGORIES else FLOOR


@cache
def frequencies() -> dict[str, float]:
    """Return the cost of each character of the table in bits: minus the logarithm of its share.

    A line of the table is a cost in bits and the characters that share it; lines that start with `#` are comments.
    """
    table: dict[str, float] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        bits, _, chars = line.partition(" ")
        for char in chars:
            table[char] = min(float(bits), table.get(char, math.inf))
    return table


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None

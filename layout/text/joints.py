"""What a joint between two units of a headline is worth.

Whether a careful sub-editor would break at a joint shows in small signs: what kinds of words stand on both sides,
how long the units are, alone and together, what comes before and after. Every sign has points (`_points`, fitted to
headlines with marked joints); their sum, through the logistic function, is how likely the joint is a good one, and
the price is what is left to certainty.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from layout.text._points import POINTS, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.text.words import Word

PRICE_MOST: Final = 100
"""The price of a joint that is certainly wrong."""

_CLOSERS: Final = frozenset("”》’）」』】〉")
_OPENERS: Final = frozenset("“《‘（「『【〈")
_SILENT: Final = frozenset("　 ，、：；。？！“”‘’《》—…")
_NOMINAL: Final = frozenset("nysSNa")
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a headline that stays on one line: text, offset, words but marks, length in ems.

    `first` and `last` are the kinds of its outer words; `opens` and `closes` say whether it begins or ends with a
    quotation mark or bracket, `of` whether it ends with 的.
    """

    text: str
    start: int
    words: tuple[Word, ...]
    length: int
    first: str
    last: str
    opens: bool
    closes: bool
    of: bool

    @classmethod
    def of_words(cls, text: str, start: int, words: tuple[Word, ...]) -> Unit:
        """Return the unit of a stretch of text."""
        spoken = tuple(word for word in words if word.kind != "x" or word.text == "·") or words
        bare = text.rstrip(" \u3000，、：；。？！…—")
        half = sum(char.isascii() for char in text if char not in _SILENT)
        full = sum(not char.isascii() for char in text if char not in _SILENT)
        return cls(
            text=text,
            start=start,
            words=spoken,
            length=full + (half + 1) // 2,
            first=spoken[0].kind,
            last=spoken[-1].kind,
            opens=text[:1] in _OPENERS,
            closes=bare[-1:] in _CLOSERS,
            of=bare.endswith("的"),
        )

    def with_unit(self, other: Unit) -> Unit:
        """Return this unit and the one after it as one."""
        return Unit.of_words(self.text + other.text, self.start, self.words + other.words)


def price(clause: tuple[Unit, ...], place: int) -> int:
    """Return the price of a joint before unit `place` of a clause: 0 for a certain one, up to `PRICE_MOST`."""
    total = sum(POINTS.get(sign, 0) for sign in signs(clause, place))
    return round(PRICE_MOST / (1 + exp(total / SCALE)))


def signs(clause: tuple[Unit, ...], place: int) -> Iterator[str]:
    """Yield the signs of a joint, the names of points."""
    left, right = clause[place - 1], clause[place]
    before = clause[place - 2] if place > 1 else None
    after = clause[place + 1] if place + 1 < len(clause) else None
    end = "Q" if left.closes else "D" if left.of else left.last
    start = "Q" if right.opens else right.first
    beyond = "$" if after is None else "Q" if after.opens else after.first
    behind = "^" if before is None else "Q" if before.closes else "D" if before.of else before.last
    both = left.length + right.length
    ahead = sum(unit.length for unit in clause[place:])
    passed = sum(unit.length for unit in clause[:place])
    yield "any"
    yield f"end {end}"
    yield f"start {start}"
    yield f"end {end} start {start}"
    yield f"end {end} start {start} both {_size(both, 6)}"
    yield f"end {end} start {start} beyond {beyond}"
    yield f"end {end} length {_size(left.length)}"
    yield f"start {start} length {_size(right.length)}"
    yield f"right {start}..{right.last}"
    yield f"left length {_size(left.length)}"
    yield f"right length {_size(right.length)}"
    yield f"both {_size(both)}"
    yield f"behind {behind}"
    yield f"beyond {beyond}"
    yield f"behind {behind} end {end}"
    yield f"start {start} beyond {beyond}"
    yield f"ahead {_size(ahead)}"
    yield f"passed {_size(passed)}"
    yield f"clause {_size(ahead + passed, 12)}"
    if end in _NOMINAL and start in _NOMINAL:
        core = _run(left.words[::-1]) + _run(right.words)
        yield f"core {_size(core)}"
        yield f"end {end} start {start} core {_size(core, 6)}"
    if right.of:
        yield f"end {end} start {start} of"
    if left.text[-1] in "了着过":
        yield "end aspect"
    if after is not None:
        yield f"right lengths {_size(right.length)} {_size(after.length)}"


def _run(words: tuple[Word, ...]) -> int:
    """Return the characters of the nouns with which some words begin."""
    total = 0
    for word in words:
        if word.kind not in _NOMINAL:
            break
        total += len(word.text)
    return total


def _size(length: int, most: int = _LONGEST) -> int:
    return min(length, most)

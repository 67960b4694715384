"""Cut the text of an extracted page into blocks: one head line, paragraph or piece of one each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.importers.patterns import closes_sentence, split_dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

# An extractor that keeps the set lines gives lines of nearly equal width; no column of a newspaper is wider.
WIDEST_SET_LINE = 42.0
SAME_MEASURE = 1.5
NEIGHBOURS = 6
LEAST_NEIGHBOURS = 4
LEAST_PUNCTUATED = 2
INDENT = 1.5

_INVISIBLE = frozenset({"Cc", "Cf"})
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line of the file that has text: its number from 1, its indent and width in em."""

    number: int
    text: str
    indent: float
    width: float
    blanks_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand for one thing. `blanks_before` counts the empty lines above it."""

    text: str
    lines: tuple[int, ...]
    indent: float
    blanks_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Characters of the source that reach no story, and why."""

    line: int
    text: str
    why: str


def em_width(text: str) -> float:
    """Return the width of `text` in em: wide characters 1, all others ½."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def glue(first: str, second: str) -> str:
    """Join two pieces of running text: a space between Latin words, nothing between Han.

    A column breaks between Latin words, never inside one, and the extractor loses the space.
    """
    if first and second and _LATIN.match(first[-1]) and _LATIN.match(second[0]):
        return f"{first} {second}"
    return first + second


def read_lines(text: str) -> tuple[tuple[SourceLine, ...], tuple[Dropped, ...]]:
    """Return the lines of `text` that have any, and the invisible characters taken out of them."""
    lines: list[SourceLine] = []
    dropped: list[Dropped] = []
    blanks = 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n|\f|\v|\u2028|\u2029|\x85", text), start=1):
        spaced = re.sub(r"[\t\u00a0\u2002-\u200a\u202f]", " ", raw)
        hidden = "".join(c for c in spaced if unicodedata.category(c) in _INVISIBLE)
        if hidden:
            dropped.append(Dropped(line=number, text=hidden, why="invisible characters"))
        visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
        stripped = visible.strip()
        if not stripped:
            blanks += 1
            continue
        indent = em_width(visible[: len(visible) - len(visible.lstrip())])
        lines.append(
            SourceLine(
                number=number,
                text=stripped,
                indent=indent,
                width=indent + em_width(stripped),
                blanks_before=blanks,
            ),
        )
        blanks = 0
    return tuple(lines), tuple(dropped)


def read_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Return the blocks of a page's `text` in order, and what was left out of them.

    A blank line ends a block. Without one, every line is a block of its own, unless its neighbours show that
    the extractor kept the lines of a column: then lines run on until a short one or an indent.
    """
    lines, dropped = read_lines(text)
    runs: list[list[SourceLine]] = []
    for position, line in enumerate(lines):
        if runs and line.blanks_before == 0 and _runs_on(lines, position):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_block(run) for run in runs), dropped


def _block(run: Sequence[SourceLine]) -> Block:
    text = run[0].text
    for line in run[1:]:
        text = glue(text, line.text)
    return Block(
        text=text,
        lines=tuple(line.number for line in run),
        indent=run[0].indent,
        blanks_before=run[0].blanks_before,
    )


def _runs_on(lines: Sequence[SourceLine], position: int) -> bool:
    """Tell whether the line at `position` continues the one above it as a set line of the same column."""
    above, line = lines[position - 1], lines[position]
    if above.width > WIDEST_SET_LINE or line.width > above.width + SAME_MEASURE:
        return False
    if line.indent >= INDENT or split_dateline(line.text) is not None:
        return False
    alike = _same_measure(lines, position - 1)
    punctuated = sum(1 for other in alike if re.search(r"[，。、；]", other.text))
    if len(alike) < LEAST_NEIGHBOURS or punctuated < LEAST_PUNCTUATED:
        return False
    full = sorted(other.width for other in alike)[len(alike) // 2]
    return not (closes_sentence(above.text) and above.width <= full - 1)


def _same_measure(lines: Sequence[SourceLine], position: int) -> tuple[SourceLine, ...]:
    """Return the neighbours, with no blank line between, that are as wide as the line at `position`."""
    start = position
    while start > max(0, position - NEIGHBOURS) and lines[start].blanks_before == 0:
        start -= 1
    end = position + 1
    while end < min(len(lines), position + NEIGHBOURS + 1) and lines[end].blanks_before == 0:
        end += 1
    width = lines[position].width
    return tuple(
        lines[other]
        for other in range(start, end)
        if other != position and abs(lines[other].width - width) <= SAME_MEASURE
    )

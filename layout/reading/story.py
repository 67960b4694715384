"""Story files: front matter between two `---` lines, then the body in our own small grammar.

A blank line ends a paragraph, `## ` starts a subhead, `## ? ` one that is set only where the page wants it; `- ` starts
an item of a list, and so do `1. `, `2. ` … where they count from one. Tables and small forms are those of
`layout.reading.insert`; inline markup is that of `layout.reading.markup`. Leading and trailing blanks of a line,
ideographic ones included, are no part of the text. Where the front matter says `setting: vertical`, the body is verse:
every line ends a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.diagnostics.hints import hint
from layout.model import Block, BlockKind
from layout.reading.insert import FENCE, begins_table, read_fenced, read_table
from layout.reading.markup import inline, joined
from layout.reading.tree import Scalar, read_tree

if TYPE_CHECKING:
    from layout.reading.insert import Row
    from layout.reading.source import Sources
    from layout.reading.tree import Mapping

_FENCE: Final = "---"
_LIKE_FENCE: Final = re.compile(r"\s*[-—–－─]{2,}\s*\Z")
_SUBHEAD: Final = re.compile(r"##(?!#)\s*(\?(?=\s)\s*)?")
"""A subhead's sign, and the mark of one that is set only where the page wants it."""

_FOREIGN: Final = re.compile(r"#{1,6}(?=\s)|```|:::|!\[|>(?=\s)|[-*+](?= )")
"""Signs that mean something in other story formats and nothing here."""

_ITEM: Final = re.compile(r"(-|[1-9]\d?\.) +(?=\S)")
"""The sign of an item of a list."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story file taken apart: its front matter, None where that cannot be read, and its body."""

    matter: Mapping | None
    body: tuple[Block, ...]


def read_story_text(text: str, file: str, sources: Sources) -> StoryText:
    """Take a story's text apart, reporting all that is wrong with it.

    Args:
        text: the whole file.
        file: its name for spans.
        sources: where findings go.
    """
    rows = text.split("\n")
    first = next((at for at, row in enumerate(rows) if row.strip()), 0)
    if rows[first].rstrip() != _FENCE:
        odd = _LIKE_FENCE.match(rows[first])
        cure = hint("three-hyphens" if odd else "start-fence")
        sources.report("E112", span=_row_span(file, first, rows[first]), hint=cure)
        return StoryText(None, ())
    last = next((at for at in range(first + 1, len(rows)) if rows[at].rstrip() == _FENCE), -1)
    if last < 0:
        odd_at = next((at for at in range(first + 1, len(rows)) if _LIKE_FENCE.match(rows[at])), -1)
        at = odd_at if odd_at >= 0 else first
        cure = hint("three-hyphens" if odd_at >= 0 else "end-fence")
        sources.report("E112", span=_row_span(file, at, rows[at]), hint=cure)
        return StoryText(None, ())
    matter = read_tree("\n" * (first + 1) + "\n".join(rows[first + 1 : last]), file, sources)
    setting = matter.get("setting") if matter is not None else None
    verse = isinstance(setting, Scalar) and setting.text == "vertical"
    return StoryText(matter, read_body(rows[last + 1 :], last + 2, file, sources, verse=verse))


def read_body(
    rows: list[str], first_line: int, file: str, sources: Sources, *, verse: bool = False
) -> tuple[Block, ...]:
    """Return the blocks of a story's body.

    Args:
        rows: its lines.
        first_line: the number of the first of them in the file.
        file: the name for spans.
        sources: where findings go.
        verse: every row is a paragraph, and an empty row a blank between two of them.
    """
    lines = [(line, len(row) - len(row.lstrip()) + 1, row.strip()) for line, row in enumerate(rows, first_line)]
    if verse:
        return _read_verse(lines, file, sources)
    reader = _Body(lines, file, sources)
    return reader.read()


def _read_verse(lines: list[Row], file: str, sources: Sources) -> tuple[Block, ...]:
    blocks: list[Block] = []
    gap = False
    for line, column, kept in lines:
        subhead = _SUBHEAD.match(kept)
        start = subhead.end() if subhead else 0
        if not subhead:
            _report_foreign((line, column, kept), file, sources)
        rich = inline(*joined([(line, column + start, kept[start:])]), file, sources)
        if not kept:
            gap = True
        elif rich.text.strip():
            kind = BlockKind.SUBHEAD if subhead else BlockKind.PARAGRAPH
            optional = subhead is not None and subhead[1] is not None
            blocks.append(Block(kind, rich, gap and bool(blocks), optional))
            gap = False
    return tuple(blocks)


def _report_foreign(row: Row, file: str, sources: Sources) -> None:
    line, column, kept = row
    if foreign := _FOREIGN.match(kept):
        span = Span(file, line, column, line, column + foreign.end())
        sources.report("W132", span=span, name=foreign[0])


class _Body:
    """Reads the lines of a horizontal story from the first to the last."""

    def __init__(self, lines: list[Row], file: str, sources: Sources) -> None:
        self.lines = lines
        self.file = file
        self.sources = sources
        self.blocks: list[Block] = []
        self.pending: list[Row] = []
        self.sign = ""

    def read(self) -> tuple[Block, ...]:
        at = 0
        while at < len(self.lines):
            at = self._take(at)
        self._close()
        return tuple(self.blocks)

    def _take(self, at: int) -> int:
        """Take the line `at`, with those that belong to it; return where to go on."""
        line, column, kept = self.lines[at]
        following = self.lines[at + 1][2] if at + 1 < len(self.lines) else ""
        if not kept:
            self._close()
        elif kept.startswith(FENCE):
            return self._fenced(at)
        elif begins_table(kept, following) and not self.pending:
            return self._table(at)
        elif subhead := _SUBHEAD.match(kept):
            self._close()
            self.pending.append((line, column + subhead.end(), kept[subhead.end() :]))
            self._close(BlockKind.SUBHEAD, optional=subhead[1] is not None)
        elif (item := _ITEM.match(kept)) and self._counts(item[1], at):
            self._close()
            self.pending.append((line, column + item.end(), kept[item.end() :]))
            self.sign = item[1]
        else:
            _report_foreign(self.lines[at], self.file, self.sources)
            self.pending.append(self.lines[at])
        return at + 1

    def _counts(self, sign: str, at: int) -> bool:
        """Return whether a sign begins an item: a hyphen, the next number, or a first one that a second one follows."""
        if sign == "-":
            return True
        before = self.sign if self.pending else self.blocks[-1].sign if self.blocks else ""
        number = int(sign[:-1])
        if before not in ("", "-") and number == int(before[:-1]) + 1:
            return True
        if number != 1 or (self.pending and not self.sign):
            return False
        rest = (match for _, _, row in self.lines[at + 1 :] if row and (match := _ITEM.match(row)))
        found = next(rest, None)
        return found is not None and found[1] == "2."

    def _close(self, kind: BlockKind = BlockKind.PARAGRAPH, *, optional: bool = False) -> None:
        """Make a block of the lines that are pending."""
        if self.pending:
            rich = inline(*joined(self.pending), self.file, self.sources)
            if rich.text.strip():
                made = BlockKind.ITEM if self.sign else kind
                self.blocks.append(Block(made, rich, optional=optional, sign=self.sign))
            self.pending.clear()
        self.sign = ""

    def _fenced(self, at: int) -> int:
        self._close()
        end = next((row for row in range(at + 1, len(self.lines)) if self.lines[row][2] == FENCE), -1)
        if end < 0:
            line, column, kept = self.lines[at]
            span = Span(self.file, line, column, line, column + len(kept))
            self.sources.report("E210", span=span, hint=hint("close-insert", fence=FENCE))
            return at + 1
        self._add(read_fenced(self.lines[at], self.lines[at + 1 : end], self.file, self.sources))
        return end + 1

    def _table(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end][2].startswith("|"):
            end += 1
        self._add(read_table(self.lines[at:end], None, self.file, self.sources))
        return end

    def _add(self, block: Block | None) -> None:
        if block is not None and block.text.text.strip():
            self.blocks.append(block)


def _row_span(file: str, at: int, row: str) -> Span:
    return Span(file, at + 1, 1, at + 1, max(len(row), 1) + 1)

"""Story files: front matter between two `---` lines, then the body in our own small grammar.

A blank line ends a paragraph, `## ` starts a subhead, `## ? ` one that is set only where the page wants it; inline
markup is that of `layout.reading.markup`. Leading and trailing blanks of a line, ideographic ones included, are no
part of the text. Where the front matter says `setting: vertical`, the body is verse: every line ends a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.diagnostics.hints import hint
from layout.model import Block, BlockKind
from layout.reading.markup import inline, joined
from layout.reading.tree import Scalar, read_tree

if TYPE_CHECKING:
    from layout.reading.source import Sources
    from layout.reading.tree import Mapping

_FENCE: Final = "---"
_LIKE_FENCE: Final = re.compile(r"\s*[-—–－─]{2,}\s*\Z")
_SUBHEAD: Final = re.compile(r"##(?!#)\s*(\?(?=\s)\s*)?")
"""A subhead's sign, and the mark of one that is set only where the page wants it."""

_FOREIGN: Final = re.compile(r"#{1,6}(?=\s)|```|:::|!\[|>(?=\s)|[-*+](?= )")
"""Signs that mean something in other story formats and nothing here."""

Row = tuple[int, int, str]
"""Line, column and text of a trimmed line."""


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
    blocks: list[Block] = []
    pending: list[Row] = []
    gap = False

    def close(kind: BlockKind = BlockKind.PARAGRAPH, *, optional: bool = False) -> None:
        nonlocal gap
        if pending:
            rich = inline(*joined(pending), file, sources)
            if rich.text.strip():
                blocks.append(Block(kind, rich, gap and bool(blocks), optional))
                gap = False
            pending.clear()

    for line, row in enumerate(rows, first_line):
        kept = row.strip()
        column = len(row) - len(row.lstrip()) + 1
        if not kept:
            close()
            gap = verse
        elif subhead := _SUBHEAD.match(kept):
            close()
            pending.append((line, column + subhead.end(), kept[subhead.end() :]))
            close(BlockKind.SUBHEAD, optional=subhead[1] is not None)
        else:
            if foreign := _FOREIGN.match(kept):
                span = Span(file, line, column, line, column + foreign.end())
                sources.report("W132", span=span, name=foreign[0])
            pending.append((line, column, kept))
            if verse:
                close()
    close()
    return tuple(blocks)


def _row_span(file: str, at: int, row: str) -> Span:
    return Span(file, at + 1, 1, at + 1, max(len(row), 1) + 1)

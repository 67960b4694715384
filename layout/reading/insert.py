r"""Inserts in a story's text: tables as in Markdown, and small forms between two fences.

    ```table 一周天气          ```note              | 日期 | 最高 |
    | 日期 | 最高 |            text                 |------|-----:|
    |------|-----:|                                 | 周一 | 12.5 |
    | 周一 | 12.5 |            another paragraph
    ```                        ```

What follows the insert's name is its title. A table needs no fence where it needs no title. `\|` is the sign itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layout.diagnostics import Span
from layout.diagnostics.hints import hint
from layout.model import Block, BlockKind, Form, RichText, Table, joined_text
from layout.reading.markup import inline, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.model import CellAlign, FormName
    from layout.reading.source import Sources

Row = tuple[int, int, str]
"""Line, column and text of a trimmed line."""

FENCE: Final = "```"

_FORMS: Final[Mapping[str, FormName]] = {
    "box": "info",
    "资料": "info",
    "note": "note",
    "编者按": "note",
    "correction": "correction",
    "更正": "correction",
    "obituary": "obituary",
    "讣告": "obituary",
    "notice": "notice",
    "公告": "notice",
    "启事": "notice",
}
"""What follows a fence, and the form that it asks for; the Chinese names say the same."""

_TABLES: Final = ("table", "表格")

_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\Z")
_ALIGNS: Final[Mapping[tuple[bool, bool], CellAlign]] = {
    (False, False): "auto",
    (True, False): "left",
    (True, True): "center",
    (False, True): "right",
}
"""Colons at the left and right of a column's dashes, and where the column stands."""


def begins_table(row: str, following: str) -> bool:
    """Return whether a line is the head of a table: between bars, a line of dashes under it."""
    return row.startswith("|") and row.endswith("|") and len(row) > 1 and "|" in following and is_rule(following)


def is_rule(row: str) -> bool:
    """Return whether a line divides a table's head from its rows."""
    return _RULE.match(row) is not None


def read_table(rows: Sequence[Row], title: RichText | None, file: str, sources: Sources) -> Block | None:
    """Return the lines of a table as a block, or None, which is reported, where they are none."""
    line, column, first = rows[0]
    span = Span(file, line, column, line, column + max(len(first), 1))
    if len(rows) < _LEAST or not is_rule(rows[1][2]):
        problem = "a line of dashes has to follow the head, and rows that line"
        sources.report("E212", span=span, problem=problem, problem_zh="表头下面要有一行短横线，再下面是各行")
        return None
    head = _cells(rows[0], file, sources)
    aligns = tuple(_align(cell[2]) for cell in _split(rows[1]))
    wanted = len(head)
    rest: list[CellAlign] = ["auto"] * wanted
    for row, count in ((rows[1], len(aligns)), *((row, len(list(_split(row)))) for row in rows[2:])):
        if count != wanted:
            place = Span(file, row[0], row[1], row[0], row[1] + len(row[2]))
            sources.report("W210", span=place, count=count, wanted=wanted)
    made = tuple(_filled(_cells(row, file, sources), wanted) for row in rows[2:])
    table = Table(head=head, rows=made, aligns=(*aligns, *rest)[:wanted], title=title, span=span)
    parts = (title, *head, *(cell for row in made for cell in row))
    return Block(BlockKind.TABLE, joined_text(part for part in parts if part), insert=table)


def _align(dashes: str) -> CellAlign:
    return _ALIGNS[dashes.startswith(":"), dashes.endswith(":")]


_LEAST: Final = 3
"""Lines of the shortest table: head, dashes, one row."""


def _filled(cells: tuple[RichText, ...], wanted: int) -> tuple[RichText, ...]:
    """Return as many cells as a table's head has: cells too many are run together in the last one."""
    if len(cells) > wanted:
        return (*cells[: wanted - 1], joined_text(cells[wanted - 1 :]))
    return (*cells, *(RichText(""),) * (wanted - len(cells)))


def _split(row: Row) -> Iterator[Row]:
    """Yield the cells of a line, trimmed."""
    line, column, text = row
    at = 1 if text.startswith("|") else 0
    while at < len(text):
        end = at
        while end < len(text) and text[end] != "|":
            end += 2 if text[end] == "\\" else 1
        cell = text[at:end]
        yield line, column + at + len(cell) - len(cell.lstrip()), cell.strip()
        at = end + 1


def _cells(row: Row, file: str, sources: Sources) -> tuple[RichText, ...]:
    return tuple(inline(text, [(0, line, column)], file, sources) for line, column, text in _split(row))


def read_fenced(opening: Row, rows: Sequence[Row], file: str, sources: Sources) -> Block | None:
    """Return what stands between two fences as a block, or None, which is reported.

    Args:
        opening: the line with the first fence and the insert's name and title.
        rows: the lines up to the second fence, empty ones too.
        file: the name for spans.
        sources: where findings go.
    """
    line, column, text = opening
    words = text[len(FENCE) :].strip()
    name = words.split()[0] if words else ""
    span = Span(file, line, column, line, column + len(text))
    rest = words[len(name) :].strip()
    title = inline(rest, [(0, line, column + len(text) - len(rest))], file, sources) if rest else None
    if name not in _FORMS and name not in _TABLES:
        known = "、".join((*_TABLES, *_FORMS))
        sources.report("E211", span=span, name=name, hint=hint("known-are", names=known))
        return None
    written = [row for row in rows if row[2]]
    if not written:
        sources.report("E213", span=span, name=name)
        return None
    if name in _TABLES:
        return read_table(written, title, file, sources)
    paragraphs = tuple(inline(*joined(part), file, sources) for part in _paragraphs(rows))
    form = Form(name=_FORMS[name], text=paragraphs, title=title, span=span)
    return Block(BlockKind.FORM, joined_text(part for part in (title, *paragraphs) if part), insert=form)


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        if row[2]:
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part

"""Tables of stories at a measure: columns as wide as their matter wants, numbers on their decimal point.

The widths come from the matter: every column gets what its widest cell takes, spare width goes between the columns.
Where that is more than the measure, columns of words give way, the widest first, and their cells wrap to further grid
lines. A measure in which the numbers themselves have no room is priced out and, if the page still takes it, reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.page.draw import label, label_width, rich_label
from layout.page.panel import Band, Cell, Panel
from layout.text.linebreak import break_paragraph, ragged

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import CellAlign, Region, RichText, Table
    from layout.style import Align, Style, TextStyle
    from layout.text.justify import Material

_NUMBER: Final = re.compile(r"([+\-−±¥$￥]*\d[\d,，]*)((?:\.\d+)?)\s*([^\d\s]{0,3})\Z")
_NOTHING: Final = frozenset(("", "-", "–", "—", "——", "…", "/"))
"""What stands in a cell of a column of numbers that has none."""

WRAPPED: Final = 40
"""Price of every line that wrapping adds to a table."""

TOO_NARROW: Final = 5000
"""Price of a measure in which a table has no room: near that of text that does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A cell, shaped: its width in mpt, and for a number what of it stands before the decimal point."""

    material: Material
    width: int
    before: int = 0
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """A column of a table: its head and cells, how it stands, its natural and its least width in mpt."""

    head: Entry
    cells: tuple[Entry, ...]
    align: Align
    point: int
    natural: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tabular:
    """A table shaped for a style, to be set at any measure."""

    columns: tuple[Column, ...]
    title: Material | None
    style: Style

    def at(self, measure: int) -> Panel:
        """Return the table at a measure in mpt."""
        table = self.style.table
        widths, gap, needed = _widths(self.columns, measure, self.style)
        lefts = [sum(widths[:at]) + at * gap for at in range(len(widths))]
        head = []
        if self.title is not None:
            cell = _cell(self.title, 0, measure, table.title.align, table.title)
            head.append(Band(len(cell.ends), (cell,), ruled=True))
        cells = [
            _cell(column.head.material, left, width, column.align, table.head)
            for column, left, width in zip(self.columns, lefts, widths, strict=True)
        ]
        head.append(Band(max(len(cell.ends) for cell in cells), tuple(cells), ruled=True))
        rows = [
            tuple(
                _entry(column.cells[row], column, left, width, table.text)
                for column, left, width in zip(self.columns, lefts, widths, strict=True)
            )
            for row in range(len(self.columns[0].cells))
        ]
        depths = [max(len(cell.ends) for cell in row) for row in rows]
        wraps = sum(depth - 1 for depth in depths)
        ruled = wraps > 0
        return Panel(
            part="table",
            measure=measure,
            head=tuple(head),
            bands=tuple(Band(depth, row, ruled) for depth, row in zip(depths, rows, strict=True)),
            frame="rules",
            rule=table.rule,
            thin=table.thin,
            ink=table.ink,
            divides=True,
            moves=True,
            cost=WRAPPED * wraps + (TOO_NARROW if needed else 0),
            needed=needed,
        )


def prepare_table(table: Table, style: Style, book: Fontbook, region: Region) -> Tabular:
    """Return a table shaped for a style."""
    rules = style.table
    columns = []
    for at, head in enumerate(table.head):
        top = _shaped(head, rules.head, style, book, region)
        cells = tuple(_shaped(row[at], rules.text, style, book, region) for row in table.rows)
        given = [text for row in table.rows if (text := row[at].text) not in _NOTHING]
        # The first column names the rows: it has words, dates too, unless the editor sets it to the right.
        numbers = (at > 0 or table.aligns[at] == "right") and bool(given) and all(_NUMBER.match(text) for text in given)
        columns.append(_column(top, cells, table.aligns[at], style, numbers=numbers))
    title = rich_label(table.title, rules.title, style, book, region) if table.title else None
    return Tabular(columns=tuple(columns), title=title, style=style)


def _shaped(text: RichText, text_style: TextStyle, style: Style, book: Fontbook, region: Region) -> Entry:
    material = rich_label(text, text_style, style, book, region)
    width = label_width(material) if text else 0
    found = _NUMBER.match(text.text)
    if found is None:
        return Entry(material=material, width=width)
    before = label_width(label(found[1], text_style, style, book, region))
    return Entry(material=material, width=width, before=before, number=True)


def _column(head: Entry, cells: tuple[Entry, ...], align: CellAlign, style: Style, *, numbers: bool) -> Column:
    widest = max((cell.width for cell in cells), default=0)
    point = 0
    if numbers and align in ("auto", "right"):
        point = max(cell.before for cell in cells)
        widest = max(widest, point + max(cell.width - cell.before for cell in cells if cell.number))
    natural = max(head.width, widest)
    words = round(style.table.least_em * style.em)
    least = max(widest, min(head.width, words)) if numbers else min(natural, words)
    where: Align = "left" if align == "auto" else align
    if numbers and align == "auto":
        where = "right"
    return Column(head=head, cells=cells, align=where, point=point, natural=natural, least=least)


def _widths(columns: tuple[Column, ...], measure: int, style: Style) -> tuple[list[int], int, int]:
    """Return the columns' widths, the gap between them, and the width needed where the measure is too narrow."""
    gap = round(style.table.gap_em * style.table.text.size)
    room = measure - gap * (len(columns) - 1)
    widths = [column.natural for column in columns]
    over = sum(widths) - room
    while over > 0:
        loose = [at for at, column in enumerate(columns) if widths[at] > column.least]
        if not loose:
            break
        widest = max(widths[at] for at in loose)
        at = next(at for at in loose if widths[at] == widest)
        rest = [widths[other] for other in loose if widths[other] < widest]
        give = min(over, widest - max((columns[at].least, *rest)), style.em) or 1
        widths[at] -= give
        over -= give
    if over > 0:
        return widths, gap, measure + over
    spare = measure - sum(widths) - gap * (len(columns) - 1)
    return widths, gap + (spare // (len(columns) - 1) if len(columns) > 1 else 0), 0


def _entry(entry: Entry, column: Column, left: int, width: int, text_style: TextStyle) -> Cell:
    """Return a cell of a row: a number on its column's point, anything else as its column stands."""
    if not column.point:
        return _cell(entry.material, left, width, column.align, text_style)
    if not entry.number:
        return _cell(entry.material, left, width, "right", text_style)
    after = max(cell.width - cell.before for cell in column.cells if cell.number)
    shift = width - column.point - after + column.point - entry.before
    ends = (len(entry.material),)
    return Cell(
        material=entry.material, ends=ends, left=left, width=entry.width, align="left", ink=text_style.ink, shift=shift
    )


def _cell(material: Material, left: int, width: int, align: Align, text_style: TextStyle) -> Cell:
    ends: tuple[int, ...] = ()
    if len(material):
        ways = break_paragraph(material, lambda _line: width, fitting=ragged)
        ends = ways[min(ways, key=lambda count: (ways[count].demerits, count))].ends
    return Cell(material=material, ends=ends, left=left, width=width, align=align, ink=text_style.ink)

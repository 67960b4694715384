"""The index of a front page (导读): a frame with its name, and a line for every story with its page.

How deep it is depends on the number of its lines alone: what references say, and how long titles are, moves nothing.
It closes with a blank line as modules do, but for one at the foot of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.diagnostics import finding
from layout.display import Key, Outline, Rule
from layout.geometry import Cells, Rect
from layout.page.draw import baseline, top_offset
from layout.page.furniture.drawn import PAGE, Sketch, region_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.fontbook import Fontbook
    from layout.model import Index, Page
    from layout.page.furniture.drawn import Drawn
    from layout.style import Style


def index_lines(index: Index, style: Style) -> int:
    """Return the grid lines that an index takes, without the blank one that closes it."""
    rows = -(-len(index.lines) * style.index.title.pitch // style.grid.pitch)
    return min(2 * style.box.pad_lines + style.index.label_lines + rows, style.grid.lines - 1)


def index_cells(page: Page, style: Style, taken: Sequence[Cells]) -> Cells | None:
    """Return where the page's index stands beside what is `taken`, or None where it has none, or no room."""
    index = page.index
    if index is None:
        return None
    pin = index.pin
    columns = min(pin.columns if pin and pin.columns else style.index.columns, style.grid.columns)
    across = range(style.grid.columns - columns + 1)
    starts = [pin.column - 1] if pin and pin.column else list(across if index.side == "left" else reversed(across))
    depth = index_lines(index, style)
    last = style.grid.lines - depth
    downs = list(range(last + 1)) if index.at == "head" else list(range(last, -1, -1))
    for line in [pin.line - 1] if pin and pin.line else downs:
        lines = pin.lines if pin and pin.lines else depth + (line < last)
        for column in starts:
            cells = Cells(column, line, columns, lines)
            if cells.bottom <= style.grid.lines and not any(cells.overlaps(other) for other in taken):
                return cells
    return None


def draw_index(page: Page, style: Style, book: Fontbook, cells: Cells) -> Drawn:
    """Return the page's index in its cells.

    Lines share what the name leaves of the depth; those that have no room are reported (E401), not drawn.

    Findings: E401, W609 a title too small to read, E303 characters that no face has.
    """
    sketch = Sketch(page=page.id, style=style, book=book, region=region_of(page))
    index, look = page.index, style.index
    if index is None:
        return sketch.done()
    inset, pad = top_offset(style), round(style.box.pad_em * style.em)
    top = style.line_y(cells.line) + inset
    closed = cells.bottom - (cells.bottom < style.grid.lines)
    width = style.span_width(cells.columns)
    rect = Rect(style.column_x(cells.column), top, width, style.line_y(closed) - inset - top)
    if look.frame:
        sketch.ops.append(Outline(Key(PAGE, "index-frame"), rect, look.frame, look.ink))
    left, width = rect.x + pad, width - 2 * pad
    first = style.line_y(cells.line + style.box.pad_lines + look.label_lines)
    name = sketch.fitted(index.label or look.name, look.label, width, look.least)
    y = baseline(top, first - top, name.text_style.size)
    sketch.put(name, left, width, y, "index-name", align=look.label.align)
    _rows(index, Rect(left, first, width, rect.bottom - first), sketch)
    return sketch.done()


def _rows(index: Index, rect: Rect, sketch: Sketch) -> None:
    """Draw the lines of an index, each under a rule, at equal distances."""
    look = sketch.style.index
    most = rect.height // look.title.pitch
    shown, rest = index.lines[:most], index.lines[most:]
    pages = [sketch.line(look.reference.format(page=line.page), look.page) for line in shown]
    gap = round(look.gap_em * look.title.size)
    room = rect.width - gap - max((page.width for page in pages), default=0)
    for row, (line, page) in enumerate(zip(shown, pages, strict=True)):
        top, foot = (rect.y + rect.height * number // len(shown) for number in (row, row + 1))
        if look.rule:
            key = Key(PAGE, "index-rule", 0, row)
            sketch.ops.append(Rule(key, rect.x, top, rect.right, top, look.rule, look.ink))
        title = sketch.fitted(line.title.text, look.title, room, look.least)
        y = baseline(top, foot - top, look.title.size)
        sketch.put(title, rect.x, room, y, "index", align=look.title.align, row=row)
        sketch.put(page, rect.x, rect.width, y, "index-page", align="right", row=row)
    if rest:
        start = rest[0].title.text[:12]
        chars = sum(len(line.title.text) for line in rest)
        sketch.findings.append(
            finding("E401", page=sketch.page, story="index", name="index", lines=len(rest), chars=chars, start=start)
        )

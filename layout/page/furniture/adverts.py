"""Adverts: where booked spaces stand on the grid, and what stands in them.

A space keeps its booked millimetres, centred in the cells it takes; artwork stands in it at 100 %, centred, never
scaled. Spaces without a pin are stacked from the foot (or head) of the page at their side, beside each other where
there is room. One that has something below it takes a blank line more, as modules do. Every advert says 广告
(Advertising Law of the PRC, art. 14), outside its upper right corner where the cells leave room for that, else on a
patch of paper inside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.color import PAPER
from layout.diagnostics import finding
from layout.diagnostics.hints import hint
from layout.display import Fill, Form, Key, Outline, Picture, Rule
from layout.geometry import Cells, Rect, mm
from layout.page.draw import ASCENT, baseline
from layout.page.furniture.artwork import place_artwork
from layout.page.furniture.drawn import Drawn, Sketch
from layout.page.furniture.index import index_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Advert, Page
    from layout.style import AdvertStyle, Style

LABEL: Final = "广告"
WHOLE: Final = (0.0, 0.0, 1.0, 1.0)
FAULT: Final = "广告文件不能置入"
ARTWORK: Final = "advert"
"""The part of the operation that shows an advert's artwork."""


def advert_cells(page: Page, style: Style) -> tuple[tuple[str, Cells], ...]:
    """Return the cells of the page's adverts in the order listed; one that finds no room is left out.

    `check_adverts` reports those.
    """
    taken = _standing(page, style)
    found: dict[str, Cells] = {}
    # What the editor has fixed goes first: the others give way to it.
    for advert in sorted(page.adverts, key=lambda one: (one.pin is None, not _in_ear(one, page, style))):
        cells = _place(advert, page, style, taken)
        if cells is not None:
            found[advert.id] = cells
            taken.append(cells)
    return tuple((advert.id, found[advert.id]) for advert in page.adverts if advert.id in found)


def check_adverts(page: Page, style: Style) -> tuple[Diagnostic, ...]:
    """Return E402 for every advert that finds no room on its page."""
    placed = dict(advert_cells(page, style))
    return tuple(
        finding("E402", span=advert.span, page=page.id, story=advert.id, name=advert.id)
        for advert in page.adverts
        if advert.id not in placed
    )


def ear_advert(page: Page, style: Style) -> Advert | None:
    """Return the advert that stands in the place of the front page's ear."""
    return next((advert for advert in page.adverts if _in_ear(advert, page, style)), None)


def ear_columns(style: Style) -> tuple[int, int]:
    """Return the first column of the ear and how many it has."""
    return style.nameplate.columns, style.grid.columns - style.nameplate.columns


def nameplate_zone(style: Style) -> int:
    """Return the grid lines in which nameplate and ear stand; under them a blank line and the date line."""
    return style.nameplate.lines - style.nameplate.date_lines - 1


def nameplate_cells(page: Page, style: Style) -> Cells:
    """Return the cells of the front page's head, without an ear that is sold."""
    columns = style.nameplate.columns if ear_advert(page, style) else style.grid.columns
    return Cells(0, 0, columns, style.nameplate.lines)


def banner_cells(page: Page, style: Style) -> Cells:
    """Return the cells of the banner: under the nameplate, or at the head of the page."""
    return Cells(0, style.nameplate.lines if page.front else 0, style.grid.columns, style.banner.lines)


def _standing(page: Page, style: Style) -> list[Cells]:
    """Return what stands on the page before any advert; the ear's place is kept for one that is booked for it."""
    taken = [nameplate_cells(page, style)] if page.front else []
    if page.banner:
        taken.append(banner_cells(page, style))
    cells = place_index(page, style)
    return taken if cells is None else [*taken, cells]


def place_index(page: Page, style: Style) -> Cells | None:
    """Return the cells of the page's index, clear of the head of the page and of what is pinned; None without room."""
    taken = [nameplate_cells(page, style)] if page.front else []
    if page.banner:
        taken.append(banner_cells(page, style))
    taken.extend(
        Cells(pin.column - 1, pin.line - 1, pin.columns, pin.lines)
        for pin in (*(one.pin for one in page.entries), *(one.pin for one in page.adverts))
        if pin and pin.column and pin.columns and pin.line and pin.lines
    )
    return index_cells(page, style, taken)


def _in_ear(advert: Advert, page: Page, style: Style) -> bool:
    same = [one for one in page.adverts if one.kind == style.nameplate.ear_kind and one.pin is None]
    _, columns = ear_columns(style)
    return page.front and columns > 0 and bool(same) and advert is same[0] and _columns(advert, style) <= columns


def _columns(advert: Advert, style: Style) -> int:
    """Return the fewest columns that hold an advert's width, but for what may hang over."""
    width = mm(advert.width) - mm(style.advert.over_most)
    fits = (count for count in range(1, style.grid.columns + 1) if style.span_width(count) >= width)
    return next(fits, style.grid.columns)


def _lines(advert: Advert, style: Style) -> int:
    """Return the fewest grid lines that hold an advert's height, but for what may hang over."""
    height = mm(advert.height) - mm(style.advert.over_most)
    return min(-(-height // style.grid.pitch), style.grid.lines)


def _place(advert: Advert, page: Page, style: Style, taken: list[Cells]) -> Cells | None:
    if _in_ear(advert, page, style):
        column, columns = ear_columns(style)
        return Cells(column, 0, columns, style.nameplate.lines)
    pin = advert.pin
    columns = pin.columns if pin and pin.columns else _columns(advert, style)
    lines = pin.lines if pin and pin.lines else _lines(advert, style)
    across = range(style.grid.columns - columns + 1)
    starts = [pin.column - 1] if pin and pin.column else list(across if advert.side == "left" else reversed(across))
    last = style.grid.lines - lines
    if pin and pin.line:
        downs = [pin.line - 1]
    elif advert.at == "foot":
        downs = list(range(last, -1, -1))
    else:
        downs = list(range(last + 1))
    for line in downs:
        for column in starts:
            cells = _closed(Cells(column, line, columns, lines), advert, style, taken)
            if not any(cells.overlaps(other) for other in taken):
                return cells
    return None


def _closed(cells: Cells, advert: Advert, style: Style, taken: list[Cells]) -> Cells:
    """Return the cells with the blank line under them, where something can follow that is not at the page's foot."""
    if (advert.pin and advert.pin.lines) or cells.bottom >= style.grid.lines:
        return cells
    near = (cells.bottom, cells.bottom + 1)
    followed = any(other.line in near and other.column < cells.right and cells.column < other.right for other in taken)
    if advert.at == "head" or followed:
        return Cells(cells.column, cells.line, cells.columns, cells.lines + 1)
    return cells


def draw_advert(advert: Advert, cells: Cells, style: Style, book: Fontbook) -> Drawn:
    """Return an advert in its cells: its artwork, or a framed hole, and the label 广告.

    Findings: W516 no artwork yet, E514 artwork that cannot be placed (a hole stands in), E605 a space too small for
    the label, W609 type in a hole too small to read.
    """
    sketch = Sketch(page="", style=style, book=book, region="zh-Hans")
    rect = advert_rect(advert, cells, style)
    if not _artwork(advert, rect, sketch):
        _hole(advert, rect, sketch)
    _label(advert, rect, cells, sketch)
    return sketch.done()


def advert_rect(advert: Advert, cells: Cells, style: Style) -> Rect:
    """Return the booked space in its cells: centred, whole lines to spare left below it unless its lines are pinned."""
    width, height = mm(advert.width), mm(advert.height)
    lines = cells.lines if advert.pin and advert.pin.lines else min(cells.lines, _ear_lines(advert, cells, style))
    left = style.column_x(cells.column) + (style.span_width(cells.columns) - width) // 2
    top = style.line_y(cells.line) + (lines * style.grid.pitch - height) // 2
    return Rect(left, top, width, height)


def _ear_lines(advert: Advert, cells: Cells, style: Style) -> int:
    """Return the lines that an advert is centred in; in the ear those of the nameplate."""
    plate = style.nameplate
    if advert.kind == plate.ear_kind and (cells.line, cells.lines) == (0, plate.lines):
        return nameplate_zone(style)
    return _lines(advert, style)


def _artwork(advert: Advert, rect: Rect, sketch: Sketch) -> bool:
    """Draw the advert's artwork, and return whether there is any that can be placed."""
    if advert.file is None:
        sketch.findings.append(finding("W516", span=advert.span, story=advert.id, name=advert.id))
        return False
    if advert.size is not None:
        sketch.findings.extend(check_size(advert, advert.size, sketch.style))
        if any(item.code == "E120" for item in sketch.findings):
            sketch.ops.extend(draw_fault(advert, rect, sketch.style, sketch.book).ops)
            return True
    key = Key(advert.id, ARTWORK)
    suffix = Path(advert.file).suffix.lower()
    if suffix == ".pdf":
        sketch.ops.append(Form(key, rect, advert.file, advert.page, fit=False, convert=advert.convert))
    elif suffix == ".svg":
        made = place_artwork(advert.file, own_rect(advert.size, rect), key, "", advert.id)
        sketch.ops.extend(made.ops)
        sketch.findings.extend(made.findings)
        return not made.findings
    else:
        sketch.ops.append(Picture(key, _shown(advert, rect), advert.file, WHOLE))
    return True


def check_size(advert: Advert, size: tuple[float, float], style: Style) -> Iterator[Diagnostic]:
    """Yield E120 where artwork of `size` in mm is too large for its space, W528 where it is smaller.

    Adverts stand at 100 %: what is too large by more than the style's `over_most` would run into its neighbours.
    """
    over, booked = style.advert.over_most, (advert.width, advert.height)
    pairs = list(zip(size, booked, strict=True))
    code, cure = "", None
    if any(own > side + over for own, side in pairs):
        code, cure = "E120", hint("advert-size")
    elif any(own < side - over for own, side in pairs):
        code = "W528"
    if code:
        yield finding(
            code,
            span=advert.span,
            story=advert.id,
            hint=cure,
            name=advert.id,
            width=f"{round(size[0], 1):g}",
            height=f"{round(size[1], 1):g}",
            booked_width=f"{advert.width:g}",
            booked_height=f"{advert.height:g}",
        )


def own_rect(size: tuple[float, float] | None, rect: Rect) -> Rect:
    """Return where artwork of its own `size` in mm stands at 100 %: centred in `rect`; without a size, all of it."""
    if size is None:
        return rect
    width, height = mm(size[0]), mm(size[1])
    return Rect(rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2, width, height)


def _shown(advert: Advert, rect: Rect) -> Rect:
    """Return the place of a raster picture: its own size, or what its own shape leaves of the space, centred."""
    if advert.size is not None or advert.pixels is None:
        return own_rect(advert.size, rect)
    across, down = advert.pixels
    width = min(rect.width, round(rect.height * across / down))
    height = min(rect.height, round(rect.width * down / across))
    return Rect(rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2, width, height)


def draw_fault(advert: Advert, rect: Rect, style: Style, book: Fontbook) -> Drawn:
    """Return the marked hole that stands where artwork cannot be placed: a framed hole, crossed out."""
    sketch = Sketch(page="", style=style, book=book, region="zh-Hans")
    key, width, ink = Key(advert.id, "advert-fault"), style.advert.hole_rule, style.advert.ink
    sketch.ops.append(Rule(key, rect.x, rect.y, rect.right, rect.bottom, width, ink))
    sketch.ops.append(Rule(key, rect.x, rect.bottom, rect.right, rect.y, width, ink))
    _hole(advert, rect, sketch, FAULT)
    return sketch.done()


def _hole(advert: Advert, rect: Rect, sketch: Sketch, *more: str) -> None:
    """Draw a frame of exactly the booked size with the advert's name and measures."""
    style = sketch.style.advert
    sketch.ops.append(Outline(Key(advert.id, "advert-hole"), rect, style.hole_rule, style.ink))
    rows = (f"{advert.kind}　{advert.id}", f"{advert.width:g} × {advert.height:g} 毫米", *more)
    pitch = style.hole.pitch
    if len(rows) * pitch > rect.height:
        return
    top = rect.y + (rect.height - len(rows) * pitch) // 2
    room = rect.width - 2 * _plate(style)[1]
    for row, text in enumerate(rows):
        y = baseline(top + row * pitch, pitch, style.hole.size)
        line = sketch.fitted(text, style.hole, room, 0)
        sketch.put(line, rect.x, rect.width, y, "advert-hole", align="center", row=row, story=advert.id)


def _plate(style: AdvertStyle) -> tuple[int, int]:
    """Return the patch of paper behind the label: its height, and the air around the type in it."""
    return style.label.size + 2 * style.label_gap, style.label_gap


def _label(advert: Advert, rect: Rect, cells: Cells, sketch: Sketch) -> None:
    style = sketch.style
    label = style.advert.label
    line = sketch.line(LABEL, label)
    depth, pad = _plate(style.advert)
    width = line.width + 2 * pad
    if width > rect.width or depth > rect.height:
        sketch.findings.append(finding("E605", span=advert.span, story=advert.id, name=advert.id))
        return
    if rect.y - style.line_y(cells.line) >= depth:
        top, right = rect.y - pad - label.size, rect.right
    else:
        top, right = rect.y + pad, rect.right - pad
        if advert.file is not None:
            sketch.ops.append(
                Fill(Key(advert.id, "advert-label"), Rect(rect.right - width, rect.y, width, depth), PAPER)
            )
    y = top + ASCENT * label.size // 1000
    sketch.put(line, right - line.width, line.width, y, "advert-label", story=advert.id)


def blocks(page: Page, style: Style) -> Iterator[tuple[str, Cells]]:
    """Yield the cells of what is no story: `nameplate`, `banner`, `index`, `advert:<id>`."""
    if page.front:
        yield "nameplate", nameplate_cells(page, style)
    if page.banner:
        yield "banner", banner_cells(page, style)
    if (cells := place_index(page, style)) is not None:
        yield "index", cells
    for name, cells in advert_cells(page, style):
        yield f"advert:{name}", cells

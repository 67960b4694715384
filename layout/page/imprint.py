"""The imprint (版权信息): registration number in the date line, everything else under the type area of the front page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.page.draw import baseline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.diagnostics import Diagnostic
    from layout.model import Issue, Page
    from layout.page.drawn import Sketch, TypeLine
    from layout.style import Style, TextStyle

NUMBER: Final = "CN"
"""The item of the imprint that is the periodical's number."""

TITLES: Final = {
    "zh-Hans": "国内统一连续出版物号 CN {}",
    "zh-TW": "國內統一連續出版物號 CN {}",
    "zh-HK": "國內統一連續出版物號 CN {}",
}
"""How the number is announced (GB/T 9999.1); elsewhere it stands as it is."""

SPREAD_LEAST: Final = 0.75
"""Lines filled to this share of the width are spread over all of it."""


def registration(issue: Issue) -> str:
    """Return the periodical's number as the date line announces it, or nothing where there is none."""
    number = dict(issue.masthead.imprint).get(NUMBER, "").strip()
    title = TITLES.get(issue.region)
    return title.format(number.removeprefix(NUMBER).strip()) if number and title else number


def missing_imprint(issue: Issue, page: Page, style: Style) -> Iterator[Diagnostic]:
    """Yield E602 for every item that the style requires and the imprint lacks."""
    named = {name for name, value in issue.masthead.imprint if value.strip()}
    for name in style.required_imprint:
        if name not in named:
            yield finding("E602", page=page.id, name=name)


def draw_imprint(issue: Issue, page: Page, sketch: Sketch) -> None:
    """Draw the imprint under the type area, with the editors' credits at its end where folio lines carry them.

    Items are kept whole and stand in as few lines as hold them, evenly filled. Type shrinks where they would be more
    than the style allows or run off the sheet.
    """
    style = sketch.style
    items = [(name, value.strip()) for name, value in issue.masthead.imprint if name != NUMBER and value.strip()]
    if style.credits.at == "folio":
        items += [(role, name) for role, name in page.credits if name]
    if not items:
        return
    plate = style.nameplate
    top = style.line_y(style.grid.lines) + plate.imprint_at
    text_style = plate.imprint
    most = max(1, min(plate.imprint_lines, (style.sheet.height - top) // text_style.pitch))
    while True:
        made = [sketch.line(f"{name} {value}", text_style, _title(name, style)) for name, value in items]
        gap = round(plate.gap_em * text_style.size)
        rows = pack([line.width for line in made], gap, style.area_width)
        if (rows is not None and len(rows) <= most) or text_style.size <= 2 * style.heads.step:
            break
        text_style = replace(text_style, size=text_style.size - style.heads.step)
    if text_style.size < min(plate.least, plate.imprint.size):
        sketch.small(items[0][0], text_style.size)
    for number, (start, end) in enumerate((rows or [])[:most]):
        y = baseline(top + number * text_style.pitch, text_style.pitch, text_style.size)
        _row(made[start:end], gap, y, number, sketch)


def _title(name: str, style: Style) -> tuple[tuple[int, int, str], ...]:
    """Return the role of an item's name: emphasised, so that values are found."""
    return ((0, len(name), style.composition.emphasis_role),)


def _row(lines: Sequence[TypeLine], gap: int, y: int, number: int, sketch: Sketch) -> None:
    width = sketch.style.area_width
    natural = sum(line.width for line in lines)
    gaps = len(lines) - 1
    full = gaps > 0 and natural + gaps * gap >= SPREAD_LEAST * width
    spare = width - natural if full else gaps * gap
    x = sketch.style.sheet.left
    for place, line in enumerate(lines):
        sketch.put(line, x + (spare * place // gaps if gaps else 0), line.width, y, "imprint", row=number)
        x += line.width


def pack(widths: Sequence[int], gap: int, width: int) -> list[tuple[int, int]] | None:
    """Return items in as few lines as hold them, the widest line as short as can be: (start, end) each, or None.

    Exact: for every number of lines the least widest line, by dynamic programming over the items.
    """
    count = len(widths)
    sums = [0]
    for one in widths:
        sums.append(sums[-1] + one)

    def length(start: int, end: int) -> int:
        return sums[end] - sums[start] + gap * (end - start - 1)

    best: list[dict[int, tuple[int, int]]] = [{} for _ in range(count + 1)]
    best[0][0] = (0, 0)
    for end in range(1, count + 1):
        for start in range(end):
            own = length(start, end)
            if own > width:
                continue
            for lines, (widest, _) in best[start].items():
                candidate = (max(widest, own), start)
                if lines + 1 not in best[end] or candidate < best[end][lines + 1]:
                    best[end][lines + 1] = candidate
    if not best[count]:
        return None
    made: list[tuple[int, int]] = []
    end = count
    for lines in range(min(best[count]), 0, -1):
        start = best[end][lines][1]
        made.append((start, end))
        end = start
    return made[::-1]

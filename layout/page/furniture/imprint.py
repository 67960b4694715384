"""The imprint (版权信息): registration number in the date line, the rest under the type area of the front page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.page.draw import baseline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.diagnostics import Diagnostic
    from layout.model import Issue, Page
    from layout.page.furniture.drawn import Sketch, TypeLine
    from layout.style import Style, TextStyle

NUMBER: Final = "CN"
"""The item of the imprint that is the periodical's number."""

TITLES: Final = {
    "zh-Hans": "国内统一连续出版物号 CN {}",
    "zh-TW": "國內統一連續出版物號 CN {}",
    "zh-HK": "國內統一連續出版物號 CN {}",
}
"""How the number is announced (GB/T 9999.1); elsewhere it stands as it is."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A name in the emphasised face and its value, a typed space between them."""

    name: TypeLine
    value: TypeLine
    space: int

    @property
    def width(self) -> int:
        return self.name.width + self.space + self.value.width

    def put(self, x: int, y: int, row: int, sketch: Sketch) -> None:
        sketch.put(self.name, x, self.name.width, y, "imprint", row=row)
        sketch.put(self.value, x + self.name.width + self.space, self.value.width, y, "imprint", row=row)


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
    """Draw the imprint under the type area; the editors' credits end its last line where folio lines carry them.

    Items stay whole. All lines but the last are spread over the width. Type shrinks where there would be more lines
    than the style allows or the sheet holds; lines beyond those are reported (E401), not drawn.
    """
    style = sketch.style
    imprint = [(name, value.strip()) for name, value in issue.masthead.imprint if name != NUMBER and value.strip()]
    people = [(role, name) for role, name in page.credits if name.strip()] if style.credits.at == "folio" else []
    if not imprint and not people:
        return
    plate, width = style.nameplate, style.area_width
    head = style.line_y(style.grid.lines)
    text_style = plate.imprint
    while True:
        gap = round(plate.gap_em * text_style.size)
        most = max(1, min(plate.imprint_lines, (style.sheet.height - head - plate.imprint_at) // text_style.pitch))
        items, credits_ = (_items(pairs, text_style, sketch) for pairs in (imprint, people))
        rows = pack([item.width for item in items], gap, width)
        own = _width(credits_, gap)
        beside = bool(rows) and _width(items[slice(*rows[-1])], gap) + 2 * gap + own <= width
        needed = len(rows) + (1 if credits_ and not beside else 0)
        fits = needed <= most and max(own, *(item.width for item in items), 0) <= width
        if fits or text_style.size - style.heads.step < style.heads.step:
            break
        text_style = replace(text_style, size=text_style.size - style.heads.step)
    if text_style.size < min(plate.least, plate.imprint.size):
        sketch.small((imprint or people)[0][0], text_style.size)

    sketch.rule(head + plate.imprint_at // 2, plate.thin, plate.ink, "imprint-rule")
    for number in range(min(needed, most)):
        y = baseline(head + plate.imprint_at + number * text_style.pitch, text_style.pitch, text_style.size)
        if number < len(rows):
            spread = number < len(rows) - 1
            _row(items[slice(*rows[number])], gap, y, number, sketch, width if spread else 0)
        if number == needed - 1 and credits_:
            _row(credits_, gap, y, number, sketch, own, style.sheet.left + width - own)
    if needed > most:
        rest = "".join(value for _, value in imprint[rows[most][0] :]) if len(rows) > most else people[0][1]
        sketch.findings.append(
            finding(
                "E401",
                page=page.id,
                story="imprint",
                name="imprint",
                lines=needed - most,
                chars=len(rest),
                start=rest[:12],
            )
        )


def _items(pairs: Sequence[tuple[str, str]], text_style: TextStyle, sketch: Sketch) -> list[_Item]:
    rules = sketch.style.composition
    name_style = replace(text_style, role=rules.emphasis_role)
    space = round(rules.typed_space_em * text_style.size)
    return [_Item(sketch.line(name, name_style), sketch.line(value, text_style), space) for name, value in pairs]


def _width(items: Sequence[_Item], gap: int) -> int:
    return sum(item.width for item in items) + gap * max(0, len(items) - 1)


def _row(
    items: Sequence[_Item], gap: int, y: int, number: int, sketch: Sketch, width: int, left: int | None = None
) -> None:
    """Draw a line of items from `left` (the type area's edge), spread to `width` where that is more than they take."""
    gaps = len(items) - 1
    spare = max(gaps * gap, width - sum(item.width for item in items))
    x = sketch.style.sheet.left if left is None else left
    for place, item in enumerate(items):
        item.put(x + (spare * place // gaps if gaps else 0), y, number, sketch)
        x += item.width


def pack(widths: Sequence[int], gap: int, width: int) -> list[tuple[int, int]]:
    """Return the lines (first item, the item after the last) that items fill one after the other, at least one each."""
    rows: list[tuple[int, int]] = []
    start, filled = 0, 0
    for index, own in enumerate(widths):
        if index > start and filled + gap + own > width:
            rows.append((start, index))
            start, filled = index, 0
        filled += own + (gap if index > start else 0)
    if widths:
        rows.append((start, len(widths)))
    return rows

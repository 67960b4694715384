"""The front page's head: nameplate, ear or the day in large figures, date line; the imprint at its foot.

What the rules on periodical quality demand of a front page and is not there is a finding with its own code
(newsroom.md 4): E601 nameplate, E602 imprint, E603 running number, E607 date.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.calendar import date_line
from layout.diagnostics import finding
from layout.display import Key, Outline, Picture
from layout.geometry import Rect
from layout.page.draw import baseline
from layout.page.furniture.adverts import WHOLE, ear_advert, ear_columns, nameplate_zone
from layout.page.furniture.artwork import place_artwork
from layout.page.furniture.drawn import PAGE, Drawn, Sketch
from layout.page.furniture.folio import credit_findings
from layout.page.furniture.imprint import draw_imprint, missing_imprint, registration
from layout.page.furniture.paragraphs import set_block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layout.calendar import DateText
    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page, Region
    from layout.style import Style


class Words(NamedTuple):
    """The date line's wording in a region: running number, page count."""

    number: str
    pages: str


_CHINESE: Final = Words("第{}期", "今日{}版")
WORDS: Final[dict[Region, Words]] = {
    "zh-Hans": _CHINESE,
    "zh-TW": _CHINESE,
    "zh-HK": _CHINESE,
    "ja": Words("第{}号", "全{}面"),
    "en": Words("No. {}", "{} pages"),
}


def page_count(issue: Issue) -> int:
    """Return the number of pages of an issue; a spread counts as the pages it joins."""
    return sum(len(page.spread) or 1 for page in issue.pages)


def name_size(issue: Issue, style: Style) -> int:
    """Return the size of the paper's name where it is set in type: the style's, or what its width allows."""
    plate = style.nameplate
    widest = style.span_width(plate.columns) // max(1, len(issue.paper))
    return min(plate.type.size, widest // style.heads.step * style.heads.step)


def art_rect(issue: Issue, style: Style) -> Rect:
    """Return the place of the nameplate's artwork: its own shape, as large as its part of the head allows."""
    plate = style.nameplate
    width, height = style.span_width(plate.columns), plate.art_height
    room = width
    if issue.masthead.nameplate_size:
        across, down = issue.masthead.nameplate_size
        width, height = min(width, round(height * across / down)), min(height, round(width * down / across))
    shift = {"center": (room - width) // 2, "right": room - width}.get(plate.type.align, 0)
    top = style.line_y(0) + (nameplate_zone(style) * style.grid.pitch - height) // 2
    return Rect(style.sheet.left + shift, top, width, height)


def draw_nameplate(issue: Issue, page: Page, style: Style, book: Fontbook) -> Drawn:
    """Return the head of the front page and its imprint.

    Findings: E601 no nameplate, E602 an item missing from the imprint, E603 no running number, E607 no date, E514
    artwork that cannot be placed, E401 an ear or imprint that does not fit, W608 a required credit is missing, W609
    type too small to read, E303 characters that no face has.
    """
    sketch = Sketch(page=page.id, style=style, book=book, region=issue.region)
    _name(issue, sketch)
    day = _day(issue, sketch)
    if ear_advert(page, style) is None:
        _ear(issue, day, sketch)
    _date_line(issue, day, sketch)
    sketch.findings.extend(missing_imprint(issue, page, style))
    if style.credits.at == "folio":
        sketch.findings.extend(credit_findings(page, style))
    draw_imprint(issue, page, sketch)
    return sketch.done()


def check_nameplate_rank(head_sizes: Iterable[tuple[str, int]], issue: Issue, style: Style) -> tuple[Diagnostic, ...]:
    """Return E606 for every headline of the front page that outranks the nameplate.

    Args:
        head_sizes: headlines and their sizes in mpt.
        issue: whose nameplate.
        style: of the front page.
    """
    plate = art_rect(issue, style).height if issue.masthead.nameplate else name_size(issue, style)
    most = style.nameplate.glyph_share * plate
    return tuple(finding("E606", text=text) for text, size in head_sizes if size > most)


def _day(issue: Issue, sketch: Sketch) -> DateText | None:
    try:
        return date_line(issue.date, issue.region)
    except ValueError:
        sketch.findings.append(finding("E607", page=sketch.page))
        return None


def _name(issue: Issue, sketch: Sketch) -> None:
    """Draw the nameplate's artwork, or the paper's name in type."""
    file, rect = issue.masthead.nameplate, art_rect(issue, sketch.style)
    key = Key(PAGE, "nameplate")
    if file and Path(file).suffix.lower() not in {".pdf", ".svg"}:
        sketch.ops.append(Picture(key, rect, file, WHOLE))
        return
    if file:
        made = place_artwork(file, rect, key, sketch.page)
        sketch.ops.extend(made.ops)
        sketch.findings.extend(made.findings)
        if made.ops:
            return
    if not issue.paper.strip():
        sketch.findings.append(finding("E601", page=sketch.page))
        return
    style, plate = sketch.style, sketch.style.nameplate
    width = style.span_width(plate.columns)
    line = sketch.fitted(issue.paper, plate.type, width, 0)
    y = baseline(style.line_y(0), nameplate_zone(style) * style.grid.pitch, line.text_style.size)
    sketch.put(line, style.sheet.left, width, y, "nameplate", align=plate.type.align)


def _ear_rect(style: Style) -> Rect | None:
    column, columns = ear_columns(style)
    if columns < 1:
        return None
    height = style.nameplate.art_height
    top = style.line_y(0) + (nameplate_zone(style) * style.grid.pitch - height) // 2
    return Rect(style.column_x(column), top, style.span_width(columns), height)


def _ear(issue: Issue, day: DateText | None, sketch: Sketch) -> None:
    """Draw the ear (报眼) in its frame, or the day in large figures."""
    rect, plate = _ear_rect(sketch.style), sketch.style.nameplate
    if rect is None:
        return
    if issue.masthead.ear:
        sketch.ops.append(Outline(Key(PAGE, "ear-frame"), rect, plate.thin, plate.ink))
        set_block(issue.masthead.ear, plate.ear, rect.inset(plate.ear_pad), plate.least, "ear", sketch)
    elif day is not None:
        _figures(day, rect, sketch)


def _figures(day: DateText, rect: Rect, sketch: Sketch) -> None:
    """Draw the day of the month in large figures, month, weekday and lunar date beside it, the last on its baseline."""
    plate = sketch.style.nameplate
    rows = [text for text in (day.month, day.weekday, day.lunar) if text]
    gap = plate.ear.size
    figure = sketch.line(day.day, plate.figure)
    room = rect.width - figure.width - gap
    lines = [sketch.fitted(text, plate.ear, room, plate.least) for text in rows]
    left = rect.right - max(line.width for line in lines)
    top = rect.y + (rect.height - len(lines) * plate.ear.pitch) // 2
    y = top
    for row, line in enumerate(lines):
        y = baseline(top + row * plate.ear.pitch, plate.ear.pitch, plate.ear.size)
        sketch.put(line, left, line.width, y, "date-block", row=row)
    sketch.put(figure, left - gap - figure.width, figure.width, y, "date-figure")


def _date_line(issue: Issue, day: DateText | None, sketch: Sketch) -> None:
    """Draw the date line: items spread over the whole width, a double rule above, a thin one below."""
    style, plate = sketch.style, sketch.style.nameplate
    words = WORDS[issue.region]
    items = [day.civil, day.weekday, day.lunar] if day else []
    if issue.number.strip():
        items.append(words.number.format(issue.number.strip()))
    else:
        sketch.findings.append(finding("E603", page=sketch.page))
    items.append(words.pages.format(page_count(issue)))
    items.append(registration(issue))
    items = [item for item in items if item]

    pitch = style.grid.pitch
    top = style.line_y(plate.lines - plate.date_lines)
    foot = style.line_y(plate.lines) - pitch // 2
    sketch.rule(top - plate.thin_gap, plate.rule, plate.ink, "date-rule")
    sketch.rule(top, plate.thin, plate.ink, "date-rule")
    sketch.rule(foot, plate.thin, plate.ink, "date-rule")

    room = style.area_width - round(plate.gap_em * plate.date.size) * (len(items) - 1)
    lines = sketch.fitted_row(items, plate.date, room, plate.least)
    spare = style.area_width - sum(line.width for line in lines)
    x = style.sheet.left
    for row, line in enumerate(lines):
        shift = spare * row // max(1, len(lines) - 1)
        y = baseline(top, foot - top, line.text_style.size)
        sketch.put(line, x + shift, line.width, y, "date-line", row=row)
        x += line.width

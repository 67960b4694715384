"""The folio line (报眉) of inside pages, and the editors' credits.

Page id and section stand at the outer end, the paper's name at the inner one, date and credits beside them, all on
one baseline over a double rule (文武线). Pages with an even id are the left ones and mirror the others; a spread has
an id at each end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.calendar import date_line
from layout.diagnostics import OutputError, finding
from layout.display import Key
from layout.geometry import Rect
from layout.page.draw import ASCENT
from layout.page.furniture.artwork import artwork_aspect, draw_artwork
from layout.page.furniture.drawn import PAGE, Drawn, Sketch, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page
    from layout.page.furniture.drawn import TypeLine
    from layout.style import FolioStyle, Style

    Side = Literal["left", "right"]

WIDE: Final = "\u3000"
SECTION_SHARE: Final = 3
"""A section's name takes at most one part in so many of the line."""

_LAST_NUMBER: Final = re.compile(r"(\d+)\D*\Z")


@dataclass(slots=True)
class _Ends:
    """How far a line is filled from either end, in mpt."""

    sketch: Sketch
    left: int
    right: int

    def take(self, side: Side, width: int, gap: int) -> int:
        """Return the left edge of the next `width` mpt at an end, with a gap kept behind them."""
        if side == "left":
            x = self.left
            self.left += width + gap
        else:
            x = self.right - width
            self.right -= width + gap
        return x

    def put(self, side: Side, line: TypeLine, gap: int, part: str) -> None:
        """Draw a line of type at an end."""
        x = self.take(side, line.width, gap)
        self.sketch.put(line, x, line.width, self.sketch.style.folio.baseline, part)

    @property
    def room(self) -> int:
        """What is left between the ends."""
        return self.right - self.left


def outer_side(page_id: str) -> Side:
    """Return the side of the page's outer edge: right for odd page numbers, left for even ones."""
    found = _LAST_NUMBER.search(page_id)
    return "left" if found and int(found[1]) % 2 == 0 else "right"


def credit_line(page: Page, style: Style) -> str:
    """Return the credits in one line: 责编 宋词　美编 温棠."""
    gap = WIDE * max(1, round(style.credits.gap_em))
    return gap.join(f"{role} {name}" for role, name in page.credits if name)


def credit_findings(page: Page, style: Style) -> Iterator[Diagnostic]:
    """Yield W608 for every required credit that the page lacks."""
    named = {role for role, name in page.credits if name.strip()}
    for role in style.credits.required:
        if role not in named:
            yield finding("W608", span=page.span, page=page.id, name=role)


def draw_folio(issue: Issue, page: Page, style: Style, book: Fontbook) -> Drawn:
    """Return the folio line of a page.

    Findings: E604 a page without id, E607 no date, W608 a required credit is missing, W609 type too small to read,
    E303 characters that no face has, E514 a logo that cannot be placed.
    """
    folio = style.folio
    sketch = Sketch(page=page.id, style=style, book=book, region=issue.region)
    ends = _Ends(sketch, style.sheet.left, style.sheet.left + style.area_width)
    ids = page.spread or (page.id,)
    outer = outer_side(ids[-1])
    inner: Side = "left" if outer == "right" else "right"
    gap = round(folio.gap_em * folio.page.size)

    if not all(name.strip() for name in ids):
        sketch.findings.append(finding("E604", span=page.span, page=page.id))
    places: tuple[tuple[str, Side], ...] = ((ids[0], "left"), (ids[-1], "right")) if page.spread else ((ids[0], outer),)
    for name, side in places:
        if name.strip():
            ends.put(side, sketch.line(name, folio.page), gap // 2, "folio-id")
    if page.section:
        most = style.area_width // SECTION_SHARE
        ends.put(outer, sketch.fitted(page.section, folio.section, most, folio.least), gap, "folio-section")
    _paper(issue, ends, inner, folio, gap)

    if day := _day(issue, sketch):
        ends.put(outer, sketch.fitted(day, folio.text, ends.room, folio.least), gap, "folio-date")
    if style.credits.at == "folio":
        sketch.findings.extend(credit_findings(page, style))
        if line := credit_line(page, style):
            ends.put(inner, sketch.fitted(line, style.credits.text, ends.room, folio.least), gap, "folio-credits")

    sketch.rule(folio.rule_at, folio.rule, folio.ink, "folio-rule")
    sketch.rule(folio.rule_at + folio.thin_gap, folio.thin, folio.ink, "folio-rule")
    return sketch.done()


def _day(issue: Issue, sketch: Sketch) -> str:
    try:
        day = date_line(issue.date, issue.region)
    except ValueError:
        sketch.findings.append(finding("E607", page=sketch.page))
        return ""
    return f"{day.civil}{WIDE}{day.weekday}"


def _paper(issue: Issue, ends: _Ends, side: Side, folio: FolioStyle, gap: int) -> None:
    """Draw the paper's logo, its foot where the em box of the section's type has it, or its name."""
    sketch = ends.sketch
    if issue.masthead.logo:
        try:
            width = round(artwork_aspect(issue.masthead.logo) * folio.logo_height)
            foot = folio.baseline + (1000 - ASCENT) * folio.section.size // 1000
            rect = Rect(
                ends.left if side == "left" else ends.right - width, foot - folio.logo_height, width, folio.logo_height
            )
            sketch.ops.extend(draw_artwork(issue.masthead.logo, rect, Key(PAGE, "folio-logo")))
        except OutputError as problem:
            sketch.findings.extend(problem.diagnostics)
        else:
            ends.take(side, width, gap)
            return
    if issue.paper:
        most = sketch.style.area_width // SECTION_SHARE
        ends.put(side, sketch.fitted(issue.paper, folio.paper, most, folio.least), gap, "folio-paper")


def draw_credits(page: Page, style: Style, book: Fontbook) -> Drawn:
    """Return the editors' credits under the type area, where the style has them at the foot.

    Findings: W608 a required credit is missing, W609 type too small to read, E303 characters that no face has.
    """
    sketch = Sketch(page=page.id, style=style, book=book, region=region_of(page))
    sketch.findings.extend(credit_findings(page, style))
    line = credit_line(page, style)
    if style.credits.at == "foot" and line:
        text = style.credits.text
        made = sketch.fitted(line, text, style.area_width, style.folio.least)
        y = style.line_y(style.grid.lines) + style.credits.offset + text.pitch - (1000 - ASCENT) * text.size // 1000
        sketch.put(made, style.sheet.left, style.area_width, y, "credits", align=text.align)
    return sketch.done()

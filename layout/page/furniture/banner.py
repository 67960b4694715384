"""The banner (通栏): one line across the page above the stories, between rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.page.draw import baseline
from layout.page.furniture.drawn import Drawn, Sketch, region_of
from layout.page.furniture.paragraphs import roles_of

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.geometry import Cells
    from layout.model import Page
    from layout.style import Style


def draw_banner(page: Page, style: Style, book: Fontbook, columns_cells: Cells) -> Drawn:
    """Return the page's banner in its cells: fitted to the width, centred between its rules.

    Under the nameplate the date line's rule is its upper one. The lower rule stands half a line above the stories, as
    rules between stories do.

    Findings: W609 type smaller than any kicker, E303 characters that no face has.
    """
    sketch = Sketch(page=page.id, style=style, book=book, region=region_of(page))
    if not page.banner:
        return sketch.done()
    banner, half = style.banner, style.grid.pitch // 2
    below_head = columns_cells.line > 0
    top = style.line_y(columns_cells.line) - (half if below_head else 0)
    foot = style.line_y(columns_cells.bottom) - half
    if not below_head:
        sketch.rule(top, banner.rule, banner.text.ink, "banner-rule")
    sketch.rule(foot, banner.rule, banner.text.ink, "banner-rule")
    left, width = style.column_x(columns_cells.column), style.span_width(columns_cells.columns)
    text = page.banner
    line = sketch.fitted(
        text.text,
        banner.text,
        round(banner.fill_most * width),
        style.heads.small_least,
        roles_of(text, 0, len(text.text), style),
    )
    y = baseline(top, foot - top, line.text_style.size)
    sketch.put(line, left, width, y, "banner", align=banner.text.align)
    return sketch.done()

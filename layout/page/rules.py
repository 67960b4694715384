"""Rules between modules: across the blank line under each, and down the gutters; none beside a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.display import Key, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.model import Entry, Page
    from layout.plan import Module, PagePlan
    from layout.style import Style


def draw_rules(page: Page, plan: PagePlan, style: Style) -> Iterator[Rule]:
    """Yield the rules of a page."""
    boxed = {entry.id: is_boxed(entry) for entry in page.entries}
    for module in plan.modules:
        if boxed[module.id]:
            continue
        yield from _under(module, plan, boxed, style)
        yield from _beside(module, plan, boxed, style)


def is_boxed(entry: Entry) -> bool:
    """Return whether a frame or tint sets the entry apart, so that no rule is needed."""
    return entry.label is not None or len(entry.stories) > 1 or entry.stories[0].box is not None


def _under(module: Module, plan: PagePlan, boxed: dict[str, bool], style: Style) -> Iterator[Rule]:
    cells = module.cells
    below = [
        other.id
        for other in plan.modules
        if other.cells.line == cells.bottom and other.cells.column < cells.right and cells.column < other.cells.right
    ]
    if not below or all(boxed[name] for name in below):
        return
    y = style.line_y(cells.bottom - 1) + style.grid.pitch // 2
    x = style.column_x(cells.column)
    right = x + style.span_width(cells.columns)
    yield Rule(Key(module.id, "rule"), x, y, right, y, style.rules.story, style.rules.ink)


def _beside(module: Module, plan: PagePlan, boxed: dict[str, bool], style: Style) -> Iterator[Rule]:
    cells = module.cells
    half = (style.grid.pitch - style.body.size) // 2
    x = style.column_x(cells.right) - style.gutter // 2
    for other in plan.modules:
        if other.cells.column != cells.right or boxed[other.id]:
            continue
        top = max(cells.line, other.cells.line)
        bottom = min(cells.bottom, other.cells.bottom) - 1
        if bottom > top:
            y0, y1 = style.line_y(top) + half, style.line_y(bottom) - half
            yield Rule(Key(module.id, "rule"), x, y0, x, y1, style.rules.column, style.rules.ink)

"""Facing pages: big heads at one height on both sides of the fold read as one line (对题)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.geometry import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.model import Page
    from layout.plan import Module, PagePlan
    from layout.style import Style

BIG: Final = 2
"""The lowest rank whose heads are big: leads and seconds."""

_NUMBER: Final = re.compile(r"(\D*)(\d+)\Z")


class HeadPair(NamedTuple):
    """Stories whose heads meet at the fold, and their sizes in mpt: left page, right page."""

    left: str
    right: str
    sizes: tuple[int, int]


def facing(pages: Sequence[Page]) -> Iterator[tuple[Page, Page]]:
    """Yield the pages that lie open together: an even one and the odd one after it; spreads are none."""
    for left, right in pairwise(pages):
        one, other = _NUMBER.match(left.id), _NUMBER.match(right.id)
        if left.spread or right.spread or not one or not other or one[1] != other[1]:
            continue
        if int(one[2]) % 2 == 0 and int(other[2]) == int(one[2]) + 1:
            yield left, right


def meeting_heads(left: tuple[Page, PagePlan, Style], right: tuple[Page, PagePlan, Style]) -> Iterator[HeadPair]:
    """Yield the big heads next to the fold that share more than half the depth of the smaller."""
    ours = _at_fold(*left, last=True)
    theirs = _at_fold(*right, last=False)
    for one, (top, foot, size) in ours.items():
        for other, (head, end, its) in theirs.items():
            shared = min(foot, end) - max(top, head)
            if 2 * shared > min(foot - top, end - head):
                yield HeadPair(one, other, (size, its))


def _at_fold(page: Page, plan: PagePlan, style: Style, *, last: bool) -> dict[str, tuple[int, int, int]]:
    """Return the big heads in the column at the fold: head and foot in mpt on the sheet, and size, by story."""
    found = {}
    for module in plan.modules:
        entry = page.entry(module.id)
        at_fold = module.cells.right == style.grid.columns if last else module.cells.column == 0
        cells = _head_cells(module)
        if entry is not None and entry.rank <= BIG and at_fold and cells is not None and module.variant.head:
            found[module.id] = style.line_y(cells.line), style.line_y(cells.bottom), module.variant.head.size
    return found


def _head_cells(module: Module) -> Cells | None:
    """Return the cells of the head over a module's text; None where it has none, or not there."""
    variant = module.variant
    if variant.head is None or variant.head.beside or variant.style != "over":
        return None
    return Cells(module.cells.column, module.cells.line, module.cells.columns, variant.head.depth)

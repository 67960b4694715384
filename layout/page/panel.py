"""Panels: inserts in the run of a leg's text, made of bands of whole grid lines.

A table's rows and a form's lines are bands. A panel has a line of air above and below, its rules in the middle of
them, and so every band stands on the grid. Where a leg turns inside a table, each part has its own air and its head
again: a table of one part takes `depth` lines, every further part `again` lines more. `parts_of` says how a panel
divides at given turns; measuring and drawing both ask it, so that what was measured is what is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.display import Key, Outline, Rule
from layout.geometry import Rect
from layout.page.draw import atoms_to_glyphs, baseline, top_offset
from layout.text.setting import set_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.color import Ink
    from layout.display import Op
    from layout.style import Align, FrameKind, Style
    from layout.text.justify import Material

AIR: Final = 2
"""Lines of air of a panel: one above, one below."""

LEAST_ROWS: Final = 2
"""Rows that a part of a divided table has at least."""

MOST_PARTS: Final = 3
"""Parts that a table may fall into."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """Lines of type in a band: left edge and width from the panel's left edge in mpt, and the ends of its lines.

    `shift` moves the type to the right (numbers that stand on their point); `indent` is the first line's; `first` is
    the atom with which the lines begin, `closes` whether the last of them ends its paragraph.
    """

    material: Material
    ends: tuple[int, ...]
    left: int
    width: int
    align: Align
    ink: Ink
    shift: int = 0
    indent: int = 0
    first: int = 0
    closes: bool = True


class Band(NamedTuple):
    """A strip of a panel: its depth in grid lines, its cells, and whether a thin rule closes it."""

    lines: int
    cells: tuple[Cell, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """An insert set at a measure (mpt). `head` stands over every part, `bands` are divided among the parts.

    One that `moves` may stand between other paragraphs than those it was written between. `cost` is what the
    page pays for it at this measure; `needed` is the width in mpt that it needs where that is more than the measure.
    """

    part: str
    measure: int
    head: tuple[Band, ...]
    bands: tuple[Band, ...]
    frame: FrameKind
    rule: int
    thin: int
    ink: Ink
    divides: bool = False
    moves: bool = False
    cost: int = 0
    needed: int = 0

    @property
    def again(self) -> int:
        """Lines that every further part takes: its air and the head once more."""
        return AIR + sum(band.lines for band in self.head)

    @property
    def depth(self) -> int:
        """Grid lines of the whole panel in one part."""
        return self.again + sum(band.lines for band in self.bands)

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths that the panel can have: in one part, in two, and so on."""
        parts = min(MOST_PARTS, len(self.bands) // LEAST_ROWS) if self.divides else 1
        return tuple(self.depth + more * self.again for more in range(max(parts, 1)))


def parts_of(panel: Panel, rooms: Sequence[int]) -> tuple[tuple[Band, ...], ...] | None:
    """Return the bands, heads included, of the parts that fill rooms of so many lines exactly, or None.

    Args:
        panel: the insert.
        rooms: the lines of each stretch of leg that it takes, in reading order.
    """
    if len(rooms) > 1 and not panel.divides:
        return None
    parts: list[tuple[Band, ...]] = []
    at = 0
    for room in rooms:
        left, start = room - panel.again, at
        while left > 0 and at < len(panel.bands):
            left -= panel.bands[at].lines
            at += 1
        if left or (len(rooms) > 1 and at - start < LEAST_ROWS):
            return None
        parts.append((*panel.head, *panel.bands[start:at]))
    return tuple(parts) if at == len(panel.bands) else None


def draw_part(
    panel: Panel, bands: Sequence[Band], key: Key, style: Style, x: int, line: int, *, top: bool, foot: bool
) -> Iterator[Op]:
    """Yield one part of a panel.

    Args:
        panel: the insert.
        bands: the part's bands.
        key: the insert's name; its line counts the lines of type.
        style: the story's style.
        x: left edge of the leg, mpt.
        line: the grid line of the air above.
        top: whether the part begins its leg: the upper edge of a box then stands level with the type beside it, and
            the type in it gives way by half of that.
        foot: whether it ends its leg; the same at the lower edge.
    """
    pitch = style.grid.pitch
    upper = style.line_y(line) + pitch // 2
    lower = style.line_y(line + 1 + sum(band.lines for band in bands)) + pitch // 2
    moved = 0
    if panel.frame == "box":
        edge = pitch // 2 - top_offset(style)
        upper, lower = upper - edge * top, lower + edge * foot
        moved = edge * (foot - top) // 2
        yield Outline(key, Rect(x, upper, panel.measure, lower - upper), panel.rule, panel.ink)
    elif panel.frame == "rules" and panel.rule:
        for y in (upper, lower):
            yield Rule(key, x, y, x + panel.measure, y, panel.rule, panel.ink)
    row = line + 1
    number = key.line
    for at, band in enumerate(bands):
        for cell in band.cells:
            yield from _type(cell, key, style, x, style.line_y(row) + moved, number)
            number += len(cell.ends)
        row += band.lines
        if band.ruled and at + 1 < len(bands):
            y = style.line_y(row)
            yield Rule(key, x, y, x + panel.measure, y, panel.thin, panel.ink)


def _type(cell: Cell, key: Key, style: Style, x: int, y: int, number: int) -> Iterator[Op]:
    material, start = cell.material, cell.first
    for at, end in enumerate(cell.ends):
        indent = cell.indent if at == 0 else 0
        last = cell.closes and at + 1 == len(cell.ends)
        line = set_line(material, start, end, cell.width - indent, last=last, align=cell.align)
        base = baseline(y + at * style.grid.pitch, style.grid.pitch, material.shaped.size)
        left = x + cell.left + cell.shift + indent
        name = Key(key.story, key.part, key.paragraph, number + at)
        yield from atoms_to_glyphs(material, start, line.xs, left, base, cell.ink, name)
        start = end

"""Groups: several stories under one label in one frame (组稿), as tables made of their members' tables.

Inside the frame the members are stacked, or stand side by side at one depth. Every member closes with its blank
line, so the last one's blank is the frame's lower padding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.page.edition import NO_LEAVE, Leave
from layout.page.frame import Frame
from layout.page.solver.problem import HEADLESS, Candidate
from layout.page.tables import forced_module, module_table
from layout.plan import Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.fontbook import Fontbook
    from layout.page.copy import Copy
    from layout.page.table import Table
    from layout.style import Style

KEPT: Final = 60
"""Partial stacks kept while members are added, the cheapest at each depth first."""


def inner_width(columns: int, style: Style) -> int:
    """Return the width inside a group's frame, mpt."""
    return style.span_width(columns) - 2 * round(style.box.pad_em * style.em)


def part_frames(columns: int, count: int, style: Style, *, side: bool) -> tuple[Frame, ...]:
    """Return the frames of a group's members, stacked at full width or side by side at equal widths."""
    width = inner_width(columns, style)
    if not side:
        return (Frame(width=width, columns=columns, padded=True),) * count
    gutter = style.gutter
    each = (width - (count - 1) * gutter) // count
    return (Frame(width=each, columns=max(1, columns // count), padded=True),) * count


def group_table(
    copies: Sequence[Copy], columns: int, style: Style, book: Fontbook, *, front: bool, leave: Leave = NO_LEAVE
) -> Table:
    """Return the exact depths of a group in a frame `columns` wide."""
    found: dict[int, Candidate] = {}
    around = style.group.label_lines + 2 * style.box.pad_lines
    for side in (True, False):
        frames = part_frames(columns, len(copies), style, side=side)
        tables = [
            module_table(copy, frame, book, front=front, leave=leave)
            for copy, frame in zip(copies, frames, strict=True)
        ]
        if not all(tables):
            continue
        for inner, (cost, parts) in (_side(tables) if side else _stack(tables)).items():
            made = Candidate(cost, HEADLESS, _framed(parts, columns, inner, around, side=side), HEADLESS)
            known = found.get(inner + around)
            if known is None or cost < known.cost:
                found[inner + around] = made
    return {depth: (candidate,) for depth, candidate in sorted(found.items())}


def forced_group(
    copies: Sequence[Copy], columns: int, style: Style, book: Fontbook, depth: int, *, front: bool
) -> Candidate | None:
    """Return a group in exactly `depth` lines, blank lines and overset as they come, or None where it has no room.

    Side by side every member takes the whole depth; stacked, the last one takes what the others leave.
    """
    around = style.group.label_lines + 2 * style.box.pad_lines
    inner = depth - around
    tried = []
    for side in (True, False):
        members = list(zip(copies, part_frames(columns, len(copies), style, side=side), strict=True))
        taken: list[Candidate | None] = []
        rest = inner
        for number, (copy, frame) in enumerate(members, 1):
            if side or number == len(members):
                taken.append(forced_module(copy, frame, book, inner if side else rest, front=front))
                continue
            table = module_table(copy, frame, book, front=front)
            best = min((one[0] for one in table.values()), key=lambda one: (one.cost, one.variant.lines), default=None)
            taken.append(best)
            rest -= best.variant.lines if best is not None else 0
        parts = [one for one in taken if one is not None]
        if len(parts) == len(members):
            variants = tuple(one.variant for one in parts)
            variant = _framed(variants, columns, inner, around, side=side)
            tried.append(Candidate(sum(one.cost for one in parts), HEADLESS, variant, HEADLESS))
    return min(tried, key=lambda one: one.cost, default=None)


def _framed(parts: tuple[Variant, ...], columns: int, inner: int, around: int, *, side: bool) -> Variant:
    return Variant(
        style="side" if side else "stack",
        columns=columns,
        lines=inner + around,
        legs=len(parts) if side else 1,
        characters=0,
        body=inner,
        head=None,
        parts=parts,
        blank=sum(part.blank for part in parts),
        over=sum(part.over for part in parts),
    )


_Parts = dict[int, tuple[int, tuple[Variant, ...]]]


def _side(tables: Sequence[Table]) -> _Parts:
    depths = set(tables[0]).intersection(*tables[1:])
    return {
        depth: (
            sum(table[depth][0].cost for table in tables),
            tuple(table[depth][0].variant for table in tables),
        )
        for depth in sorted(depths)
    }


def _stack(tables: Sequence[Table]) -> _Parts:
    made: _Parts = {0: (0, ())}
    for table in tables:
        merged: _Parts = {}
        cheapest = sorted(table.items(), key=lambda row: (row[1][0].cost, row[0]))[:KEPT]
        for depth, (cost, parts) in made.items():
            for more, candidates in cheapest:
                whole, price = depth + more, cost + candidates[0].cost
                if whole not in merged or price < merged[whole][0]:
                    merged[whole] = (price, (*parts, candidates[0].variant))
        made = dict(sorted(merged.items(), key=lambda row: (row[1][0], row[0]))[:KEPT])
    return made

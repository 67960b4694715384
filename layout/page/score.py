"""How good a finished page is: the numbers of newsroom.md 8, read from what was drawn.

Sizes, widths, gaps, pictures and the feet of legs come from the display list; the plan only says which rectangle
belongs to whom. Each number is graded by the style's limits: good, acceptable or bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from layout.display import Form, Glyphs, Picture, Rule, Shape
from layout.fontbook import advance
from layout.geometry import Rect
from layout.page.draw import ASCENT
from layout.page.frame import frame_of
from layout.page.group import part_frames
from layout.page.legs import divide
from layout.page.rules import is_boxed
from layout.page.solver.placement import gutters, neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.display import Op, Sheet
    from layout.fontbook import Fontbook
    from layout.geometry import Cells
    from layout.model import Page, Story
    from layout.page.legs import Legs
    from layout.plan import PagePlan, Variant
    from layout.style import Limits, Style

Grade = Literal["good", "acceptable", "bad"]

RUNNING: Final = frozenset({"body", "byline", "tail", "subhead"})
"""Parts that legs are filled with."""

UNDER: Final = frozenset({"photo", "caption", "credit"})
"""Parts of a picture's block; their keys' paragraph is the picture's number."""

HEADS: Final = frozenset({"kicker", "headline", "deck"})
"""Parts of a head, which stands at the foot of its module where a picture comes first and there is no text."""

SAME_HEIGHT: Final = 0.5
"""Headlines side by side butt (碰题) where they share more than this part of the shallower one's depth."""

INVERTED: Final = 2
"""Ranks by which a story outranks one above it before that counts (newsroom.md 8)."""

HAN: Final = range(0x3400, 0xA000)
"""Characters between which openings are measured."""


class Measured(NamedTuple):
    """One number of a page with its grade; None where the page has nothing to measure."""

    value: float | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class Title:
    """A main headline as drawn: whose it is, the rectangle of its lines, its size, share of its room, and its box."""

    story: str
    module: str
    rect: Rect
    size: int
    fill: float
    boxed: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A story in its place: module, frame's left edge and width in mpt, the grid line after its last one."""

    story: Story
    module: str
    left: int
    width: int
    foot: int
    variant: Variant
    boxed: bool


def score_page(
    sheet: Sheet, page: Page, plan: PagePlan, style: Style, book: Fontbook, overset: Mapping[str, str]
) -> dict[str, Measured]:
    """Return the numbers of a composed page, by name, graded by the style's limits.

    Shares are of 1, openings in em, depths relative to the type area; pictures relative to what nameplate, banner and
    adverts leave of it.
    """
    parts = [part for module in plan.modules for part in _parts(page, module.id, module.cells, module.variant, style)]
    drawn: dict[str, list[Op]] = {}
    for op in sheet.ops:
        drawn.setdefault(op.key.story, []).append(op)
    titles = [title for part in parts for title in _titles(part, drawn, style, book)]
    photos = sorted((area for part in parts for area in _pictures(drawn.get(part.story.id, ()))), reverse=True)
    blank = sum(_blank(part, drawn, style) for part in parts) + sum(hole.columns * hole.lines for hole in plan.holes)
    touching = list(butting(titles, _obstacles(sheet, book)))
    sizes = sorted((title.size for title in titles), reverse=True)
    values: dict[str, float | None] = {
        "unset": blank + sum(1 for text in overset.values() if text.strip()) + len(plan.unplaced),
        "head_fill": min((round(title.fill, 3) for title in titles), default=None),
        "lead_to_second": round(sizes[0] / sizes[1], 2) if len(sizes) > 1 else None,
        "picture_share": round(sum(photos) / _stories_area(plan, style), 3),
        "dominant_picture": round(photos[0] / photos[1], 2) if len(photos) > 1 else None,
        "butting_heads": len(touching),
        "gutter": round(_longest_gutter(plan) / style.grid.lines, 3),
        "cuts": len(list(full_cuts(plan, style))),
        "text_run": max((_text_run(part, drawn) for part in parts), default=0),
        "han_gap": round(
            max((gap for part in parts for gap in _gaps(drawn.get(part.story.id, ()), book)), default=0), 3
        ),
        "inversions": len(list(inversions(page, plan))),
    }
    limits = {**style.score, **({"picture_share": style.score["picture_share_front"]} if page.front else {})}
    score = {name: Measured(value, grade(value, limits[name])) for name, value in values.items()}
    if any(not (one.boxed or two.boxed) for one, two in touching):
        # One pair that a box parts may pass, in the open none (newsroom.md 8).
        score["butting_heads"] = Measured(len(touching), "bad")
    return score


def grade(value: float | None, limits: Limits) -> Grade:
    """Return the grade of a number; what cannot be measured is no fault."""
    if value is None or limits.good[0] <= value <= limits.good[1]:
        return "good"
    return "acceptable" if limits.acceptable[0] <= value <= limits.acceptable[1] else "bad"


def _parts(page: Page, name: str, cells: Cells, variant: Variant, style: Style) -> Iterator[_Part]:
    """Yield the stories of a module with their places."""
    entry = next(entry for entry in page.entries if entry.id == name)
    left = style.column_x(cells.column)
    boxed = is_boxed(entry)
    if not variant.parts:
        frame = frame_of(cells.columns, style, boxed=entry.stories[0].box is not None)
        x = left + (style.span_width(cells.columns) - frame.width) // 2
        foot = cells.bottom - frame.closing - frame.pad_lines
        yield _Part(entry.stories[0], name, x, frame.width, foot, variant, boxed)
        return
    side = variant.style == "side"
    x = left + round(style.box.pad_em * style.em)
    line = cells.line + style.box.pad_lines + style.group.label_lines
    frames = part_frames(cells.columns, len(variant.parts), style, side=side)
    for story, part, frame in zip(entry.stories, variant.parts, frames, strict=True):
        yield _Part(story, name, x, frame.width, line + part.lines - frame.closing, part, boxed)
        x, line = (x + frame.width + style.gutter, line) if side else (x, line + part.lines)


# --- headlines -------------------------------------------------------------------------------------


def _titles(part: _Part, drawn: Mapping[str, Sequence[Op]], style: Style, book: Fontbook) -> Iterator[Title]:
    """Yield the main headline of a story, if one was drawn; a poem's stands apart."""
    lines: dict[int, Rect] = {}
    for op in drawn.get(part.story.id, ()):
        if isinstance(op, Glyphs) and op.key.part == "headline":
            box = glyph_box(op, book)
            known = lines.get(op.key.line)
            lines[op.key.line] = _around(known, box) if known else box
    if not lines or part.variant.head is None or part.story.setting == "vertical":
        return
    whole = lines[min(lines)]
    for line in lines.values():
        whole = _around(whole, line)
    head = part.variant.head
    legs = divide(part.width, part.variant.legs, style) if part.variant.raised else None
    room = legs.width(legs.count - part.variant.raised) if legs else part.width
    planned = head.beside or part.variant.style == "picture"  # its room is no width of the grid
    fill = head.fill if planned else max(line.width for line in lines.values()) / room
    yield Title(part.story.id, part.module, whole, head.size, fill, part.boxed)


def glyph_box(op: Glyphs, book: Fontbook) -> Rect:
    """Return the em boxes of a run: from its first origin to its last advance, one size deep."""
    last = advance(book.faces[op.face], op.gids[-1]) * op.size // 1000 * op.scale // 1000
    depth = max(op.ys, default=0) - min(op.ys, default=0)
    left, right = op.x + min(op.xs), op.x + max(op.xs) + last
    return Rect(left, op.y - ASCENT * op.size // 1000, right - left, op.size + depth)


def _around(one: Rect, two: Rect) -> Rect:
    left, top = min(one.x, two.x), min(one.y, two.y)
    return Rect(left, top, max(one.right, two.right) - left, max(one.bottom, two.bottom) - top)


def butting(titles: Sequence[Title], between: Sequence[Rect]) -> Iterator[tuple[Title, Title]]:
    """Yield the pairs of headlines of different modules at one height with no text or picture `between` them."""
    for number, one in enumerate(titles):
        for two in titles[number + 1 :]:
            if one.module == two.module:
                continue
            left, right = (one, two) if one.rect.x <= two.rect.x else (two, one)
            top, foot = max(one.rect.y, two.rect.y), min(one.rect.bottom, two.rect.bottom)
            if foot - top <= SAME_HEIGHT * min(one.rect.height, two.rect.height):
                continue
            if not any(
                rect.y < foot and top < rect.bottom and left.rect.right - rect.width <= rect.x < right.rect.x
                for rect in between
            ):
                yield left, right


def _obstacles(sheet: Sheet, book: Fontbook) -> list[Rect]:
    """Return what parts headlines: lines of text, captions, pictures, adverts."""
    return [
        glyph_box(op, book) if isinstance(op, Glyphs) else op.rect
        for op in sheet.ops
        if (isinstance(op, Glyphs) and op.key.part in RUNNING | {"caption"}) or isinstance(op, Picture | Form)
    ]


# --- pictures and text -----------------------------------------------------------------------------


def _pictures(ops: Sequence[Op]) -> Iterator[int]:
    """Yield the areas of a story's pictures, mpt²; one that is drawn takes what its shapes take together."""
    frames: dict[int, Rect] = {}
    for op in ops:
        if op.key.part == "photo":
            box = _extent(op)
            known = frames.get(op.key.paragraph)
            frames[op.key.paragraph] = _around(known, box) if known else box
    yield from (frame.width * frame.height for frame in frames.values())


def _extent(op: Op) -> Rect:
    """Return the rectangle that an operation other than type takes."""
    if isinstance(op, Shape):
        points = [number for _, numbers in op.path for number in numbers]
        xs, ys = points[::2], points[1::2]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if points else Rect(0, 0, 0, 0)
    if isinstance(op, Rule):
        return Rect(min(op.x0, op.x1), min(op.y0, op.y1), abs(op.x1 - op.x0), abs(op.y1 - op.y0))
    assert not isinstance(op, Glyphs)
    return op.rect


def _blank(part: _Part, drawn: Mapping[str, Sequence[Op]], style: Style) -> int:
    """Return the grid lines that stay empty at the feet of a story's legs.

    Vertical lines hang from their heads and are as long as they are.
    """
    variant = part.variant
    if part.story.setting == "vertical":
        return variant.blank
    strip = (variant.head.beside or 0) if variant.head else 0
    legs = divide(part.width - strip, variant.legs, style)
    if legs is None:
        return variant.legs * variant.body
    left = part.left + (strip if variant.style == "vertical-left" else 0)
    foot = style.line_y(part.foot)
    blank = 0
    for leg in range(legs.count):
        x = left + legs.x(leg)
        bottoms = [_bottom(op, style) for op in drawn.get(part.story.id, ()) if _in_leg(op, x, leg, legs, variant)]
        lowest = max(bottoms, default=foot - variant.body * style.grid.pitch)
        blank += max(0, (foot - lowest) // style.grid.pitch)
    return blank


def _in_leg(op: Op, x: int, leg: int, legs: Legs, variant: Variant) -> bool:
    """Return whether an operation fills the leg whose left edge is `x`: its text, or a picture's above it."""
    if op.key.part in RUNNING and isinstance(op, Glyphs):
        return x <= op.x + op.size // 2 < x + legs.measure  # an opening mark hangs by its blank half
    if op.key.part in UNDER:
        places = (place for place in variant.photos if place.photo == op.key.paragraph)
        return any(place.leg <= leg < place.leg + place.legs for place in places)
    return op.key.part in HEADS and variant.style == "photo"


def _bottom(op: Op, style: Style) -> int:
    """Return where the next line of text may begin under an operation, mpt from the head of the page."""
    pitch, top = style.grid.pitch, style.line_y(0)
    if not isinstance(op, Glyphs):
        return _extent(op).bottom + style.photo.clear
    if op.key.part in HEADS:
        return op.y + (1000 - ASCENT) * op.size // 1000 + style.heads.below
    if op.key.part in RUNNING:
        return top + -(-(op.y - top) // pitch) * pitch
    row = (style.caption.pitch - op.size) // 2  # a caption's row is deeper than its type
    return op.y + (1000 - ASCENT) * op.size // 1000 + row + style.photo.clear


def _text_run(part: _Part, drawn: Mapping[str, Sequence[Op]]) -> int:
    """Return the most characters of a story that stand together without a head, subhead or picture.

    A picture ends the run where the leg begins that it stands in, if text stands beside it before.
    """
    variant = part.variant
    breaks = {place.leg for place in variant.photos if place.leg}
    lefts: list[int] = []
    if breaks:
        lefts = sorted(op.rect.x for op in drawn.get(part.story.id, ()) if isinstance(op, Picture | Form))
    runs = [0]
    passed = False
    for op in drawn.get(part.story.id, ()):
        if not isinstance(op, Glyphs) or op.key.part not in RUNNING:
            continue
        if op.key.part == "subhead":
            runs.append(0)
            continue
        if lefts and not passed and op.x + op.size >= lefts[0]:
            passed = True
            runs.append(0)
        runs[-1] += len("".join(op.text.split()))
    return max(runs)


def _gaps(ops: Sequence[Op], book: Fontbook) -> Iterator[float]:
    """Yield the openings between neighbouring Han characters of running text, em."""
    for op in ops:
        if not isinstance(op, Glyphs) or op.key.part != "body" or op.ys:
            continue
        for number, ((x, text), (after, other)) in enumerate(pairwise(zip(op.xs, op.texts, strict=True))):
            if len(text) == len(other) == 1 and ord(text) in HAN and ord(other) in HAN:
                own = advance(book.faces[op.face], op.gids[number])
                yield (after - x) / op.size - own / 1000


# --- the page as a whole ---------------------------------------------------------------------------


def _stories_area(plan: PagePlan, style: Style) -> int:
    """Return what furniture and adverts leave of the type area, mpt²."""
    grid = style.grid
    taken = sum(cells.columns * min(cells.lines, grid.lines - cells.line) for _, cells in plan.blocks)
    return max(
        1, style.area_width * style.area_height * (grid.columns * grid.lines - taken) // (grid.columns * grid.lines)
    )


def _longest_gutter(plan: PagePlan) -> int:
    """Return the lines of the longest gutter between modules that nothing crosses."""
    cells = {number: module.cells for number, module in enumerate(plan.modules)}
    runs = gutters(neighbours(cells), cells) if cells else {}
    return max((run - 1 for found in runs.values() for run in found), default=0)


def full_cuts(plan: PagePlan, style: Style) -> Iterator[int]:
    """Yield the grid lines at which the stories are cut through the whole width of the page (断版).

    Where nothing but furniture and adverts stands above or below, that is no cut of the stories.
    """
    foot = style.grid.lines + 1
    blocks = [cells for _, cells in plan.blocks]
    modules = [module.cells for module in plan.modules]
    for line in sorted({cells.line for cells in (*modules, *blocks)}):
        above = any(cells.line < line for cells in modules)
        below = any(cells.line >= line for cells in modules)
        crossed = any(cells.line < line < cells.bottom for cells in (*modules, *blocks))
        if above and below and not crossed and line < foot:
            yield line


def inversions(page: Page, plan: PagePlan) -> Iterator[tuple[str, str]]:
    """Yield (upper, lower) entries over each other of which the lower outranks the upper by two ranks or more."""
    ranks = {entry.id: entry.rank for entry in page.entries}
    for upper in plan.modules:
        for lower in plan.modules:
            over = upper.cells.bottom <= lower.cells.line
            share = upper.cells.column < lower.cells.right and lower.cells.column < upper.cells.right
            if over and share and ranks[upper.id] - ranks[lower.id] >= INVERTED:
                yield upper.id, lower.id

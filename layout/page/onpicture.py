"""Headlines on the quiet area of a picture (压图题): their shape tables, and how they are drawn.

The picture stands across the module, the text under it; the head costs no lines. Type is reversed Hei, no smaller than
the style's least (newsroom.md 2), and fitted by `fit_heads` to the quiet area as the crop leaves it. Which head goes
with a picture follows from the picture's frame alone, so it is found again, the same, when the page is drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.page.draw import top_offset
from layout.page.galley import set_galley
from layout.page.heads import draw_head
from layout.page.insert import quiet_box
from layout.page.shots import shots_in
from layout.page.table import (
    LEAST_BODY,
    bodies,
    divisions_of,
    head_band,
    keep,
    leg_cost,
    resort,
    table_of,
    variant_of,
)
from layout.plan import HeadChoice
from layout.text.headline import band_for, fit_heads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Story
    from layout.page.copy import Copy
    from layout.page.easel import Easel
    from layout.page.frame import Frame
    from layout.page.legs import Legs
    from layout.page.shots import Shot
    from layout.page.solver.problem import Candidate
    from layout.page.table import Found, Table
    from layout.plan import Variant
    from layout.style import HeadBand, HeadStyle, Style
    from layout.text.headline import Head


def heads_on_picture(
    story: Story, width: int, height: int, band: HeadBand, style: Style, book: Fontbook
) -> tuple[Head, ...]:
    """Return the heads that stand in the quiet area of the main picture, best first; none where it has no room.

    Args:
        story: whose head and picture.
        width: of the picture, mpt.
        height: of the picture, mpt.
        band: sizes of such heads over text; the larger ones are tried first.
        style: the style.
        book: the faces.
    """
    room = quiet_box(story.photos[0], width, height) if story.photos else None
    if room is None:
        return ()
    _, _, across, down = room
    heads = style.heads
    least = heads.picture_least
    own = replace(style, heads=on_picture(style))
    for sizes in ((max(least, band.sizes[0]), max(least, band.sizes[1])), (least, max(least, band.sizes[0]))):
        wanted = replace(band, sizes=sizes, role=heads.picture_role, slot=(1, style.grid.lines))
        found = fit_heads(story, across, wanted, own, book, above=0)
        fitting = tuple(
            head for head in found if head.height <= down and max(_widths(head)) <= across and head.main.size >= least
        )
        if fitting:
            return fitting
    return ()


def on_picture(style: Style) -> HeadStyle:
    """Return how heads on pictures are set: their kickers and decks are Hei as well."""
    heads = style.heads
    return replace(heads, kicker_role=heads.picture_small_role, deck_role=heads.picture_small_role)


def _widths(head: Head) -> list[int]:
    parts = (head.main, head.kicker, head.deck)
    return [width for part in parts if part is not None for width in part.widths]


def picture_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the depths of a story with its head on its picture; arguments as for `table.story_table`."""
    choose = head_band if pinned else band_for
    band = choose(copy.style.heads, copy.story.rank, frame.columns, front=front)
    found: Found = {}
    for legs, shot, head, choice in _settings(copy, frame, book, band):
        galley = set_galley(copy, legs.measure, copy.style.weights["tight"], copy.style.weights["loose"])
        for body, cost in bodies(galley, legs, shot, frame, copy.style):
            variant = variant_of(legs, body, shot, choice, frame, style="picture")
            keep(found, variant, cost + head.cost, frame.pad_lines)
    for made in _resorts(copy, frame, book, band):
        if made.variant.lines not in found:
            keep(found, made.variant, made.cost, frame.pad_lines)
    return table_of(found)


def forced_on_picture(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story with its head on its picture in exactly `depth` lines, or None where that cannot be."""
    band = head_band(copy.style.heads, copy.story.rank, frame.columns, front=front)
    body = depth - _above(copy) - 2 * frame.pad_lines - frame.closing
    return min(_resorts(copy, frame, book, band, body), key=lambda one: one.cost, default=None)


def _above(copy: Copy) -> int:
    """Return the grid lines above the picture: those of the column's logo."""
    return copy.style.heads.logo_lines if copy.story.logo else 0


def _settings(
    copy: Copy, frame: Frame, book: Fontbook, band: HeadBand | None
) -> Iterator[tuple[Legs, Shot, Head, HeadChoice]]:
    """Yield the divisions, the pictures across all legs, and the best head that each bears."""
    if band is None:
        return
    style = copy.style
    for legs in divisions_of(frame, style):
        for shot in shots_in(copy, legs, frame, style, book):
            if not shot.first:
                continue
            heads = heads_on_picture(copy.story, legs.width(shot.legs), shot.blocks[0].height, band, style, book)
            if heads:
                yield legs, shot, heads[0], _choice(heads[0], _above(copy))


def _choice(head: Head, depth: int) -> HeadChoice:
    return HeadChoice(
        role=head.main.role, size=head.main.size, lines=len(head.main.lines), depth=depth, fill=round(head.fill, 4)
    )


def _resorts(
    copy: Copy, frame: Frame, book: Fontbook, band: HeadBand | None, only: int | None = None
) -> Iterator[Candidate]:
    """Yield settings that do not close, at the price of their blank lines or their overset; `only` at one depth."""
    style = copy.style
    for legs, shot, head, choice in _settings(copy, frame, book, band):
        galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
        natural = -(-(galley.natural + shot.legs * shot.depth) // legs.count)
        reach = range(max(LEAST_BODY, natural * 2 // 3), natural * 3 // 2 + 3) if only is None else (only,)
        for body in reach:
            made = resort(body, legs, shot, galley, choice, frame, "picture")
            if made is not None:
                yield made._replace(cost=made.cost + head.cost + shot.cost + leg_cost(legs, frame, style))


# --- drawing -----------------------------------------------------------------------------------------


def draw_head_on_picture(easel: Easel, story: Story, frame: Frame, variant: Variant, left: int, line: int) -> None:
    """Draw a head in the middle of its picture's quiet area.

    Args:
        easel: the page.
        story: whose head.
        frame: the module's room.
        variant: how the module is set.
        left: left edge of the picture, mpt.
        line: first grid line of the picture.

    Raises:
        ValueError: no such head stands there; the plan was made for another text or style.
    """
    style = easel.copies[story.id].style
    width, height = frame.width, variant.photos[0].height
    band = head_band(style.heads, story.rank, frame.columns, front=easel.page.front)
    room = quiet_box(story.photos[0], width, height)
    heads = heads_on_picture(story, width, height, band, style, easel.book) if band else ()
    choice = variant.head
    if not heads or room is None or choice is None or (heads[0].main.size, len(heads[0].main.lines)) != (
        choice.size,
        choice.lines,
    ):
        message = f"{story.id}: no headline on its picture as the plan has it"
        raise ValueError(message)
    x, y, across, down = room
    top = style.line_y(line) + top_offset(style) + y + (down - heads[0].height) // 2
    draw_head(easel, story, heads[0], left + x, across, top, on_picture(style), style.heads.picture_ink)


def say_not_on_picture(easel: Easel, story: Story) -> None:
    """Report that a head stands over its text though it was wanted on the picture, and why."""
    style = easel.copies[story.id].style
    size = style.heads.picture_least / 1000
    problem, problem_zh = f"no type of {size:g} pt or more fits there", f"排不下 {size:g} 磅以上的字"
    if not story.photos:
        problem, problem_zh = "the story has no picture", "稿件没有图片"
    elif story.photos[0].quiet is None:
        problem, problem_zh = "the picture declares none", "图片没有标明安静区"
    easel.say("W412", story, story.span, text=story.headline.text, problem=problem, problem_zh=problem_zh)

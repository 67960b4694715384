"""Modules with a vertical headline: their shape tables, and the head drawn beside its text.

The head takes a strip of the module's width, a whole number of body characters, and the legs divide the rest. The
strip is as deep as the legs, so the text alone decides the depth; which size of head goes with it is found for each
depth by `fit_side_heads`, and found again with the same arguments when the page is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layout.display import Key
from layout.page.copy import source_places
from layout.page.frame import Frame
from layout.page.galley import set_galley
from layout.page.shots import shots_in
from layout.page.table import (
    LEAST_BODY,
    bodies,
    divisions_of,
    head_band,
    keep,
    leg_cost,
    poor_picture,
    resort,
    table_of,
    variant_of,
)
from layout.page.vertical import vertical_columns
from layout.plan import HeadChoice
from layout.text.headline import band_for
from layout.text.sidehead import BESIDE, SMALLER, fit_side_heads, set_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layout.fontbook import Fontbook
    from layout.model import Story
    from layout.page.copy import Copy
    from layout.page.easel import Easel
    from layout.page.shots import Shot
    from layout.page.solver.problem import Candidate
    from layout.page.table import Found, Table
    from layout.plan import ModuleStyle, Variant
    from layout.style import HeadBand, Style
    from layout.text.sidehead import Columns, SideHead

GAP_EM: Final = 1.0
OUTER_EM: Final = 0.5
"""Least distance between a head and its text, and on its other side, in em of the text."""

SPARE_EM: Final = 0.5
SPARE: Final = 35
"""What a strip has beyond its head, the gap and so much more costs `SPARE` an em."""


def side_style(story: Story) -> ModuleStyle:
    """Return the style of a module whose head stands beside its text."""
    return "vertical-left" if story.head == "left" else "vertical-right"


def type_depth(lines: int, style: Style) -> int:
    """Return what `lines` grid lines of text take from the head of the first to the foot of the last, mpt."""
    return lines * style.grid.pitch - (style.grid.pitch - style.body.size)


def head_depth(story: Story, style: Style) -> int:
    """Return the grid lines above a head beside its text: those of the column's logo."""
    return style.heads.logo_lines if story.logo else 0


def narrowed(frame: Frame, beside: int) -> Frame:
    """Return the frame that a strip of `beside` mpt leaves to the text."""
    return Frame(
        width=frame.width - beside,
        columns=frame.columns,
        pad_lines=frame.pad_lines,
        closing=frame.closing,
        padded=frame.padded,
        picture=frame.picture,
        reach=frame.reach,
    )


def strips(story: Story, band: HeadBand, frame: Frame, style: Style) -> Iterator[int]:
    """Yield the widths that a vertical head of a band may take with its gaps, in whole characters, mpt."""
    heads, em = style.heads, style.em
    small = heads.deck_share[1] * band.sizes[1]
    most = 2 * band.sizes[1] * (1 + BESIDE * heads.line_gap) + (GAP_EM + OUTER_EM + SPARE_EM + 1) * em
    most += 2 * small * bool(story.kicker) + 4 * small * bool(story.deck)
    least = SMALLER * band.sizes[0] + (GAP_EM + OUTER_EM) * em
    for characters in range(-(-round(least) // em), round(most) // em + 1):
        if characters * em < frame.width // 2:
            yield characters * em


def choices(
    copy: Copy, body: int, beside: int, heads: Callable[[int, int], tuple[SideHead, ...]]
) -> Iterator[tuple[HeadChoice, int]]:
    """Yield the heads that stand in a strip beside `body` lines of text, with their prices."""
    style = copy.style
    room = beside - air_across(style)
    for head in heads(type_depth(body, style), room):
        spare = room - head.width - round(SPARE_EM * style.em)
        choice = HeadChoice(
            role=head.main.role,
            size=head.main.size,
            lines=len(head.main.lines),
            depth=head_depth(copy.story, style),
            fill=round(head.fill, 4),
            beside=beside,
        )
        yield choice, head.cost + max(0, SPARE * spare // style.em)


def air_across(style: Style) -> int:
    """Return what of a strip has to stay free at the sides of its head, mpt."""
    return round((GAP_EM + OUTER_EM) * style.em)


def fitter(copy: Copy, band: HeadBand, book: Fontbook) -> Callable[[int, int], tuple[SideHead, ...]]:
    """Return a function from (depth, width) to the heads that fit there, which keeps what it found."""
    known: dict[tuple[int, int], tuple[SideHead, ...]] = {}

    def fit(depth: int, room: int) -> tuple[SideHead, ...]:
        found = known.get((depth, room))
        if found is None:
            found = known[depth, room] = fit_side_heads(copy.story, depth, room, band, copy.style, book)
        return found

    return fit


def side_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the depths of a story with a vertical head in a frame; arguments as for `table.story_table`."""
    story, style = copy.story, copy.style
    choose = head_band if pinned else band_for
    band = choose(style.heads, story.rank, frame.columns, front=front)
    if band is None:
        return {}
    heads = fitter(copy, band, book)
    found: Found = {}
    for beside in strips(story, band, frame, style):
        room = narrowed(frame, beside)
        for legs in divisions_of(room, style):
            galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
            shots: list[Shot | None] = [
                shot for shot in shots_in(copy, legs, room, style, book) if shot.place == "under"
            ]
            for shot in shots or [None]:
                for body, cost in bodies(galley, legs, shot, room, style):
                    price = cost + poor_picture(shot, legs, body, room, style)
                    for choice, extra in choices(copy, body, beside, heads):
                        keep(
                            found,
                            variant_of(legs, body, shot, choice, frame, style=side_style(story)),
                            price + extra,
                            frame.pad_lines,
                        )
    for made in _resorts(copy, frame, book, heads, band):
        if made.variant.lines not in found:
            keep(found, made.variant, made.cost, frame.pad_lines)
    return table_of(found)


def forced_beside(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story with a vertical head in exactly `depth` lines, blank lines and overset as they come, or None."""
    style = copy.style
    band = head_band(style.heads, copy.story.rank, frame.columns, front=front)
    if band is None:
        return None
    body = depth - head_depth(copy.story, style) - 2 * frame.pad_lines - frame.closing
    made = _resorts(copy, frame, book, fitter(copy, band, book), band, body)
    photos = bool(copy.story.photos)
    return min(made, key=lambda one: (photos and not one.variant.photos, one.cost), default=None)


def _resorts(
    copy: Copy,
    frame: Frame,
    book: Fontbook,
    heads: Callable[[int, int], tuple[SideHead, ...]],
    band: HeadBand,
    only: int | None = None,
) -> list[Candidate]:
    """Return settings that do not close, cheapest first, at the price of their blank lines or their overset.

    Args:
        copy: the story.
        frame: its room.
        book: the faces.
        heads: the heads that fit.
        band: their sizes.
        only: the one depth of legs wanted, or None for all within reach.
    """
    story, style = copy.story, copy.style
    made: list[Candidate] = []
    for beside in strips(story, band, frame, style):
        room = narrowed(frame, beside)
        legs = min(divisions_of(room, style), key=lambda one: leg_cost(one, room, style), default=None)
        if legs is None:
            continue
        galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
        places = (place for place in shots_in(copy, legs, room, style, book) if place.place == "under")
        shot = min(places, key=lambda one: one.cost, default=None)
        block = shot.legs * shot.depth if shot else 0
        natural = -(-(galley.natural + block) // legs.count)
        reach = range(max(LEAST_BODY, natural * 2 // 3), natural * 3 // 2 + 3) if only is None else (only,)
        for body in reach:
            for place in (shot, None) if only is not None and shot else (shot,):
                for choice, extra in choices(copy, body, beside, heads):
                    one = resort(body, legs, place, galley, choice, frame, side_style(story))
                    if one is not None:
                        made.append(one._replace(cost=one.cost + extra))
    return sorted(made, key=lambda one: one.cost)


# --- drawing -----------------------------------------------------------------------------------------


def draw_side_head(easel: Easel, story: Story, frame: Frame, variant: Variant, left: int, line: int) -> None:
    """Draw a vertical head in its strip.

    Args:
        easel: the page.
        story: whose head.
        frame: the module's room, the strip included.
        variant: how the module is set.
        left: left edge of the room, mpt.
        line: first grid line of the legs.

    Raises:
        ValueError: the story has no such head; the plan was made for another text or style.
    """
    style = easel.copies[story.id].style
    head = chosen_side_head(easel.copies[story.id], frame, variant, easel.book, front=easel.page.front)
    beside = variant.head.beside if variant.head and variant.head.beside else 0
    depth = type_depth(variant.body, style)
    top = style.line_y(line) + (style.grid.pitch - style.body.size) // 2
    gap = round(GAP_EM * style.em)
    outer = max(0, min((beside - head.width) // 2, beside - gap - head.width))
    step = 1 if variant.style == "vertical-left" else -1
    x = left + outer if step > 0 else left + frame.width - outer
    longest = max(head.main.lengths)
    parts = (
        ("kicker", head.kicker, 0),
        ("headline", head.main, style.heads.kicker_gap if head.kicker else 0),
        ("deck", head.deck, style.heads.deck_gap),
    )
    for part, columns, air in parts:
        if columns is None:
            continue
        x += step * air
        heads_of = tuple(_head_of(part, length, longest, depth) for length in columns.lengths)
        _draw_columns(easel, story, part, columns, x, step, tuple(top + place for place in heads_of))
        x += step * columns.width
    easel.heads.append((story.headline.text, head.main.size))
    easel.fills.append(head.fill)


def chosen_side_head(copy: Copy, frame: Frame, variant: Variant, book: Fontbook, *, front: bool) -> SideHead:
    """Return the vertical headline that a plan names: the one of its size and line count in its strip.

    Raises:
        ValueError: the story has no such headline; the plan was made for another text or style.
    """
    choice = variant.head
    band = head_band(copy.style.heads, copy.story.rank, frame.columns, front=front)
    if choice is not None and choice.beside is not None and band is not None:
        room = choice.beside - air_across(copy.style)
        for head in fit_side_heads(copy.story, type_depth(variant.body, copy.style), room, band, copy.style, book):
            if (head.main.size, len(head.main.lines)) == (choice.size, choice.lines):
                return head
    message = f"{copy.story.id}: no vertical headline as the plan has it"
    raise ValueError(message)


def _head_of(part: str, length: int, longest: int, depth: int) -> int:
    """Return how far below the text's head a column begins: kicker level with the main head, deck ending with it."""
    if part == "headline" or length > longest:
        return (depth - length) // 2
    head = (depth - longest) // 2
    return head if part == "kicker" else head + longest - length


def _draw_columns(
    easel: Easel, story: Story, part: str, columns: Columns, x: int, step: int, tops: tuple[int, ...]
) -> None:
    """Draw the columns of one part of a head from the edge `x` on, to the right (`step` 1) or to the left (−1)."""
    style = easel.copies[story.id].style
    source = {"kicker": story.kicker, "headline": story.headline, "deck": story.deck}[part]
    if source is None:
        return
    material = set_columns(source, columns, story, style, easel.book)
    easel.say_missing(story, source_places(material.shaped.text, material.shaped.missing, source))
    middles = tuple(
        x + step * (columns.size // 2 + number * (columns.size + columns.gap)) for number in range(len(columns.lines))
    )
    overprint = columns.size <= style.heads.knockout_above
    key = Key(story.id, part)
    easel.draw(vertical_columns(material, columns, middles, tops, style.heads.ink, key, overprint=overprint))

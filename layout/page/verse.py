"""Vertical text: verse, couplets and slogans in lines from right to left, inside a horizontal page.

Every paragraph begins a line; one that is longer than the lines are turns over, set in by an em (a justified one not).
Lines that do not all fit the width stand in several tiers, one above the other. What is left of the width stands
half at either side, what is left of the depth half above and half below. Nothing is ever set beyond the room: lines
that do not fit are counted in `Verse.over`, and kept as overset.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.display import Key
from layout.page.legs import Legs
from layout.page.ornaments import ornaments
from layout.page.shots import shots_in
from layout.page.sidehead import choices, fitter, head_depth, narrowed, side_style, strips, type_depth
from layout.page.solver.problem import Candidate
from layout.page.table import (
    BLANK_COST,
    LEAST_BODY,
    OVER_COST,
    PER_LINE,
    choice_of,
    head_band,
    head_class,
    keep,
    poor_picture,
    table_of,
    variant_of,
)
from layout.page.vertical import vertical_glyphs
from layout.text.headline import band_for, fit_heads
from layout.text.justify import DEMERITS
from layout.text.justify import fit as fit_justified
from layout.text.linebreak import break_paragraph, ragged
from layout.text.setting import set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layout.fontbook import Fontbook
    from layout.model import Story
    from layout.page.copy import Copy, CopyItem
    from layout.page.easel import Easel
    from layout.page.frame import Frame
    from layout.page.shots import Shot
    from layout.page.table import Found, Table
    from layout.plan import HeadChoice, ModuleStyle
    from layout.style import HeadBand, Style
    from layout.text.setting import Line

TIERS_MOST: Final = 8

TURNED: Final = 500
"""The price of a line of verse that has to turn over."""

TIER: Final = 25
"""The price of every tier but the first."""

AIR: Final = 260
"""The price of a room that is all blank; falls with what the lines and their usual air take."""

AIR_LINES: Final = 6
AIR_LINE: Final = 8
"""Grid lines of air that verse bears beyond those it needs, and what each costs."""

FULL: Final = 0.7
"""Verse that fills this share of its room costs nothing: it wants air around it."""

TURN_EM: Final = 1
"""How far the rest of a line that turns over is set in."""

PARTS: Final = {"paragraph": "body", "byline": "byline", "tail": "tail", "subhead": "subhead"}
"""Item kind → part of the display key."""


class VerseLine(NamedTuple):
    """One vertical line: its item, its number in the item, the set line, how far it is set in; `gap` before it."""

    item: CopyItem
    number: int
    line: Line
    inset: int
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse:
    """Vertical lines arranged in a room.

    Attributes:
        tiers: the lines of each tier, the first line at the right.
        rest: lines that did not fit.
        length: what the longest line may take, mpt.
        step: from the head of one tier to that of the next, mpt.
        cost: what an editor would mind.
    """

    tiers: tuple[tuple[VerseLine, ...], ...]
    rest: tuple[VerseLine, ...]
    length: int
    step: int
    cost: int

    @property
    def holds(self) -> bool:
        """Whether all lines fit, and none is longer than the room is deep."""
        return not self.rest and self.cost < DEMERITS.overfull

    @property
    def over(self) -> int:
        """The number of lines that did not fit."""
        return len(self.rest)


def set_verse(copy: Copy, width: int, depth: int) -> Verse | None:
    """Return the best arrangement of a story in a room, or None where the room cannot hold a line of two characters.

    Args:
        copy: the story, shaped for vertical lines.
        width: of the room, mpt.
        depth: of the room from the head of the em boxes to their foot, mpt.
    """
    tried = [made for count in range(1, TIERS_MOST + 1) if (made := _arranged(copy, width, depth, count))]
    return min(tried, key=lambda made: (made.over > 0, made.over, made.cost, len(made.tiers)), default=None)


def _arranged(copy: Copy, width: int, depth: int, count: int) -> Verse | None:
    """Return a story's lines in `count` tiers."""
    style = copy.style
    verse = style.verse
    between = verse.pitch
    step = (depth + between) // count
    characters = (step - between) // verse.size
    if characters < _LINE_LEAST or width < verse.size:
        return None
    lines = verse_lines(copy, characters * verse.size)
    each = -(-len(lines) // count)
    tiers: list[tuple[VerseLine, ...]] = []
    rest = list(lines)
    for number in range(count):
        taken, most = 0, each if number < count - 1 else len(rest)
        while taken < min(most, len(rest)) and tier_width(rest[: taken + 1], copy) <= width:
            taken += 1
        tiers.append(tuple(rest[:taken]))
        rest = rest[taken:]
    if not all(tiers):
        return None
    longest = max((line.line.width + line.inset for line in lines), default=0)
    used = max(tier_width(tier, copy) for tier in tiers) * (longest * count + between * (count - 1))
    share = used / (width * depth)
    turned = sum(line.number > 0 for line in lines) if verse.align != "justify" else 0
    cost = round(AIR * max(0.0, FULL - share)) + TURNED * turned + TIER * (count - 1)
    cost += DEMERITS.overfull if longest > characters * verse.size else 0
    return Verse(tiers=tuple(tiers), rest=tuple(rest), length=longest, step=step, cost=cost)


_LINE_LEAST: Final = 2


def tier_width(lines: list[VerseLine] | tuple[VerseLine, ...], copy: Copy) -> int:
    """Return what neighbouring lines take across, mpt; a blank is half a line and none begins a tier."""
    verse = copy.style.verse
    gaps = sum(line.gap for line in lines[1:])
    return (len(lines) - 1) * verse.pitch + gaps * (verse.pitch // 2) + verse.size if lines else 0


@lru_cache(maxsize=512)
def verse_lines(copy: Copy, length: int) -> tuple[VerseLine, ...]:
    """Return a story's lines, set at most `length` mpt long."""
    made: list[VerseLine] = []
    blanks = any(not item.gap for item in copy.items if item.kind == "paragraph" and item.number > 1)
    before = ""
    for item in copy.items:
        made.extend(_item_lines(item, length, gap=item.gap and blanks and before != "subhead"))
        before = item.kind
    return tuple(made)


def _item_lines(item: CopyItem, length: int, *, gap: bool) -> list[VerseLine]:
    material, size = item.material, item.text_style.size
    justified = item.align == "justify"
    turn = 0 if justified or item.kind != "paragraph" else TURN_EM * size

    def room(number: int) -> int:
        return length - (turn if number else item.indent)

    ways = break_paragraph(material, room, fitting=fit_justified if justified else ragged)
    best = ways[min(ways, key=lambda count: (ways[count].demerits, count))]
    made: list[VerseLine] = []
    start = 0
    for number, end in enumerate(best.ends):
        last = end == len(material)
        # What is flush right in a horizontal leg stands at the foot here; _draw places it.
        line = set_line(material, start, end, room(number), last=last, align="justify" if justified else "left")
        made.append(VerseLine(item, number, line, turn if number else item.indent, gap and number == 0))
        start = end
    return made


# --- shape tables ------------------------------------------------------------------------------------


class _Headed(NamedTuple):
    """A head, its price, and the blank lines in its depth that only give air."""

    choice: HeadChoice
    cost: int
    air: int = 0


class _Room(NamedTuple):
    """What a head leaves to the lines: the frame, and the heads that go with so many grid lines of it."""

    frame: Frame
    heads: Callable[[int], list[_Headed]]


def verse_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the depths of a story in vertical lines in a frame; arguments as for `table.story_table`."""
    story, style = copy.story, copy.style
    choose = head_band if pinned else band_for
    band = choose(style.heads, story.rank, frame.columns, front=front)
    if band is None:
        return {}
    found: Found = {}
    for room in _rooms(copy, frame, band, book):
        legs = whole(room.frame.width, style)
        shots: list[Shot | None] = [*shots_in(copy, legs, room.frame, style, book)]
        for closing in _closings(copy, room.frame.width):
            for shot in shots or [None]:
                body = closing.lines + (shot.depth if shot else 0)
                price = closing.cost + (shot.cost if shot else 0) + poor_picture(shot, legs, body, room.frame, style)
                for head in room.heads(body):
                    variant = variant_of(legs, body, shot, head.choice, frame, head.air, module_style(story))
                    keep(found, replace(variant, blank=closing.blank), price + head.cost, frame.pad_lines)
    return table_of(found)


def forced_verse(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story in vertical lines in exactly `depth` grid lines, overset as it comes, or None."""
    story, style = copy.story, copy.style
    band = head_band(style.heads, story.rank, frame.columns, front=front)
    if band is None:
        return None
    inside = depth - 2 * frame.pad_lines - frame.closing
    tried: list[Candidate] = []
    for room in _rooms(copy, frame, band, book):
        legs = whole(room.frame.width, style)
        beside = story.head_beside
        for head in room.heads(inside - head_depth(story, style) if beside else inside):
            for shot in (*shots_in(copy, legs, room.frame, style, book), None):
                body = inside - head.choice.depth
                made = set_verse(copy, room.frame.width, type_depth(body - (shot.depth if shot else 0), style))
                if made is None:
                    continue
                cost = made.cost + head.cost + (OVER_COST + PER_LINE * made.over if made.over else 0)
                variant = variant_of(legs, body, shot, head.choice, frame, head.air, module_style(story))
                variant = replace(variant, over=made.over)
                corner = head_class(variant, frame.pad_lines)
                tried.append(Candidate(cost, corner, variant, corner))
    photos = bool(story.photos)
    return min(tried, key=lambda one: (photos and not one.variant.photos, one.cost), default=None)


def whole(width: int, style: Style) -> Legs:
    """Return a width as one leg, whatever its measure: pictures stand across it, vertical lines need no measure."""
    return Legs(1, width // style.em, width, 0)


def module_style(story: Story) -> ModuleStyle:
    """Return the style of a module of vertical lines: it is that of its head."""
    return side_style(story) if story.head_beside else "over"


def _rooms(copy: Copy, frame: Frame, band: HeadBand, book: Fontbook) -> Iterator[_Room]:
    """Yield the frame under a head, or the frames beside heads of different widths."""
    story, style = copy.story, copy.style
    if not story.head_beside:
        air = style.weights["air_line"]
        over = [
            _Headed(choice_of(head, lines), head.cost + lines * air, lines)
            for head in fit_heads(story, frame.width, band, style, book, above=frame.above)
            for lines in (0, 1)
        ]
        yield _Room(frame, lambda _body: over)
        return
    fit = fitter(copy, band, book)
    for beside in strips(story, band, frame, style):

        def heads(body: int, beside: int = beside) -> list[_Headed]:
            return [_Headed(choice, cost) for choice, cost in choices(copy, body, beside, fit)]

        yield _Room(narrowed(frame, beside), heads)


class _Closing(NamedTuple):
    """A depth in grid lines that holds all lines of a story, its price, and how much of it is blank beyond bounds."""

    lines: int
    cost: int
    blank: int = 0


def _closings(copy: Copy, width: int) -> Iterator[_Closing]:
    """Yield the depths at which a room holds all lines of a story: with the air that verse bears, then last resorts."""
    most = copy.style.grid.lines
    fitting = (
        (lines, made)
        for lines in range(LEAST_BODY, most)
        if (made := set_verse(copy, width, type_depth(lines, copy.style))) is not None and made.holds
    )
    least: int | None = None
    for lines, made in fitting:
        least = lines if least is None else least
        extra = lines - least
        if extra <= AIR_LINES:
            yield _Closing(lines, made.cost + AIR_LINE * extra)
        elif lines <= least * 3 // 2 + AIR_LINES:
            yield _Closing(lines, made.cost + BLANK_COST + PER_LINE * (extra - AIR_LINES), extra - AIR_LINES)
        else:
            return


# --- drawing -----------------------------------------------------------------------------------------


def draw_verse(easel: Easel, story: Story, left: int, width: int, top: int, depth: int) -> None:
    """Draw a story's vertical lines in a room; what does not fit is kept as overset.

    Args:
        easel: the page.
        story: whose body.
        left: left edge of the room, mpt.
        width: its width.
        top: the head of its em boxes.
        depth: from there to their foot.
    """
    copy = easel.copies[story.id]
    made = set_verse(copy, width, depth)
    if made is None:
        _keep(easel, story, verse_lines(copy, max(depth, copy.style.verse.size)))
        return
    pitch, size = copy.style.verse.pitch, copy.style.verse.size
    across = max(tier_width(tier, copy) for tier in made.tiers)
    down = made.length + made.step * (len(made.tiers) - 1)
    head = top + (depth - down) // 2
    for number, tier in enumerate(made.tiers):
        x = left + (width + across) // 2 - size // 2
        for place, line in enumerate(tier):
            if place:
                x -= pitch + (pitch // 2 if line.gap else 0)
            _draw(easel, story, line, x, head + number * made.step, made.length)
    _keep(easel, story, made.rest)
    easel.say_missing(story, copy.missing)


def _draw(easel: Easel, story: Story, line: VerseLine, x: int, top: int, length: int) -> None:
    """Draw a line on its middle; bylines and what else is flush right end at the foot of the others."""
    item = line.item
    inset = line.inset
    if item.kind == "byline" or item.align == "right":
        inset = max(0, length - line.line.width)
    elif item.align == "center":
        inset = max(0, (length - line.line.width) // 2)
    key = Key(story.id, PARTS[item.kind], item.number, line.number)
    ink = item.text_style.ink
    start, places, head = line.line.start, line.line.xs, top + inset
    easel.draw(vertical_glyphs(item.material, start, places, x, head, ink, key))
    style = easel.copies[story.id].style.ornament
    easel.draw(ornaments(item.material, start, places, x, head, item.ornaments, style, ink, key))


def _keep(easel: Easel, story: Story, lines: tuple[VerseLine, ...]) -> None:
    """Keep the text of lines as overset."""
    rest = "".join(line.item.material.shaped.slice_text(line.line.start, line.line.end) for line in lines)
    if rest:
        easel.overset[story.id] = easel.overset.get(story.id, "") + rest

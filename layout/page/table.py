"""Shape tables: for each story and width, the depths at which it closes exactly, with the way to do it and its price.

A depth is in the table only if the column filler has set the story in it: `fill` is called for every candidate, the
composer calls it again with the same arguments and gets the same setting. The levers, in the order of their price:
number of legs, span and depth of the picture, size and lines of the headline, one blank line round the head, lines
taken from or added to long paragraphs. Below and above the exact depths stand last resorts, at prices that no
ordinary page pays: blank lines at the story's foot, and lines that do not fit and are reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.page.galley import fill, set_galley
from layout.page.insert import effective_ppi, photo_blocks, set_caption
from layout.page.legs import divide
from layout.page.quote import insets, quote_place
from layout.page.solver.problem import Candidate
from layout.plan import HeadChoice, PhotoPlace, Variant
from layout.text.headline import band_for, fit_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layout.fontbook import Fontbook
    from layout.model import Photo, Region
    from layout.page.copy import Copy
    from layout.page.galley import Galley
    from layout.page.insert import Block
    from layout.page.legs import Legs
    from layout.page.quote import Inset
    from layout.plan import ModuleStyle, QuotePlace
    from layout.style import HeadBand, HeadStyle, Style
    from layout.text.headline import Head

Table = dict[int, tuple[Candidate, ...]]
"""Depth in grid lines, the closing blank line included → candidates, cheapest first."""

HEAD_CLASSES: Final = 3
"""Candidates of different head classes kept for one depth."""

LEAST_BODY: Final = 3
"""Lines of text that must follow a head (背题 otherwise)."""

LEAST_UNDER_PHOTO: Final = 4
"""Text under a picture is at least so many lines deep, or it costs `text_under_photo`."""

BLANK_COST: Final = 1200
OVER_COST: Final = 6000
PER_LINE: Final = 150
"""Prices of the last resorts: once, and per column line."""

DOMINANT_SHARE: Final = 0.5
"""A picture that takes less than this share of its module costs `photo_share`: pages want a dominant picture."""

SHORT_LEG: Final = 5
LONG_LEG: Final = 55
"""Legs outside these depths cost `leg_short` and `leg_long` a leg's worth (typography.md 4.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The room a story is set in: width in mpt, how many columns that stands for, padding lines of a box.

    `closing` are the blank lines at its foot; `padded` says that a frame around it gives the air above.
    """

    width: int
    columns: int
    pad_lines: int = 0
    closing: int = 1
    padded: bool = False

    @property
    def above(self) -> int | None:
        """Least blank above the head: none where a box or group already gives a line; else the style's."""
        return 0 if self.padded or self.pad_lines else None


class Shot(NamedTuple):
    """The pictures' place while a module is tried: legs spanned, depth in all, price, and whether they come first.

    `blocks` are the pictures one above the other, the main one on top.
    """

    legs: int
    depth: int
    blocks: tuple[Block, ...]
    cost: int
    first: bool


def frame_of(columns: int, style: Style, *, boxed: bool) -> Frame:
    """Return the frame of a module `columns` wide; a box takes half an em a side and a line above and below."""
    width = style.span_width(columns)
    if not boxed:
        return Frame(width=width, columns=columns)
    return Frame(
        width=width - 2 * round(style.box.pad_em * style.em),
        columns=columns,
        pad_lines=style.box.pad_lines,
    )


def story_table(copy: Copy, frame: Frame, book: Fontbook, *, front: bool, pinned: bool = False) -> Table:
    """Return the exact depths of a story in a frame, with last resorts around them.

    Args:
        copy: the story.
        frame: its room.
        book: the faces.
        front: whether it stands on the front page.
        pinned: the frame is the editor's choice: another width's headline sizes serve where it has none of its own.
    """
    story, style = copy.story, copy.style
    choose = head_band if pinned else band_for
    band = choose(style.heads, story.rank, frame.columns, front=front)
    if band is None:
        return {}
    heads = fit_heads(story, frame.width, band, style, book, above=frame.above)
    found: dict[int, dict[tuple[str, int], Candidate]] = {}
    for legs in divisions_of(frame, style):
        galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
        shots: list[Shot | None] = [*shots_in(copy, legs, frame, style, book)]
        quotes = tuple(insets(story, legs.measure, style, book))
        for shot in shots or [None]:
            for variant, cost in _closings(galley, legs, shot, heads, frame, style):
                keep(found, variant, cost)
            for inset in quotes:
                for variant, cost in _closings(galley, legs, shot, heads, frame, style, inset):
                    keep(found, variant, cost + style.weights["pull_quote"])
    _last_resorts(found, copy, frame, heads, style, book)
    return table_of(found)


def cheapest(tables: Iterable[Table]) -> Table:
    """Return several tables of one story as one: of each depth and head class the cheapest candidate."""
    found: dict[int, dict[tuple[str, int], Candidate]] = {}
    for table in tables:
        for depth, one in ((depth, one) for depth, candidates in table.items() for one in candidates):
            classes = found.setdefault(depth, {})
            known = classes.get(one.head)
            if known is None or one.cost < known.cost:
                classes[one.head] = one
    return table_of(found)


def table_of(found: Mapping[int, Mapping[tuple[str, int], Candidate]]) -> Table:
    """Return what was found as a table: of each depth the cheapest candidates, one a head class."""
    return {
        depth: tuple(sorted(classes.values(), key=lambda one: (one.cost, one.head))[:HEAD_CLASSES])
        for depth, classes in sorted(found.items())
    }


def head_band(style: HeadStyle, rank: int, columns: int, *, front: bool) -> HeadBand | None:
    """Return the band of headline sizes for a rank and width, or that of the rank's nearest width."""
    widths = sorted(
        {wide for band in style.bands if rank in band.ranks for wide in range(band.columns[0], band.columns[1] + 1)},
        key=lambda wide: (abs(wide - columns), wide),
    )
    bands = (band_for(style, rank, wide, front=front) for wide in (columns, *widths))
    return next((band for band in bands if band is not None), None)


def forced(copy: Copy, frame: Frame, book: Fontbook, depth: int, *, front: bool) -> Candidate | None:
    """Return a story in exactly `depth` lines, blank lines and overset as they come: the place is the editor's.

    None where not even a line of text would stand under the headline.
    """
    story, style = copy.story, copy.style
    band = head_band(style.heads, story.rank, frame.columns, front=front)
    plain = _plainest(copy, frame, style, book)
    if band is None or plain is None:
        return None
    legs, shots, galley = plain
    heads = fit_heads(story, frame.width, band, style, book, above=frame.above)
    tried = [
        resort(depth - head.depth - 2 * frame.pad_lines - frame.closing, legs, shot, galley, choice_of(head), frame)
        for head in heads
        for shot in (*shots, None)
    ]
    # A picture left out is worse than any overset text: it is tried last.
    return min(
        (one for one in tried if one is not None),
        key=lambda one: (bool(shots) and not one.variant.photos, one.cost),
        default=None,
    )


def divisions_of(frame: Frame, style: Style) -> Iterator[Legs]:
    """Yield the ways to divide a frame's width into legs."""
    for count in range(1, frame.columns + 1):
        legs = divide(frame.width, count, style)
        if legs is not None:
            yield legs


def leg_cost(legs: Legs, frame: Frame, style: Style) -> int:
    """Return the price of a division: narrow legs in wide modules, wide legs, gutters that had to open."""
    weights = style.weights
    cost = 0
    if legs.characters <= style.grid.characters and frame.columns > 2:
        cost += weights["leg_narrow"] * (frame.columns - 1)
    if legs.characters > _COMFORTABLE:
        cost += weights["leg_wide"] * (legs.characters - _COMFORTABLE) // 4
    return cost


_COMFORTABLE: Final = 18


def shots_in(copy: Copy, legs: Legs, frame: Frame, style: Style, book: Fontbook) -> Iterator[Shot]:
    """Yield the places the story's picture can have in legs, the crop and the span priced."""
    story = copy.story
    if not story.photos:
        return
    photo, *others = story.photos
    weights = style.weights
    spans = range(1, legs.count + 1)
    sharp = [span for span in spans if photo.vector or effective_ppi(photo, legs.width(span)) >= style.photo.warn_ppi]
    wide = [span for span in sharp if legs.width(span) >= LEAST_SHARE * frame.width]
    for span in wide or sharp[-1:] or [1]:
        width = legs.width(span)
        caption = set_caption(photo, width, story.region, style, book)
        if caption.rows > style.photo.caption_lines_most + (span == 1):
            continue
        share = width / frame.width
        cost = 0
        if share < _SMALL_SHARE and frame.columns > 1:
            cost += round(weights["photo_small"] * (_SMALL_SHARE - share))
        under = tuple(_uncropped(other, width, story.region, style, book) for other in others)
        for block in photo_blocks(photo, width, caption.rows, style):
            price = cost + round(100 * weights["crop"] * block.crop)
            blocks = (block, *under)
            depth = sum(one.depth for one in blocks)
            if span == legs.count:
                yield Shot(span, depth, blocks, price, first=True)
                price += weights["photo_side"]
            yield Shot(span, depth, blocks, price, first=False)


def _uncropped(photo: Photo, width: int, region: Region, style: Style, book: Fontbook) -> Block:
    """Return a further picture's block with the least crop."""
    caption = set_caption(photo, width, region, style, book)
    return min(photo_blocks(photo, width, caption.rows, style), key=lambda block: (block.crop, block.depth))


LEAST_SHARE: Final = 0.45
"""Pictures narrower than this share of their module are set only where resolution leaves no choice."""

_SMALL_SHARE: Final = 0.66
"""Pictures narrower than this share of their module cost `photo_small`, the more the narrower they are."""


def _closings(
    galley: Galley,
    legs: Legs,
    shot: Shot | None,
    heads: tuple[Head, ...],
    frame: Frame,
    style: Style,
    inset: Inset | None = None,
) -> Iterator[tuple[Variant, int]]:
    """Yield the variants in which the text, with a quote in it or none, closes the legs flush, with their prices."""
    weights = style.weights
    for body, cost in bodies(galley, legs, shot, frame, style, inset):
        for head in heads:
            poor = poor_picture(shot, legs, body + head.depth, style)
            for air in (0, 1):
                yield (
                    variant_of(legs, body, shot, choice_of(head, air), frame, air, inset=inset),
                    cost + head.cost + poor + air * weights["air_line"],
                )


def bodies(
    galley: Galley, legs: Legs, shot: Shot | None, frame: Frame, style: Style, inset: Inset | None = None
) -> Iterator[tuple[int, int]]:
    """Yield (depth of the legs, price) wherever the text closes them flush, whatever head it has."""
    weights = style.weights
    block = (shot.legs * shot.depth if shot else 0) + (inset.depth if inset else 0)
    for total in galley.totals:
        body, rest = divmod(total + block, legs.count)
        if rest or body < LEAST_BODY or (shot and body < shot.depth):
            continue
        rooms = rooms_in(legs.count, body, shot)
        if inset is not None:
            place = _inset_place(inset, rooms, legs, shot)
            if place is None:
                continue
            rooms = broken(rooms, place)
        filled = fill(galley, rooms, weights["widow"], weights["orphan"])
        if filled is None:
            continue
        yield body, closing_cost(filled.cost, body, legs, shot, frame, style)


def closing_cost(filled: int, body: int, legs: Legs, shot: Shot | None, frame: Frame, style: Style) -> int:
    """Return the price of legs `body` lines deep whose filling costs `filled`."""
    weights = style.weights
    cost = filled + leg_cost(legs, frame, style) + (shot.cost if shot else 0)
    under = body - shot.depth if shot else 0
    if shot and 0 < under < LEAST_UNDER_PHOTO and shot.legs != legs.count:
        cost += weights["text_under_photo"]
    leg_depth = under if shot and shot.legs == legs.count else body
    if leg_depth < SHORT_LEG:
        cost += weights["leg_short"] * (SHORT_LEG - leg_depth)
    if leg_depth > LONG_LEG:
        cost += weights["leg_long"]
    return cost


def poor_picture(shot: Shot | None, legs: Legs, depth: int, style: Style) -> int:
    """Return the price of a picture that takes too small a share of a module `depth` lines deep."""
    if shot is None:
        return 0
    share = shot.legs * shot.depth / (legs.count * depth)
    return round(style.weights["photo_share"] * max(0.0, DOMINANT_SHARE - share))


def rooms_in(count: int, body: int, shot: Shot | None) -> tuple[int, ...]:
    """Return the lines each leg has under a picture, which stands at the head of the last legs."""
    if shot is None:
        return (body,) * count
    return (body,) * (count - shot.legs) + (body - shot.depth,) * shot.legs


def _inset_place(inset: Inset, rooms: tuple[int, ...], legs: Legs, shot: Shot | None) -> QuotePlace | None:
    return quote_place(inset, rooms, legs.count - (shot.legs if shot else 0))


def broken(rooms: tuple[int, ...], place: QuotePlace) -> tuple[int, ...]:
    """Return the lines that legs hold, the one with a quote as two stretches: above and below it."""
    below = rooms[place.leg] - place.depth - place.offset
    return (*rooms[: place.leg], place.offset, below, *rooms[place.leg + 1 :])


def rooms_of(variant: Variant) -> tuple[int, ...]:
    """Return the lines that each leg of a variant has under its pictures."""
    made = [variant.body] * variant.legs
    for place in variant.photos:
        for leg in range(place.leg, place.leg + place.legs):
            made[leg] -= place.depth
    return tuple(made)


def capacities(variant: Variant) -> tuple[int, ...]:
    """Return the lines of text that each leg of a variant holds."""
    made = list(rooms_of(variant))
    if variant.quote is not None:
        made[variant.quote.leg] -= variant.quote.depth
    return tuple(made)


class Stretch(NamedTuple):
    """Lines of text that follow each other in a leg: how many, and the grid lines of the legs that stand above."""

    leg: int
    top: int
    lines: int


def stretches(variant: Variant) -> tuple[Stretch, ...]:
    """Return where the text of a variant runs, in reading order: its legs, one with a quote in two stretches."""
    made: list[Stretch] = []
    quote = variant.quote
    for leg, room in enumerate(rooms_of(variant)):
        top = variant.body - room
        if quote is None or quote.leg != leg:
            made.append(Stretch(leg, top, room))
            continue
        made.append(Stretch(leg, top, quote.offset))
        skipped = quote.offset + quote.depth
        made.append(Stretch(leg, top + skipped, room - skipped))
    return tuple(made)


def choice_of(head: Head, air: int = 0) -> HeadChoice:
    """Return a headline as plans name it, `air` blank lines more above it."""
    return HeadChoice(
        role=head.main.role,
        size=head.main.size,
        lines=len(head.main.lines),
        depth=head.depth + air,
        fill=round(head.fill, 4),
    )


def variant_of(
    legs: Legs,
    body: int,
    shot: Shot | None,
    choice: HeadChoice,
    frame: Frame,
    air: int = 0,
    style: ModuleStyle = "over",
    inset: Inset | None = None,
) -> Variant:
    """Return the variant whose legs are `body` lines deep under (or beside) a head."""
    places = []
    offset = 0
    for number, block in enumerate(shot.blocks if shot else ()):
        span = shot.legs if shot else 0
        places.append(
            PhotoPlace(
                photo=number,
                leg=legs.count - span,
                legs=span,
                depth=block.depth,
                height=block.height,
                offset=offset,
            )
        )
        offset += block.depth
    return Variant(
        style="photo" if style == "over" and shot and shot.first else style,
        columns=frame.columns,
        lines=choice.depth + body + 2 * frame.pad_lines + frame.closing,
        legs=legs.count,
        characters=legs.characters,
        body=body,
        head=choice,
        photos=tuple(places),
        quote=_inset_place(inset, rooms_in(legs.count, body, shot), legs, shot) if inset else None,
        air=air,
    )


def head_class(variant: Variant, pad_lines: int) -> tuple[str, int]:
    """Return what the butting-heads rule compares: face and size in half points, ("", 0) where no head is on top."""
    if variant.head is None or variant.head.beside or variant.style in ("photo", "picture") or pad_lines:
        return "", 0
    return variant.head.role, variant.head.size // 500


def keep(
    found: dict[int, dict[tuple[str, int], Candidate]],
    variant: Variant,
    cost: int,
    pad_lines: int = 0,
) -> None:
    """Put a variant among those found unless a cheaper one of its depth and head class is there."""
    head = head_class(variant, pad_lines)
    classes = found.setdefault(variant.lines, {})
    known = classes.get(head)
    if known is None or cost < known.cost:
        classes[head] = Candidate(cost, head, variant)


def _last_resorts(
    found: dict[int, dict[tuple[str, int], Candidate]],
    copy: Copy,
    frame: Frame,
    heads: tuple[Head, ...],
    style: Style,
    book: Fontbook,
) -> None:
    """Add blank lines and overset at prices far above any ordinary module's, so that every page can be made."""
    head = heads[0]
    plain = _plainest(copy, frame, style, book)
    if plain is None:
        return
    legs, shots, galley = plain
    shot = shots[0] if shots else None
    block = shot.legs * shot.depth if shot else 0
    natural = -(-(galley.natural + block) // legs.count)
    for body in range(max(LEAST_BODY, natural * 2 // 3), natural * 3 // 2 + 3):
        depth = head.depth + body + 2 * frame.pad_lines + frame.closing
        made = None if depth in found else resort(body, legs, shot, galley, choice_of(head), frame)
        if made is not None:
            keep(found, made.variant, made.cost)


def _plainest(copy: Copy, frame: Frame, style: Style, book: Fontbook) -> tuple[Legs, list[Shot], Galley] | None:
    """Return the division that costs least, the picture's places in it, cheapest first, and the text at its measure."""
    divisions = sorted(divisions_of(frame, style), key=lambda legs: leg_cost(legs, frame, style))
    if not divisions:
        return None
    legs = divisions[0]
    galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
    return legs, sorted(shots_in(copy, legs, frame, style, book), key=lambda shot: shot.cost), galley


def resort(
    body: int,
    legs: Legs,
    shot: Shot | None,
    galley: Galley,
    choice: HeadChoice,
    frame: Frame,
    style: ModuleStyle = "over",
) -> Candidate | None:
    """Return a last resort whose legs are `body` lines deep, or None where the picture or a line has no room."""
    block = shot.legs * shot.depth if shot else 0
    if body < max(1, shot.depth if shot else 0):
        return None
    weights = galley.copy.style.weights
    spare = body * legs.count - block - galley.natural
    if spare == 0 and fill(galley, rooms_in(legs.count, body, shot), weights["widow"], weights["orphan"]) is None:
        spare = -1  # as many lines as there are, but not where legs turn
    cost = (BLANK_COST + PER_LINE * spare) if spare >= 0 else (OVER_COST - PER_LINE * spare)
    made = replace(variant_of(legs, body, shot, choice, frame, 0, style), blank=max(spare, 0), over=max(-spare, 0))
    return Candidate(cost, head_class(made, frame.pad_lines), made)

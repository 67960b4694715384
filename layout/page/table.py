"""Shape tables: for each story and width, the depths at which it closes exactly, with the way to do it and its price.

A depth is in the table only if the column filler has set the story in it: `fill` is called for every candidate, the
composer calls it again with the same arguments and gets the same setting. The levers, in the order of their price:
number of legs, span and depth of the picture, where the picture and the head stand, size and lines of the headline,
one blank line round the head, lines taken from or added to long paragraphs. Below and above the exact depths stand
last resorts, at prices that no ordinary page pays: blank lines at the story's foot, and lines that do not fit and are
reported.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.page.frame import USUAL
from layout.page.galley import fill, set_galley
from layout.page.legs import divide
from layout.page.quote import insets, quote_place
from layout.page.shots import shots_in
from layout.page.solver.problem import HEADLESS, Candidate
from layout.plan import HeadChoice, PhotoPlace, Variant
from layout.text.headline import band_for, fit_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layout.fontbook import Fontbook
    from layout.model import Story
    from layout.page.copy import Copy
    from layout.page.frame import Frame
    from layout.page.galley import Galley
    from layout.page.legs import Legs
    from layout.page.quote import Inset
    from layout.page.shots import Shot
    from layout.plan import ModuleStyle, QuotePlace
    from layout.style import HeadBand, HeadStyle, Style
    from layout.text.headline import Head

Table = dict[int, tuple[Candidate, ...]]
"""Depth in grid lines, the closing blank line included → candidates, cheapest first."""

Found = dict[int, dict[tuple[tuple[str, int], tuple[str, int]], Candidate]]
"""Depth → head classes at the upper corners → the cheapest candidate."""

OF_A_KIND: Final = (2, 1, 1)
"""Candidates kept for one depth: with heads at both upper corners, with the right one free, with none."""

LEAST_BODY: Final = 3
"""Lines of text that must follow a head (背题 otherwise)."""

LEAST_UNDER_PHOTO: Final = 4
"""Text under a picture is at least so many lines deep, or it costs `text_under_photo`."""

RAISED_LEAST: Final = 0.45
"""A head that does not span its module spans at least this share of it."""

BLANK_COST: Final = 1200
OVER_COST: Final = 6000
PER_LINE: Final = 150
"""Prices of the last resorts: once, and per column line."""

DOMINANT_SHARE: Final = 0.5
"""A picture that takes less than this share of its module costs `photo_share`, where no size is wished for it."""

SHORT_LEG: Final = 5
LONG_LEG: Final = 55
"""Legs outside these depths cost `leg_short` and `leg_long` a leg's worth (typography.md 4.6)."""


class Built(NamedTuple):
    """How a module is put together but for its head: division, picture, and how many legs rise beside the head."""

    legs: Legs
    shot: Shot | None
    raised: int = 0
    inset: Inset | None = None

    @property
    def block(self) -> int:
        """Lines of legs that the picture takes."""
        return self.shot.legs * self.shot.depth if self.shot else 0


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
    found: Found = {}
    fitted: dict[int, tuple[Head, ...]] = {}
    for legs in divisions_of(frame, style):
        galley = set_galley(copy, legs.measure, style.weights["tight"], style.weights["loose"])
        quotes = tuple(insets(story, legs.measure, style, book))
        for built in builds(copy, legs, frame, style, book):
            width, columns = head_room(frame, legs, built.raised)
            heads = fitted.get(width)
            if heads is None:
                heads = fitted[width] = (
                    _heads_beside(copy, width, columns, frame, book, front=front)
                    if built.raised
                    else _heads_over(copy, band, frame, book)
                )
            _close(found, galley, built, heads, frame)
            for inset in quotes if not built.raised else ():
                _close(found, galley, built._replace(inset=inset), heads, frame)
    heads = fitted.get(frame.width) or heads_in(story, frame.width, band, frame, style, book)
    _last_resorts(found, copy, frame, heads, style, book)
    return table_of(found)


def cheapest(tables: Iterable[Table]) -> Table:
    """Return several tables of one story as one: of each depth the cheapest candidates of every kind."""
    found: Found = {}
    for table in tables:
        for depth, one in ((depth, one) for depth, candidates in table.items() for one in candidates):
            right = one.head if one.right is None else one.right
            _put(found, depth, (HEADLESS, HEADLESS) if one.top else (one.head, right), one)
    return table_of(found)


def _put(found: Found, depth: int, key: tuple[tuple[str, int], tuple[str, int]], one: Candidate) -> None:
    """Keep a candidate if it is the cheapest of its depth and head classes."""
    classes = found.setdefault(depth, {})
    known = classes.get(key)
    if known is None or one.cost < known.cost:
        classes[key] = one


def heads_in(story: Story, width: int, band: HeadBand, frame: Frame, style: Style, book: Fontbook) -> tuple[Head, ...]:
    """Return the ways to set a story's headline over `width` mpt of its frame, as far as the frame's levers reach."""
    return fit_heads(story, width, band, style, book, sizes=frame.reach.sizes, above=frame.above)


def _heads_over(copy: Copy, band: HeadBand, frame: Frame, book: Fontbook) -> tuple[Head, ...]:
    """Return the heads that span a frame; the lead's are of its sizes, if the levers do not go farther."""
    heads = heads_in(copy.story, frame.width, band, frame, copy.style, book)
    if copy.story.rank > 1 or frame.reach is not USUAL:
        return heads
    return tuple(head for head in heads if head.main.size >= band.sizes[0])


def _heads_beside(
    copy: Copy, width: int, columns: int, frame: Frame, book: Fontbook, *, front: bool
) -> tuple[Head, ...]:
    """Return the heads that may stand beside rising legs: of their rank's sizes, if the levers do not go farther."""
    story, style = copy.story, copy.style
    choose = band_for if frame.reach is USUAL else head_band
    band = choose(style.heads, story.rank, columns, front=front)
    if band is None:
        return ()
    heads = heads_in(story, width, band, frame, style, book)
    return tuple(head for head in heads if head.main.size >= band.sizes[0] or frame.reach is not USUAL)


def builds(copy: Copy, legs: Legs, frame: Frame, style: Style, book: Fontbook) -> Iterator[Built]:
    """Yield the ways to put a story together in legs: picture and text under the head, or rising beside it."""
    shots = list(shots_in(copy, legs, frame, style, book))
    for shot in shots:
        if shot.place != "beside":
            yield Built(legs, shot)
        elif _may_rise(shot.legs, legs):
            yield Built(legs, shot, shot.legs)
    if not shots:
        yield Built(legs, None)
        if copy.items and _may_rise(1, legs):
            yield Built(legs, None, 1)


def _may_rise(raised: int, legs: Legs) -> bool:
    """Return whether the last legs may rise beside a head that spans the others."""
    return legs.width(legs.count - raised) >= RAISED_LEAST * legs.width(legs.count) if raised < legs.count else False


def head_room(frame: Frame, legs: Legs | None, raised: int) -> tuple[int, int]:
    """Return the width in mpt that a head has beside `raised` legs, and the columns that it stands for."""
    if not raised or legs is None:
        return frame.width, frame.columns
    width = legs.width(legs.count - raised)
    return width, max(1, round(frame.columns * width / frame.width))


def table_of(found: Found) -> Table:
    """Return what was found as a table: of each depth the cheapest candidates of every kind."""
    table: Table = {}
    for depth, classes in sorted(found.items()):
        kept: list[Candidate] = []
        seen = [0] * len(OF_A_KIND)
        for _, one in sorted(classes.items(), key=lambda pair: (pair[1].cost, pair[0])):
            kind = 2 if one.top else (one.head == HEADLESS) + (one.right in {None, HEADLESS})
            if seen[kind] < OF_A_KIND[kind]:
                seen[kind] += 1
                kept.append(one)
        table[depth] = tuple(kept)
    return table


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


def _close(found: Found, galley: Galley, built: Built, heads: tuple[Head, ...], frame: Frame) -> None:
    """Find the depths at which the text closes the legs flush under the heads; the cheapest ways are kept."""
    style = galley.copy.style
    weights = style.weights
    quoted = weights["pull_quote"] if built.inset else 0
    if not built.raised:
        closed = list(bodies(galley, built.legs, built.shot, frame, style, built.inset))
        for head in heads:
            for air in frame.reach.air:
                extra = head.cost + air * air * weights["air_line"] + quoted
                for body, cost in closed:
                    poor = poor_picture(built.shot, built.legs, body + head.depth, frame, style)
                    _offer(found, built, body, choice_of(head, air), frame, air, cost + extra + poor)
        return
    for head in heads:
        for air in frame.reach.air:
            extra = head.cost + air * air * weights["air_line"] + weights["head_raised"]
            for body, cost in bodies(galley, built.legs, built.shot, frame, style, risen=head.depth + air):
                _offer(found, built, body, choice_of(head, air), frame, air, cost + extra)


def _offer(found: Found, built: Built, body: int, choice: HeadChoice, frame: Frame, air: int, cost: int) -> None:
    """Keep a module if it is the cheapest of its depth and head classes; only then is it spelt out."""
    depth = choice.depth + body + 2 * frame.pad_lines + frame.closing
    first = built.shot is not None and built.shot.first
    head = HEADLESS if frame.pad_lines else (choice.role, choice.size // 500)
    right = HEADLESS if built.raised else head
    key = (HEADLESS, HEADLESS) if first else (head, right)
    known = found.setdefault(depth, {}).get(key)
    if known is None or cost < known.cost:
        made = variant_of(built.legs, body, built.shot, choice, frame, air, raised=built.raised, inset=built.inset)
        top = built.shot.depth if first and built.shot else 0
        found[depth][key] = Candidate(cost, head, made, right, top, choice.depth)


def bodies(
    galley: Galley,
    legs: Legs,
    shot: Shot | None,
    frame: Frame,
    style: Style,
    inset: Inset | None = None,
    risen: int = 0,
) -> Iterator[tuple[int, int]]:
    """Yield (depth of the legs, price) wherever the text, with a quote in it or none, closes them flush.

    `risen` are the lines by which the last legs rise beside the head: those of the picture, or else the last one.
    """
    weights = style.weights
    block = (shot.legs * shot.depth if shot else 0) + (inset.depth if inset else 0)
    raised = (shot.legs if shot else 1) if risen else 0
    lead = galley.copy.story.rank == 1 and 2 * frame.columns <= style.grid.columns
    for total in galley.totals:
        body, rest = divmod(total + block - raised * risen, legs.count)
        if rest or body < LEAST_BODY or (shot and body + risen < shot.depth):
            continue
        rooms = rooms_in(legs.count, body, shot, raised, risen)
        if inset is not None:
            place = _inset_place(inset, rooms, legs, shot)
            if place is None:
                continue
            rooms = broken(rooms, place)
        filled = fill(galley, rooms, weights["widow"], weights["orphan"])
        if filled is not None:
            cost = closing_cost(filled.cost, body, legs, shot, frame, style, risen=risen, text=bool(total))
            yield body, cost + lead * weights["lead_narrow"]


def closing_cost(
    filled: int,
    body: int,
    legs: Legs,
    shot: Shot | None,
    frame: Frame,
    style: Style,
    *,
    risen: int = 0,
    text: bool = True,
) -> int:
    """Return the price of legs `body` lines deep whose filling costs `filled`; without `text` none is too short."""
    weights = style.weights
    cost = filled + leg_cost(legs, frame, style) + (shot.cost if shot else 0)
    whole = shot is not None and shot.legs == legs.count
    under = body + risen - shot.depth if shot else 0
    if shot and 0 < under < LEAST_UNDER_PHOTO and not whole:
        cost += weights["text_under_photo"]
    leg_depth = under if whole else body
    if text and leg_depth < SHORT_LEG:
        cost += weights["leg_short"] * (SHORT_LEG - leg_depth)
    if leg_depth > LONG_LEG:
        cost += weights["leg_long"]
    return cost


def poor_picture(shot: Shot | None, legs: Legs, depth: int, frame: Frame, style: Style) -> int:
    """Return the price of a picture for which no size is wished, if its share of `depth` lines of module is small."""
    if shot is None or frame.picture:
        return 0
    share = shot.legs * shot.depth / (legs.count * depth)
    return round(style.weights["photo_share"] * max(0.0, DOMINANT_SHARE - share))


def rooms_in(count: int, body: int, shot: Shot | None, raised: int = 0, risen: int = 0) -> tuple[int, ...]:
    """Return the lines each leg has under a picture at the head of the last legs, `raised` of them `risen` more."""
    made = [body] * count
    for leg in range(count - raised, count):
        made[leg] += risen
    if shot is not None:
        for leg in range(count - shot.legs, count):
            made[leg] -= shot.depth
    return tuple(made)


def _inset_place(inset: Inset, rooms: tuple[int, ...], legs: Legs, shot: Shot | None) -> QuotePlace | None:
    return quote_place(inset, rooms, legs.count - (shot.legs if shot else 0))


def broken(rooms: tuple[int, ...], place: QuotePlace) -> tuple[int, ...]:
    """Return the lines that legs hold, the one with a quote as two stretches: above and below it."""
    below = rooms[place.leg] - place.depth - place.offset
    return (*rooms[: place.leg], place.offset, below, *rooms[place.leg + 1 :])


def rooms_of(variant: Variant) -> tuple[int, ...]:
    """Return the lines that each leg of a variant has under its pictures."""
    made = [variant.body] * variant.legs
    if variant.head is not None:
        for leg in range(variant.legs - variant.raised, variant.legs):
            made[leg] += variant.head.depth
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
    raised: int = 0,
) -> Variant:
    """Return the variant whose legs are `body` lines deep under (or beside) a head, the last `raised` deeper."""
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
        raised=raised,
    )


def head_class(variant: Variant, pad_lines: int) -> tuple[str, int]:
    """Return what the butting-heads rule compares: face and size in half points, ("", 0) where no head is on top."""
    if variant.head is None or variant.head.beside or variant.style in ("photo", "picture") or pad_lines:
        return HEADLESS
    return variant.head.role, variant.head.size // 500


def keep(found: Found, variant: Variant, cost: int, pad_lines: int = 0) -> None:
    """Put a variant among those found unless a cheaper one of its depth and head class is there."""
    head = head_class(variant, pad_lines)
    classes = found.setdefault(variant.lines, {})
    known = classes.get((head, head))
    if known is None or cost < known.cost:
        classes[head, head] = Candidate(cost, head, variant, head)


def _last_resorts(
    found: Found,
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
    return (
        legs,
        sorted(
            (shot for shot in shots_in(copy, legs, frame, style, book) if shot.place != "beside"),
            key=lambda shot: shot.cost,
        ),
        galley,
    )


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
    head = head_class(made, frame.pad_lines)
    return Candidate(cost, head, made, head)

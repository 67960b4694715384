"""Vertical headlines (竖题): columns of type beside their text, as long as it is deep.

A head's length is that of its characters and a blank at each end, a whole em of its own where there is room, half of
one at least (typography.md 4.3). Of the sizes of the band the largest that fits is taken; a head that is still
shorter than its text is spaced out by up to `SPACED_MOST`, then centred. Kicker and deck are smaller columns on
either side of it; the order of all columns runs away from the reader's first one: left to right where the head
stands to the left of its text, right to left where it stands to the right.

Lengths scale linearly with the size: every text is shaped once at `UNIT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.text.justify import prepare
from layout.text.phrases import phrases
from layout.text.shaping import Style as ShapeStyle
from layout.text.splits import UNIT, Measured, Split, measured, split_at, splits
from layout.text.vertical import shape_vertical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import RichText, Story
    from layout.style import Composition, HeadBand, Style
    from layout.text.justify import Material

LINES_MOST: Final = 2
"""Columns of type in a main head, unless its author asks for more."""

BLANK_LEAST: Final = 0.5
BLANK_USUAL: Final = 1.0
"""Blank above and below a head, in em of its own."""

SPACED_MOST: Final = 0.4
"""Most that a head's characters are spaced out, in em; beyond that they stop being one line."""

SPACED: Final = 40
"""The price of such spacing for a whole `SPACED_MOST`."""

BESIDE: Final = 2
"""Columns stand apart by so many times the gap of horizontal lines: else one would read across."""

SMALLER: Final = 0.8
"""Where nothing else fits, heads go below their band by this factor, at `SQUEEZED`."""

SQUEEZED: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One part of a head as columns of type, not yet set.

    `lines` are (start, end) atoms, `lengths` what each takes downwards, `tracking` what is added between two atoms,
    `gap` the distance between two columns, mpt.
    """

    role: str
    size: int
    lines: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]
    gap: int
    tracking: int = 0

    @property
    def width(self) -> int:
        """What the columns take across, mpt."""
        return len(self.lines) * self.size + (len(self.lines) - 1) * self.gap


@dataclass(frozen=True, slots=True, kw_only=True)
class SideHead:
    """A headline that can stand beside its text.

    `width` is what all columns take with the gaps between them, mpt; `fill` the share of the depth that the main
    head fills with its blanks.
    """

    main: Columns
    kicker: Columns | None
    deck: Columns | None
    width: int
    fill: float
    cost: int


def fit_side_heads(
    story: Story, depth: int, room: int, band: HeadBand, style: Style, book: Fontbook
) -> tuple[SideHead, ...]:
    """Return the ways to set a story's head beside text `depth` mpt deep, at most `room` mpt wide; cheapest first.

    None at all where even the smallest size of the band, by `SMALLER` reduced, is too long or too wide.
    """
    unit = _measured(story.headline, band.role, story, book, style.composition.for_display)
    counts = [len(unit.forced) + 1] if unit.forced else range(1, min(LINES_MOST, band.max_lines) + 1)
    splits = [split for count in counts if (split := _best(unit, count)) is not None]
    below = round(SMALLER * band.sizes[0]) // style.heads.step * style.heads.step
    for sizes, extra in ((band.sizes, 0), ((below, band.sizes[0]), SQUEEZED)):
        made = [_head(story, split, depth, room, sizes, band.role, style, book, extra) for split in splits]
        found = sorted((head for head in made if head is not None), key=lambda head: (head.cost, head.width))
        if found:
            return tuple(found)
    return ()


def set_columns(text: RichText, columns: Columns, story: Story, style: Style, book: Fontbook) -> Material:
    """Return the text of columns, shaped at their size; its atoms are those that their lines count."""
    plain = phrases(text.text, story.region, story.names).text
    shaped = shape_vertical(plain, ShapeStyle(columns.role, columns.size, story.region, style.composition.level), book)
    return prepare(shaped, style.composition.for_display)


def _measured(text: RichText, role: str, story: Story, book: Fontbook, rules: Composition) -> Measured:
    return measured(text.text, role, story.region, story.names, book, rules, shape_vertical)


@lru_cache(maxsize=2048)
def _best(unit: Measured, count: int) -> Split | None:
    """Return the best way to break a text into `count` columns, or None: short ones first, then good joints."""
    ways = splits(unit, count, unit.whole)
    return min(ways, default=None, key=lambda way: max(way.widths) * (1000 + 2 * way.price) + _unevenness(way) * UNIT)


def _unevenness(way: Split) -> int:
    return 100 - 100 * min(way.widths) // max(1, *way.widths)


def _head(
    story: Story,
    split: Split,
    depth: int,
    room: int,
    sizes: tuple[int, int],
    role: str,
    style: Style,
    book: Fontbook,
    extra: int,
) -> SideHead | None:
    """Return the head of the largest size that fits, or None."""
    step = style.heads.step
    longest = max(split.widths)
    size = min(sizes[1], UNIT * depth // (longest + round(2 * BLANK_LEAST * UNIT))) // step * step
    while size >= sizes[0]:
        made = _at(story, split, depth, size, role, style, book, extra)
        if made.width <= room:
            return made
        size -= step
    return None


def _at(
    story: Story, split: Split, depth: int, size: int, role: str, style: Style, book: Fontbook, extra: int
) -> SideHead:
    heads, weights = style.heads, style.weights
    natural = tuple(length * size // UNIT for length in split.widths)
    gaps = max(end - start for start, end in split.lines) - 1
    spare = depth - max(natural) - round(2 * BLANK_USUAL * size)
    tracking = min(round(SPACED_MOST * size), spare // gaps) if spare > 0 and gaps else 0
    lengths = tuple(
        length + tracking * (end - start - 1) for length, (start, end) in zip(natural, split.lines, strict=True)
    )
    gap = round(BESIDE * heads.line_gap * size) + tracking
    main = Columns(role=role, size=size, lines=split.lines, lengths=lengths, gap=gap, tracking=tracking)
    kicker = _small(story.kicker, heads.kicker_role, heads.kicker_share, size, depth, story, style, book)
    deck = _small(story.deck, heads.deck_role, heads.deck_share, size, depth, story, style, book)
    width = main.width
    cost = extra + split.price + round(SPACED * tracking / (SPACED_MOST * size))
    for part, air in ((kicker, heads.kicker_gap), (deck, heads.deck_gap)):
        if part is not None:
            width += part.width + air
            cost += SQUEEZED * (part.size < heads.small_least)
    fill = min(1.0, (max(lengths) + 2 * BLANK_USUAL * size) / depth)
    if fill < heads.fill_least:
        cost += round(weights["head_fill"] * (heads.fill_least - fill))
    if min(lengths) < heads.short_line_least * max(lengths):
        cost += round(weights["head_short_line"] * (heads.short_line_least - min(lengths) / max(lengths)))
    return SideHead(main=main, kicker=kicker, deck=deck, width=width, fill=fill, cost=cost)


def _small(
    text: RichText | None,
    role: str,
    share: tuple[float, float],
    main_size: int,
    depth: int,
    story: Story,
    style: Style,
    book: Fontbook,
) -> Columns | None:
    """Return a kicker or deck in the fewest columns at which its size keeps its share, else in the largest type."""
    if not text:
        return None
    heads = style.heads
    unit = _measured(text, role, story, book, style.composition.for_display)
    most, least = (max(round(part * main_size), heads.small_least) // heads.step * heads.step for part in share[::-1])
    chosen, size = split_at(unit, (), 0, 0), 0
    for split in _ways(unit):
        fitting = min(most, UNIT * depth // max(1, *split.widths) // heads.step * heads.step)
        if fitting > size or not size:
            chosen, size = split, max(fitting, heads.step)
        if size >= least:
            break
    return Columns(
        role=role,
        size=size,
        lines=chosen.lines,
        lengths=tuple(length * size // UNIT for length in chosen.widths),
        gap=round(2 * BESIDE * heads.line_gap * size),
    )


def _ways(unit: Measured) -> Iterator[Split]:
    """Yield the ways to set a kicker or deck, fewest columns first; its author's breaks are kept."""
    for count in range(len(unit.forced) + 1, len(unit.forced) + LINES_MOST + 1):
        split = _best(unit, count)
        if split is not None:
            yield split

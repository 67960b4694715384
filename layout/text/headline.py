"""Headlines: size, lines and breaks of main head, kicker and deck.

A main headline is tried in one to `max_lines` lines. Breaks fall at the joints of its phrases; of all ways to break,
the one with the shortest longest line wins (it allows the largest type), weaker joints and ragged shapes priced in.
The size is the largest of the band, in steps of half a point, at which the longest line fills at most
`fill_most` of the width; a line that is still too long is tracked by up to −3 %, then narrowed to 95 %. Kicker and
deck are fitted for themselves at 0.45 to 0.60 of the main size. The whole takes whole grid lines: what rounding
leaves stands above the head, never below (newsroom.md 2).

Widths scale linearly with the size: every text is shaped once at `UNIT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from layout.text.justify import prepare
from layout.text.phrases import phrases
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from layout.fontbook import Fontbook
    from layout.model import Region, Story
    from layout.style import Composition, HeadBand, HeadStyle, Style
    from layout.text.justify import Material

UNIT: Final = 100_000
"""The size (100 pt) at which headlines are measured."""

SPLITS_MOST: Final = 4000
"""No more ways to break one headline are tried; real headlines have tens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText:
    """Lines of display type: material at its real size, (start, end) atoms of each line, tracking and scale.

    `tracking` is mpt added between atoms, `scale` the horizontal scale in per mille, `widths` the lines' widths.
    """

    material: Material
    role: str
    size: int
    lines: tuple[tuple[int, int], ...]
    widths: tuple[int, ...]
    tracking: int = 0
    scale: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A headline ready to stand over its text: its parts, its depth in grid lines, how well it fills.

    `height` is what the parts take in mpt from the top of the kicker (or main head) to the foot of the last part.
    """

    main: SetText
    kicker: SetText | None
    deck: SetText | None
    depth: int
    height: int
    fill: float
    cost: int
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Split:
    lines: tuple[tuple[int, int], ...]
    widths: tuple[int, ...]
    price: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A text shaped at `UNIT` with its joints as atom positions."""

    material: Material
    joints: tuple[tuple[int, int], ...]
    forced: tuple[int, ...]


def band_for(style: HeadStyle, rank: int, columns: int, *, front: bool) -> HeadBand | None:
    """Return the band of sizes for a rank and width: the first that fits, those for this kind of page before others."""
    fits = [
        band
        for band in style.bands
        if rank in band.ranks and band.columns[0] <= columns <= band.columns[1] and band.front in (None, front)
    ]
    exact = [band for band in fits if band.front is not None]
    return (exact or fits or [None])[0]


def fit_heads(  # noqa: PLR0913 - what a headline depends on, each named
    story: Story,
    width: int,
    band: HeadBand,
    style: Style,
    book: Fontbook,
    *,
    sizes: int = 3,
    above: int | None = None,
) -> tuple[Head, ...]:
    """Return the ways to set a story's headline over `width` mpt, best first by cost, one a (line count, depth).

    Args:
        story: whose head, kicker and deck.
        width: of the module, mpt.
        band: sizes and line counts allowed.
        style: the page's style.
        book: the faces.
        sizes: how many steps below the largest fitting size are offered as well.
        above: least blank above the head, mpt; the style's where None (a box has its own padding).
    """
    heads = style.heads
    unit = _unit(story.headline.text, band.role, story.region, story.names, book, style.composition)
    found: dict[tuple[int, int], Head] = {}
    for count in range(1, band.max_lines + 1):
        split = _split(unit, count)
        if split is None:
            continue
        for step in range(sizes):
            head = _head(story, width, band, style, book, unit, split, step, above)
            if head is None:
                continue
            key = (count, head.depth)
            if key not in found or head.cost < found[key].cost:
                found[key] = head
    if not found:
        found[0, 0] = _squeezed_head(story, width, band, style, book, unit, above)
    ordered = sorted(found.values(), key=lambda head: (head.cost, head.depth))
    least = heads.fill_least
    return tuple(head for head in ordered if head.fill >= least * _TOLERABLE) or tuple(ordered[:2])


_TOLERABLE: Final = 0.6
"""Heads filling less than this share of the least fill are offered only when there is nothing else."""


@lru_cache(maxsize=1024)
def _unit(  # noqa: PLR0913 - the key of the cache
    text: str,
    role: str,
    region: Region,
    names: tuple[str, ...],
    book: Fontbook,
    rules: Composition,
) -> _Unit:
    found = phrases(text, region, names)
    shaped = shape(found.text, ShapeStyle(role, UNIT, region, rules.level), book)
    atom_at = {start: index for index, start in enumerate(shaped.starts)}
    joints = tuple((atom_at[offset], price) for offset, price in found.joints if atom_at.get(offset))
    forced = tuple(atom_at[offset] for offset in found.forced if atom_at.get(offset))
    return _Unit(prepare(shaped, rules), joints, forced)


def _split(unit: _Unit, count: int) -> _Split | None:
    """Return the best way to break a headline into `count` lines, or None."""
    n = len(unit.material)
    if count < len(unit.forced) + 1 or not n:
        return None
    free = [(atom, price) for atom, price in unit.joints if atom not in unit.forced]
    need = count - 1 - len(unit.forced)
    if unit.forced and need:
        return None  # the author has said where the lines end
    best: _Split | None = None
    for tried, chosen in enumerate(combinations(free, need)):
        if tried >= SPLITS_MOST:
            break
        cuts = sorted([*unit.forced, *(atom for atom, _ in chosen)])
        ends = [0, *cuts, n]
        lines = tuple(zip(ends, ends[1:], strict=False))
        widths = tuple(unit.material.width(start, end) for start, end in lines)
        longest, shortest = max(widths), min(widths)
        raggedness = 100 * (longest - shortest) // max(1, longest)
        price = sum(price for _, price in chosen)
        total = longest * (1000 + 2 * price + raggedness) // 1000
        if best is None or total < best.price:
            best = _Split(lines, widths, total)
    return best


def _head(  # noqa: PLR0913 - one candidate of `fit_heads`
    story: Story,
    width: int,
    band: HeadBand,
    style: Style,
    book: Fontbook,
    unit: _Unit,
    split: _Split,
    step: int,
    above: int | None,
) -> Head | None:
    heads = style.heads
    longest = max(split.widths)
    most = round(heads.fill_most * width)
    largest = UNIT * most // longest // heads.step * heads.step
    size = min(largest, band.sizes[1]) - step * 2 * heads.step
    tracking, scale = 0, 1000
    if size < band.sizes[0]:
        if step:
            return None
        size = band.sizes[0]
        natural = longest * size // UNIT
        atoms = max(end - start for start, end in split.lines)
        room = round(-heads.tracking_least * size) * max(0, atoms - 1)
        if natural - room <= most:
            tracking = -((natural - most) // max(1, atoms - 1)) - 1 if natural > most else 0
        elif round((natural - room) * heads.scale_least) <= most:
            tracking = round(heads.tracking_least * size)
            scale = max(round(1000 * heads.scale_least), 1000 * most // (natural - room))
        else:
            return None
    widths = tuple(
        (w * size // UNIT + tracking * max(0, end - start - 1)) * scale // 1000
        for w, (start, end) in zip(split.widths, split.lines, strict=True)
    )
    main = _at_size(story.headline.text, band.role, size, story, book, style, split.lines, widths, tracking, scale)
    return _stack(story, width, band, style, book, main, step, above)


def _squeezed_head(
    story: Story,
    width: int,
    band: HeadBand,
    style: Style,
    book: Fontbook,
    unit: _Unit,
    above: int | None,
) -> Head:
    """Return the last resort: the smallest type at which the headline fits in the most lines it can have."""
    splits = [split for count in range(1, band.max_lines + 2) if (split := _split(unit, count))]
    split = min(splits, key=lambda one: max(one.widths))
    most = round(style.heads.fill_most * width)
    size = UNIT * most // max(split.widths) // style.heads.step * style.heads.step
    widths = tuple(w * size // UNIT for w in split.widths)
    main = _at_size(story.headline.text, band.role, size, story, book, style, split.lines, widths, 0, 1000)
    return _stack(story, width, band, style, book, main, 8, above)


def _at_size(  # noqa: PLR0913 - the fields of a set text
    text: str,
    role: str,
    size: int,
    story: Story,
    book: Fontbook,
    style: Style,
    lines: tuple[tuple[int, int], ...],
    widths: tuple[int, ...],
    tracking: int,
    scale: int,
) -> SetText:
    plain = phrases(text, story.region, story.names).text
    shaped = shape(plain, ShapeStyle(role, size, story.region, style.composition.level), book)
    return SetText(
        material=prepare(shaped, style.composition),
        role=role,
        size=size,
        lines=lines,
        widths=widths,
        tracking=tracking,
        scale=scale,
    )


def _stack(  # noqa: PLR0913 - main head with its kicker and deck
    story: Story,
    width: int,
    band: HeadBand,
    style: Style,
    book: Fontbook,
    main: SetText,
    step: int,
    above: int | None,
) -> Head:
    heads = style.heads
    weights = style.weights
    height = len(main.lines) * main.size + (len(main.lines) - 1) * round(heads.line_gap * main.size)
    kicker = deck = None
    if story.kicker:
        kicker = _small(story.kicker.text, heads.kicker_role, heads.kicker_share, main.size, width, 1, story, style, book)
        height += len(kicker.lines) * kicker.size + heads.kicker_gap
    if story.deck:
        deck = _small(story.deck.text, heads.deck_role, heads.deck_share, main.size, width, 2, story, style, book)
        height += deck_height(deck, heads) + heads.deck_gap
    pitch = style.grid.pitch
    clear = heads.above if above is None else above
    depth = -(-(clear + height + heads.below) // pitch)
    if story.logo:
        depth += heads.logo_lines
    fill = max(main.widths) / width
    cost = weights["head_size_step"] * step
    if fill < heads.fill_least:
        cost += round(weights["head_fill"] * (heads.fill_least - fill))
    if len(main.lines) > 1 and min(main.widths) < heads.short_line_least * max(main.widths):
        cost += round(weights["head_short_line"] * (heads.short_line_least - min(main.widths) / max(main.widths)))
    if len(main.lines) > 2:
        cost += weights["head_three_lines"] * (len(main.lines) - 2)
    if main.tracking or main.scale != 1000:
        cost += weights["head_hard_break"] // 6
    if main.size < band.sizes[0]:
        cost += weights["head_hard_break"]
    if not band.slot[0] <= depth <= band.slot[1]:
        cost += weights["head_slot_air"] * (max(band.slot[0] - depth, 0) + max(depth - band.slot[1], 0))
    text = main.material.shaped
    return Head(
        main=main,
        kicker=kicker,
        deck=deck,
        depth=depth,
        height=height,
        fill=fill,
        cost=cost,
        breaks=tuple(text.slice_text(start, end) for start, end in main.lines),
    )


def deck_height(deck: SetText, heads: HeadStyle) -> int:
    """Return the height of a deck's lines in mpt."""
    return len(deck.lines) * deck.size + (len(deck.lines) - 1) * round(2 * heads.line_gap * deck.size)


def _small(  # noqa: PLR0913 - kicker and deck, fitted alike
    text: str,
    role: str,
    share: tuple[float, float],
    main_size: int,
    width: int,
    lines_most: int,
    story: Story,
    style: Style,
    book: Fontbook,
) -> SetText:
    """Return a kicker or deck: the largest size of its share of the main size at which it fits, in the fewest lines."""
    heads = style.heads
    unit = _unit(text, role, story.region, story.names, book, style.composition)
    largest = max(round(share[1] * main_size), heads.small_least) // heads.step * heads.step
    least = max(round(share[0] * main_size), heads.small_least) // heads.step * heads.step
    most = round(heads.fill_most * width)
    for count in range(1, lines_most + 2):
        split = _split(unit, count)
        if split is None:
            continue
        size = min(largest, UNIT * most // max(split.widths) // heads.step * heads.step)
        if size >= least or count > lines_most:
            break
    else:
        split = _split(unit, 1)
        if split is None:  # an empty text has no lines; the reader refuses it
            split = _Split(((0, len(unit.material)),), (unit.material.width(0, len(unit.material)),), 0)
        size = min(largest, UNIT * most // max(1, *split.widths) // heads.step * heads.step)
    widths = tuple(w * size // UNIT for w in split.widths)
    return _at_size(text, role, size, story, book, style, split.lines, widths, 0, 1000)

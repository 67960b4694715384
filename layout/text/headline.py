"""Headlines: size, lines and breaks of main head, kicker and deck.

A main headline is tried in one to `max_lines` lines. Breaks fall at the joints of its phrases, and every joint has a
price; among the ways to break that the width allows, the cheapest in joints, shape and size wins: a good joint is
worth more than a large type. The size is the largest of the band, in steps of half a point, at which the longest
line fills at most `fill_most` of the width; a line too long for the band's least size is tracked by up to −3 %, then
narrowed to 95 %, then set smaller; one too short for its largest is spaced out. Kicker and
deck are fitted for themselves at their shares of the main size. The whole takes whole grid lines: what rounding leaves
stands above the head, never below (newsroom.md 2).

Widths scale linearly with the size: every text is shaped once at `UNIT`, and only the heads that are offered are
shaped at their own size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from layout.text.justify import prepare
from layout.text.phrases import phrases
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape
from layout.text.splits import UNIT, Measured, Split, measured, split_at, splits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.fontbook import Fontbook
    from layout.model import Region, Story
    from layout.style import Composition, HeadBand, HeadStyle, Style
    from layout.text.justify import Material

__all__ = ["UNIT", "Head", "SetText", "band_for", "deck_height", "fit_heads"]

TOLERABLE: Final = 0.54
"""Heads filling less than this share of the width are offered only when there is nothing else."""

STACKED: Final = 0.76
"""Heads of more lines than the best one fill at least this share: short lines on top of each other look lost."""

RAGGED: Final = 12
"""The price of a shortest line of no width beside a full one, in the weights' units; falls with the difference."""

HARD: Final = 45
"""The price of a joint at which a break costs as much as the weights say for a hard one."""

CARRIED: Final = 30
"""The price of a pause left inside a line while a line ends at a lesser joint."""

CAPPED_FILL: Final = (0.76, 0.8)
"""Type at the top of its band may fill less: down to this share of the width every lack counts this share only."""

BELOW_BAND: Final = 30
"""The price of type smaller than its band."""

BELOW_STEP: Final = 5
"""The price of every half point below the band."""

LOST: Final = 0.76
"""Heads that fill less than this share of their width look lost (newsroom.md 8, with a little room)."""

AS_LONG: Final = 4
"""Every further line of a headline is spread as if it were so many characters longer."""

SMALLER: Final = 0.85
"""How far below its least size a text goes before it breaks where it should not."""

STRANDED: Final = 0.4
"""Heads with a line shorter than this share of the longest are offered only if the best head has one as well."""

DOUBTFUL: Final = 15
"""Heads with a joint of a higher price are offered only if the best head has one as well."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A head in numbers, before it is shaped at its size."""

    split: Split
    size: int
    tracking: int
    scale: int
    widths: tuple[int, ...]
    depth: int
    height: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What one headline is fitted to."""

    story: Story
    width: int
    band: HeadBand
    style: Style
    book: Fontbook
    above: int
    rules: Composition

    @property
    def most(self) -> int:
        """The widest that a line may be, mpt."""
        return round(self.style.heads.fill_most * self.width)

    @property
    def tightest(self) -> int:
        """The widest that a line may be before it is tracked and narrowed, mpt."""
        heads = self.style.heads
        return int(self.most / ((1 + heads.tracking_least) * heads.scale_least)) + 1


def band_for(style: HeadStyle, rank: int, columns: int, *, front: bool) -> HeadBand | None:
    """Return the band of sizes for a rank and width: the first that fits, those for this kind of page before others."""
    fits = [
        band
        for band in style.bands
        if rank in band.ranks and band.columns[0] <= columns <= band.columns[1] and band.front in (None, front)
    ]
    exact = [band for band in fits if band.front is not None]
    found = exact or fits
    return found[0] if found else None


def fit_heads(
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
    job = _Job(
        story=story,
        width=width,
        band=band,
        style=style,
        book=book,
        above=_above(band, style.heads) if above is None else above,
        rules=style.composition.for_display,
    )
    unit = measured(story.headline.text, band.role, story.region, story.names, book, job.rules)
    found: dict[tuple[int, int], _Plan] = {}
    for plan in _plans(job, unit, sizes):
        key = (len(plan.split.lines), plan.depth)
        if key not in found or plan.cost < found[key].cost:
            found[key] = plan
    ordered = sorted(found.values(), key=lambda plan: (plan.cost, plan.depth, len(plan.split.lines)))
    return tuple(_head(job, plan) for plan in _offered(job, ordered))


def _above(band: HeadBand, heads: HeadStyle) -> int:
    return heads.above if band.above is None else band.above


def _offered(job: _Job, ordered: list[_Plan]) -> list[_Plan]:
    """Return the plans worth offering: those with breaks about as good as the best one's, in band, not lost."""
    best = ordered[0]
    sound = [plan for plan in ordered if plan.split.worst <= max(best.split.worst, DOUBTFUL)]
    even = [plan for plan in sound if _evenness(plan) >= min(STRANDED, _evenness(best))]
    in_band = [plan for plan in even if plan.size >= min(best.size, job.band.sizes[0])]
    lines = len(best.split.lines)
    filled = [
        plan
        for plan in in_band
        if max(plan.widths) >= job.width * (TOLERABLE if len(plan.split.lines) <= lines else STACKED)
    ]
    return filled or in_band[:2]


def _evenness(plan: _Plan) -> float:
    """Return the shortest line's share of the longest."""
    return min(plan.widths) / max(plan.widths)


def _plans(job: _Job, unit: Measured, sizes: int) -> Iterator[_Plan]:
    """Yield heads of every line count and size; smaller than the band, and at weak joints, only in need."""
    band = job.band
    counts = range(1, max(band.max_lines, len(unit.forced) + 1) + 1)
    reduced = round(SMALLER * band.sizes[0])
    sound = False
    for least, weak in ((band.sizes[0], False), (reduced, False), (reduced, True), (job.style.heads.step, True)):
        for count in counts:
            for split in splits(unit, count, UNIT * job.tightest // least, weak=weak):
                for step in range(sizes):
                    plan = _plan(job, split, step, least)
                    if plan is not None:
                        sound = sound or weak or split.worst < HARD
                        yield plan
        if sound:
            return


def _plan(job: _Job, split: Split, step: int, least: int) -> _Plan | None:
    """Return a split at its size, `step` steps below the largest that fits, or None where it has none."""
    heads, band = job.style.heads, job.band
    natural = UNIT * job.most // max(split.widths) // heads.step * heads.step
    size = min(natural, band.sizes[1]) - step * 2 * heads.step
    tracking, scale = 0, 1000
    if size < band.sizes[0]:
        if step:
            return None
        reach = UNIT * job.tightest // max(split.widths) // heads.step * heads.step + heads.step
        size = min(band.sizes[0], reach)
        while (tight := _tightened(job, split, size)) is None:
            size -= heads.step
            if size < least:
                return None
        tracking, scale = tight
    elif natural > band.sizes[1]:
        tracking = _spread(job, split, size)
    widths = tuple(
        (width * size // UNIT + tracking * (end - start - 1)) * scale // 1000
        for width, (start, end) in zip(split.widths, split.lines, strict=True)
    )
    height, depth = _height(job, len(split.lines), size)
    return _Plan(
        split=split,
        size=size,
        tracking=tracking,
        scale=scale,
        widths=widths,
        depth=depth,
        height=height,
        cost=_cost(
            job, split, widths, size, depth, step, squeezed=tracking < 0 or scale != 1000, spread=max(0, tracking)
        ),
    )


def _spread(job: _Job, split: Split, size: int) -> int:
    """Return the letter-spacing in mpt that brings the largest type of its band nearer to filling its room."""
    heads = job.style.heads
    characters = max(end - start for start, end in split.lines) + AS_LONG * (len(split.lines) - 1)
    most_em = next((most for upto, most in heads.spread if characters <= upto), 0.0)
    wanted = (heads.fill_least + heads.fill_most) / 2 * job.width
    room = min(
        (
            (round(wanted) - width * size // UNIT) // (end - start - 1)
            for width, (start, end) in zip(split.widths, split.lines, strict=True)
            if end - start > 1
        ),
        default=0,
    )
    return max(0, min(room, round(most_em * size)))


def _tightened(job: _Job, split: Split, size: int) -> tuple[int, int] | None:
    """Return the tracking and scale that bring every line into the width at a size, the least that do."""
    heads, most = job.style.heads, job.most
    lines = [
        (width * size // UNIT, end - start - 1) for width, (start, end) in zip(split.widths, split.lines, strict=True)
    ]
    tracking = min(0, *((most - width) // gaps if gaps else 0 for width, gaps in lines))
    least = -round(-heads.tracking_least * size)
    tracking = max(tracking, least)
    longest = max(width + tracking * gaps for width, gaps in lines)
    scale = min(1000, 1000 * most // longest)
    return (tracking, scale) if scale >= round(1000 * heads.scale_least) else None


def _height(job: _Job, lines: int, size: int) -> tuple[int, int]:
    """Return height (mpt) and depth (grid lines) of a main head of `lines` lines with its kicker and deck."""
    heads, story = job.style.heads, job.story
    height = lines * size + (lines - 1) * round(heads.line_gap * size)
    kicker, deck = _smalls(job, size)
    if kicker is not None:
        height += len(kicker.lines) * kicker.size + heads.kicker_gap
    if deck is not None:
        height += deck_height(deck, heads) + heads.deck_gap
    depth = -(-(job.above + height + heads.below) // job.style.grid.pitch)
    return height, depth + (heads.logo_lines if story.logo else 0)


def _cost(
    job: _Job, split: Split, widths: tuple[int, ...], size: int, depth: int, step: int, *, squeezed: bool, spread: int
) -> int:
    heads, weights, band = job.style.heads, job.style.weights, job.band
    cost = weights["head_size_step"] * step
    cost += weights["head_hard_break"] * split.price // HARD + CARRIED * split.carried
    cost += round(weights["head_fill"] * _unfilled(max(widths) / job.width, heads, capped=size == band.sizes[1]))
    cost += weights["head_lost"] * (max(widths) < LOST * job.width)
    if len(widths) > 1:
        share = min(widths) / max(widths)
        cost += round(RAGGED * (1 - share))
        if share < heads.short_line_least:
            cost += round(weights["head_short_line"] * (heads.short_line_least - share))
    cost += weights["head_three_lines"] * max(0, len(widths) - 2)
    cost += round(weights["head_spread"] * spread / size)
    if squeezed:
        cost += weights["head_hard_break"] // 6
    if size < band.sizes[0]:
        cost += BELOW_BAND + BELOW_STEP * (band.sizes[0] - size) // heads.step
    if not band.slot[0] <= depth <= band.slot[1]:
        cost += weights["head_slot_air"] * (max(band.slot[0] - depth, 0) + max(depth - band.slot[1], 0))
    return cost


def _unfilled(fill: float, heads: HeadStyle, *, capped: bool) -> float:
    """Return what a line lacks to the least fill; less of it counts where larger type is not to be had."""
    lacking = max(0.0, heads.fill_least - fill)
    if not capped:
        return lacking
    least, share = CAPPED_FILL
    easy = min(lacking, heads.fill_least - least)
    return easy * share + lacking - easy


def _head(job: _Job, plan: _Plan) -> Head:
    """Return a plan shaped at its size."""
    story = job.story
    main = _set(job, story.headline.text, job.band.role, plan.split.lines, plan.widths, plan.size)
    main = replace(main, tracking=plan.tracking, scale=plan.scale)
    kicker, deck = _smalls(job, plan.size)
    text = main.material.shaped
    return Head(
        main=main,
        kicker=kicker,
        deck=deck,
        depth=plan.depth,
        height=plan.height,
        fill=max(plan.widths) / job.width,
        cost=plan.cost,
        breaks=tuple(text.slice_text(start, end) for start, end in main.lines),
    )


def _set(
    job: _Job,
    text: str,
    role: str,
    lines: tuple[tuple[int, int], ...],
    widths: tuple[int, ...],
    size: int,
) -> SetText:
    story = job.story
    material = _material(text, role, size, story.region, story.names, job.book, job.rules)
    return SetText(material=material, role=role, size=size, lines=lines, widths=widths)


@lru_cache(maxsize=2048)
def _material(
    text: str, role: str, size: int, region: Region, names: tuple[str, ...], book: Fontbook, rules: Composition
) -> Material:
    plain = phrases(text, region, names).text
    return prepare(shape(plain, ShapeStyle(role, size, region, rules.level), book), rules)


# --- kicker and deck -------------------------------------------------------------------------------


def deck_height(deck: SetText, heads: HeadStyle) -> int:
    """Return the height of a deck's lines in mpt."""
    return len(deck.lines) * deck.size + (len(deck.lines) - 1) * round(2 * heads.line_gap * deck.size)


def _smalls(job: _Job, main_size: int) -> tuple[SetText | None, SetText | None]:
    """Return kicker and deck beside a main head of a size."""
    heads, story = job.style.heads, job.story
    kicker = deck = None
    if story.kicker:
        kicker = _small(job, story.kicker.text, heads.kicker_role, heads.kicker_share, main_size, 1)
    if story.deck:
        deck = _small(job, story.deck.text, heads.deck_role, heads.deck_share, main_size, 2)
    return kicker, deck


def _small(job: _Job, text: str, role: str, share: tuple[float, float], main_size: int, lines_most: int) -> SetText:
    """Return a kicker or deck: the largest size of its share of the main size at which it fits, in the fewest lines.

    One line more, and then smaller type, come before a break inside a phrase.
    """
    heads, story = job.style.heads, job.story
    unit = measured(text, role, story.region, story.names, job.book, job.rules)
    least, largest = (max(round(part * main_size), heads.small_least) // heads.step * heads.step for part in share)
    chosen = _small_split(unit, job.most, least, heads.step, lines_most)
    size = min(largest, UNIT * job.most // max(1, *chosen.widths) // heads.step * heads.step)
    widths = tuple(width * size // UNIT for width in chosen.widths)
    return _set(job, text, role, chosen.lines, widths, size)


@lru_cache(maxsize=4096)
def _small_split(unit: Measured, most: int, least: int, step: int, lines_most: int) -> Split:
    """Return how to break a kicker or deck that may not go below `least`, if that can be."""
    counts = range(1, max(lines_most, len(unit.forced)) + 2)
    for floor, weak in ((least, False), (round(SMALLER * least), False), (least, True), (step, True)):
        for count in counts:
            found = splits(unit, count, UNIT * most // floor, weak=weak)
            if found:
                return min(found, key=_small_cost)
    return split_at(unit, (), 0, 0)


def _small_cost(split: Split) -> int:
    ragged = RAGGED - RAGGED * min(split.widths) // max(1, *split.widths)
    return split.price + CARRIED * split.carried + ragged

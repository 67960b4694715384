"""A story set at one measure: for every item the line counts it can have, each with its price and its breaks.

Column filling works on these options: the sum of line counts must be what the legs hold. `fill` is an exact dynamic
programme over items and cumulative lines; it prices widows, orphans and subheads at leg ends, spends looseness where
it hurts least, and either returns a setting that closes the legs flush or None. The shape tables and the composer
both call it: a depth that was promised is a depth that can be set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.page.panel import parts_of
from layout.text.justify import fit as fit_justified
from layout.text.linebreak import Breaking, break_paragraph, ragged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layout.page.copy import Copy, CopyItem
    from layout.page.panel import Panel

LOOSE_UNIT: Final = 150
"""Demerits of the line breaker that make one point of a page's cost: a line opened by 0.1 em costs eight."""

SHORT_TURN_EM: Final = 6
"""A last line shorter than this may not stand alone at the head of a leg."""

STRANDED: Final = 250
"""Price of a single line between a subhead and the foot of its leg."""

TURNING: Final = frozenset(("paragraph", "item"))
"""Kinds of items inside of which a leg may turn line by line."""

FORBIDDEN: Final = 10**9


class Option(NamedTuple):
    """One line count of an item: its price in page cost, its breaking, and whether the tail shares the last line."""

    cost: int
    breaking: Breaking | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GalleyItem:
    """An item of the copy with its options by line count; an insert with its panel at the measure."""

    item: CopyItem
    options: Mapping[int, Option]
    natural: int
    tail: bool = False
    panel: Panel | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Galley:
    """A story at a measure (mpt). `totals` are the reachable line sums with their least price, leg ends ignored."""

    copy: Copy
    measure: int
    items: tuple[GalleyItem, ...]
    totals: Mapping[int, int]
    natural: int


class Filled(NamedTuple):
    """A setting of a galley: its price, the line count of every item, and how often a rule was bent.

    `items` are the galley's, in the order in which they stand: an insert may have moved.
    """

    cost: int
    lines: tuple[int, ...]
    widows: int
    items: tuple[GalleyItem, ...]


@lru_cache(maxsize=512)
def set_galley(copy: Copy, measure: int, tight: int, loose: int) -> Galley:
    """Return a story set at a measure.

    Args:
        copy: the story's shaped items.
        measure: width of a leg, mpt.
        tight: page cost of taking one line from a paragraph.
        loose: page cost of adding one.
    """
    items: list[GalleyItem] = []
    for item in copy.items:
        if item.kind == "tail" and items and items[-1].item.kind == "paragraph":
            tail_width = item.material.width(0, len(item.material))
            items[-1], shared = _share_last_line(items[-1], tail_width, measure)
            options = _tail_options(item, measure, shared=shared)
            items.append(GalleyItem(item=item, options=options, natural=min(options), tail=shared))
            continue
        items.append(_galley_item(item, measure, tight, loose, copy.style.weights["loose_line"]))
    return galley_of(copy, measure, items)


def galley_of(copy: Copy, measure: int, items: Sequence[GalleyItem]) -> Galley:
    """Return items set at a measure as a galley, with the sums of lines that they can make."""
    totals: dict[int, int] = {0: 0}
    for made in items:
        merged: dict[int, int] = {}
        for total, cost in totals.items():
            for count, option in made.options.items():
                whole = total + count
                price = cost + option.cost
                if price < merged.get(whole, FORBIDDEN):
                    merged[whole] = price
        totals = merged
    natural = sum(item.natural for item in items)
    near = {total: cost for total, cost in sorted(totals.items()) if abs(total - natural) <= _REACH}
    return Galley(copy=copy, measure=measure, items=tuple(items), totals=near, natural=natural)


_REACH: Final = 6
"""Line sums farther than this from the natural one are not offered: too much looseness in one story."""


@lru_cache(maxsize=4096)
def _galley_item(item: CopyItem, measure: int, tight: int, loose: int, gap: int) -> GalleyItem:
    if item.matter is not None:
        panel = item.matter.at(measure)
        options = {depth: Option(panel.cost, None) for depth in panel.depths}
        return GalleyItem(item=item, options=options, natural=panel.depth, panel=panel)
    breakings = _break(item, measure)
    if item.kind == "subhead":
        best = min(breakings.values(), key=lambda one: (one.demerits, one.lines))
        lines = max(item.lines, item.lines - 1 + best.lines)
        return GalleyItem(item=item, options={lines: Option(0, best)}, natural=lines)
    natural = min(breakings, key=lambda count: (breakings[count].demerits, count))
    options = {}
    for count, breaking in breakings.items():
        step = count - natural
        if abs(step) > 1:
            continue
        price = min(breaking.demerits // LOOSE_UNIT + _gap_price(item, breaking, measure, gap), _WORST)
        options[count] = Option(price + (loose if step > 0 else tight if step < 0 else 0), breaking)
    # By the demerits themselves, not by their capped price: an overfull line or a lone character is no lever ever.
    most = breakings[natural].demerits + _WORST * LOOSE_UNIT
    kept = {count: option for count, option in options.items() if count == natural or breakings[count].demerits < most}
    return GalleyItem(item=item, options=kept, natural=natural)


def _gap_price(item: CopyItem, breaking: Breaking, measure: int, price: int) -> int:
    """Return what the lines of a breaking cost whose characters stand apart: `price` at `GAP_MOST`, then steeply more.

    The breaker weighs all lines of a paragraph together; a page is judged by its loosest line (newsroom.md 8).
    """
    if item.align != "justify" or item.kind != "paragraph":
        return 0
    material, start, total = item.material, 0, 0.0
    width = measure - item.indent
    for end in breaking.ends[:-1]:
        slack = width - material.width(start, end)
        count = material.han_gaps[end] - material.han_gaps[start + 1]
        if slack > GAP_FREE * material.size * count:
            fitted = fit_justified(material, start, end, width)
            opened = fitted.han / (count * material.size) if count else GAP_NONE
            if opened > GAP_MOST:
                total += 1 + STEEP * (min(opened, GAP_NONE) - GAP_MOST) / GAP_MOST
            elif opened > GAP_FREE:
                total += (opened - GAP_FREE) / (GAP_MOST - GAP_FREE)
        start, width = end, measure
    return round(price * total)


GAP_FREE: Final = 0.06
GAP_MOST: Final = 0.10
"""Openings between Han characters, em: the first good, the second the greatest acceptable (newsroom.md 8)."""

GAP_NONE: Final = 0.25
"""What a line without any gap to open counts as."""

STEEP: Final = 3
"""How many times the price an opening of twice `GAP_MOST` costs more."""

_WORST: Final = 400
"""Options that cost so much more than the natural one are no lever; and no paragraph is priced higher."""


def _break(item: CopyItem, measure: int) -> Mapping[int, Breaking]:
    indent, width = item.indent, measure - item.hang
    return break_paragraph(
        item.material,
        lambda line: width - indent if line == 0 else width,
        fitting=fit_justified if item.align == "justify" else ragged,
    )


def _share_last_line(before: GalleyItem, tail_width: int, measure: int) -> tuple[GalleyItem, bool]:
    """Return the paragraph before a tail with only the options on whose last line the tail fits, if there are any."""
    gap = before.item.text_style.size
    fitting = {
        count: option
        for count, option in before.options.items()
        if option.breaking is not None and option.breaking.last_width + gap + tail_width <= measure
    }
    if before.natural not in fitting:
        return before, False
    return GalleyItem(item=before.item, options=fitting, natural=before.natural), True


def _tail_options(item: CopyItem, measure: int, *, shared: bool) -> dict[int, Option]:
    if shared:
        return {0: Option(0, None)}
    breakings = _break(item, measure)
    count = min(breakings, key=lambda lines: (breakings[lines].demerits, lines))
    return {count: Option(0, breakings[count])}


def fill(galley: Galley, legs: tuple[int, ...], widow: int, orphan: int) -> Filled | None:
    """Return the cheapest setting that fills legs of the given depths exactly, or None.

    Args:
        galley: the story at its measure.
        legs: lines each leg holds, in reading order.
        widow: price of a paragraph's last line alone at the head of a leg.
        orphan: price of a paragraph's first line alone at the foot of a leg.
    """
    if sum(legs) not in galley.totals:
        return None
    for distance, items in orders(galley.items):
        filled = _fill(items, legs, galley.measure, widow, orphan)
        if filled is not None:
            return filled._replace(cost=filled.cost + distance * MOVED)
    return None


def orders(items: tuple[GalleyItem, ...]) -> Iterator[tuple[int, tuple[GalleyItem, ...]]]:
    """Yield the orders in which items may stand, with how far an insert has moved: as written first, then the nearest.

    Of several inserts that may move only the first one does; none stands before the story's first paragraph unless it
    was written there, right under a subhead, inside a list or behind the credit.
    """
    yield 0, items
    place = next((at for at, item in enumerate(items) if item.panel is not None and item.panel.moves), None)
    if place is None:
        return
    moving, others = items[place], (*items[:place], *items[place + 1 :])
    for at in sorted(range(1, len(others) + 1), key=lambda at: (abs(at - place), at)):
        follows, leads = others[at - 1].item.kind, others[at].item.kind if at < len(others) else ""
        if at != place and follows in TURNING and leads not in ("item", "tail", "jump"):
            yield abs(at - place), (*others[:at], moving, *others[at:])


MOVED: Final = 30
"""Price of every paragraph that an insert is moved by."""


def _fill(
    items: tuple[GalleyItem, ...], legs: tuple[int, ...], measure: int, widow: int, orphan: int
) -> Filled | None:
    """Return the cheapest setting of items in the order given; arguments as for `fill`."""
    wanted = sum(legs)
    bounds: list[int] = []
    total = 0
    for depth in legs[:-1]:
        total += depth
        bounds.append(total)
    # state: cumulative lines → (price, widows, counts chosen so far)
    states: dict[int, tuple[int, int, tuple[int, ...]]] = {0: (0, 0, ())}
    least_rest, most_rest = _rests(items)
    for number, item in enumerate(items):
        first_line = orphan
        if number and items[number - 1].item.kind == "subhead":
            first_line = STRANDED
        reached: dict[int, tuple[int, int, tuple[int, ...]]] = {}
        low = wanted - most_rest[number + 1]
        high = wanted - least_rest[number + 1]
        for start, (cost, widows, counts) in states.items():
            for count, option in item.options.items():
                end = start + count
                if not low <= end <= high:
                    continue
                if item.panel is not None and not _divides(item.panel, start, end, bounds):
                    continue
                turns, bent = _turns(item, option, start, end, bounds, measure, widow, first_line)
                if turns >= FORBIDDEN:
                    continue
                price = cost + option.cost + turns
                known = reached.get(end)
                if known is None or (price, (*counts, count)) < (known[0], known[2]):
                    reached[end] = (price, widows + bent, (*counts, count))
        states = reached
    found = states.get(wanted)
    return Filled(found[0], found[2], found[1], items) if found else None


def _rests(items: Sequence[GalleyItem]) -> tuple[list[int], list[int]]:
    least, most = [0], [0]
    for item in reversed(items):
        least.append(least[-1] + min(item.options))
        most.append(most[-1] + max(item.options))
    return least[::-1], most[::-1]


def _turns(
    item: GalleyItem,
    option: Option,
    start: int,
    end: int,
    bounds: list[int],
    measure: int,
    widow: int,
    orphan: int,
) -> tuple[int, int]:
    """Return what an item costs where legs turn, and how many rules it bends."""
    price = bent = 0
    for bound in bounds:
        if bound < start or bound > end:
            continue
        if item.item.kind == "subhead":
            if start < bound <= end:
                return FORBIDDEN, 0
            continue
        if not start < bound < end or item.panel is not None:
            continue
        if item.item.kind not in TURNING:
            return FORBIDDEN, 0
        if bound - start == 1:
            price += orphan
            bent += 1
        if end - bound == 1:
            last = option.breaking.last_width if option.breaking else measure
            if last < SHORT_TURN_EM * item.item.text_style.size:
                price += 2 * widow
            price += widow
            bent += 1
    return price, bent


def _divides(panel: Panel, start: int, end: int, bounds: list[int]) -> bool:
    """Return whether an insert that takes the lines from `start` to `end` can be divided where legs turn in it."""
    marks = [start, *(bound for bound in bounds if start < bound < end), end]
    return parts_of(panel, [below - above for above, below in pairwise(marks)]) is not None


def pour(galley: Galley, room: int) -> Filled:
    """Return the natural setting of a galley that does not close `room` lines: short of them, or beyond them."""
    lines = tuple(item.natural if not item.tail else 0 for item in galley.items)
    return Filled(abs(sum(lines) - room), lines, 0, galley.items)

"""Total-fit line breaking with the number of lines as a second dimension.

Theory of operation (after Knuth and Plass, "Breaking paragraphs into lines", 1981; the second dimension is their
looseness made explicit). A state is (break position, lines so far); its value is the least sum of demerits that
leads there. Widths are additive (prefix sums in `Material`), so a start that is overfull for one end is overfull
for every later end: one moving pointer replaces the list of active breaks. A start is also skipped where the line
would have to open beyond `LOOSEST_EM`; should a paragraph have no solution within that, it is broken again
without the limit, and the lines concerned are priced, never refused: text is not lost.

There is no hyphenation. Single letters: a, b are atom positions, a line holds atoms a to b-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import sub
from typing import TYPE_CHECKING, Final

from layout.text.gaps import NARROW, OPENERS, POINTS
from layout.text.justify import DEMERITS, EXACT, Fit, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.text.justify import Material

    Fitting = Callable[[Material, int, int, int], Fit]

LOOSEST_EM: Final = 0.25
"""No line opens its inter-Han gaps beyond this where another break sequence avoids it."""

SPREAD: Final = 2
"""Line counts up to this many below and above the best one are kept."""

RUNT: Final = 2_000_000
"""Price of a last line of one Han character, or one and a mark (孤字不成行): above any justified line."""

SHORT_LAST: Final = 150
"""Price of a last line shorter than two em."""

PENALTY_UNIT: Final = 3
"""Demerits of one point of break penalty (`classes.PENALTIES`)."""


def ragged(material: Material, start: int, end: int, width: int) -> Fit:
    """Return the price of a line that is not justified: what it leaves empty, squared; nothing opens or squeezes."""
    slack = width - material.width(start, end)
    if slack < 0:
        return fit(material, start, end, width)
    rest = 10 * slack // material.size
    return Fit(rest * rest // 10)


@dataclass(frozen=True, slots=True)
class Breaking:
    """One way to break a paragraph: its demerits, the ends of its lines as atom positions, the last line's width."""

    demerits: int
    ends: tuple[int, ...]
    last_width: int

    @property
    def lines(self) -> int:
        """The number of lines."""
        return len(self.ends)


def break_paragraph(
    material: Material,
    width_of_line: Callable[[int], int],
    spread: int = SPREAD,
    fitting: Fitting = fit,
) -> Mapping[int, Breaking]:
    """Return the best breaking for every reachable line count near the best one.

    Args:
        material: the paragraph.
        width_of_line: width in mpt of the line of a given number, counted from 0.
        spread: how far from the best line count others are kept.
        fitting: prices a line; `fit` for justified lines, `ragged` for lines that keep their natural width.

    Returns:
        {line count: breaking}, at least one; an empty paragraph has none.
    """
    if not len(material):
        return {}
    states = _search(material, width_of_line, fitting, limited=fitting is fit)
    if not states:
        states = _search(material, width_of_line, fitting, limited=False)
    best = min(states, key=lambda count: (states[count].demerits, count))
    return {count: states[count] for count in sorted(states) if abs(count - best) <= spread}


def _search(  # noqa: C901, PLR0912, PLR0915 - the hot loop, kept whole: a call a candidate line would double its time
    material: Material,
    width_of_line: Callable[[int], int],
    fitting: Fitting,
    *,
    limited: bool,
) -> dict[int, Breaking]:
    n = len(material)
    penalties = material.shaped.penalties
    body, natural, edge = material.body, material.natural, material.edge
    shrink, open_, han_gaps = material.shrink, material.open_, material.han_gaps
    loosest = round(LOOSEST_EM * material.size)
    dropped = max(map(sub, material.spare, edge))  # the most that an end may drop of its own body
    states: list[dict[int, tuple[int, int]]] = [{} for _ in range(n + 1)]
    states[0] = {0: (0, -1)}
    widths = [width_of_line(line) for line in range(3)]
    narrowest, widest = min(widths[1:]), max(widths)  # only start 0 begins line 0, and it is always asked
    # Starts of lines that can be reached, in order, each with what a width, the least and the most width of a line
    # from there subtract.
    starts, from_, from_least, from_most = [0], [0], [0], [0]  # no gap lies before the first atom
    oldest, newest = 0, 1
    for b in range(1, n + 1):
        last = b == n
        if last:
            penalty = 0
            newest = len(starts)
        else:
            price_of_break = penalties[b]
            if price_of_break is None:
                continue
            penalty = price_of_break * PENALTY_UNIT
        to = body[b] + natural[b]
        # Starts from which even the widest line is overfull stay so for every later end: the next line begins later.
        least = to - shrink[b] - dropped
        while oldest < len(starts) - 1 and least - from_least[oldest] > widest:
            oldest += 1
        # Likewise from the other side: from `newest` on even the narrowest line is too loose.
        to_edge = to + edge[b]
        most = to_edge + open_[b] + loosest * han_gaps[b]
        if not limited:
            newest = len(starts)
        while newest < len(starts) and most - from_most[newest] >= narrowest:
            newest += 1
        reached = states[b]
        for index in range(oldest, newest):
            a = starts[index]
            width = to_edge - from_[index]
            known_target = price = -1
            for lines, (demerits, _) in states[a].items():
                known = reached.get(lines + 1)
                if known is not None and demerits + penalty >= known[0]:
                    continue
                target = widths[lines]
                if target != known_target:
                    known_target = target
                    if last and width <= target:
                        price = _last_line(material, a, width)
                    elif width == target:
                        price = 0
                    elif limited and target > most - from_most[index]:
                        price = -1
                    else:
                        price = fitting(material, a, b, target).demerits
                        if last:
                            price += _last_line(material, a, width)
                        if limited and price >= DEMERITS.overfull:
                            price = -1
                if price < 0:
                    continue
                total = demerits + price + penalty
                if known is None or total < known[0]:
                    reached[lines + 1] = (total, a)
        if reached and not last:
            starts.append(b)
            start = body[b] + natural[b + 1]
            from_.append(start)
            from_least.append(start - shrink[b + 1])
            from_most.append(start + open_[b + 1] + loosest * han_gaps[b + 1])
            while len(widths) <= max(reached):
                widths.append(width_of_line(len(widths)))
                narrowest, widest = min(narrowest, widths[-1]), max(widest, widths[-1])
    return {count: _trace(material, states, count) for count in states[n]}


def _last_line(material: Material, a: int, width: int) -> int:
    """Return the price of a last line of the atoms from `a` on: set solid, but not too short."""
    shaped = material.shaped
    n = len(material)
    if a and n - a <= _RUNT_ATOMS:
        letters = [i for i in range(a, n) if shaped.classes[i] not in POINTS and shaped.classes[i] not in OPENERS]
        if len(letters) <= 1 and (not letters or shaped.classes[letters[0]] not in NARROW):
            return RUNT
        if len(letters) == 1 and len(shaped.texts[letters[0]]) == 1:
            return RUNT  # one lone digit or letter
    return SHORT_LAST if a and width < 2 * material.size else 0


_RUNT_ATOMS: Final = 5


def _trace(material: Material, states: list[dict[int, tuple[int, int]]], count: int) -> Breaking:
    n = len(material)
    ends: list[int] = []
    position, lines = n, count
    while lines:
        ends.append(position)
        position = states[position][lines][1]
        lines -= 1
    ends.reverse()
    start = ends[-2] if count > 1 else 0
    return Breaking(states[n][count][0], tuple(ends), material.width(start, n))


def line_fit(material: Material, start: int, end: int, width: int, *, last: bool) -> Fit:
    """Return the fit of one line of a breaking: the one the search priced. A last line that is not full is solid."""
    if last and material.width(start, end) <= width:
        return EXACT
    return fit(material, start, end, width)

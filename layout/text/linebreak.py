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
from typing import TYPE_CHECKING, Final

from layout.text.justify import DEMERITS, EXACT, NARROW, OPENERS, POINTS, Fit, fit

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
    widths: list[int] = []
    states: list[dict[int, tuple[int, int]]] = [{} for _ in range(n + 1)]
    states[0] = {0: (0, -1)}
    positions = [0]
    body, natural = material.body, material.natural
    shrink, open_, han_gaps = material.shrink, material.open_, material.han_gaps
    loosest = round(LOOSEST_EM * material.size)
    oldest = 0
    widest = max(width_of_line(line) for line in range(3))
    for b in range(1, n + 1):
        if b < n and penalties[b] is None:
            continue
        penalty = (penalties[b] or 0) * PENALTY_UNIT if b < n else 0
        # Starts from which even the widest line is overfull stay so for every later end.
        while oldest < len(positions) - 1:
            a = positions[oldest]
            least = body[b] - body[a] + natural[b] - natural[a + 1] - shrink[b] + shrink[a + 1]
            if least <= widest:
                break
            oldest += 1
        reached = states[b]
        for index in range(oldest, len(positions)):
            a = positions[index]
            first = a + 1
            width = body[b] - body[a] + natural[b] - natural[first]
            priced: dict[int, int] = {}
            for lines, (demerits, _) in states[a].items():
                while lines >= len(widths):
                    widths.append(width_of_line(len(widths)))
                target = widths[lines]
                widest = max(widest, target)
                price = priced.get(target)
                if price is None:
                    if b == n and width <= target:
                        price = _last_line(material, a, width)
                    elif width == target:
                        price = 0
                    else:
                        slack = target - width
                        if limited and slack > 0:
                            if slack > open_[b] - open_[first] + loosest * (han_gaps[b] - han_gaps[first]):
                                priced[target] = -1
                                continue
                        price = fitting(material, a, b, target).demerits
                        if b == n:
                            price += _last_line(material, a, width)
                        if limited and price >= DEMERITS.overfull:
                            price = -1
                    priced[target] = price
                if price < 0:
                    continue
                total = demerits + price + penalty
                known = reached.get(lines + 1)
                if known is None or total < known[0]:
                    reached[lines + 1] = (total, a)
        if reached:
            positions.append(b)
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

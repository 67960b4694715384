"""Total-fit line breaking with the number of lines as a second dimension.

Theory of operation (after Knuth and Plass, "Breaking paragraphs into lines", 1981; the second dimension is their
looseness made explicit). A state is (break position, lines so far); its value is the least sum of demerits that
leads there. Widths are additive (prefix sums in `Material`), so a start that is overfull for one end is overfull
for every later end: one moving pointer replaces the list of active breaks. A start is also skipped where the line
would have to open beyond `LOOSEST_EM`; should a paragraph have no solution within that, it is broken again
without the limit, and the lines concerned are priced, never refused: text is not lost.

Neighbouring lines should be alike in the blanks of their marks. That price belongs to pairs of lines, and to carry it
through the search would multiply the states. Only the plain optimum, which a page takes where it need not win a line,
is worth it; and the search has already found, for every state, what the way there costs at least. So the ways that
can be the optimum are walked from the paragraph's end backwards: those that exceed the best sum of demerits by no
more than the unevenness of the best way known. They are few.

There is no hyphenation. Single letters: a, b are atom positions, a line holds atoms a to b-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import sub
from typing import TYPE_CHECKING, Final

from layout.text.gaps import NARROW, OPENERS, POINTS
from layout.text.justify import DEMERITS, EXACT, LOOSEST_EM, STEPS, Fit, fit, tightness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from layout.text.justify import Material

    Fitting = Callable[[Material, int, int, int], Fit]

SPREAD: Final = 2
"""Line counts up to this many below and above the best one are kept."""

RUNT: Final = 2_000_000
"""Price of a last line of one Han character, or one and a mark (孤字不成行): above any justified line."""

SHORT_LAST: Final = 400
"""Price of a last line shorter than two em."""

PENALTY_UNIT: Final = 1
"""Demerits of one point of break penalty (`classes.PENALTIES`)."""

UNEVEN: Final = 100
"""Price of two neighbouring lines of which one gives all the blanks of its marks and the other none."""


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

    The plain optimum is the best of all in the sum of demerits and of what neighbouring lines differ in; other line
    counts have the least sum of demerits, to which their own unevenness is added.

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
    found = _search(material, width_of_line, fitting, limited=fitting is fit)
    if not found.states[-1]:
        found = _search(material, width_of_line, fitting, limited=False)
    if fitting is not fit:
        made = {count: _breaking(found, count) for count in found.states[-1]}
        best = min(made, key=lambda count: (made[count].demerits, count))
    else:
        plain = _plain(found)
        best = plain.lines
        near = (count for count in found.states[-1] if abs(count - best) <= spread)
        made = {count: plain if count == best else _with_unevenness(found, _breaking(found, count)) for count in near}
    return {count: made[count] for count in sorted(made) if abs(count - best) <= spread}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search has found: by position and count of lines, the least demerits and the start of the last line."""

    material: Material
    widths: list[int]
    limited: bool
    states: list[dict[int, tuple[int, int]]]


def _search(  # noqa: C901, PLR0912, PLR0915 - the hot loop, kept whole: a call a candidate line would double its time
    material: Material,
    width_of_line: Callable[[int], int],
    fitting: Fitting,
    *,
    limited: bool,
) -> _Found:
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
    return _Found(material, widths, limited, states)


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


def _breaking(found: _Found, count: int) -> Breaking:
    """Return the breaking into `count` lines that has the least demerits."""
    ends: list[int] = []
    position, lines = len(found.material), count
    while lines:
        ends.append(position)
        position = found.states[position][lines][1]
        lines -= 1
    return _made(found, found.states[-1][count][0], ends[::-1])


def _made(found: _Found, demerits: int, ends: list[int]) -> Breaking:
    start = ends[-2] if len(ends) > 1 else 0
    return Breaking(demerits, tuple(ends), found.material.width(start, ends[-1]))


# --- evenness ------------------------------------------------------------------------------------------------------


def _with_unevenness(found: _Found, breaking: Breaking) -> Breaking:
    return Breaking(breaking.demerits + _unevenness(found, breaking), breaking.ends, breaking.last_width)


def _unevenness(found: _Found, breaking: Breaking) -> int:
    """Return what the neighbouring lines of a breaking cost by their difference in tightness; the last is solid."""
    total = 0
    before = None
    for line, (start, end) in enumerate(pairwise((0, *breaking.ends[:-1]))):
        fitted = fit(found.material, start, end, found.widths[line])
        here = tightness(found.material, start, end, fitted)
        total += _step(before, here)
        before = here
    return total


def _step(one: int | None, other: int | None) -> int:
    """Return the price of two neighbouring lines by their classes of tightness; a line without marks has none."""
    return 0 if one is None or other is None else UNEVEN * abs(one - other) // STEPS


def _plain(found: _Found) -> Breaking:
    """Return the breaking with the least sum of demerits and unevenness.

    The ways are walked from the end backwards, latest position first. A way so far is known by its position, its
    count of lines up to there and the class of the line behind; of those that agree in these the cheapest is kept.
    What a way has spent is what it exceeds the least demerits by, and the unevenness of its lines: when that exceeds
    what the best whole way has spent, it leads nowhere.
    """
    n = len(found.material)
    least, count = min((demerits, count) for count, (demerits, _) in found.states[n].items())
    best = _with_unevenness(found, _breaking(found, count))
    budget = best.demerits - least
    if not budget:
        return best
    ways: list[dict[tuple[int, int | None], tuple[int, tuple[int, ...]]]] = [{} for _ in range(n + 1)]
    excess = {count: demerits - least for count, (demerits, _) in found.states[n].items()}
    ways[n] = {(count, None): (spent, (n,)) for count, spent in excess.items() if spent < budget}
    for b in range(n, 0, -1):
        for (lines, behind), (spent, ends) in sorted(ways[b].items(), key=lambda way: way[1]):
            for a, more, here in _lines_to(found, b, lines, budget - spent):
                total = spent + more + _step(here, behind)
                if total >= budget:
                    continue
                if a == 0:
                    budget, best = total, _made(found, least + total, list(ends))
                    continue
                key = (lines - 1, here)
                if key not in ways[a] or total < ways[a][key][0]:
                    ways[a][key] = (total, (a, *ends))
    return best


def _lines_to(found: _Found, b: int, lines: int, budget: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield the starts of lines that may end at `b` as number `lines`, each with its excess and its tightness.

    The excess is what the way through this line costs more than the cheapest way to `b`; it is at most `budget`.
    """
    material, width = found.material, found.widths[lines - 1]
    n = len(material)
    penalty = 0 if b == n else (material.shaped.penalties[b] or 0) * PENALTY_UNIT
    known = found.states[b][lines][0] - penalty
    loosest = round(LOOSEST_EM * material.size)
    for a in range(b - 1, -1, -1):
        way = found.states[a].get(lines - 1)
        if way is None or way[0] - known > budget:
            continue
        natural = material.width(a, b)
        if natural - (material.shrink[b] - material.shrink[a + 1]) - material.spare[b] > width:
            break
        slack = width - natural
        open_ = material.open_[b] - material.open_[a + 1]
        if found.limited and b < n and slack > open_ + loosest * (material.han_gaps[b] - material.han_gaps[a + 1]):
            continue
        fitted = line_fit(material, a, b, width, last=b == n)
        price = fitted.demerits + (_last_line(material, a, natural) if b == n else 0)
        if way[0] + price - known <= budget:
            yield a, way[0] + price - known, None if b == n else tightness(material, a, b, fitted)


# --- setting -------------------------------------------------------------------------------------------------------


def line_fit(material: Material, start: int, end: int, width: int, *, last: bool) -> Fit:
    """Return the fit of one line of a breaking: the one the search priced. A last line that is not full is solid."""
    if last and material.width(start, end) <= width:
        return EXACT
    return fit(material, start, end, width)

"""What a line may give and take: the gaps between atoms, by priority class.

Between two atoms lies a gap: blanks of the marks on both sides, typed spaces, the small distance between Han and
Latin. Each gap has a natural width, and amounts by which it may shrink or open in one of a few classes. A line is
fitted by running the classes in order, each to its limit before the next (CLReq "adjustment of lines": squeeze in
before spreading out); every class is a prefix sum, so that the sums of any line cost a subtraction.

Order of squeezing: word spaces, then the half em after 。？！ within the line. (A mark at a line end loses its blank
by itself; brackets and commas of the elastic style have none to lose.)
Order of opening: word spaces, Han–Latin gaps, blanks of marks (elastic kaiming), then all gaps between full-width
characters by the same amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.punctuation import CharClass

if TYPE_CHECKING:
    from layout.style import Composition
    from layout.text.shaping import Shaped

OPENERS: Final = frozenset({CharClass.OPEN})
CLOSERS: Final = frozenset({CharClass.CLOSE})
STOPS: Final = frozenset({CharClass.STOP})
COMMAS: Final = frozenset({CharClass.COMMA})
NARROW: Final = frozenset({CharClass.LATIN, CharClass.DIGIT, CharClass.PREFIX, CharClass.POSTFIX, CharClass.OTHER})
RIGID_BESIDE: Final = frozenset({CharClass.SOLIDUS, CharClass.CONNECTOR})
POINTS: Final = CLOSERS | COMMAS | STOPS
"""Marks that follow what they belong to: nothing opens before them but the last resort."""


class Demerits(NamedTuple):
    """Prices of what a line does to its gaps; integers, 1000 = an inter-Han gap of 0.1 em on the whole line."""

    han_gap: int = 1000
    punctuation: int = 60
    latin_gap: int = 40
    word_space: int = 60
    squeeze: int = 300
    overfull: int = 5_000_000
    no_gap: int = 200_000


DEMERITS: Final = Demerits()
HAN_GAP_UNIT_EM: Final = 0.1
"""The inter-Han opening at which `Demerits.han_gap` falls due; the price grows with its cube."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A shaped text ready to be broken: prefix sums over atoms and gaps.

    Index i of every tuple sums what lies before atom i; a line of atoms a to b (b excluded) holds the bodies from a
    to b and the gaps from a+1 to b-1, the gap of index i being the one before atom i.
    """

    shaped: Shaped
    body: tuple[int, ...]
    natural: tuple[int, ...]
    word_shrink: tuple[int, ...]
    stop_shrink: tuple[int, ...]
    word_open: tuple[int, ...]
    latin_open: tuple[int, ...]
    mark_open: tuple[int, ...]
    han_gaps: tuple[int, ...]
    gaps: tuple[Gap, ...]
    size: int

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.gaps)

    def width(self, start: int, end: int) -> int:
        """Return the natural width in mpt of a line of atoms `start` to `end`, edge blanks dropped."""
        return self.body[end] - self.body[start] + self.natural[end] - self.natural[start + 1] if end > start else 0


class Gap(NamedTuple):
    """The gap before an atom: natural width, and what each class may take or give, in mpt; `han` 0 or 1 counts it.

    `before` is the part of the natural width and of `mark_open` that belongs to the atom before (its right blank).
    """

    natural: int
    word_shrink: int
    stop_shrink: int
    word_open: int
    latin_open: int
    mark_open: int
    han: int


NO_GAP: Final = Gap(0, 0, 0, 0, 0, 0, 0)


def prepare(shaped: Shaped, rules: Composition) -> Material:
    """Return the material of a shaped text under a style's rules of composition."""
    gaps = tuple(
        NO_GAP if index == 0 else _gap(shaped, index, rules) for index in range(len(shaped))
    )
    return Material(
        shaped=shaped,
        body=_sums(shaped.body),
        natural=_sums(gap.natural for gap in gaps),
        word_shrink=_sums(gap.word_shrink for gap in gaps),
        stop_shrink=_sums(gap.stop_shrink for gap in gaps),
        word_open=_sums(gap.word_open for gap in gaps),
        latin_open=_sums(gap.latin_open for gap in gaps),
        mark_open=_sums(gap.mark_open for gap in gaps),
        han_gaps=_sums(gap.han for gap in gaps),
        gaps=gaps,
        size=shaped.size,
    )


def _sums(values: object) -> tuple[int, ...]:
    total = 0
    made = [0]
    for value in values:  # type: ignore[attr-defined]
        total += value
        made.append(total)
    return tuple(made)


def _gap(shaped: Shaped, index: int, rules: Composition) -> Gap:
    """Return the gap between atoms `index` - 1 and `index`."""
    size = shaped.size
    before, after = shaped.classes[index - 1], shaped.classes[index]
    space = shaped.spaces[index]
    han_before, han_after = shaped.han[index - 1], shaped.han[index]
    if space.wide:
        return Gap(space.wide * size, 0, 0, 0, 0, 0, 0)
    if han_before and han_after:
        if space.word:
            return Gap(round(rules.typed_space_em * size), 0, 0, 0, 0, 0, 1)
        return _han_gap(shaped, index, before, after, rules)
    if han_before != han_after:
        return _mixed_gap(shaped, index, rules)
    if space.word:
        natural = round(rules.word_space_em * size)
        return Gap(
            natural,
            natural - round(rules.word_space_least_em * size),
            0,
            round(rules.word_space_most_em * size) - natural,
            0,
            0,
            0,
        )
    return NO_GAP


def _han_gap(shaped: Shaped, index: int, before: CharClass, after: CharClass, rules: Composition) -> Gap:
    """Return the gap between two full-width characters: the pair matrix (JLReq 3.1.4, CLReq 3.1.6.3)."""
    blank = shaped.right[index - 1] + shaped.left[index]
    fixed = rules.punctuation
    joined = shaped.penalties[index] is None and before == after and before in _PAIRED
    if joined:
        return NO_GAP
    stretch = 0 if before in OPENERS or after in CLOSERS or before in RIGID_BESIDE or after in RIGID_BESIDE else 1
    if not blank:
        return Gap(0, 0, 0, 0, 0, 0, stretch)
    if before in OPENERS or (before in POINTS and after in POINTS):
        return Gap(0, 0, 0, 0, 0, 0, 0)
    if fixed == "full":
        return Gap(min(blank, shaped.size // 2), 0, 0, 0, 0, 0, stretch)
    if before in STOPS and shaped.right[index - 1]:
        natural = shaped.right[index - 1] if fixed != "half" else 0
        return Gap(natural, 0, natural, 0, 0, 0, stretch)
    opening = min(blank, round(rules.comma_open_em * shaped.size)) if fixed == "elastic" else 0
    return Gap(0, 0, 0, 0, 0, opening, stretch)


_PAIRED: Final = frozenset({CharClass.DASH2, CharClass.ELLIPSIS2})


def _mixed_gap(shaped: Shaped, index: int, rules: Composition) -> Gap:
    """Return the gap between a full-width character and Latin or digits."""
    size = shaped.size
    before, after = shaped.classes[index - 1], shaped.classes[index]
    blank = shaped.right[index - 1] + shaped.left[index]
    marks = OPENERS | POINTS | RIGID_BESIDE | _PAIRED | {CharClass.MIDDLE, CharClass.POSTFIX}
    if before in marks or after in marks:
        if before in STOPS and blank:
            return Gap(blank, 0, blank, 0, 0, 0, 1)
        if blank and (before in POINTS or after in OPENERS) and rules.punctuation == "elastic":
            return Gap(0, 0, 0, 0, 0, min(blank, round(rules.comma_open_em * size)), 0)
        return NO_GAP
    natural = round(rules.han_latin_em * size)
    forbidden = shaped.penalties[index] is None
    if forbidden:
        return Gap(natural, 0, 0, 0, 0, 0, 0)
    return Gap(natural, 0, 0, 0, round(rules.han_latin_most_em * size) - natural, 0, 1)


class Fit(NamedTuple):
    """How a line is brought to its width: demerits, and what share (0 to 1) or amount each class gives.

    Shares are exact fractions as (numerator, denominator) pairs are not needed: amounts are laid out again from
    these numbers by `setting`, which spreads rounding over the line.
    """

    demerits: int
    word: int
    stop: int
    latin: int
    mark: int
    han: int


def fit(material: Material, start: int, end: int, width: int) -> Fit:
    """Return how the line of atoms `start` to `end` is brought to `width` mpt: amounts per class, and the price.

    `word` and `stop` are negative when squeezed. What cannot be brought to the width is priced as overfull; a line
    without any gap to open keeps its slack and is priced by `Demerits.no_gap`.
    """
    slack = width - material.width(start, end)
    if slack == 0:
        return EXACT
    first = start + 1
    if slack < 0:
        return _squeezed(material, first, end, -slack)
    size = material.size
    word = min(slack, material.word_open[end] - material.word_open[first])
    rest = slack - word
    latin = min(rest, material.latin_open[end] - material.latin_open[first])
    rest -= latin
    mark = min(rest, material.mark_open[end] - material.mark_open[first])
    rest -= mark
    demerits = (
        DEMERITS.word_space * word + DEMERITS.latin_gap * latin + DEMERITS.punctuation * mark
    ) // size
    if rest:
        count = material.han_gaps[end] - material.han_gaps[first]
        if not count:
            return Fit(demerits + DEMERITS.no_gap + DEMERITS.han_gap * rest // size, word, 0, latin, mark, 0)
        # price = han_gap · (e / 0.1 em)³, in integers
        gap = 10_000 * rest // (count * size)
        demerits += DEMERITS.han_gap * gap * gap * gap // 1_000_000_000
    return Fit(demerits, word, 0, latin, mark, rest)


def _squeezed(material: Material, first: int, end: int, need: int) -> Fit:
    word_most = material.word_shrink[end] - material.word_shrink[first]
    word = min(need, word_most)
    rest = need - word
    stop_most = material.stop_shrink[end] - material.stop_shrink[first]
    stop = min(rest, stop_most)
    over = rest - stop
    share = 1000 * (word + stop) // max(1, word_most + stop_most)
    demerits = DEMERITS.squeeze * share * share * share // 1_000_000_000 + share // 20
    if over:
        demerits += DEMERITS.overfull + DEMERITS.han_gap * over // material.size
    return Fit(demerits, -word, -stop, 0, 0, 0)


EXACT: Final = Fit(0, 0, 0, 0, 0, 0)

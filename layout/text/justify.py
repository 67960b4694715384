"""What a line may give and take: the gaps between atoms, by priority class.

Between two atoms lies a gap: blanks of the marks on both sides, typed spaces, the small distance between Han and
Latin. Each gap has a natural width, and amounts by which it may shrink or open in one of a few classes. A line is
fitted by running the classes in order, each to its limit before the next (CLReq "adjustment of lines": squeeze in
before spreading out); every class is a prefix sum, so that the sums of any line cost a subtraction.

Order of squeezing: word spaces; blanks of commas down to a quarter em; the rest of them; the half em after 。？！.
(A mark at a line end loses its blank by itself.) Order of opening: word spaces, Han–Latin gaps, blanks of brackets
and quotes, then all gaps between full-width characters by the same amount.

The default style, *elastic kaiming*, sets brackets and quotes tight (half an em, as kaiming does) and gives commas
their full em, from which lines take up to a quarter em freely and the second quarter only in need. Commas that are
half an em by nature and open to a quarter (the other way to be elastic) leave half an em of odd width in every line
with one comma: on the seed page at 11 characters that made the mean inter-Han gap .022 em; this makes it a third of
that, with blanks that differ less from line to line (`tests/bench/composition.py` prints both).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.punctuation import CharClass

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Prices of what a line does to its gaps; integers, 1000 = an inter-Han gap of 0.1 em on the whole line.

    `comma`, `comma_hard`, `mark`, `latin` and `word` are for one em given or taken, `stop` for all the line has.
    """

    han_gap: int = 1000
    han_any: int = 400
    word: int = 60
    latin: int = 20
    mark: int = 20
    comma: int = 20
    comma_hard: int = 100
    stop: int = 120
    overfull: int = 5_000_000
    no_gap: int = 200_000


DEMERITS: Final = Demerits()
HAN_GAP_UNIT_EM: Final = 0.1
"""The inter-Han opening at which `Demerits.han_gap` falls due; the price grows with its cube."""


class Gap(NamedTuple):
    """The gap before an atom: natural width, and what each class may take or give, in mpt; `han` 0 or 1 counts it."""

    natural: int = 0
    word_shrink: int = 0
    comma_shrink: int = 0
    comma_hard_shrink: int = 0
    stop_shrink: int = 0
    word_open: int = 0
    latin_open: int = 0
    mark_open: int = 0
    han: int = 0


NO_GAP: Final = Gap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A shaped text ready to be broken: prefix sums over atoms and gaps.

    Index i of every tuple sums what lies before atom i; a line of atoms a to b (b excluded) holds the bodies from a
    to b and the gaps from a+1 to b-1, the gap of index i being the one before atom i. `shrink` and `open_` sum all
    classes that squeeze, and all that open but the last.
    """

    shaped: Shaped
    body: tuple[int, ...]
    natural: tuple[int, ...]
    word_shrink: tuple[int, ...]
    comma_shrink: tuple[int, ...]
    comma_hard_shrink: tuple[int, ...]
    stop_shrink: tuple[int, ...]
    shrink: tuple[int, ...]
    word_open: tuple[int, ...]
    latin_open: tuple[int, ...]
    mark_open: tuple[int, ...]
    open_: tuple[int, ...]
    han_gaps: tuple[int, ...]
    size: int

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.body) - 1

    def width(self, start: int, end: int) -> int:
        """Return the natural width in mpt of a line of atoms `start` to `end`, edge blanks dropped."""
        return self.body[end] - self.body[start] + self.natural[end] - self.natural[start + 1] if end > start else 0


def prepare(shaped: Shaped, rules: Composition) -> Material:
    """Return the material of a shaped text under a style's rules of composition."""
    gaps = [NO_GAP, *(_gap(shaped, index, rules) for index in range(1, len(shaped)))]
    columns = [_sums(column) for column in zip(*gaps, strict=True)] if len(shaped) else [(0,)] * len(Gap._fields)
    made = dict(zip(Gap._fields, columns, strict=True))
    han = made.pop("han")
    squeezing = (made["word_shrink"], made["comma_shrink"], made["comma_hard_shrink"], made["stop_shrink"])
    opening = (made["word_open"], made["latin_open"], made["mark_open"])
    return Material(
        shaped=shaped,
        body=_sums(shaped.body),
        shrink=tuple(map(sum, zip(*squeezing, strict=True))),
        open_=tuple(map(sum, zip(*opening, strict=True))),
        han_gaps=han,
        size=shaped.size,
        **made,
    )


def _sums(values: Iterable[int]) -> tuple[int, ...]:
    return (0, *accumulate(values))


def _gap(shaped: Shaped, index: int, rules: Composition) -> Gap:
    """Return the gap between atoms `index` - 1 and `index`."""
    size = shaped.size
    space = shaped.spaces[index]
    han_before, han_after = shaped.han[index - 1], shaped.han[index]
    if space.wide:
        return Gap(natural=space.wide * size)
    if han_before and han_after:
        if space.word:
            return Gap(natural=round(rules.typed_space_em * size), han=1)
        return _han_gap(shaped, index, rules)
    if han_before != han_after:
        return _mixed_gap(shaped, index, rules)
    if space.word:
        natural = round(rules.word_space_em * size)
        return Gap(
            natural=natural,
            word_shrink=natural - round(rules.word_space_least_em * size),
            word_open=round(rules.word_space_most_em * size) - natural,
        )
    return NO_GAP


def _han_gap(shaped: Shaped, index: int, rules: Composition) -> Gap:
    """Return the gap between two full-width characters: the pair matrix (JLReq 3.1.4, CLReq 3.1.6.3)."""
    before, after = shaped.classes[index - 1], shaped.classes[index]
    if shaped.penalties[index] is None and before == after and before in _PAIRED:
        return NO_GAP
    han = 0 if before in RIGID_BESIDE or after in RIGID_BESIDE else 1
    blank = shaped.right[index - 1] + shaped.left[index]
    if not blank or before in OPENERS or (before in POINTS and after in POINTS):
        return Gap(han=han)
    return _blank(before, blank, han, shaped.size, rules)


def _blank(before: CharClass, blank: int, han: int, size: int, rules: Composition) -> Gap:
    """Return the blank after a mark, or before an opening one, as the style of punctuation has it."""
    half = min(blank, size // 2)
    kind = rules.punctuation
    if before in STOPS:
        return Gap(han=han) if kind == "half" else Gap(natural=half, stop_shrink=half, han=han)
    if kind in ("full", "line-end-half"):
        return Gap(natural=half, comma_shrink=half // 2, comma_hard_shrink=half - half // 2, han=han)
    if kind != "elastic":
        return Gap(han=han)
    if before in COMMAS:
        easy = min(half, round(rules.comma_give_em * size))
        return Gap(natural=half, comma_shrink=easy, comma_hard_shrink=half - easy, han=han)
    return Gap(mark_open=half, han=han)


_PAIRED: Final = frozenset({CharClass.DASH2, CharClass.ELLIPSIS2})
_BARE: Final = OPENERS | POINTS | RIGID_BESIDE | _PAIRED | {CharClass.MIDDLE, CharClass.POSTFIX}
"""Classes with no gap towards Latin but their own blank (CLReq 3.2.2: none next to full-width marks)."""


def _mixed_gap(shaped: Shaped, index: int, rules: Composition) -> Gap:
    """Return the gap between a full-width character and Latin or digits."""
    size = shaped.size
    before, after = shaped.classes[index - 1], shaped.classes[index]
    if before in _BARE or after in _BARE:
        blank = shaped.right[index - 1] + shaped.left[index]
        if blank and (before in POINTS or after in OPENERS):
            return _blank(before, blank, 0, size, rules)
        return NO_GAP
    natural = round(rules.han_latin_em * size)
    if shaped.penalties[index] is None:
        return Gap(natural=natural)
    return Gap(natural=natural, latin_open=round(rules.han_latin_most_em * size) - natural, han=1)


class Fit(NamedTuple):
    """How a line is brought to its width: the price, and the mpt each class gives (opening) or takes (negative)."""

    demerits: int
    word: int = 0
    comma: int = 0
    comma_hard: int = 0
    stop: int = 0
    latin: int = 0
    mark: int = 0
    han: int = 0


EXACT: Final = Fit(0)


def fit(material: Material, start: int, end: int, width: int) -> Fit:
    """Return how the line of atoms `start` to `end` is brought to `width` mpt: amounts per class, and the price.

    What cannot be brought to the width is priced as overfull; a line without any gap to open keeps its slack and is
    priced by `Demerits.no_gap`.
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
    demerits = (DEMERITS.word * word + DEMERITS.latin * latin + DEMERITS.mark * mark) // size
    if rest:
        count = material.han_gaps[end] - material.han_gaps[first]
        if not count:
            return Fit(demerits + DEMERITS.no_gap + DEMERITS.han_gap * rest // size, word, 0, 0, 0, latin, mark, 0)
        # price = han_gap · r³ + han_any · r with r = e / 0.1 em, in integers
        gap = 10_000 * rest // (count * size)
        demerits += DEMERITS.han_gap * gap * gap * gap // 1_000_000_000 + DEMERITS.han_any * gap // 1000
    return Fit(demerits, word, 0, 0, 0, latin, mark, rest)


def _squeezed(material: Material, first: int, end: int, need: int) -> Fit:
    size = material.size
    word = min(need, material.word_shrink[end] - material.word_shrink[first])
    rest = need - word
    comma = min(rest, material.comma_shrink[end] - material.comma_shrink[first])
    rest -= comma
    hard = min(rest, material.comma_hard_shrink[end] - material.comma_hard_shrink[first])
    rest -= hard
    most = material.stop_shrink[end] - material.stop_shrink[first]
    stop = min(rest, most)
    over = rest - stop
    demerits = (DEMERITS.word * word + DEMERITS.comma * comma + DEMERITS.comma_hard * hard) // size
    if stop:
        share = 1000 * stop // most
        demerits += DEMERITS.stop * share // 1000
    if over:
        demerits += DEMERITS.overfull + DEMERITS.han_gap * over // size
    return Fit(demerits, -word, -comma, -hard, -stop)

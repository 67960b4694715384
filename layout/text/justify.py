"""What a line may give and take, and how it is brought to its measure.

Each gap (`layout.text.gaps`) has a natural width, and amounts by which it may shrink or open in one of a few classes.
A line is fitted by running the classes in order, each to its limit before the next (CLReq "line adjustment": squeeze
in before spreading out); every class is a prefix sum, so that the sums of any line cost a subtraction.

Order of squeezing: word spaces; blanks of commas down to a quarter em; the rest of them; the half em after 。？！.
Order of opening: word spaces, Han–Latin gaps, blanks of brackets and quotes, then all gaps between full-width
characters by the same amount; in a line that has none, the word spaces beyond their limit.

A mark at a line's end loses its blank by itself: what follows a line's last body belongs to no line. Only style "full"
keeps it (half an em there is a rule of GB/T 15834, 5.1.10, and makes the style "line-end-half"), and drops it where
the line is too long. A mark that hangs drops its body in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.gaps import HAN_GAP, NO_GAP, STYLES, Gap, gap_table
from layout.text.punctuation import DOUBLING, HANGING, HANGING_REGIONS, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.style import Composition
    from layout.text.shaping import Shaped


class Demerits(NamedTuple):
    """Prices of what a line does to its gaps; integers, 1000 = an inter-Han gap of 0.1 em on the whole line.

    `comma`, `comma_hard`, `mark`, `latin` and `word` are for one em given or taken, `stop` for all the line has,
    `space` for word spaces that open as much again as they should; it grows with the cube.
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
    space: int = 2000


DEMERITS: Final = Demerits()
HAN_GAP_UNIT_EM: Final = 0.1
"""The inter-Han opening at which `Demerits.han_gap` falls due; the price grows with its cube."""


# --- material ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A shaped text ready to be broken: prefix sums over atoms and gaps.

    Index i of every tuple sums what lies before atom i; a line of atoms a to b (b excluded) holds the bodies from a
    to b and the gaps from a+1 to b-1, the gap of index i being the one before atom i. `shrink` and `open_` sum all
    classes that squeeze, and all that open but the last.

    `edge` and `spare` are no sums: entry b is what a line that ends before atom b has beyond its last body, and what
    it may drop there (that blank; the body of a mark that may hang) where it is too long.
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
    edge: tuple[int, ...]
    spare: tuple[int, ...]
    size: int

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.body) - 1

    def width(self, start: int, end: int) -> int:
        """Return the natural width in mpt of a line of atoms `start` to `end`, blanks before its first body dropped."""
        if end <= start:
            return 0
        return self.body[end] - self.body[start] + self.natural[end] - self.natural[start + 1] + self.edge[end]


def prepare(shaped: Shaped, rules: Composition) -> Material:
    """Return the material of a shaped text under a style's rules of composition.

    Raises:
        KeyError: `rules.punctuation` is not one of `STYLES`.
    """
    right = _blanks_after(shaped)
    keys = zip(
        shaped.classes,
        shaped.classes[1:],
        right,
        shaped.left[1:],
        shaped.han,
        shaped.han[1:],
        shaped.spaces[1:],
        [penalty is None for penalty in shaped.penalties[1:]],
        strict=False,
    )
    gaps = [NO_GAP, *map(gap_table(shaped.size, shaped.region, rules).__getitem__, keys)][: len(shaped)]
    sums = _Sums(gaps)
    edge, spare = _ends(shaped, right, rules)
    return Material(
        shaped=shaped,
        body=(0, *accumulate(shaped.body)),
        natural=sums.of(0),
        word_shrink=sums.of(1),
        comma_shrink=sums.of(2),
        comma_hard_shrink=sums.of(3),
        stop_shrink=sums.of(4),
        shrink=sums.of(1, 2, 3, 4),
        word_open=sums.of(5),
        latin_open=sums.of(6),
        mark_open=sums.of(7),
        open_=sums.of(5, 6, 7),
        han_gaps=(0, *accumulate([gap[8] for gap in gaps])),
        edge=edge or sums.zeros,
        spare=spare or sums.zeros,
        size=shaped.size,
    )


class _Sums:
    """Prefix sums over gaps. Most gaps count but have no width: only the others are looked at."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.zeros = (0,) * (len(gaps) + 1)
        self._special = [(at, gap) for at, gap in enumerate(gaps) if gap is not HAN_GAP and gap is not NO_GAP]
        self._occur = [any(column) for column in zip(*{gap for _, gap in self._special}, strict=True)]

    def of(self, *columns: int) -> tuple[int, ...]:
        """Return the prefix sums of one column of the gaps, or of several added."""
        columns = tuple(column for column in columns if self._special and self._occur[column])
        if not columns:
            return self.zeros
        values = [0] * (len(self.zeros) - 1)
        for column in columns:
            for at, gap in self._special:
                values[at] += gap[column]
        return (0, *accumulate(values))


def _blanks_after(shaped: Shaped) -> tuple[int, ...]:
    """Return the blanks after the atoms: two of ？！ stand on one em (GB/T 15834, 5.1), and so have none."""
    doubling = DOUBLING.get(shaped.region)
    if not doubling or not any(mark in shaped.text for mark in doubling):
        return shaped.right
    right = list(shaped.right)
    run = 0
    for index, texts in enumerate(shaped.texts):
        run = run + 1 if texts[0] in doubling else 0
        if run and run % 2 == 0:
            right[index] = 0
    return tuple(right)


def _ends(shaped: Shaped, right: Sequence[int], rules: Composition) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return `Material.edge` and `Material.spare`, nothing where they are nought all over."""
    edge = (0, *right) if STYLES[rules.punctuation].end else ()
    if not rules.hang or shaped.region not in HANGING_REGIONS or HANGING.isdisjoint(shaped.text):
        return edge, edge
    spare = list(edge or (0,) * (len(shaped) + 1))
    for index in _hanging(shaped):
        spare[index + 1] += shaped.body[index]
    return edge, tuple(spare)


def _hanging(shaped: Shaped) -> Iterator[int]:
    """Yield the atoms that may stand outside the measure: 。，、 alone, not in a run of marks (CLReq 3.1.7)."""
    kinds = (None, *shaped.classes, None)
    for index, texts in enumerate(shaped.texts):
        if texts[0] in HANGING and kinds[index] not in MARKS and kinds[index + 2] not in MARKS:
            yield index


# --- fitting -------------------------------------------------------------------------------------------------------


class Fit(NamedTuple):
    """How a line is brought to its width: the price, and the mpt each class gives (opening) or takes (negative).

    `end` is what the line's end drops, nought or negative.
    """

    demerits: int
    word: int = 0
    comma: int = 0
    comma_hard: int = 0
    stop: int = 0
    latin: int = 0
    mark: int = 0
    han: int = 0
    end: int = 0


EXACT: Final = Fit(0)


def fit(material: Material, start: int, end: int, width: int) -> Fit:
    """Return how the line of atoms `start` to `end` is brought to `width` mpt: amounts per class, and the price.

    A line that is too long and may drop something at its end does so or squeezes, whichever is cheaper. What cannot
    be brought to the width is priced as overfull; a line without any gap to open keeps its slack and is priced by
    `Demerits.no_gap`.
    """
    slack = width - material.width(start, end)
    if slack == 0:
        return EXACT
    if slack > 0:
        return _opened(material, start + 1, end, slack)
    squeezed = _squeezed(material, start + 1, end, -slack)
    spare = material.spare[end]
    if not spare:
        return squeezed
    slack += spare
    if slack == 0:
        return Fit(0, end=-spare)
    bare = (_opened if slack > 0 else _squeezed)(material, start + 1, end, abs(slack))
    return bare._replace(end=-spare) if bare.demerits <= squeezed.demerits else squeezed


def _opened(material: Material, first: int, end: int, slack: int) -> Fit:
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
        if not count and word:
            beyond = 1000 * rest // word
            demerits += DEMERITS.space * beyond * beyond * beyond // 1_000_000_000 + DEMERITS.han_any * beyond // 1000
            return Fit(demerits, word + rest, latin=latin, mark=mark)
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

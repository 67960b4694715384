"""What a line may give and take, and how it is brought to its measure.

Each gap (`layout.text.gaps`) has a natural width, and amounts by which it may shrink or open in one of a few classes.
A line is fitted by running the classes in order, each to its limit before the next (CLReq "line adjustment": squeeze
in before spreading out); every class is a prefix sum, so that the sums of any line cost a subtraction.

Order of squeezing: word spaces; blanks of commas; those after 。？！ (CLReq 3.5.3). In the elastic style each gives a
quarter em before any gives the rest: neighbouring lines then differ by that much less in their blanks.
Order of opening: word spaces, Han–Latin gaps, blanks of brackets and quotes, then all gaps between full-width
characters by the same amount; in a line that has none, the word spaces beyond their limit.

A mark at a line's end loses its blank by itself: what follows a line's last body belongs to no line. Only style "full"
keeps it (half an em there is a rule of GB/T 15834, 5.1.10, and makes the style "line-end-half"), and drops it where
the line is too long. A mark that hangs drops its body in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.gaps import HAN_GAP, NO_GAP, STYLES, Gap, gap_table
from layout.text.punctuation import DOUBLING, HANGING, HANGING_REGIONS, MARKS, CharClass
from layout.text.shaping import NO_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.style import Composition
    from layout.text.shaping import Shaped


class Demerits(NamedTuple):
    """Prices of what a line does to its gaps; integers, 1000 = an inter-Han gap of 0.1 em on the whole line.

    `han_open` is for opening them at all, `han_any` and `han_cube` for a gap of 0.1 em and for its cube, `loosest` for
    each thousandth of an em beyond `LOOSEST_EM`; `word`, `mark` and `latin` are for one em given or taken, `comma` and
    `stop` for all that the marks of a line have; `space` is for word spaces that open as much again as they should.
    """

    han_open: int = 150
    han_any: int = 1000
    han_cube: int = 100
    loosest: int = 200
    word: int = 60
    latin: int = 20
    mark: int = 20
    comma: int = 150
    stop: int = 100
    overfull: int = 5_000_000
    no_gap: int = 200_000
    space: int = 2000


DEMERITS: Final = Demerits()
"""What is priced is what a reader sees and a bench counts: the sum of inter-Han gaps. So their price is linear in the
main; its cube only parts equal sums in favour of the even one. A cubic price alone (Knuth and Plass) pays two lines of
0.05 em for one of 0.1, and so opens more lines for no smaller sum. Opening any gap has a price of its own: characters
of solid lines stand in files from line to line, and a line that opens leaves them, however little it opens. A line
whose commas give all their blanks costs as much as that, so that breaks are chosen that leave most commas alone, and
a sum of gaps is not merely hidden in them. Values: chosen on the bench's two texts, broad plateaus of them do as well;
a price twice or half as high shows in the third digit of a mean gap.
"""

LOOSEST_EM: Final = 0.25
"""No line opens its inter-Han gaps beyond this where another break sequence avoids it."""

HAN_GAP_UNIT_EM: Final = 0.1
"""The inter-Han opening at which `Demerits.han_any` and `Demerits.han_cube` fall due."""


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
    stop_shrink: tuple[int, ...]
    comma_hard_shrink: tuple[int, ...]
    stop_hard_shrink: tuple[int, ...]
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
    gaps = _gaps(shaped, right, rules)
    sums = _Sums(gaps)
    edge, spare = _ends(shaped, right, rules)
    return Material(
        shaped=shaped,
        body=tuple(accumulate(shaped.body, initial=0)),
        natural=sums.of(0),
        word_shrink=sums.of(1),
        comma_shrink=sums.of(2),
        stop_shrink=sums.of(3),
        comma_hard_shrink=sums.of(4),
        stop_hard_shrink=sums.of(5),
        shrink=sums.of(1, 2, 3, 4, 5),
        word_open=sums.of(6),
        latin_open=sums.of(7),
        mark_open=sums.of(8),
        open_=sums.of(6, 7, 8),
        han_gaps=tuple(accumulate(map(_HAN, gaps), initial=0)),
        edge=edge or sums.zeros,
        spare=spare or sums.zeros,
        size=shaped.size,
    )


_HAN: Final = attrgetter("han")
_IDEOGRAPH: Final = CharClass.HAN


def _gaps(shaped: Shaped, right: Sequence[int], rules: Composition) -> list[Gap]:
    """Return the gap before every atom; one between two ideographs, as most are, is known without asking."""
    table = gap_table(shaped.size, shaped.region, rules)
    gaps = [HAN_GAP] * len(shaped)
    gaps[:1] = [NO_GAP] * len(gaps[:1])
    kinds, left, han, spaces, penalties = shaped.classes, shaped.left, shaped.han, shaped.spaces, shaped.penalties
    special = {at for at, kind in enumerate(kinds) if kind != _IDEOGRAPH}
    beside = special | {at + 1 for at in special} | {at for at, space in enumerate(spaces) if space is not NO_SPACE}
    for at in beside - {0, len(gaps)}:
        key = kinds[at - 1], kinds[at], right[at - 1], left[at], han[at - 1], han[at], spaces[at], penalties[at] is None
        gaps[at] = table[key]
    return gaps


class _Sums:
    """Prefix sums over gaps. Most gaps count but have no width: only the others are looked at, equal columns once."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.zeros = (0,) * (len(gaps) + 1)
        special = [(at, gap) for at, gap in enumerate(gaps) if gap is not HAN_GAP and gap is not NO_GAP]
        self._places = [at for at, _ in special]
        self._columns = list(zip(*[gap for _, gap in special], strict=True)) or [()] * len(NO_GAP)
        self._made: dict[tuple[int, ...], tuple[int, ...]] = {}

    def of(self, *columns: int) -> tuple[int, ...]:
        """Return the prefix sums of one column of the gaps, or of several added."""
        chosen = [self._columns[column] for column in columns if any(self._columns[column])]
        if not chosen:
            return self.zeros
        added = chosen[0] if len(chosen) == 1 else tuple(map(sum, zip(*chosen, strict=True)))
        if added not in self._made:
            values = [0] * (len(self.zeros) - 1)
            for at, value in zip(self._places, added, strict=True):
                values[at] = value
            self._made[added] = tuple(accumulate(values, initial=0))
        return self._made[added]


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
    stop: int = 0
    comma_hard: int = 0
    stop_hard: int = 0
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
        return opening(material, start + 1, end, slack)
    squeezed = squeezing(material, start + 1, end, -slack)
    spare = material.spare[end]
    if not spare:
        return squeezed
    slack += spare
    if slack == 0:
        return Fit(0, end=-spare)
    bare = (opening if slack > 0 else squeezing)(material, start + 1, end, abs(slack))
    return bare._replace(end=-spare) if bare.demerits <= squeezed.demerits else squeezed


def opening(material: Material, first: int, end: int, slack: int) -> Fit:
    """Return how a line whose gaps are those from `first` to before `end` opens by `slack` mpt."""
    if material.open_[end] == material.open_[first]:  # most lines have nothing but Han
        return opened(slack, 0, 0, 0, material.han_gaps[end] - material.han_gaps[first], material.size)
    return opened(
        slack,
        material.word_open[end] - material.word_open[first],
        material.latin_open[end] - material.latin_open[first],
        material.mark_open[end] - material.mark_open[first],
        material.han_gaps[end] - material.han_gaps[first],
        material.size,
    )


def squeezing(material: Material, first: int, end: int, need: int) -> Fit:
    """Return how a line whose gaps are those from `first` to before `end` gives `need` mpt."""
    return squeezed(
        need,
        material.word_shrink[end] - material.word_shrink[first],
        material.comma_shrink[end] - material.comma_shrink[first],
        material.stop_shrink[end] - material.stop_shrink[first],
        material.comma_hard_shrink[end] - material.comma_hard_shrink[first],
        material.stop_hard_shrink[end] - material.stop_hard_shrink[first],
        material.size,
    )


@lru_cache(maxsize=1 << 16)
def opened(slack: int, word: int, latin: int, mark: int, gaps: int, size: int) -> Fit:
    """Return how a line opens by `slack` mpt: what it may give by class, and its count of gaps between full-width.

    A function of few numbers, which the lines of a paper repeat over and over.
    """
    word = min(slack, word)
    rest = slack - word
    latin = min(rest, latin)
    rest -= latin
    mark = min(rest, mark)
    rest -= mark
    demerits = (DEMERITS.word * word + DEMERITS.latin * latin + DEMERITS.mark * mark) // size
    if rest and not gaps and word:
        beyond = 1000 * rest // word  # of what the word spaces should open at most
        demerits += DEMERITS.space * beyond**3 // 1000**3 + DEMERITS.han_any * beyond // 1000
        return Fit(demerits, word + rest, latin=latin, mark=mark)
    if rest and not gaps:
        return Fit(demerits + DEMERITS.no_gap + DEMERITS.han_any * rest // size, word, latin=latin, mark=mark)
    if rest:
        gap = 1000 * rest // (gaps * size)  # thousandths of an em
        unit = round(1000 * HAN_GAP_UNIT_EM)
        demerits += DEMERITS.han_open + DEMERITS.han_any * gap // unit + DEMERITS.han_cube * gap**3 // unit**3
        demerits += DEMERITS.loosest * max(0, gap - round(1000 * LOOSEST_EM))
    return Fit(demerits, word, latin=latin, mark=mark, han=rest)


@lru_cache(maxsize=1 << 16)
def squeezed(need: int, word: int, comma: int, stop: int, comma_hard: int, stop_hard: int, size: int) -> Fit:
    """Return how a line gives `need` mpt of what it has by class, in this order; the rest is overfull."""
    rest = need
    taken = []
    for most in (word, comma, stop, comma_hard, stop_hard):
        taken.append(min(rest, most))
        rest -= taken[-1]
    demerits = DEMERITS.word * taken[0] // size
    if taken[1] or taken[3]:
        demerits += DEMERITS.comma * (taken[1] + taken[3]) // (comma + comma_hard)
    if taken[2] or taken[4]:
        demerits += DEMERITS.stop * (taken[2] + taken[4]) // (stop + stop_hard)
    if rest:
        demerits += DEMERITS.overfull + DEMERITS.han_any * rest // size
    return Fit(demerits, *(-amount for amount in taken))


STEPS: Final = 4
"""Classes of tightness above the tightest: an eighth of an em of every comma's blank each."""


def tightness(material: Material, start: int, end: int, fitted: Fit) -> int | None:
    """Return the class of a line by what the blanks of its marks keep, 0 nothing to `STEPS` all; None without marks.

    The marks are those that give first: commas, in style "full" brackets too.
    """
    first = start + 1
    whole = material.comma_shrink[end] - material.comma_shrink[first]
    whole += material.comma_hard_shrink[end] - material.comma_hard_shrink[first]
    if not whole:
        return None
    return (STEPS * (whole + fitted.comma + fitted.comma_hard) + whole // 2) // whole

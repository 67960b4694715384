"""The gap between two atoms: which blanks stay, and what each style of punctuation makes of them.

Two tables decide. The pair matrix (`kept`) says which of the blanks of two neighbouring marks remain; the style
(`STYLES`) says what becomes of a blank that remains: whether it is there by nature, what it gives when a line is too
long, whether it opens when a line is too short. Typed spaces and the small distance between Han and Latin are gaps of
the same kind.

The default, *elastic kaiming*, sets brackets and quotes tight (half an em, as kaiming does) and gives commas their
full em, from which lines take a quarter em, then as much from stops, and the second quarters only in need. Commas that
are half an em by nature and open to a quarter (the other way to be elastic) leave half an em of odd width in every line
with one comma: on the seed page at 11 characters that made the mean inter-Han gap .022 em; this makes it a third of
that, with blanks that differ less from line to line (`tests/bench/composition.py` prints both).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.punctuation import NO_PAIR_SQUEEZE, CharClass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.style import Composition
    from layout.text.shaping import Space

OPENERS: Final = frozenset({CharClass.OPEN})
CLOSERS: Final = frozenset({CharClass.CLOSE})
STOPS: Final = frozenset({CharClass.STOP})
COMMAS: Final = frozenset({CharClass.COMMA})
MIDDLES: Final = frozenset({CharClass.MIDDLE})
NARROW: Final = frozenset({CharClass.LATIN, CharClass.DIGIT, CharClass.PREFIX, CharClass.POSTFIX, CharClass.OTHER})
RIGID_BESIDE: Final = frozenset({CharClass.SOLIDUS, CharClass.CONNECTOR})
POINTS: Final = CLOSERS | COMMAS | STOPS
"""Marks that follow what they belong to: nothing opens before them but the last resort."""

# --- styles of punctuation -----------------------------------------------------------------------------------------


class Blank(Enum):
    """What becomes of a mark's blank inside a line."""

    DROPPED = "dropped"  # the mark is its body alone
    OPENING = "opening"  # not there by nature, opens before Han gaps do
    ELASTIC = "elastic"  # there; gives `comma_give_em` first, the rest in need
    SLOW = "slow"  # there; the same, each time after those that are elastic
    EASY = "easy"  # there; the first to give
    HARD = "hard"  # there; gives in need
    LAST = "last"  # there; the last to give
    RIGID = "rigid"  # there, and stays


class Widths(NamedTuple):
    """A style of punctuation: the blanks of 。？！, of commas and centred marks, of brackets and quotes.

    `end` says whether a mark at a line's end keeps its blank.
    """

    stop: Blank
    comma: Blank
    bracket: Blank
    end: bool = False


STYLES: Final[Mapping[str, Widths]] = MappingProxyType(
    {
        "full": Widths(Blank.LAST, Blank.HARD, Blank.EASY, end=True),
        "half": Widths(Blank.DROPPED, Blank.DROPPED, Blank.DROPPED),
        "kaiming": Widths(Blank.LAST, Blank.DROPPED, Blank.DROPPED),
        "line-end-half": Widths(Blank.RIGID, Blank.RIGID, Blank.RIGID),
        "elastic": Widths(Blank.SLOW, Blank.ELASTIC, Blank.OPENING),
    },
)
"""CLReq "punctuation width adjustment"; the order full gives in is that of CLReq "reduction of spacing"."""


# --- gaps ----------------------------------------------------------------------------------------------------------


class Gap(NamedTuple):
    """The gap before an atom: natural width, and what each class may take or give, in mpt; `han` 0 or 1 counts it."""

    natural: int = 0
    word_shrink: int = 0
    comma_shrink: int = 0
    stop_shrink: int = 0
    comma_hard_shrink: int = 0
    stop_hard_shrink: int = 0
    word_open: int = 0
    latin_open: int = 0
    mark_open: int = 0
    han: int = 0


class Side(NamedTuple):
    """What of an atom bears on a gap beside it: class, blank on that side in mpt, whether it is full-width."""

    kind: CharClass
    blank: int
    han: bool


NO_GAP: Final = Gap()
HAN_GAP: Final = Gap(han=1)
_PAIRED: Final = frozenset({CharClass.DASH2, CharClass.ELLIPSIS2})
_BARE: Final = OPENERS | POINTS | RIGID_BESIDE | _PAIRED | {CharClass.MIDDLE, CharClass.POSTFIX}
"""Classes with no gap towards Latin but their own blank (CLReq 3.2.4: none next to full-width marks)."""
_SIGNS: Final = frozenset({CharClass.PREFIX})
"""Classes whose gap opens though no line may end in it."""
_TIGHT: Final = MIDDLES | {CharClass.SOLIDUS}
"""Of those, the classes that stay close to Latin even where all gaps of a line open."""


def kept(before: Side, after: Side, region: str) -> tuple[int, int]:
    """Return the blanks of two neighbouring marks that the pair matrix keeps, after the first and before the second.

    Two marks of two em together take one and a half in every style, brackets close to what they hold (CLReq 3.1.6.2,
    JLReq 3.1.4). A centred mark keeps its own quarters, its neighbour gives way. Regions with centred stops do not
    squeeze pairs.
    """
    if region in NO_PAIR_SQUEEZE:
        return before.blank, after.blank
    if before.kind in OPENERS:
        return 0, 0
    if before.kind in POINTS:
        if after.kind in POINTS:
            return 0, 0
        if after.kind in MIDDLES:
            return 0, after.blank
    return (before.blank, 0) if before.blank else (0, after.blank)


_Key = tuple[CharClass, CharClass, int, int, bool, bool, "Space", bool]
"""What a gap depends on: both classes, the blanks between them, which are full-width, spaces, if a break is barred."""


class GapTable(dict[_Key, Gap]):
    """The gaps of one type size, region and style met so far, by what they depend on."""

    def __init__(self, size: int, region: str, rules: Composition) -> None:
        """Start empty.

        Raises:
            KeyError: `rules.punctuation` is not one of `STYLES`.
        """
        super().__init__()
        self._size, self._region, self._rules = size, region, rules
        self._widths = STYLES[rules.punctuation]

    def __missing__(self, key: _Key) -> Gap:
        """Work a gap out once; the two commonest are always the same objects."""
        kind, next_kind, right, left, han, next_han, space, whole = key
        made = self._gap(Side(kind, right, han), Side(next_kind, left, next_han), space, whole=whole)
        gap = self[key] = next((plain for plain in (HAN_GAP, NO_GAP) if plain == made), made)
        return gap

    def _gap(self, before: Side, after: Side, space: Space, *, whole: bool) -> Gap:
        """Return the gap between two atoms; `whole` says that no line may end there."""
        if space.wide:
            return Gap(natural=space.wide * self._size)
        if before.han and after.han:
            return self._han_gap(before, after, space, whole=whole)
        if before.han or after.han:
            return self._mixed_gap(before, after, whole=whole)
        if not space.word:
            return NO_GAP
        natural, least, most = (
            round(em * self._size)
            for em in (self._rules.word_space_em, self._rules.word_space_least_em, self._rules.word_space_most_em)
        )
        return Gap(natural=natural, word_shrink=natural - least, word_open=most - natural)

    def _han_gap(self, before: Side, after: Side, space: Space, *, whole: bool) -> Gap:
        if space.word:
            natural, give = (
                round(em * self._size) for em in (self._rules.typed_space_em, self._rules.typed_space_give_em)
            )
            return Gap(natural=natural, word_shrink=give, word_open=give, han=1)
        if whole and before.kind == after.kind and before.kind in _PAIRED:
            return NO_GAP
        return self._blanks(before, after, 0 if before.kind in RIGID_BESIDE or after.kind in RIGID_BESIDE else 1)

    def _mixed_gap(self, before: Side, after: Side, *, whole: bool) -> Gap:
        """Return the gap between a full-width character and Latin or digits, typed spaces dropped.

        Beside a plus between Han (教学+实践) both gaps open, though no line begins with one; what else must not be
        parted, a note's mark from its word, keeps its distance. Marks beside Latin open with all other gaps, as they
        do beside Han, so that a line opens evenly; so does the dash of a range, but not beside Han (CLReq 3.5.4).
        """
        if before.kind in _BARE or after.kind in _BARE:
            return self._blanks(before, after, 0 if before.kind in _TIGHT or after.kind in _TIGHT else 1)
        natural = round(self._rules.han_latin_em * self._size)
        if whole and not {before.kind, after.kind} & _SIGNS:
            return Gap(natural=natural)
        return Gap(natural=natural, latin_open=round(self._rules.han_latin_most_em * self._size) - natural, han=1)

    def _blanks(self, before: Side, after: Side, han: int) -> Gap:
        right, left = kept(before, after, self._region)
        parts = zip(self._blank(before.kind, right), self._blank(after.kind, left), strict=True)
        return Gap(*map(sum, parts))._replace(han=han)

    def _blank(self, kind: CharClass, blank: int) -> Gap:
        """Return the blank of one mark as the style of punctuation has it."""
        if not blank:
            return NO_GAP
        widths = self._widths
        soft = kind in COMMAS or kind in MIDDLES
        treatment = widths.stop if kind in STOPS else widths.comma if soft else widths.bracket
        easy = min(blank, round(self._rules.comma_give_em * 2 * blank))  # the share of a whole blank, half an em
        return _TREATED[treatment](blank, easy)


_TREATED: Final[Mapping[Blank, Callable[[int, int], Gap]]] = MappingProxyType(
    {
        Blank.DROPPED: lambda _blank, _easy: NO_GAP,
        Blank.OPENING: lambda blank, _easy: Gap(mark_open=blank),
        Blank.ELASTIC: lambda blank, easy: Gap(blank, comma_shrink=easy, comma_hard_shrink=blank - easy),
        Blank.SLOW: lambda blank, easy: Gap(blank, stop_shrink=easy, stop_hard_shrink=blank - easy),
        Blank.EASY: lambda blank, _easy: Gap(blank, comma_shrink=blank),
        Blank.HARD: lambda blank, _easy: Gap(blank, comma_hard_shrink=blank),
        Blank.LAST: lambda blank, _easy: Gap(blank, stop_hard_shrink=blank),
        Blank.RIGID: lambda blank, _easy: Gap(blank),
    },
)


@lru_cache(maxsize=256)
def gap_table(size: int, region: str, rules: Composition) -> GapTable:
    """Return the gaps of a type size (mpt) in a region under a style's rules, filled as they are asked for."""
    return GapTable(size, region, rules)

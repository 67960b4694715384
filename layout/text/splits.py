"""The ways to break a line of display type at its joints.

A text is shaped once, at `UNIT`, for lines that run across or down; widths scale linearly with the size. Ways are
found line by line, those with the cheapest joints first, and only as far as lines are neither too wide nor too short.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.text.justify import prepare
from layout.text.phrases import phrases
from layout.text.shaping import Style as ShapeStyle
from layout.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout.fontbook import Fontbook
    from layout.model import Region
    from layout.style import Composition
    from layout.text.justify import Material
    from layout.text.shaping import Shaped

    Shaping = Callable[[str, ShapeStyle, Fontbook], Shaped]

UNIT: Final = 100_000
"""The size (100 pt) at which headlines are measured."""

SPLITS_MOST: Final = 150
"""No more ways to break one headline into a number of lines are compared; the cheapest joints come first."""

SHORTEST: Final = 0.3
"""No line is shorter than this share of the longest, unless the author wants it."""


class Split(NamedTuple):
    """A way to break a text: its lines as atoms, their widths at `UNIT`, what its joints cost together and most.

    `carried` counts the pauses inside lines where another line ends at no pause.
    """

    lines: tuple[tuple[int, int], ...]
    widths: tuple[int, ...]
    price: int
    worst: int
    carried: int


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A text shaped at `UNIT` with its joints as atom positions; one object a text, compared by identity."""

    material: Material
    joints: tuple[tuple[int, int], ...]
    forced: tuple[int, ...]
    pauses: frozenset[int]
    weak: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> int:
        """Width of the text in one line at `UNIT`, mpt."""
        return self.material.width(0, len(self.material))


@lru_cache(maxsize=1024)
def measured(
    text: str,
    role: str,
    region: Region,
    names: tuple[str, ...],
    book: Fontbook,
    rules: Composition,
    shaping: Shaping = shape,
) -> Measured:
    """Return a text shaped at `UNIT` in a role, with its joints; kept, so that one text has one object.

    `shaping` is `shape`, or `shape_vertical` for lines that run down; then widths are lengths.
    """
    found = phrases(text, region, names)
    shaped = shaping(found.text, ShapeStyle(role, UNIT, region, rules.level), book)
    atom_at = {start: index for index, start in enumerate(shaped.starts)}
    joints, weak = (
        tuple((atom_at[offset], price) for offset, price in priced if atom_at.get(offset))
        for priced in (found.joints, found.weak)
    )
    forced = tuple(atom_at[offset] for offset in found.forced if atom_at.get(offset))
    pauses = frozenset(atom_at[offset] for offset in found.pauses if atom_at.get(offset))
    return Measured(prepare(shaped, rules), joints, forced, pauses, weak)


@lru_cache(maxsize=4096)
def splits(text: Measured, count: int, widest: int, *, weak: bool = False) -> list[Split]:
    """Return the ways to break a text into `count` lines of at most `widest` mpt at `UNIT`, cheapest joints first.

    Where an author has set breaks there is one way, whatever its width. `weak` lets lines end at weak joints too.
    """
    material, end = text.material, len(text.material)
    if text.forced:
        return [split_at(text, text.forced, 0, 0)] if count == len(text.forced) + 1 else []
    total = text.whole
    if count == 1:
        return [split_at(text, (), 0, 0)] if total <= widest else []
    if total > widest * count:
        return []
    joints = (*text.joints, *text.weak) if weak else text.joints
    least = round(SHORTEST * total / count)
    ways: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for line in range(1, count):
        longer = [
            (price + more, max(worst, more), (*cuts, atom))
            for price, worst, cuts in ways
            for atom, more in joints
            if atom > (cuts[-1] if cuts else 0)
            and least <= material.width(cuts[-1] if cuts else 0, atom) <= widest
            and material.width(atom, end) <= widest * (count - line)
        ]
        ways = sorted(longer)[: SPLITS_MOST if line < count - 1 else None]
    return [
        split_at(text, cuts, price, worst)
        for price, worst, cuts in ways
        if least <= material.width(cuts[-1], end) <= widest
    ][:SPLITS_MOST]


def split_at(text: Measured, cuts: tuple[int, ...], price: int, worst: int) -> Split:
    """Return a text broken at the atoms `cuts`, whose joints cost `price` together and `worst` at most."""
    ends = (0, *cuts, len(text.material))
    lines = tuple(pairwise(ends))
    widths = tuple(text.material.width(start, end) for start, end in lines)
    carried = 0 if text.pauses.issuperset(cuts) else len(text.pauses.difference(cuts))
    return Split(lines, widths, price, worst, carried)

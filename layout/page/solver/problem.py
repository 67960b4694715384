"""The page solver's values: what may stand on a page, and where it came to stand.

Columns and lines count from 0. A module's depth includes the blank line that closes it, so what has to be tiled is
one line deeper than the type area.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.geometry import Cells
    from layout.plan import Variant

HEADLESS = ("", 0)
"""The head class of a module without a head at its top: picture first, tinted box, no head."""

Table = dict[int, dict[int, tuple["Candidate", ...]]]
"""Width in columns -> depth in lines -> candidates, cheapest first."""


class Candidate(NamedTuple):
    """One way to set an item at a width and a depth.

    `cost` is an integer, 100 is what an editor would notice; `head` is the head class: style and face, size in half
    points, or `HEADLESS`; `variant` is handed through untouched. `right` is the class that a neighbour at the right
    meets where that is another: a head need not reach so far. The head stands `top` lines below the module's upper
    edge and is `deep` lines deep.
    """

    cost: int
    head: tuple[str, int]
    variant: Variant
    right: tuple[str, int] | None = None
    top: int = 0
    deep: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story or group to be placed, with all the ways it can be set.

    `table` maps width in columns and depth in lines (with the closing blank line) to candidates, cheapest first.
    `column`, `columns`, `line`, `lines` pin the item; each may be None. A pin that ends at the foot of the type area
    is taken to include the blank line below it.
    """

    id: str
    rank: int
    table: Mapping[int, Mapping[int, tuple[Candidate, ...]]]
    column: int | None = None
    columns: int | None = None
    line: int | None = None
    lines: int | None = None
    photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A rectangle where no story may stand: advert, nameplate, banner."""

    id: str
    cells: Cells


class Wish(NamedTuple):
    """Where one item should stand to another, by their ids: wholly above it, or at its left or right."""

    where: Literal["above", "beside"]
    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One page to lay out: `columns` × `lines` of type area; `budget` bounds the search in work units.

    `wishes` outweigh all other costs.
    """

    columns: int
    lines: int
    items: tuple[Item, ...]
    blocks: tuple[Block, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    budget: int = 160_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item in its place, set one way."""

    id: str
    cells: Cells
    candidate: Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A page: what stands where, what found no place, what it costs.

    `work` are the work units spent on the whole search. `exact` says that no slicing of the page costs less.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[str, ...]
    cost: int
    work: int
    exact: bool

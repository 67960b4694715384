"""Which page a story without one gets: by section, rank and room (algorithms.md 2.9).

Stories are dealt out by rank, the larger first, each to the page that it serves best; then stories change pages, or
change places with each other, as long as the pages gain. All is counted in whole column lines and in the order of the
issue, so the same issue is dealt out the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNDER: Final = 100
OVER: Final = 80
"""How far a page's copy may be from its room, per mille below and above it (algorithms.md 2.9: −10 … +8 %)."""

LEADS: Final = 100_000
"""The price of a second lead on a page, or of none: more than any distance from its room within the band."""

OVERSET: Final = 1_000_000
HOLE: Final = 1_000
"""The price of a column line too much, and of one too little, whatever the settings of the stories."""

ROUNDS: Final = 200
"""Changes that are made at most; every one makes the issue cheaper."""


class Area(NamedTuple):
    """Column lines that a story takes: at the least, as it is usually set, at the most."""

    least: int
    usual: int
    most: int

    def __add__(self, other: object) -> Area:
        """Return the sum of two areas."""
        if not isinstance(other, Area):
            return NotImplemented
        return Area(self.least + other.least, self.usual + other.usual, self.most + other.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page with the column lines that furniture and adverts leave, and the copy that it has already."""

    page: str
    free: int
    taken: Area
    leads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A story to be placed: its rank, and what it takes on each page that is open to it, in the order of the issue."""

    story: str
    rank: int
    areas: Mapping[str, Area]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The page that each story got, by story id in the order offered, and the pages as they are then."""

    homes: Mapping[str, str]
    sheets: tuple[Sheet, ...]


def assign(sheets: Sequence[Sheet], offers: Sequence[Offer]) -> Deal:
    """Return pages for stories; every story offered to a page gets one."""
    table = {sheet.page: sheet for sheet in sheets}
    homes: dict[str, str] = {}
    largest = {offer.story: max(area.usual for area in offer.areas.values()) for offer in offers if offer.areas}
    placeable = [offer for offer in offers if offer.areas]
    for offer in sorted(placeable, key=lambda one: (one.rank, -largest[one.story])):
        homes[offer.story] = min(offer.areas, key=lambda page: _gain(table[page], offer))
        table[homes[offer.story]] = _with(table[homes[offer.story]], offer)
    for _ in range(ROUNDS):
        best = min(_changes(placeable, homes, table), key=lambda change: change[0], default=None)
        if best is None or best[0] >= 0:
            break
        _, moved = best
        for offer, page in moved:
            table[homes[offer.story]] = _with(table[homes[offer.story]], offer, -1)
            table[page] = _with(table[page], offer)
            homes[offer.story] = page
    return Deal(
        homes={offer.story: homes[offer.story] for offer in placeable},
        sheets=tuple(table[sheet.page] for sheet in sheets),
    )


def price(sheet: Sheet) -> int:
    """Return what is wrong with a page: squares of its distance from its room, dearer outside the band."""
    if sheet.free <= 0:
        return OVERSET * sheet.taken.least
    off = 1000 * (sheet.taken.usual - sheet.free) // sheet.free
    beyond = max(off - OVER, -UNDER - off, 0)
    misfit = OVERSET * max(sheet.taken.least - sheet.free, 0) + HOLE * max(sheet.free - sheet.taken.most, 0)
    return off * off // 100 + beyond * beyond + misfit + LEADS * abs(sheet.leads - 1)


def within(sheet: Sheet) -> bool:
    """Return whether a page's copy is within the band of its room."""
    return -UNDER * sheet.free <= 1000 * (sheet.taken.usual - sheet.free) <= OVER * sheet.free


def _with(sheet: Sheet, offer: Offer, sign: int = 1) -> Sheet:
    """Return a page with a story more, or one less."""
    area = offer.areas[sheet.page]
    more = Area(sign * area.least, sign * area.usual, sign * area.most)
    return replace(sheet, taken=sheet.taken + more, leads=sheet.leads + sign * (offer.rank == 1))


def _gain(sheet: Sheet, offer: Offer) -> int:
    return price(_with(sheet, offer)) - price(sheet)


def _changes(
    offers: Sequence[Offer], homes: Mapping[str, str], table: Mapping[str, Sheet]
) -> Iterator[tuple[int, tuple[tuple[Offer, str], ...]]]:
    """Yield what can be changed, with what it costs: one story moved, or two changing places."""
    for offer in offers:
        for page in offer.areas:
            if page != homes[offer.story]:
                yield _cost(((offer, page),), homes, table), ((offer, page),)
    for one, other in combinations(offers, 2):
        here, there = homes[one.story], homes[other.story]
        if here != there and there in one.areas and here in other.areas:
            moved = ((one, there), (other, here))
            yield _cost(moved, homes, table), moved


def _cost(moved: tuple[tuple[Offer, str], ...], homes: Mapping[str, str], table: Mapping[str, Sheet]) -> int:
    after = dict(table)
    for offer, page in moved:
        after[homes[offer.story]] = _with(after[homes[offer.story]], offer, -1)
        after[page] = _with(after[page], offer)
    touched = {page for offer, page in moved} | {homes[offer.story] for offer, _ in moved}
    return sum(price(after[page]) - price(table[page]) for page in touched)

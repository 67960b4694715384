"""The page solver: items and blocks in, pages out, best first.

Stages, each bounded by counted work: blocks peeled off the page's edges (`region`); packed subset dynamic
programming under a rising cap on cost (`slicing`); best trees from the top down (`search`); heads and the costs of
the whole page (`finish`). Where all subsets are too many, small modules are clustered first and windows solved anew
afterwards (`clusters`). When no tiling exists a hole is allowed, then items are left out, the last of the lowest rank
first; `scatter` answers when all else fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layout.page.clusters import gather, improve
from layout.page.family import Family
from layout.page.finish import Page, finish
from layout.page.placement import Costs, Weights
from layout.page.problem import HEADLESS, Block, Candidate, Item, Placed, Problem, Solution
from layout.page.region import Region, hole, page_cells, region
from layout.page.scatter import scatter
from layout.page.search import Search
from layout.page.slicing import Cuts, Slicing
from layout.page.work import Meter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.geometry import Cells

__all__ = ["HEADLESS", "Block", "Candidate", "Item", "Placed", "Problem", "Solution", "solve"]

UNPLACED = 1_000_000
"""What an item without a place costs."""

_ROWS = {1: 96, 2: 96, 3: 96, 4: 96, 5: 96, 6: 96, 7: 64, 8: 40, 9: 32}
"""Rows of the packed depths by number of elements: the more sets, the coarser."""

_FEW_ROWS = 24
_CAP = 160
"""The first cap on what a page costs over the sum of its items' cheapest settings."""

_CAPS = 6
"""Factor from one cap to the next, up to `_CAP_MOST`."""

_CAP_MOST = 4_000_000

_SLACKS = (20, 45, 75, 110, 160, 240, 400, 800, 2_000, 10_000, 10_000_000)
"""How far over the bound trees are looked for, one after the other."""

_SHARE = 55
"""Per cent of the budget that the tables of all subsets may take by estimate; else clusters."""

_QUICK = 7
"""Clusters of the quick first answer."""

_CLUSTERED = 9
"""Clusters where all subsets are too many."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Pages of a region, best first; `exact` as in `Solution`."""

    pages: tuple[Page, ...]
    exact: bool = False


def solve(problem: Problem, alternatives: int = 1) -> tuple[Solution, ...]:
    """Return up to `alternatives` different pages, best first; at least one always.

    Items tile the page's free area exactly whenever a slicing of it exists; what cannot be placed is in `unplaced`.
    Nothing is raised for infeasibility. The same problem gives the same pages on every machine.
    """
    meter = Meter(problem.budget)
    whole = region(problem)
    weights = Weights.of(problem.weights)
    for trial in _trials(whole):
        if not any(element.item for element in trial.elements):
            break
        costs = Costs(trial.elements, weights, problem.lines + 1)
        found = _pages(trial, costs, meter, alternatives)
        if found.pages:
            exact = found.exact and trial is whole and not whole.unplaced
            return tuple(_solution(page, trial, problem, meter, exact=exact) for page in found.pages)
    return (_scattered(whole, problem, weights, meter),)


def _trials(whole: Region) -> list[Region]:
    """Return the regions to try: all items, with a hole, with fewer and fewer items."""
    dropped: set[str] = set()
    order = sorted(
        (e for e in whole.elements if e.item),
        key=lambda e: (e.column is None and e.line is None, e.rank, whole.elements.index(e)),
        reverse=True,
    )
    trials = []
    for count in range(len(order)):
        dropped = {e.id for e in order[:count]}
        kept = whole.without(frozenset(dropped))
        low, high = _areas(kept)
        area = whole.columns * whole.lines
        if low <= area <= high:
            trials.append(whole if not count else kept)
        if low < area:
            trials.append(_with_hole(kept, 1))
            trials.append(_with_hole(kept, 2))
    return trials


def _areas(whole: Region) -> tuple[int, int]:
    low = high = 0
    for element in whole.elements:
        areas = [width * depth for width, depths in element.options.items() for depth in depths]
        low += min(areas)
        high += max(areas)
    return low, high


def _with_hole(whole: Region, count: int) -> Region:
    holes = tuple(hole(number, whole.columns, whole.lines) for number in range(count))
    return replace(whole, elements=(*whole.elements, *holes))


def _pages(whole: Region, costs: Costs, meter: Meter, alternatives: int) -> _Found:
    """Return the best pages of a region, none when no slicing of it exists."""
    count = len(whole.elements)
    cuts = Cuts(costs.weights.root_column_cut, (costs.cut(1), costs.cut(2), costs.cut(3)))
    everything = (1 << count) - 1
    singles = [1 << index for index in range(count)]
    anchored = any(e.column is not None or e.line is not None for e in whole.elements)
    estimate = 3**count // 2 * (4 if anchored else 2)
    left = meter.budget - meter.spent
    full = estimate <= left * _SHARE // 100
    pages: dict[tuple[tuple[int, Cells], ...], Page] = {}
    desk = _Desk(whole, costs, meter, cuts, pages, alternatives)
    if count > _QUICK:
        desk.look(gather(whole.elements, _QUICK, 0), left // 20)
    exact = False
    if full:
        exact = desk.look(singles, left)
    else:
        variant = 0
        while not desk.spent(left * 6 // 10) and variant < 6:
            desk.look(gather(whole.elements, _CLUSTERED, variant), left // 8)
            variant += 1
        desk.improve()
    assert everything
    best = sorted(pages.values(), key=lambda page: (page.cost, page.tree))
    return _Found(tuple(best[: max(1, alternatives)]), exact)


class _Desk:
    """Looks for pages of one region and keeps them."""

    def __init__(
        self,
        whole: Region,
        costs: Costs,
        meter: Meter,
        cuts: Cuts,
        pages: dict[tuple[tuple[int, Cells], ...], Page],
        alternatives: int,
    ) -> None:
        self._whole, self._costs, self._meter, self._cuts = whole, costs, meter, cuts
        self._pages, self._alternatives = pages, max(1, alternatives)
        self._start = meter.spent

    def spent(self, units: int) -> bool:
        """Return whether so many units have been spent on the region."""
        return self._meter.spent - self._start >= units

    def look(self, clusters: Sequence[int], units: int) -> bool:
        """Look for pages whose clusters stand together; return whether the best one is proven best."""
        family = Family(clusters)
        rows = _ROWS.get(len(clusters), _FEW_ROWS)
        cap = _CAP
        while True:
            slicing = Slicing(self._whole, self._costs, family, self._meter, (-(-cap // rows), rows), self._cuts)
            bound = Search(slicing, self._meter).bound()
            if bound is not None:
                break
            if cap >= _CAP_MOST:
                return False
            cap *= _CAPS
        self._meter.allow(units)
        dive = Search(slicing, self._meter).dive()
        if dive is not None:
            self._keep(finish(dive.tree, self._whole, self._costs))
        for slack in _SLACKS:
            search = Search(slicing, self._meter)
            allowance = min(bound + slack, self._bar())
            for entry in search.pages(allowance):
                self._meter.spend(1)
                self._keep(finish(entry.tree, self._whole, self._costs))
            if self._meter.over:
                return False
            if allowance >= self._bar():
                return not search.cropped
        return False

    def improve(self) -> None:
        """Solve windows of the best pages anew."""
        self._meter.stop = self._meter.budget
        best = sorted(self._pages.values(), key=lambda page: (page.cost, page.tree))[:3]
        for page in best:
            self._keep(improve(page, self._whole, self._costs, self._meter))

    def _bar(self) -> int:
        """Return the cost that a new page has to stay below."""
        costs = sorted(page.cost for page in self._pages.values())
        return costs[self._alternatives - 1] if len(costs) >= self._alternatives else costs[-1] + 400

    def _keep(self, page: Page) -> None:
        known = self._pages.get(page.cells)
        if known is None or (page.cost, page.tree) < (known.cost, known.tree):
            self._pages[page.cells] = page


def _solution(page: Page, trial: Region, problem: Problem, meter: Meter, *, exact: bool) -> Solution:
    cells = page_cells(trial, dict(page.cells))
    ways = dict(page.ways)
    placed = []
    for index, place in cells.items():
        element = trial.elements[index]
        if element.item is not None:
            candidate = element.item.table[place.columns][place.lines][ways[index]]
            placed.append(Placed(id=element.id, cells=place, candidate=candidate))
    return _result(placed, problem, page.cost, meter, exact=exact)


def _result(placed: list[Placed], problem: Problem, cost: int, meter: Meter, *, exact: bool) -> Solution:
    known = {one.id for one in placed}
    unplaced = tuple(item.id for item in problem.items if item.id not in known)
    return Solution(
        placed=tuple(sorted(placed, key=lambda one: (one.cells.line, one.cells.column))),
        unplaced=unplaced,
        cost=cost + UNPLACED * len(unplaced),
        work=meter.spent,
        exact=exact,
    )


def _scattered(whole: Region, problem: Problem, weights: Weights, meter: Meter) -> Solution:
    assert weights
    found, _ = scatter(whole)
    placed, cost = [], 0
    for index, place in page_cells(whole, found).items():
        item = whole.elements[index].item
        if item is not None:
            candidate = item.table[place.columns][place.lines][0]
            placed.append(Placed(id=item.id, cells=place, candidate=candidate))
            cost += candidate.cost
    return _result(placed, problem, cost, meter, exact=not problem.items)

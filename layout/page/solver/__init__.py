"""The page solver: items and blocks in, pages out, best first.

In order: blocks are peeled off the page's edges (`region`); subset dynamic programming on packed depths under a
rising cap on cost (`slicing`); the best trees from the top down (`search`); heads and the costs of the whole page
(`finish`); where all subsets are too many, clusters and windows (`clusters`); `stages` calls them under a budget of
counted work. When no tiling exists a hole is allowed, then items are left out, the last of the lowest rank first;
`scatter` answers when all else fails.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layout.page.solver.placement import Costs, Weights
from layout.page.solver.problem import HEADLESS, Block, Candidate, Item, Placed, Problem, Solution
from layout.page.solver.region import Region, hole, page_cells, region
from layout.page.solver.scatter import scatter
from layout.page.solver.stages import pages
from layout.page.solver.work import Meter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.page.solver.finish import Page

__all__ = ["HEADLESS", "Block", "Candidate", "Item", "Placed", "Problem", "Solution", "solve"]

UNPLACED = 1_000_000
"""What an item without a place costs."""


def solve(problem: Problem, alternatives: int = 1) -> tuple[Solution, ...]:
    """Return up to `alternatives` different pages, best first; at least one always.

    Items tile the page's free area exactly whenever a slicing of it is found within the budget; what cannot be placed
    is in `unplaced`. Nothing is raised for infeasibility. The same problem gives the same pages on every machine.
    """
    meter = Meter(problem.budget)
    whole = region(problem)
    if not any(element.item for element in whole.elements):
        return (_result([], problem, 0, meter, exact=not problem.items),)
    weights = Weights.of(problem.weights)
    for trial in _trials(whole):
        costs = Costs(trial.elements, weights, problem.lines + 1, problem.wishes)
        found = pages(trial, costs, meter, alternatives)
        if found.pages:
            exact = found.exact and trial is whole and not whole.unplaced
            return tuple(_solution(page, trial, problem, meter, exact=exact) for page in found.pages)
    return (_scattered(whole, problem, meter),)


def _trials(whole: Region) -> Iterator[Region]:
    """Yield the regions to try: all items, with a hole, then with fewer and fewer items, pinned ones to the last."""
    yield from _fitting(whole)
    ranked = sorted(enumerate(whole.elements), key=lambda pair: (-pair[1].rank, -pair[0]))
    pinned = [e for _, e in ranked if e.item is not None and e.anchored]
    others = [e for _, e in ranked if e.item is not None and not e.anchored]
    order = [*others, *pinned]
    for count in range(1, len(order)):
        yield from _fitting(whole.without(frozenset(e.id for e in order[:count])))


def _fitting(whole: Region) -> Iterator[Region]:
    """Yield the region, if its items can fill it, and with one and two holes, if they need not overfill it."""
    low, high = _areas(whole)
    area = whole.columns * whole.lines
    if low <= area <= high:
        yield whole
    if low < area:
        for count in (1, 2):
            holes = tuple(hole(number, whole.columns, whole.lines) for number in range(count))
            yield replace(whole, elements=(*whole.elements, *holes))


def _areas(whole: Region) -> tuple[int, int]:
    low = high = 0
    for element in whole.elements:
        areas = [width * depth for width, depths in element.options.items() for depth in depths]
        low += min(areas)
        high += max(areas)
    return low, high


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


def _scattered(whole: Region, problem: Problem, meter: Meter) -> Solution:
    found = scatter(whole)
    placed, cost = [], 0
    for index, place in page_cells(whole, found).items():
        item = whole.elements[index].item
        if item is not None:
            candidate = item.table[place.columns][place.lines][0]
            placed.append(Placed(id=item.id, cells=place, candidate=candidate))
            cost += candidate.cost
    return _result(placed, problem, cost, meter, exact=not problem.items)

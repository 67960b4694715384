"""From a region to its best pages, in stages that each end with valid pages.

Few elements: all subsets at once. Many: clusters first, then in turn windows of the best page and the page above its
own clusters are solved anew until nothing gets cheaper or the work is spent (algorithms.md 2.10).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from layout.page.solver.clusters import gather, improve, regroup
from layout.page.solver.family import Family
from layout.page.solver.finish import Page, finish
from layout.page.solver.packing import Scale
from layout.page.solver.search import Search
from layout.page.solver.slicing import Cuts, Slicing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.geometry import Cells
    from layout.page.solver.placement import Costs
    from layout.page.solver.region import Region
    from layout.page.solver.tree import Tree
    from layout.page.solver.work import Meter

_ROWS = {1: 96, 2: 96, 3: 96, 4: 96, 5: 96, 6: 96, 7: 48, 8: 40, 9: 32}
"""Rows of the packed depths by number of elements: the more sets, the coarser."""

_FEW_ROWS = 24

_EXACT = 8
"""Elements up to which rows are bounds; for more of them costs are rounded with `_BIAS` per cent of a row."""

_BIAS = 30

_CAPS = (160, 400, 1_000, 8_000, 130_000, 4_000_000)
"""Caps, one after the other, on what a page costs over the sum of its items' cheapest settings."""

_PROBE_BEFORE, _PROBE_ROWS = (8_000, 1_000), 4
"""Before this cap, sooner when a look has failed, few rows under the last cap tell whether to go on."""

_SCARCE = 3
"""Caps this many times lower than one that a page has needed are left out."""

_SLACKS = (20, 45, 75, 110, 160, 240, 400, 800, 2_000, 10_000, 10_000_000)
"""How far over the bound trees are looked for, one after the other."""

_MARGIN = 400
"""How much dearer than the best an alternative may be before enough of them are known."""

_WORK_FREE, _WORK_ANCHORED = 22, 60
"""Tenths of work units a split takes in the tables, without and with anchored elements."""

_FULL_SHARE = 4
"""Tenths of the budget that the tables of all subsets may take by estimate; else clusters."""

_BLIND_SHARE = 7
"""Tenths of the budget that may go without finding a page; the rest is for fewer items."""

_FULL_SEARCH, _FULL_IMPROVE = 5, 5
"""The search in the tables of all subsets takes at most a fifth of the budget, windows before and after it too."""

_QUICK, _QUICK_VARIANTS, _QUICK_SEARCH = 7, 9, 500
"""Clusters of the quick first answers, how many of those, search in each."""

_QUICK_FULL = 3
"""Quick answers before the tables of all subsets."""

_QUICK_LEAST = 4
"""Clusters of a quick answer on a small budget."""

_CLUSTERED, _CLUSTERED_SEARCH = 8, 8_000
"""Clusters when the page above its own clusters is solved anew, and the search in it."""

_REGROUPINGS = 12
"""How often the page is solved anew above its clusters."""

_STARTS = 6
"""Pages that are improved."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pages of a region, best first; `exact` says that no slicing costs less than the first."""

    pages: tuple[Page, ...]
    exact: bool


def pages(whole: Region, costs: Costs, meter: Meter, alternatives: int) -> Found:
    """Return the best different pages of a region, none when no slicing of it is found within the budget."""
    desk = _Desk(whole, costs, meter, max(1, alternatives))
    count = len(whole.elements)
    left = meter.budget - meter.spent
    estimate = 3**count // 2 * (_WORK_ANCHORED if desk.anchored else _WORK_FREE)
    full = estimate <= left * _FULL_SHARE
    if count > _QUICK or not full:
        _start(desk, whole, left, _QUICK_FULL if full else _QUICK_VARIANTS)
        if not full and not desk.ranked():
            _widen(desk, whole, left)
    outcome = _Outcome(ended=False, exact=False)
    if full:
        if count > _EXACT and desk.ranked():
            desk.improve(left // _FULL_IMPROVE, 0)
        outcome = desk.look([1 << index for index in range(count)], left, left // _FULL_SEARCH)
    if not outcome.ended and desk.ranked():
        desk.improve(left // _FULL_IMPROVE if full else left, _REGROUPINGS)
    return Found(tuple(desk.ranked()[: max(1, alternatives)]), outcome.exact)


def _start(desk: _Desk, whole: Region, left: int, variants: int) -> None:
    """Look for first pages with few clusters, and with still fewer where those are too much work."""
    quick = _QUICK - desk.anchored
    seen = set()
    for variant in range(variants):
        clusters = tuple(gather(whole.elements, quick, variant))
        if clusters not in seen:
            seen.add(clusters)
            desk.look(clusters, left // 8 if desk.ranked() else left // 3, _QUICK_SEARCH)
            if desk.short and not desk.ranked():
                quick = max(_QUICK_LEAST, quick - 1)


def _widen(desk: _Desk, whole: Region, left: int) -> None:
    """Look for a first page with more clusters."""
    for variant in range(_QUICK_VARIANTS):
        clusters = gather(whole.elements, _CLUSTERED + variant % 2, variant)
        desk.look(clusters, left // 4, _QUICK_SEARCH)
        if desk.ranked():
            return


class _Outcome(NamedTuple):
    """How a search ended: within its allowance, and with nothing left out on the way."""

    ended: bool
    exact: bool


class _Desk:
    """Looks for pages of one region and keeps them.

    `short` says that the last tables were too much work, `anchored` that elements have places, which makes tables so.
    """

    def __init__(self, whole: Region, costs: Costs, meter: Meter, alternatives: int) -> None:
        self._whole, self._costs, self._meter = whole, costs, meter
        self._alternatives = alternatives
        self.count = len(whole.elements)
        self.short = False
        self.anchored = any(element.anchored for element in whole.elements)
        self._cap = 0
        self._starts: list[Page] = []
        self._found: dict[tuple[tuple[int, Cells], ...], Page] = {}
        self._cuts = Cuts(costs.weights.root_column_cut, (costs.cut(1), costs.cut(2), costs.cut(3)))
        self._missed = any(element.item is None and not element.anchored for element in whole.elements)
        self._blind_stop = meter.spent + (meter.budget - meter.spent) * _BLIND_SHARE // 10
        self._base = sum(element.least for element in whole.elements)

    def ranked(self) -> list[Page]:
        """Return all pages found, best first."""
        return sorted(self._found.values(), key=lambda page: (page.cost, page.tree))

    def look(self, clusters: Sequence[int], units: int, search_units: int) -> _Outcome:
        """Look for pages whose clusters stand together; return how that ended."""
        self.short = False
        self._meter.allow(units if self._found else min(units, self._blind_stop - self._meter.spent))
        slicing = self._tables(clusters)
        if slicing is None:
            return _Outcome(ended=False, exact=False)
        search = Search(slicing, self._meter)
        bound, dive = search.bound(), search.dive()
        if bound is None or dive is None:
            return _Outcome(ended=False, exact=False)
        self._starts.append(self._keep(dive.tree))
        self._meter.allow(min(search_units, units))
        for slack in _SLACKS:
            search = Search(slicing, self._meter)
            allowance = min(bound + slack, self._bar())
            for entry in search.pages(allowance):
                self._meter.spend(1)
                page = self._keep(entry.tree)
                if page.cost < self._starts[-1].cost:
                    self._starts[-1] = page
            if self._meter.over:
                break
            if allowance >= self._bar():
                bounded = len(clusters) <= _EXACT
                return _Outcome(ended=bounded, exact=bounded and not search.cropped)
        return _Outcome(ended=False, exact=False)

    def _tables(self, clusters: Sequence[int]) -> Slicing | None:
        """Return tables under the lowest cap that leaves a page cheaper than those known, None when none does."""
        family = Family(clusters)
        rows = _ROWS.get(self.count, _FEW_ROWS)
        most = self._bar() - self._base if self._found else _CAPS[-1]
        hard = self._missed
        for cap in _CAPS:
            if cap == _PROBE_BEFORE[hard] and not self._found:
                probe = self._slicing(family, _PROBE_ROWS, most)
                rough = Search(probe, self._meter).dive() if probe.complete else None
                if rough is None:
                    self._missed, self.short = True, self._meter.over
                    return None
                self._keep(rough.tree)
            if (hard and cap < _PROBE_BEFORE[hard]) or cap * _SCARCE < self._cap:
                continue
            slicing = self._slicing(family, rows, min(cap, most))
            if not slicing.complete:
                self.short = self._meter.over
                return None
            if Search(slicing, self._meter).bound() is not None:
                self._cap = max(self._cap, min(cap, most))
                return slicing
            if cap >= most:
                return None
        return None

    def _slicing(self, family: Family, rows: int, cap: int) -> Slicing:
        unit = max(1, -(-cap // rows))
        bias = unit * _BIAS // 100 if len(family.clusters) > _EXACT else 0
        return Slicing(self._whole, self._costs, family, self._meter, Scale(unit, rows, bias), self._cuts)

    def improve(self, units: int, regroupings: int) -> None:
        """Solve parts of the best pages anew, in turn inside and above their clusters, so many times the latter."""
        self._meter.allow(units)
        stop = self._meter.stop
        starts = sorted({page.cells: page for page in self._starts}.values(), key=lambda page: (page.cost, page.tree))
        for page in starts[:_STARTS]:
            self._keep(improve(page, self._whole, self._costs, self._meter).tree)
        for variant in range(regroupings):
            if self._meter.over:
                return
            page = self.ranked()[0]
            clusters = regroup(page.tree, _CLUSTERED - self.anchored + variant % 2, variant)
            self.look(clusters, stop - self._meter.spent, _CLUSTERED_SEARCH)
            self._meter.allow(stop - self._meter.spent)
            better = self.ranked()[0]
            if better.cost < page.cost:
                self._keep(improve(better, self._whole, self._costs, self._meter).tree)

    def _bar(self) -> int:
        """Return the cost that a new page has to stay below."""
        costs = sorted(page.cost for page in self._found.values())
        return costs[self._alternatives - 1] if len(costs) >= self._alternatives else costs[0] + _MARGIN

    def _keep(self, tree: Tree) -> Page:
        """Price a tree and keep it as a page; return that."""
        page = finish(tree, self._whole, self._costs)
        known = self._found.get(page.cells)
        if known is None or (page.cost, page.tree) < (known.cost, known.tree):
            self._found[page.cells] = page
        return page

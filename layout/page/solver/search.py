"""The cheapest slicing trees: memoised search from the whole page down, bounded by the packed depths.

The packed depths give every rectangle and set a cost that no tree can undercut (an estimate, where their scale has a
bias), so the search only enters parts that can still be within its allowance. Each state keeps its few best trees,
not many of them with the same head classes at the upper corners, which is what its neighbours care about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layout.page.solver.packing import FREE
from layout.page.solver.shelf import Entry, Shelf
from layout.page.solver.tree import BESIDE, STACK, leaf

if TYPE_CHECKING:
    from layout.page.solver.slicing import Slicing
    from layout.page.solver.work import Meter

KEEP_ROOT = 60
"""Trees kept for the whole page."""

_KEEP = {1: (400, 400), 2: (400, 400), 3: (400, 400), 4: (400, 400), 5: (400, 400), 6: (40, 4)}
"""Trees kept for a state, and for one pair of head classes at its upper corners, by number of elements: few elements
are searched to the end, more of them as far as a page is likely to need."""

_KEEP_MANY = (10, 2)


class State(NamedTuple):
    """A set of elements in a rectangle; column and line are `FREE` where nothing in the set is anchored."""

    which: int
    column: int
    width: int
    line: int
    depth: int


class Branch(NamedTuple):
    """A way to part a state: what it costs at least, kind of node, first and second part, where the cut is."""

    bound: int
    kind: int
    first: State
    second: State
    node: int
    cut: int


class Search:
    """Looks for trees in filled tables."""

    def __init__(self, slicing: Slicing, meter: Meter) -> None:
        """Start with an empty memo."""
        self.slicing = slicing
        self.costs = slicing.costs
        self.meter = meter
        self.cropped = False
        self._keep, self._twins = _KEEP.get(slicing.everything.bit_count(), _KEEP_MANY)
        self._memo: dict[State, tuple[int, list[Entry]]] = {}
        self._chain_memo: dict[tuple[State, int], tuple[int, list[Entry]]] = {}
        self.root = self._state(slicing.everything, 0, slicing.columns, 0, slicing.lines)

    def _state(self, which: int, column: int, width: int, line: int, depth: int) -> State:
        slicing = self.slicing
        return State(
            which,
            column if which & slicing.by_column else FREE,
            width,
            line if which & slicing.by_line else FREE,
            depth,
        )

    def bound(self) -> int | None:
        """Return a cost that no page undercuts, None when no page exists within the tables' cap."""
        found = [level for parts in (1, 2, 3) if (level := self._root_level(parts)) is not None]
        if not found:
            return None
        return self.slicing.base[self.root.which] + min(found) * self.slicing.unit

    def _root_level(self, parts: int) -> int | None:
        slicing = self.slicing
        level = slicing.chain(parts, self.root.which, 0).get(slicing.lines)
        if level is None or parts > 1 or self._single:
            return level
        return level + slicing.cuts.upright // slicing.unit

    @property
    def _single(self) -> bool:
        return self.root.which & (self.root.which - 1) == 0

    # whole pages

    def dive(self) -> Entry | None:
        """Return one page, going down the least bound at every node."""
        best = None
        for parts in (1, 2, 3):
            level = self._root_level(parts)
            if level is not None and (best is None or level < best[0]):
                best = (level, parts)
        return None if best is None else self._dive_chain(self.root, best[1])

    def pages(self, allowance: int) -> list[Entry]:
        """Return the best pages that cost no more than the allowance."""
        found: list[Entry] = []
        for parts in (1, 2, 3):
            extra = self.slicing.cuts.upright if parts == 1 and not self._single else 0
            entries = self._chain(self.root, parts, allowance - extra)
            found += [entry._replace(cost=entry.cost + extra) for entry in entries]
        return sorted(found)

    def _chain(self, state: State, parts: int, allowance: int) -> list[Entry]:
        if parts == 1:
            return self._explore(state, allowance)
        known = self._chain_memo.get((state, parts))
        if known is not None and known[0] >= allowance:
            return known[1]
        shelf = self._shelf(state)
        for branch in self._chain_branches(state, parts, allowance):
            if self.meter.over or branch.bound > shelf.limit(allowance):
                self.cropped = True
                break
            self._join(branch, shelf, allowance)
        entries = shelf.entries()
        self.cropped |= shelf.cropped
        self._chain_memo[state, parts] = (allowance, entries)
        return entries

    def _chain_branches(self, state: State, parts: int, allowance: int) -> list[Branch]:
        """Return the ways to take the uppermost part off a stack of parts; `cut` carries the parts of the rest."""
        slicing, costs = self.slicing, self.costs
        start = max(state.line, 0)
        branches: list[Branch] = []
        splits = slicing.family.splits(state.which)
        self.meter.spend(1 + len(splits) // 2)
        for one, two in splits:
            base = slicing.base[one] + slicing.base[two]
            for top, rest in ((one, two), (two, one)):
                upper = slicing.chain(1, top, start)
                if not upper:
                    continue
                order = costs.stack(top, rest)
                for rest_parts in (1,) if parts == 2 else (2, 3):
                    node = order + slicing.cuts.level[rest_parts - 1]
                    if base + node > allowance:
                        continue
                    for depth, level in upper.items():
                        other = slicing.chain(rest_parts, rest, start + depth).get(state.depth - depth)
                        if other is None:
                            continue
                        bound = base + node + (level + other) * slicing.unit
                        if bound <= allowance:
                            first = self._state(top, 0, state.width, start, depth)
                            second = self._state(rest, 0, state.width, start + depth, state.depth - depth)
                            branches.append(Branch(bound, -rest_parts, first, second, node, depth))
        branches.sort()
        return branches

    def _dive_chain(self, state: State, parts: int) -> Entry | None:
        if parts == 1:
            return self._dive(state)
        slicing = self.slicing
        level = slicing.chain(parts, state.which, max(state.line, 0)).get(state.depth, 0)
        allowance = slicing.base[state.which] + (level + 3) * slicing.unit
        for branch in self._chain_branches(state, parts, allowance):
            upper = self._dive(branch.first)
            lower = self._dive_chain(branch.second, -branch.kind)
            if upper is not None and lower is not None:
                cost = upper.cost + lower.cost + branch.node
                return Entry(cost, (STACK, upper.tree, lower.tree, branch.cut), upper.left, upper.right)
        return None

    # states inside the page

    def _bound(self, state: State) -> int | None:
        level = self.slicing.level(*state)
        return None if level is None else self.slicing.base[state.which] + level * self.slicing.unit

    def _leaves(self, state: State) -> list[Entry]:
        index = state.which.bit_length() - 1
        ids = self.costs.head_ids
        ways = self.slicing.elements[index].options.get(state.width, {}).get(state.depth, ())
        tree = leaf(index)
        return [Entry(way.cost, tree, *(ids[head] for head in way.corners)) for way in ways]

    def _explore(self, state: State, allowance: int) -> list[Entry]:
        """Return the state's best trees within the allowance, cheapest first."""
        if state.which & (state.which - 1) == 0:
            return [entry for entry in self._leaves(state) if entry.cost <= allowance]
        known = self._memo.get(state)
        if known is not None and known[0] >= allowance:
            return known[1]
        shelf = self._shelf(state)
        for branch in self._branches(state, allowance):
            if self.meter.over or branch.bound > shelf.limit(allowance):
                self.cropped = True
                break
            self._join(branch, shelf, allowance)
        entries = shelf.entries()
        self.cropped |= shelf.cropped
        self._memo[state] = (allowance, entries)
        return entries

    def _shelf(self, state: State) -> Shelf:
        if state == self.root:
            keep = max(KEEP_ROOT, self._keep)
            return Shelf(keep, keep)
        return Shelf(self._keep, self._twins)

    def _join(self, branch: Branch, shelf: Shelf, allowance: int) -> None:
        """Put the trees of a branch on the shelf."""
        spare = allowance - branch.bound
        low = self._bound(branch.first)
        firsts = self._explore(branch.first, (low or 0) + spare)
        if not firsts:
            return
        rest = allowance - branch.node - firsts[0].cost
        if branch.kind < 0:
            seconds = self._chain(branch.second, -branch.kind, rest)
        else:
            seconds = self._explore(branch.second, rest)
        self.meter.spend(1 + len(firsts) * len(seconds) // 8)
        if branch.kind == BESIDE:
            self._abreast(branch, firsts, seconds, shelf, allowance)
            return
        for upper in firsts:
            if upper.tree[0] == STACK:
                continue
            for lower in seconds:
                cost = upper.cost + lower.cost + branch.node
                if cost > allowance:
                    break
                shelf.put(Entry(cost, (STACK, upper.tree, lower.tree, branch.cut), upper.left, upper.right))

    def _abreast(self, branch: Branch, lefts: list[Entry], rights: list[Entry], shelf: Shelf, allowance: int) -> None:
        butting = self.costs.butting
        for left in lefts:
            if left.tree[0] == BESIDE:
                continue
            for right in rights:
                cost = left.cost + right.cost + branch.node
                if cost > allowance:
                    break
                cost += butting[left.right][right.left]
                if cost <= allowance:
                    shelf.put(Entry(cost, (BESIDE, left.tree, right.tree, branch.cut), left.left, right.right))

    def _branches(self, state: State, allowance: int) -> list[Branch]:
        slicing = self.slicing
        branches: list[Branch] = []
        splits = slicing.family.splits(state.which)
        self.meter.spend(1 + len(splits))
        gutter = self.costs.gutter(state.depth)
        stacks = state.width < slicing.columns
        free = state.which & (slicing.by_column | slicing.by_line) == 0
        for one, two in splits:
            base = slicing.base[one] + slicing.base[two]
            if base > allowance:
                continue
            if stacks and (not free or (slicing.free[one][state.width] and slicing.free[two][state.width])):
                self._stacks(state, one, two, base, allowance, branches)
                self._stacks(state, two, one, base, allowance, branches)
            if base + gutter > allowance:
                continue
            if free:
                self._abreast_free(state, one, two, allowance - gutter, branches)
            else:
                self._besides(state, one, two, gutter, allowance, branches)
                self._besides(state, two, one, gutter, allowance, branches)
        branches.sort()
        return branches

    def _abreast_free(self, state: State, one: int, two: int, allowance: int, branches: list[Branch]) -> None:
        """Add both orders of two free sets side by side; the allowance is less the gutter's cost."""
        slicing, costs, depth, width = self.slicing, self.costs, state.depth, state.width
        firsts, seconds = slicing.free[one], slicing.free[two]
        least = -1
        for cut in range(1, width):
            a, b = firsts[cut], seconds[width - cut]
            if not a or not b:
                continue
            level = slicing.depths(a).get(depth)
            if level is None:
                continue
            other = slicing.depths(b).get(depth)
            if other is None:
                continue
            if least < 0:
                least = slicing.base[one] + slicing.base[two] + costs.least_butting(one, two)
            bound = least + (level + other) * slicing.unit
            if bound > allowance:
                continue
            gutter = costs.gutter(depth)
            first, second = State(one, FREE, cut, FREE, depth), State(two, FREE, width - cut, FREE, depth)
            for left, right, order in (
                (first, second, costs.beside(one, two)),
                (second, first, costs.beside(two, one)),
            ):
                if bound + order <= allowance:
                    node = gutter + order
                    branches.append(Branch(bound + node, BESIDE, left, right, node, left.width))

    def _stacks(self, state: State, top: int, rest: int, base: int, allowance: int, branches: list[Branch]) -> None:
        slicing = self.slicing
        node = self.costs.stack(top, rest)
        room = allowance - base - node
        if room < 0:
            return
        upper = slicing.table(top, state.column, state.width).get(state.line if top & slicing.by_line else FREE)
        lower = slicing.table(rest, state.column, state.width)
        if not upper or not lower:
            return
        whole = state.depth
        unit = slicing.unit
        fixed = slicing.depths(lower[FREE]) if FREE in lower else None
        for depth, level in slicing.depths(upper).items():
            if fixed is None:
                packed = lower.get(state.line + depth)
                other = None if packed is None else slicing.depths(packed).get(whole - depth)
            else:
                other = fixed.get(whole - depth)
            if other is not None and (level + other) * unit <= room:
                line = max(state.line, 0)
                first = self._state(top, state.column, state.width, line, depth)
                second = self._state(rest, state.column, state.width, line + depth, whole - depth)
                branches.append(Branch(base + node + (level + other) * unit, STACK, first, second, node, depth))

    def _besides(
        self, state: State, left: int, right: int, gutter: int, allowance: int, branches: list[Branch]
    ) -> None:
        slicing = self.slicing
        node = gutter + self.costs.beside(left, right)
        least = slicing.base[left] + slicing.base[right] + node + self.costs.least_butting(left, right)
        if least > allowance:
            return
        for cut in range(1, state.width):
            first = self._state(left, state.column, cut, state.line, state.depth)
            level = slicing.level(*first)
            if level is None:
                continue
            second = self._state(right, state.column + cut, state.width - cut, state.line, state.depth)
            other = slicing.level(*second)
            if other is None:
                continue
            bound = least + (level + other) * slicing.unit
            if bound <= allowance:
                branches.append(Branch(bound, BESIDE, first, second, node, cut))

    def _dive(self, state: State) -> Entry | None:
        if state.which & (state.which - 1) == 0:
            leaves = self._leaves(state)
            return leaves[0] if leaves else None
        bound = self._bound(state)
        if bound is None:
            return None
        weights = self.costs.weights
        allowance = bound + 2 * self.slicing.unit + weights.lead_right + weights.rank_right
        for branch in self._branches(state, allowance):
            first, second = self._dive(branch.first), self._dive(branch.second)
            if first is None or second is None:
                continue
            cost = first.cost + second.cost + branch.node
            if branch.kind == STACK:
                return Entry(cost, (STACK, first.tree, second.tree, branch.cut), first.left, first.right)
            cost += self.costs.butting[first.right][second.left]
            return Entry(cost, (BESIDE, first.tree, second.tree, branch.cut), first.left, second.right)
        return None

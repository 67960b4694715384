"""The style pass: a tree becomes rectangles, heads are chosen so that they do not meet, the whole page is priced.

What this prices beyond the tree: heads that stand side by side on one line by chance, gutters that run on through
several modules, pictures side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from layout.geometry import Cells
from layout.page.solver.placement import gutters, neighbours
from layout.page.solver.tree import BESIDE, LEAF, STACK, canonical, element, parts, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout.page.solver.placement import Costs
    from layout.page.solver.region import Element, Region
    from layout.page.solver.tree import Tree

_CLASH = 2
"""Pictures side by side count where modules share at least one `_CLASH`th of the shallower one's depth."""

_TRIALS = 2_000
"""Combinations of heads tried for one page before the best so far is taken."""


@dataclass(frozen=True, slots=True)
class Page:
    """A priced page: tree, rectangle and way of each element."""

    cost: int
    tree: Tree
    cells: tuple[tuple[int, Cells], ...]
    ways: tuple[tuple[int, int], ...]


def finish(tree: Tree, region: Region, costs: Costs) -> Page:
    """Return the page of a tree with the cheapest heads for it."""
    tree = canonical(tree)
    cells = spread(tree, Cells(0, 0, region.columns, region.lines))
    pairs = neighbours(cells)
    cost = order_cost(tree, costs)
    cost += sum(costs.gutter(run) for runs in gutters(pairs, cells).values() for run in runs)
    cost += costs.weights.photo_clash * sum(
        _CLASH * shared >= min(cells[a].lines, cells[b].lines)
        for a, b, shared in pairs
        if region.elements[a].photo and region.elements[b].photo
    )
    price, ways = choose_heads(cells, [(a, b) for a, b, _ in pairs], region.elements, costs)
    return Page(cost + price, tree, tuple(sorted(cells.items())), tuple(sorted(ways.items())))


def order_cost(tree: Tree, costs: Costs) -> int:
    """Return what the order of the modules and the cuts through the page cost."""
    total, cuts, node = 0, 0, tree
    while node[0] == STACK:
        cuts += 1
        total += costs.cut(cuts)
        node = parts(node)[1]
    if tree[0] == BESIDE:
        total += costs.weights.root_column_cut
    return total + _order(tree, costs)[1]


def _order(tree: Tree, costs: Costs) -> tuple[int, int]:
    """Return (set of elements, cost of their order)."""
    if tree[0] == LEAF:
        return 1 << element(tree), 0
    one, two = parts(tree)
    (upper, first), (lower, second) = _order(one, costs), _order(two, costs)
    node = costs.stack(upper, lower) if tree[0] == STACK else costs.beside(upper, lower)
    return upper | lower, first + second + node


class _Head(NamedTuple):
    """A way as the pass sees it: cost, head classes as numbers, lines from where to where the head stands."""

    cost: int
    left: int
    right: int
    top: int
    foot: int


def choose_heads(
    cells: dict[int, Cells], beside: Sequence[tuple[int, int]], elements: Sequence[Element], costs: Costs
) -> tuple[int, dict[int, int]]:
    """Return the cheapest cost of candidates and meeting heads, and the option of each element that gives it.

    `beside` are (left, right) elements that share an upright edge.
    """
    ids = costs.head_ids
    options = {
        index: [
            _Head(way.cost, ids[way.left], ids[way.right], place.line + way.top, place.line + way.top + way.deep)
            for way in elements[index].options[place.columns][place.lines]
        ]
        for index, place in cells.items()
    }
    near: dict[int, list[tuple[int, bool]]] = {}
    for a, b in beside:
        if any(_meeting(one, two, costs.butting) for one in options[a] for two in options[b]):
            near.setdefault(a, []).append((b, True))
            near.setdefault(b, []).append((a, False))
    total = sum(options[index][0].cost for index in cells)
    ways = dict.fromkeys(cells, 0)
    for group in _groups(near):
        extra, chosen = _choose(group, near, options, costs.butting)
        total += extra
        ways.update(chosen)
    return total, ways


def _meeting(left: _Head, right: _Head, butting: list[list[int]]) -> int:
    """Return what two heads side by side cost, if they share more than a third of the shallower one's depth."""
    shared = min(left.foot, right.foot) - max(left.top, right.top)
    if 3 * shared <= min(left.foot - left.top, right.foot - right.top):
        return 0
    return butting[left.right][right.left]


def _groups(near: dict[int, list[tuple[int, bool]]]) -> list[list[int]]:
    """Return the connected groups of elements whose heads can meet, each in an order that goes along the meetings."""
    groups, seen = [], set()
    for start in sorted(near, key=lambda index: (len(near[index]), index)):
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for index in group:
            for other, _ in near[index]:
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        groups.append(group)
    return groups


def _choose(
    group: list[int],
    near: dict[int, list[tuple[int, bool]]],
    options: dict[int, list[_Head]],
    butting: list[list[int]],
) -> tuple[int, dict[int, int]]:
    """Return the least extra cost of a group of meeting heads and the options that give it."""
    best: tuple[int, dict[int, int]] | None = None
    chosen: dict[int, int] = {}
    trials = 0

    def descend(place: int, cost: int) -> None:
        nonlocal best, trials
        trials += 1
        if best is not None and (cost >= best[0] or trials > _TRIALS):
            return
        if place == len(group):
            best = (cost, dict(chosen))
            return
        index = group[place]
        cheapest = options[index][0].cost
        tried = []
        for way, head in enumerate(options[index]):
            met = 0
            for other, after in near[index]:
                if other in chosen:
                    neighbour = options[other][chosen[other]]
                    met += _meeting(head, neighbour, butting) if after else _meeting(neighbour, head, butting)
            tried.append((head.cost - cheapest + met, way))
        for price, way in sorted(tried):
            chosen[index] = way
            descend(place + 1, cost + price)
            del chosen[index]

    descend(0, 0)
    assert best is not None
    return best

"""Pages of more than about ten elements: small modules are gathered, later parts of the page are solved anew.

Gathering small stories of like rank keeps the number of sets low and leaves the page its freedom (algorithms.md 2.5
bands are the case where every cluster spans the page). Afterwards windows of the finished page, up to seven elements
in one rectangle, are solved exactly and put back when the whole page gets cheaper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layout.geometry import Cells
from layout.page.solver.family import Family
from layout.page.solver.finish import Page, finish
from layout.page.solver.packing import Scale
from layout.page.solver.placement import lead_of
from layout.page.solver.search import Search
from layout.page.solver.slicing import Cuts, Slicing
from layout.page.solver.tree import LEAF, STACK, joined, members, parts, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layout.page.solver.placement import Costs
    from layout.page.solver.region import Element, Region
    from layout.page.solver.tree import Tree
    from layout.page.solver.work import Meter

_MOST = 4
"""Elements in one cluster."""

_WINDOW = (3, 7)
"""Least and most elements of a window that is solved anew."""

_ROWS, _ROOM = 40, 120
"""Rows in a window, and what its order may cost beside its elements as they stand."""

_TREES = 12
"""Trees of a window that are tried in the page."""


def gather(elements: Sequence[Element], count: int, variant: int) -> list[int]:
    """Return clusters as masks, at most `count` of them if possible; anchored elements and the lead stay alone.

    `variant` perturbs the sizes that decide who goes together, in a fixed way.
    """
    lead = lead_of(elements)
    state = 12_345 + 7_919 * variant
    sizes: dict[int, int] = {}
    alone: list[int] = []
    for index, element in enumerate(elements):
        state = (1_103_515_245 * state + 12_345) & 0x7FFF_FFFF
        size = _size(element)
        noise = 100 if not variant else 60 + (state >> 8) % 81
        if 1 << index == lead or element.anchored or element.item is None:
            alone.append(1 << index)
        else:
            sizes[1 << index] = size * noise // 100
    while len(sizes) + len(alone) > count:
        small = sorted(sizes, key=lambda mask: (sizes[mask], mask))
        pairs = (
            (one, two) for place, two in enumerate(small) for one in small[:place] if (one | two).bit_count() <= _MOST
        )
        pair = next(pairs, None)
        if pair is None:
            break
        one, two = pair
        sizes[one | two] = sizes.pop(one) + sizes.pop(two)
    return sorted([*alone, *sizes])


def regroup(tree: Tree, count: int, variant: int) -> list[int]:
    """Return at most `count` clusters of elements that stand together in a page, so that it is among their pages."""
    nodes = [(members(part), area) for part, area in _nodes(tree, 1)]
    clusters = [1 << bit for bit in range(members(tree).bit_length()) if members(tree) >> bit & 1]
    nodes.sort(key=lambda node: (node[0].bit_count(), (node[1] * (3 + 2 * variant)) % 7, node[0]))
    for which, _ in nodes:
        if len(clusters) <= count:
            break
        if which.bit_count() <= _MOST + 1:
            clusters = [*(mask for mask in clusters if not mask & which), which]
    return clusters


def _nodes(tree: Tree, number: int) -> Iterator[tuple[Tree, int]]:
    """Yield all nodes of a tree but its leaves, numbered."""
    if tree[0] != LEAF:
        one, two = parts(tree)
        yield tree, number
        yield from _nodes(one, 2 * number)
        yield from _nodes(two, 2 * number + 1)


def _size(element: Element) -> int:
    """Return the area of the element's cheapest option."""
    return min(
        (ways[0][0], width * depth) for width, depths in element.options.items() for depth, ways in depths.items()
    )[1]


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of the tree to be solved anew: where it is, what is in it, the trees beside it in a run of siblings."""

    path: tuple[int, ...]
    kind: int
    first: int
    last: int
    area: Cells
    which: int
    siblings: int


def improve(page: Page, region: Region, costs: Costs, meter: Meter) -> Page:
    """Return the page with its windows solved anew, as long as that makes it cheaper and work is allowed."""
    tried: set[tuple[int, Cells]] = set()
    better = True
    while better:
        better = False
        for window in _windows(page.tree, region):
            if meter.over:
                return page
            key = (window.which, window.area)
            if key in tried:
                continue
            tried.add(key)
            found = _anew(page, window, region, costs, meter)
            if found is not None:
                page = found
                better = True
                break
    return page


def _anew(page: Page, window: _Window, region: Region, costs: Costs, meter: Meter) -> Page | None:
    area = window.area
    elements = tuple(
        replace(
            element,
            column=None if element.column is None else element.column - area.column,
            line=None if element.line is None else element.line - area.line,
        )
        if window.which >> index & 1
        else element
        for index, element in enumerate(region.elements)
    )
    part = replace(region, columns=area.columns, lines=area.lines, elements=elements)
    cuts = Cuts(0, (0, 0, 0))
    if area.columns == region.columns:
        outside = window.siblings - (window.last - window.first) - 1 if window.path == () else 0
        one, two, three = (costs.cut(outside + number) for number in (1, 2, 3))
        cuts = Cuts(0, (one, two, three))
    singles = [1 << bit for bit in range(window.which.bit_length()) if window.which >> bit & 1]
    slicing = Slicing(part, costs, Family(singles), meter, _scale(page, window, region), cuts)
    search = Search(slicing, meter)
    bound = search.bound()
    if bound is None:
        return None
    best = page
    entries = []
    for slack in (40, 90):
        search = Search(slicing, meter)
        entries = search.pages(bound + slack)
        if len(entries) >= _TREES or meter.over:
            break
    for entry in entries[:_TREES]:
        meter.spend(len(region.elements))
        other = finish(_put(page.tree, window, entry.tree), region, costs)
        if (other.cost, other.tree) < (best.cost, best.tree) and other.cost < page.cost:
            best = other
    return None if best is page else best


def _scale(page: Page, window: _Window, region: Region) -> Scale:
    """Return rows that reach as far as the window's elements cost now."""
    cells, now = dict(page.cells), 0
    for index, chosen in page.ways:
        if window.which >> index & 1:
            element, place = region.elements[index], cells[index]
            now += element.options[place.columns][place.lines][chosen][0] - element.least
    return Scale(-(-(now + _ROOM) // _ROWS), _ROWS)


def _windows(tree: Tree, region: Region) -> list[_Window]:
    """Return the windows of a tree, larger ones first."""
    found = [
        window
        for window in _inside(tree, (), Cells(0, 0, region.columns, region.lines))
        if _WINDOW[0] <= window.which.bit_count() <= _WINDOW[1]
    ]
    unique = {(window.which, window.area): window for window in found}
    return sorted(unique.values(), key=lambda window: (-window.which.bit_count(), window.area, window.which))


def _inside(tree: Tree, path: tuple[int, ...], area: Cells) -> Iterator[_Window]:
    kind = tree[0]
    if kind == LEAF:
        return
    siblings: list[tuple[Tree, Cells]] = []
    at = area.line if kind == STACK else area.column
    for part, extent in run(tree, kind):
        if kind == STACK:
            depth = extent or area.bottom - at
            siblings.append((part, Cells(area.column, at, area.columns, depth)))
            at += depth
        else:
            width = extent or area.right - at
            siblings.append((part, Cells(at, area.line, width, area.lines)))
            at += width
    masks = [members(part) for part, _ in siblings]
    for first in range(len(siblings)):
        for last in range(first, len(siblings)):
            if first == last and siblings[first][0][0] == LEAF:
                continue
            low, high = siblings[first][1], siblings[last][1]
            hull = Cells(low.column, low.line, high.right - low.column, high.bottom - low.line)
            yield _Window(path, kind, first, last, hull, sum(masks[first : last + 1]), len(siblings))
    for number, (part, place) in enumerate(siblings):
        yield from _inside(part, (*path, number), place)


def _put(tree: Tree, window: _Window, new: Tree, depth: int = 0) -> Tree:
    """Return the tree with the window's run replaced by a new tree."""
    kind = tree[0]
    siblings = run(tree, kind)
    if depth == len(window.path):
        extent = window.area.lines if kind == STACK else window.area.columns
        siblings = [*siblings[: window.first], (new, extent), *siblings[window.last + 1 :]]
    else:
        number = window.path[depth]
        part, extent = siblings[number]
        siblings[number] = (_put(part, window, new, depth + 1), extent)
    return joined(kind, siblings)

"""Slicing trees: how a page is cut, as plain nested tuples that compare and sort."""

from __future__ import annotations

from layout.geometry import Cells

Tree = tuple[int, "Tree | int", "Tree | int", int]
"""(LEAF, element, 0, 0), (STACK, upper, lower, depth of the upper) or (BESIDE, left, right, width of the left)."""

LEAF, STACK, BESIDE = 0, 1, 2


def leaf(index: int) -> Tree:
    """Return the tree of a single element."""
    return (LEAF, index, 0, 0)


def element(tree: Tree) -> int:
    """Return the element of a leaf."""
    assert isinstance(tree[1], int)
    return tree[1]


def parts(tree: Tree) -> tuple[Tree, Tree]:
    """Return the two parts of a node."""
    assert isinstance(tree[1], tuple)
    assert isinstance(tree[2], tuple)
    return tree[1], tree[2]


def members(tree: Tree) -> int:
    """Return the tree's elements as a mask."""
    if tree[0] == LEAF:
        return 1 << element(tree)
    one, two = parts(tree)
    return members(one) | members(two)


def run(tree: Tree, kind: int) -> list[tuple[Tree, int]]:
    """Return the siblings that a tree has in one direction with their extents; the last extent is 0, the rest."""
    found: list[tuple[Tree, int]] = []
    while tree[0] == kind:
        extent = tree[3]
        one, tree = parts(tree)
        found.append((one, extent))
    return [*found, (tree, 0)]


def joined(kind: int, siblings: list[tuple[Tree, int]]) -> Tree:
    """Return siblings with their extents as one tree, every first part cut the other way than its node."""
    flat: list[tuple[Tree, int]] = []
    for part, extent in siblings:
        inner = run(part, kind)
        known = sum(size for _, size in inner)
        flat += [*inner[:-1], (inner[-1][0], extent - known)]
    tree = flat[-1][0]
    for part, extent in reversed(flat[:-1]):
        tree = (kind, part, tree, extent)
    return tree


def canonical(tree: Tree) -> Tree:
    """Return the tree with every run of like nodes hanging down its second parts."""
    if tree[0] == LEAF:
        return tree
    one, two = parts(tree)
    return joined(tree[0], [(canonical(one), tree[3]), (canonical(two), 0)])


def spread(tree: Tree, area: Cells) -> dict[int, Cells]:
    """Return the rectangle of every element when the tree fills the area."""
    cells: dict[int, Cells] = {}
    _spread(tree, area, cells)
    return cells


def halves(tree: Tree, area: Cells) -> tuple[Cells, Cells]:
    """Return the rectangles of a node's two parts."""
    cut = tree[3]
    if tree[0] == STACK:
        return (
            Cells(area.column, area.line, area.columns, cut),
            Cells(area.column, area.line + cut, area.columns, area.lines - cut),
        )
    return (
        Cells(area.column, area.line, cut, area.lines),
        Cells(area.column + cut, area.line, area.columns - cut, area.lines),
    )


def _spread(tree: Tree, area: Cells, cells: dict[int, Cells]) -> None:
    if tree[0] == LEAF:
        cells[element(tree)] = area
        return
    for part, place in zip(parts(tree), halves(tree, area), strict=True):
        _spread(part, place, cells)

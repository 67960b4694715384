"""The page solver against brute force, and the properties every page must have."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import Cells
from layout.page.problem import HEADLESS, Block, Candidate, Item, Placed, Problem, Solution
from layout.page.solver import solve
from layout.plan import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = {
    "inversion": 120,
    "second_low": 6,
    "lead_below": 100_000,
    "lead_right": 30,
    "rank_right": 5,
    "gutter": 80,
    "root_column_cut": 120,
    "cut_second": 40,
    "cut_third": 150,
    "butting_heads": 100,
    "photo_clash": 40,
}

VARIANT = Variant(style="over", columns=1, lines=1, legs=1, characters=11, body=1, head=None)


def way(cost: int, head: tuple[str, int] = ("song", 40)) -> Candidate:
    """Return a candidate."""
    return Candidate(cost, head, VARIANT)


def item(name: str, rank: int, sizes: dict[tuple[int, int], int], **more: int | bool) -> Item:
    """Return an item with one candidate for each (width, depth)."""
    table: dict[int, dict[int, tuple[Candidate, ...]]] = {}
    for (width, depth), cost in sizes.items():
        table.setdefault(width, {})[depth] = (way(cost),)
    return Item(id=name, rank=rank, table=table, **more)  # type: ignore[arg-type]


def rigid(name: str, rank: int, width: int, depth: int, **more: int | bool) -> Item:
    """Return an item of one size."""
    return item(name, rank, {(width, depth): 10}, **more)


# brute force: every slicing tree, every candidate, priced from the definitions

Sheet = dict[str, tuple[Cells, Candidate]]


def brute_force(problem: Problem) -> int | None:
    """Return the least cost of any slicing of a page whose blocks do not matter."""
    area = Cells(0, 0, problem.columns, problem.lines + 1)
    costs = [
        order + beyond(problem, sheet)
        for order, _, _, sheet in slicings(problem, problem.items, area, root=True)
    ]
    return min(costs, default=None)


def slicings(
    problem: Problem, items: tuple[Item, ...], area: Cells, *, root: bool = False
) -> Iterator[tuple[int, int, bool, Sheet]]:
    """Yield (cost of order, level cuts through the whole width, whether cut upright, sheet) of every tree."""
    weights = problem.weights
    if len(items) == 1:
        one = items[0]
        if one.column in (None, area.column) and one.line in (None, area.line):
            for candidate in one.table.get(area.columns, {}).get(area.lines, ()):
                yield 0, 0, False, {one.id: (area, candidate)}
        return
    for size in range(1, len(items)):
        for first in itertools.combinations(items, size):
            rest = tuple(one for one in items if one not in first)
            for cut in range(1, area.lines):
                upper = Cells(area.column, area.line, area.columns, cut)
                lower = Cells(area.column, area.line + cut, area.columns, area.lines - cut)
                node = above(problem, first, rest)
                for a, cuts, _, top in slicings(problem, first, upper):
                    for b, more, _, foot in slicings(problem, rest, lower):
                        total, extra = cuts + more + 1, 0
                        if area.columns == problem.columns and root:
                            prices = [0, weights["cut_second"], *[weights["cut_third"]] * 9]
                            extra = sum(prices[:total])
                        yield a + b + node + extra, total, False, {**top, **foot}
            for cut in range(1, area.columns):
                left = Cells(area.column, area.line, cut, area.lines)
                right = Cells(area.column + cut, area.line, area.columns - cut, area.lines)
                node = beside(problem, first, rest) + (weights["root_column_cut"] if root else 0)
                for a, _, upright, one_side in slicings(problem, first, left):
                    for b, _, _, other in () if upright else slicings(problem, rest, right):
                        yield a + b + node, 0, True, {**one_side, **other}


def above(problem: Problem, top: tuple[Item, ...], rest: tuple[Item, ...]) -> int:
    """Return the cost of one set above another."""
    lead = min(problem.items, key=lambda one: one.rank)
    cost = 0
    if lead in rest and lead.line is None and any(one.line is None for one in top):
        cost += problem.weights["lead_below"]
    for one, two in itertools.product(top, rest):
        if one.line is None and two.line is None:
            cost += problem.weights["inversion"] * (one.rank - two.rank >= 2)
            cost += problem.weights["second_low"] * (one.rank == 3 and two.rank == 2)
    return cost


def beside(problem: Problem, left: tuple[Item, ...], right: tuple[Item, ...]) -> int:
    """Return the cost of the order of two sets side by side."""
    lead = min(problem.items, key=lambda one: one.rank)
    if lead in right:
        return problem.weights["lead_right"]
    if lead in left or min(one.rank for one in left) <= min(one.rank for one in right):
        return 0
    return problem.weights["rank_right"]


def beyond(problem: Problem, sheet: Sheet) -> int:
    """Return the costs that a page has beyond the order of its modules, counted cell by cell."""
    weights, lines = problem.weights, problem.lines + 1
    grid = {
        (column, line): name
        for name, (cells, _) in sheet.items()
        for column in range(cells.column, cells.right)
        for line in range(cells.line, cells.bottom)
    }
    photos = {one.id for one in problem.items if one.photo}
    cost = sum(candidate.cost for _, candidate in sheet.values())
    meetings: dict[tuple[str, str], int] = {}
    for column in range(1, problem.columns):
        run = 0
        for line in range(lines + 1):
            pair = (grid.get((column - 1, line), ""), grid.get((column, line), ""))
            if line < lines and pair[0] != pair[1]:
                run += 1
                meetings[pair] = meetings.get(pair, 0) + 1
            else:
                excess = 2 * run - lines
                cost += weights["gutter"] * excess * 10 // (3 * lines) if excess > 0 else 0
                run = 0
    for (one, two), shared in meetings.items():
        a, b = sheet[one], sheet[two]
        if {one, two} <= photos and 2 * shared >= min(a[0].lines, b[0].lines):
            cost += weights["photo_clash"]
        if a[0].line == b[0].line and HEADLESS not in (a[1].head, b[1].head):
            small, large = sorted((a[1].head[1], b[1].head[1]))
            share = 20 if large * 100 >= small * 130 else 60 if a[1].head[0] != b[1].head[0] else 100
            cost += weights["butting_heads"] * share // 100
    return cost


def small_page(seed: int, count: int, *, sparse: bool = False) -> Problem:
    """Return a small random page that has a slicing: rectangles cut at random, with more sizes around them."""
    chance = random.Random(seed)  # noqa: S311
    columns, lines = chance.choice(((2, 7), (3, 9), (3, 12), (4, 8)))
    parts = [Cells(0, 0, columns, lines + 1)]
    while len(parts) < count:
        part = parts.pop(chance.randrange(len(parts)))
        if part.columns > 1 and (chance.random() < 0.5 or part.lines < 4):
            cut = chance.randint(1, part.columns - 1)
            parts.append(Cells(part.column, part.line, cut, part.lines))
            parts.append(Cells(part.column + cut, part.line, part.columns - cut, part.lines))
        elif part.lines >= 4:
            cut = chance.randint(2, part.lines - 2)
            parts.append(Cells(part.column, part.line, part.columns, cut))
            parts.append(Cells(part.column, part.line + cut, part.columns, part.lines - cut))
        else:
            parts.append(part)
    heads = [("song", 40), ("song", 56), ("hei", 40), HEADLESS]
    items = []
    for number, part in enumerate(parts):
        table: dict[int, dict[int, tuple[Candidate, ...]]] = {}
        sizes = {(part.columns, part.lines)}
        for _ in range(0 if sparse else chance.randint(0, 4)):
            sizes.add((chance.randint(1, columns), chance.randint(2, lines)))
        for width, depth in sorted(sizes):
            chosen = chance.sample(heads, chance.randint(1, 2))
            ways = sorted((chance.randint(0, 60), head) for head in chosen)
            table.setdefault(width, {})[depth] = tuple(way(cost, head) for cost, head in ways)
        items.append(Item(id=f"i{number}", rank=chance.randint(1, 4), table=table, photo=chance.random() < 0.5))
    return Problem(columns=columns, lines=lines, items=tuple(items), weights=WEIGHTS)


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_brute_force(seed: int) -> None:
    problem = small_page(seed, 2 + seed % 3)
    best = solve(problem)[0]
    assert best.exact
    assert not best.unplaced
    assert best.cost == brute_force(problem)


@pytest.mark.parametrize("seed", range(60, 90))
def test_agrees_with_brute_force_when_one_item_is_pinned(seed: int) -> None:
    problem = small_page(seed, 4)
    home = solve(replace(problem, weights={}))[0].placed
    chance = random.Random(seed)  # noqa: S311
    chosen = chance.choice(home)
    pin = {
        "column": chosen.cells.column if chance.random() < 0.7 else None,
        "line": chosen.cells.line if chance.random() < 0.7 else None,
    }
    items = tuple(replace(one, **pin) if one.id == chosen.id else one for one in problem.items)  # type: ignore[arg-type]
    problem = replace(problem, items=items)
    best = solve(problem)[0]
    assert best.exact
    assert best.cost == brute_force(problem)

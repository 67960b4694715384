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
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import Cells
from layout.page.solver import solve
from layout.page.solver.problem import HEADLESS, Block, Candidate, Item, Problem, Solution
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
    costs = [order + beyond(problem, sheet) for order, _, _, sheet in slicings(problem, problem.items, area, root=True)]
    return min(costs, default=None)


def slicings(  # noqa: C901 - one loop for each way to cut, each with its price
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
        left, right = a[1].head if a[1].right is None else a[1].right, b[1].head
        tops = a[0].line + a[1].top, b[0].line + b[1].top
        level = min(tops[0] + a[1].deep, tops[1] + b[1].deep) - max(tops)
        if 3 * level > min(a[1].deep, b[1].deep) and HEADLESS not in (left, right):
            small, large = sorted((left[1], right[1]))
            share = 90 if large * 100 >= small * 130 or left[0] != right[0] else 100
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
            table.setdefault(width, {})[depth] = tuple(
                way(cost, head)._replace(
                    right=HEADLESS if chance.random() < 0.3 else None,
                    top=chance.choice((0, 0, 1)),
                    deep=chance.randint(1, max(1, depth - 1)),
                )
                for cost, head in ways
            )
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


# what every page keeps


def check_page(problem: Problem, solution: Solution, *, tiled: bool) -> None:
    """Assert that nothing overlaps, everything is set in a way its table has, pins are kept, and the area is full."""
    page = Cells(0, 0, problem.columns, problem.lines + 1)
    items = {one.id: one for one in problem.items}
    taken = [foot(block.cells, problem.lines) for block in problem.blocks]
    for placed in solution.placed:
        one = items[placed.id]
        assert placed.cells.within(page)
        assert not any(placed.cells.overlaps(other) for other in taken)
        assert placed.candidate in one.table[placed.cells.columns][placed.cells.lines]
        assert one.column in (None, placed.cells.column)
        assert one.columns in (None, placed.cells.columns)
        assert one.line in (None, placed.cells.line)
        assert one.lines in (None, placed.cells.lines)
        taken.append(placed.cells)
    assert sorted([placed.id for placed in solution.placed] + list(solution.unplaced)) == sorted(items)
    if tiled:
        assert not solution.unplaced
        assert sum(cells.columns * cells.lines for cells in taken) == page.columns * page.lines


def foot(cells: Cells, lines: int) -> Cells:
    """Return a block with the blank line under the type area when it stands at the foot."""
    return replace(cells, lines=cells.lines + 1) if cells.bottom == lines else cells


@st.composite
def tiled_pages(draw: st.DrawFn) -> Problem:
    """Draw a page cut at random, some parts of it blocks, some pinned, the others with more sizes than their own."""
    columns, lines = draw(st.sampled_from([(3, 20), (4, 30), (6, 40)]))
    parts = [Cells(0, 0, columns, lines + 1)]
    for _ in range(draw(st.integers(1, 7))):
        part = parts.pop(draw(st.integers(0, len(parts) - 1)))
        upright = part.columns > 1 and (part.lines < 8 or draw(st.booleans()))
        if upright:
            cut = draw(st.integers(1, part.columns - 1))
            parts.append(Cells(part.column, part.line, cut, part.lines))
            parts.append(Cells(part.column + cut, part.line, part.columns - cut, part.lines))
        elif part.lines >= 8:
            cut = draw(st.integers(4, part.lines - 4))
            parts.append(Cells(part.column, part.line, part.columns, cut))
            parts.append(Cells(part.column, part.line + cut, part.columns, part.lines - cut))
        else:
            parts.append(part)
    items: list[Item] = []
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        kind = draw(st.sampled_from(["free", "free", "free", "pinned", "block"]))
        if kind == "block" and len(blocks) < 2:
            at_foot = part.bottom == lines + 1 and part.lines > 1
            cells = replace(part, lines=part.lines - 1) if at_foot else part
            blocks.append(Block(id=f"b{number}", cells=cells))
            continue
        table: dict[int, dict[int, tuple[Candidate, ...]]] = {part.columns: {part.lines: (way(20),)}}
        for _ in range(draw(st.integers(0, 5))):
            width, depth = draw(st.integers(1, columns)), draw(st.integers(2, lines))
            cost = draw(st.integers(0, 80))
            table.setdefault(width, {}).setdefault(depth, (way(cost), way(cost + 3, HEADLESS)))
        pin = {}
        if kind == "pinned":
            known = draw(st.sets(st.sampled_from(["column", "columns", "line", "lines"]), min_size=1))
            pin = {name: getattr(part, name) for name in sorted(known)}
        items.append(Item(id=f"i{number}", rank=draw(st.integers(1, 4)), table=table, **pin))
    return Problem(
        columns=columns, lines=lines, items=tuple(items), blocks=tuple(blocks), weights=WEIGHTS, budget=400_000
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(tiled_pages())
def test_tiles_the_free_area_and_keeps_blocks_and_pins(problem: Problem) -> None:
    for solution in solve(problem, 3):
        check_page(problem, solution, tiled=True)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tiled_pages(), st.integers(0, 40_000))
def test_keeps_to_its_budget_and_never_overlaps(problem: Problem, budget: int) -> None:
    problem = replace(problem, budget=budget)
    solution = solve(problem)[0]
    check_page(problem, solution, tiled=False)
    assert solution.work <= budget + 2_000


def test_never_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        pytest.fail("the solver read the clock")

    for name in ("time", "perf_counter", "monotonic", "process_time", "time_ns", "perf_counter_ns", "monotonic_ns"):
        monkeypatch.setattr(time, name, broken)
    problem = daily_page()
    spent = [solve(replace(problem, budget=budget))[0].work for budget in (500, 5_000, 50_000)]
    monkeypatch.undo()
    assert spent[0] <= 2_500
    assert spent[1] <= 7_000
    assert spent[2] <= 52_000


def daily_page(count: int = 8) -> Problem:
    """Return a page of a tabloid with elastic stories, a nameplate and half a strip of adverts."""
    chance = random.Random(count)  # noqa: S311
    ranks = [1, 2, 2, *[3] * (count - 5), 4, 4]
    shares = [{1: 60, 2: 34, 3: 22, 4: 10}[rank] for rank in ranks]
    free = 6 * 82 - 6 * 12 - 3 * 19
    items = []
    for number, (rank, share) in enumerate(zip(ranks, shares, strict=True)):
        area = free * share / sum(shares)
        table: dict[int, dict[int, tuple[Candidate, ...]]] = {}
        for width in {1: (4, 5, 6), 2: (2, 3, 4), 3: (1, 2, 3), 4: (1, 2)}[rank]:
            middle = round(area / width)
            spread = max(2, middle // 6)
            for depth in range(max(4, middle - spread), min(70, middle + spread) + 1):
                cost = 6 * abs(depth - middle) + chance.randint(0, 20)
                size = {1: 80, 2: 52, 3: 40, 4: 26}[rank]
                table.setdefault(width, {})[depth] = (way(cost, ("song", size)), way(cost + 8, HEADLESS))
        items.append(Item(id=f"s{number}", rank=rank, table=table, photo=rank < 3))
    blocks = (
        Block(id="nameplate", cells=Cells(0, 0, 6, 12)),
        Block(id="advert", cells=Cells(3, 63, 3, 18)),
    )
    return Problem(columns=6, lines=81, items=tuple(items), blocks=blocks, weights=WEIGHTS, budget=60_000)


@pytest.mark.parametrize("count", [6, 9, 13])
def test_fills_a_daily_page(count: int) -> None:
    problem = daily_page(count)
    solutions = solve(problem, 3)
    for solution in solutions:
        check_page(problem, solution, tiled=True)
    best = solutions[0]
    places = {placed.id: placed.cells for placed in best.placed}
    assert places["s0"].line == 12
    assert best.cost < 1_000
    assert [one.cost for one in solutions] == sorted(one.cost for one in solutions)
    assert len({tuple((placed.id, placed.cells) for placed in one.placed) for one in solutions}) == 3


def test_left_is_preferred_for_the_lead() -> None:
    items = (rigid("a", 3, 1, 11), rigid("b", 1, 2, 11))
    best = solve(Problem(columns=3, lines=10, items=items, weights=WEIGHTS))[0]
    assert {placed.id: placed.cells.column for placed in best.placed} == {"b": 0, "a": 2}


def test_heads_of_a_size_do_not_meet_when_one_can_give_way() -> None:
    table = {1: {11: (way(0), way(30, HEADLESS))}}
    items = tuple(Item(id=name, rank=3, table=table) for name in "abc")
    best = solve(Problem(columns=3, lines=10, items=items, weights=WEIGHTS))[0]
    heads = [placed.candidate.head for placed in sorted(best.placed, key=lambda placed: placed.cells)]
    assert heads == [("song", 40), HEADLESS, ("song", 40)]


def test_pictures_keep_apart() -> None:
    items = (*(rigid(name, 3, 1, 7, photo=True) for name in "ab"), rigid("c", 3, 1, 4), rigid("d", 3, 1, 4))
    best = solve(Problem(columns=2, lines=10, items=items, weights={"photo_clash": 40}))[0]
    places = {placed.id: placed.cells for placed in best.placed}
    shared = min(places["a"].bottom, places["b"].bottom) - max(places["a"].line, places["b"].line)
    assert places["a"].column == places["b"].column or 2 * shared < 7


def test_an_empty_page_and_a_page_of_blocks() -> None:
    empty = solve(Problem(columns=6, lines=81, items=()))[0]
    assert (empty.placed, empty.unplaced, empty.cost) == ((), (), 0)
    full = Block(id="advert", cells=Cells(0, 0, 6, 81))
    crowded = solve(Problem(columns=6, lines=81, items=(rigid("a", 1, 2, 20),), blocks=(full,)))[0]
    assert crowded.placed == ()
    assert crowded.unplaced == ("a",)


def test_too_little_copy_leaves_a_hole() -> None:
    problem = Problem(columns=4, lines=29, items=(rigid("a", 1, 4, 10), rigid("b", 2, 2, 12)), weights=WEIGHTS)
    solution = solve(problem)[0]
    check_page(problem, solution, tiled=False)
    assert solution.unplaced == ()


def test_too_much_copy_leaves_out_the_last_of_the_lowest_rank() -> None:
    items = (rigid("a", 1, 4, 15), rigid("b", 3, 4, 15), rigid("c", 4, 2, 15), rigid("d", 4, 2, 15))
    problem = Problem(columns=4, lines=29, items=items, weights=WEIGHTS)
    solution = solve(problem)[0]
    check_page(problem, solution, tiled=False)
    assert solution.unplaced == ("c", "d")
    assert not solution.exact


def test_pins_that_contradict_the_page_are_left_out() -> None:
    items = (
        rigid("a", 1, 4, 15),
        rigid("b", 2, 4, 15),
        rigid("off", 2, 2, 10, column=3),
        rigid("under", 2, 2, 10, column=0, line=0),
        rigid("wide", 2, 2, 10, columns=3),
    )
    block = Block(id="nameplate", cells=Cells(0, 0, 4, 5))
    problem = Problem(columns=4, lines=34, items=items, blocks=(block,), weights=WEIGHTS)
    solution = solve(problem)[0]
    check_page(problem, solution, tiled=False)
    assert solution.unplaced == ("off", "under", "wide")


def test_blocks_that_no_slicing_parts_still_leave_a_page() -> None:
    wheel = [Cells(0, 0, 4, 4), Cells(4, 0, 2, 8), Cells(2, 8, 4, 4), Cells(0, 4, 2, 8)]
    blocks = tuple(Block(id=str(number), cells=cells) for number, cells in enumerate(wheel))
    problem = Problem(columns=6, lines=30, items=(rigid("a", 1, 6, 10), rigid("b", 2, 6, 9)), blocks=blocks)
    solution = solve(problem)[0]
    check_page(problem, solution, tiled=False)
    assert solution.unplaced == ()


def fingerprint() -> str:
    """Return two pages' solutions as text."""
    return "\n".join(repr(solve(daily_page(count), 2)) for count in (7, 12))


def test_is_the_same_under_every_hash_seed() -> None:
    code = (
        "import importlib.util, sys;"
        "spec = importlib.util.spec_from_file_location('pages', sys.argv[1]);"
        "pages = importlib.util.module_from_spec(spec); sys.modules['pages'] = pages;"
        "spec.loader.exec_module(pages); print(pages.fingerprint())"
    )
    root = Path(__file__).parents[2]
    prints = [
        subprocess.run(
            [sys.executable, "-c", code, __file__],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert prints[0] == prints[1]
    assert prints[0].strip() == fingerprint()

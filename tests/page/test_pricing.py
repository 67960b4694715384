"""What a whole page costs: the same as the search found, whatever way its rectangles are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layout.geometry import Cells
from layout.page.pricing import Standing, price, tree_of
from layout.page.solver import Block, Candidate, Item, Problem, solve
from layout.page.solver.tree import BESIDE, STACK, leaf, spread
from layout.plan import Variant
from tests.bench.solver import TABLOID, WEIGHTS, instance

if TYPE_CHECKING:
    from layout.page.solver import Solution

VARIANT = Variant(style="over", columns=1, lines=1, legs=1, characters=11, body=1, head=None)


def standing(problem: Problem, solution: Solution) -> list[Standing]:
    items = {item.id: item for item in problem.items}
    return [
        Standing(
            one.id,
            one.cells,
            items[one.id].rank,
            items[one.id].photo,
            items[one.id].table[one.cells.columns][one.cells.lines],
        )
        for one in solution.placed
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_solution_is_priced_as_the_solver_did(seed: int) -> None:
    """A page that can be cut in two ways has two prices: they differ by the order of its parts alone."""
    problem = instance(seed, 6, TABLOID)
    [solution] = solve(problem)
    if solution.unplaced:
        pytest.skip("no page to be priced")
    made = price(standing(problem, solution), [], problem.columns, problem.lines, WEIGHTS)
    assert abs(made.cost - solution.cost) <= WEIGHTS["cut_third"]
    chosen = {one.id: one for one in standing(problem, solution)}
    assert {name: chosen[name].ways[way] for name, way in made.ways.items()} == {
        one.id: one.candidate for one in solution.placed
    }


def test_a_tree_is_read_off_its_rectangles() -> None:
    tree = (BESIDE, (STACK, leaf(0), leaf(1), 30), (STACK, leaf(2), (BESIDE, leaf(3), leaf(4), 1), 50), 4)
    area = Cells(0, 0, 6, 82)
    cells = spread(tree, area)
    assert tree_of(cells, area) == tree
    assert tree_of({**cells, 0: Cells(0, 0, 4, 29)}, area) is None


def test_rectangles_that_no_cut_parts_cost_what_they_cost() -> None:
    wheel = [Cells(0, 0, 4, 30), Cells(4, 0, 2, 52), Cells(2, 52, 4, 30), Cells(0, 30, 2, 52), Cells(2, 30, 2, 22)]
    ways = (Candidate(7, ("song", 40), VARIANT),)
    made = price([Standing(str(n), one, 3, False, ways) for n, one in enumerate(wheel)], [], 6, 81, WEIGHTS)
    assert made.cost == 35


def test_wishes_outweigh_the_order_of_ranks() -> None:
    from layout.page.solver.problem import Wish

    ways = {
        3: {41: (Candidate(0, ("a", 60), VARIANT),), 82: (Candidate(0, ("a", 60), VARIANT),)},
        6: {41: (Candidate(0, ("a", 60), VARIANT),)},
    }
    items = (Item(id="lead", rank=1, table=ways), Item(id="brief", rank=4, table=ways))
    page = Problem(columns=6, lines=81, items=items, weights=WEIGHTS)
    [free] = solve(page)
    assert {one.id: one.cells.line for one in free.placed}["lead"] == 0
    for where in ("above", "beside"):
        wished = Problem(columns=6, lines=81, items=items, weights=WEIGHTS, wishes=(Wish(where, "brief", "lead"),))
        [made] = solve(wished)
        cells = {one.id: one.cells for one in made.placed}
        if where == "above":
            assert cells["brief"].bottom <= cells["lead"].line
        else:
            assert cells["brief"].line == cells["lead"].line
        assert made.cost < 200_000


def test_blocks_are_no_part_of_the_price() -> None:
    ways = (Candidate(9, ("song", 40), VARIANT),)
    made = price([Standing("a", Cells(0, 0, 6, 62), 1, False, ways)], [Cells(0, 62, 6, 19)], 6, 81, WEIGHTS)
    assert made.cost == 9
    assert Block(id="b", cells=Cells(0, 62, 6, 19)).cells.bottom == 81

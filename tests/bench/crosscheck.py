"""Hold the page solver against CP-SAT (OR-Tools) on small random pages.

Run `python tests/bench/crosscheck.py [--pages N]`. CP-SAT packs the same settings of the same items into the same page,
cheapest first, until a packing is found that full cuts take apart (a slicing): that is the best page there is. The
solver must close every page that CP-SAT closes by slicing; its gap is what its page costs above the best. Costs of
placement are left out (all weights are 0), as they are the solver's own. One thread, a fixed seed: the same pages and
the same answers every time.
"""

from __future__ import annotations

import argparse
import random
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ortools.sat.python import cp_model

from layout.geometry import Cells
from layout.page.solver import solve
from layout.page.solver.problem import Candidate, Item, Problem
from layout.plan import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIANT: Final = Variant(style="over", columns=1, lines=1, legs=1, characters=11, body=1, head=None)
PACKINGS: Final = 200
"""Packings that are looked at for one that is a slicing; a page with more before it is left undecided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One page: the best cost by slicing (None: there is none), the solver's (None: page not closed)."""

    best: int | None
    ours: int | None
    decided: bool


def random_problem(seed: int) -> Problem:
    """Return a page of three to six items; half of the pages can be closed for certain, as they were cut apart."""
    dice = random.Random(seed)  # noqa: S311 - pages, not secrets
    columns, lines = dice.randint(3, 6), dice.randint(11, 23)
    count = dice.randint(3, 6)
    places = list(_cut(Cells(0, 0, columns, lines + 1), count, dice))
    items = []
    for number, place in enumerate(places):
        shapes = {(dice.randint(1, columns), dice.randint(3, lines)) for _ in range(dice.randint(2, 5))}
        if seed % 2:
            shapes.add((place.columns, place.lines))
        table: dict[int, dict[int, tuple[Candidate, ...]]] = {}
        for width, depth in sorted(shapes):
            table.setdefault(width, {})[depth] = (Candidate(dice.randint(0, 90), ("", 0), VARIANT),)
        items.append(Item(id=f"s{number}", rank=dice.randint(1, 4), table=table))
    return Problem(columns=columns, lines=lines, items=tuple(items), weights={})


def _cut(area: Cells, count: int, dice: random.Random) -> Iterator[Cells]:
    """Yield the parts of an area cut apart by full cuts into at most `count` parts of two lines and more."""
    upright = area.columns > 1 and (dice.random() < 0.5 or area.lines < 2 * _LEAST)
    if count == 1 or (not upright and area.lines < 2 * _LEAST):
        yield area
        return
    first = dice.randint(1, count - 1)
    if upright:
        at = dice.randint(1, area.columns - 1)
        yield from _cut(Cells(area.column, area.line, at, area.lines), first, dice)
        yield from _cut(Cells(area.column + at, area.line, area.columns - at, area.lines), count - first, dice)
        return
    at = dice.randint(_LEAST, area.lines - _LEAST)
    yield from _cut(Cells(area.column, area.line, area.columns, at), first, dice)
    yield from _cut(Cells(area.column, area.line + at, area.columns, area.lines - at), count - first, dice)


_LEAST: Final = 3
"""Lines that a part has at least."""


def is_slicing(places: Sequence[Cells]) -> bool:
    """Return whether full cuts take rectangles apart that tile an area."""
    if len(places) <= 1:
        return True
    for at in {place.line for place in places}:
        above = [place for place in places if place.bottom <= at]
        below = [place for place in places if place.line >= at]
        if above and below and len(above) + len(below) == len(places):
            return is_slicing(above) and is_slicing(below)
    for at in {place.column for place in places}:
        left = [place for place in places if place.right <= at]
        right = [place for place in places if place.column >= at]
        if left and right and len(left) + len(right) == len(places):
            return is_slicing(left) and is_slicing(right)
    return False


def best_slicing(problem: Problem) -> tuple[int | None, bool]:
    """Return the least cost of a slicing, None where there is none, and whether that is certain."""
    model = cp_model.CpModel()
    across, down, chosen = [], [], []
    columns, lines = problem.columns, problem.lines + 1
    flags: list[cp_model.IntVar] = []
    price: list[cp_model.LinearExprT] = []
    area: list[cp_model.LinearExprT] = []
    for item in problem.items:
        own = []
        for width, depths in sorted(item.table.items()):
            for depth, ways in sorted(depths.items()):
                if width > columns or depth > lines:
                    continue
                here = model.new_bool_var("")
                x, y = model.new_int_var(0, columns - width, ""), model.new_int_var(0, lines - depth, "")
                across.append(model.new_optional_fixed_size_interval_var(x, width, here, ""))
                down.append(model.new_optional_fixed_size_interval_var(y, depth, here, ""))
                # what is not chosen stands still, so that no two answers are the same page
                model.add(x == 0).only_enforce_if(~here)
                model.add(y == 0).only_enforce_if(~here)
                own.append(here)
                chosen.append((here, x, y, width, depth))
                flags += [here, x, y]
                price.append(ways[0].cost * here)
                area.append(width * depth * here)
        model.add_exactly_one(own)
    model.add_no_overlap_2d(across, down)
    model.add(sum(area) == columns * lines)
    model.minimize(sum(price))
    for _ in range(PACKINGS):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, True
        packed = [
            Cells(solver.value(x), solver.value(y), width, depth)
            for here, x, y, width, depth in chosen
            if solver.value(here)
        ]
        if is_slicing(packed):
            return round(solver.objective_value), True
        model.add_forbidden_assignments(flags, [[solver.value(flag) for flag in flags]])
    return None, False


def check(problem: Problem) -> Verdict:
    """Return what CP-SAT and the solver make of a page."""
    best, decided = best_slicing(problem)
    [found] = solve(problem)[:1]
    covered = sum(one.cells.columns * one.cells.lines for one in found.placed)
    closed = not found.unplaced and covered == problem.columns * (problem.lines + 1)
    return Verdict(best=best, ours=found.cost if closed else None, decided=decided)


def main() -> None:
    """Check random pages and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    verdicts = [check(random_problem(seed)) for seed in range(parser.parse_args().pages)]
    decided = [one for one in verdicts if one.decided]
    able = [one for one in decided if one.best is not None]
    missed = [one for one in able if one.ours is None]
    gaps = [one.ours - one.best for one in able if one.ours is not None and one.best is not None]
    print(f"pages {len(verdicts)}, undecided {len(verdicts) - len(decided)}, closed by CP-SAT {len(able)}")
    print(f"of those not closed by the solver: {len(missed)}")
    if gaps:
        worst, mean = max(gaps), statistics.mean(gaps)
        print(f"gap to the optimum: none on {gaps.count(0)} of {len(gaps)}, mean {mean:.2f}, worst {worst}")


if __name__ == "__main__":
    main()

"""A page that was made before and has to be made again: what can stay stays.

Only the smallest rectangle of whole modules that holds what has changed is filled anew, larger ones in turn where
that is not enough, the whole page last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.geometry import Cells
from layout.page.desk import Filled, closes
from layout.page.keeping import settle
from layout.page.solver import solve
from layout.page.solver.problem import Block, Problem
from layout.page.wishes import wishes_of
from layout.plan import Module

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.model import Entry
    from layout.page.copy import Copy
    from layout.page.desk import Desk
    from layout.plan import PagePlan

WORSE: Final = 200
"""How much dearer than before a part may become before a larger part is looked at: two things an editor would see."""

MOVED: Final = 50
"""What it counts that a module is set anew, where no part is as good as before."""

TRIES: Final = 24
"""Parts that are filled anew before the whole page is."""

BUDGET: Final = 40_000
"""Work units the solver may spend on one part."""

MOST: Final = 9
"""Modules of a part: more of them are most of a page."""


class Part(NamedTuple):
    """A rectangle of whole modules, and what of the page it holds."""

    cells: Cells
    held: frozenset[str]


class Refill(NamedTuple):
    """A part filled anew: its price (dearer, and moved), which try it was, what stands now, what was set anew."""

    price: int
    number: int
    modules: Mapping[str, Module]
    anew: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resettled:
    """A page made again, and the entries that were set anew for it."""

    filled: Filled
    anew: frozenset[str] = frozenset()


def resettle(desk: Desk, former: PagePlan, standing: Sequence[Module], copies: dict[str, Copy]) -> Resettled | None:
    """Return a page with as much of a former plan as can stay, or None where all of it has to be made anew.

    Args:
        desk: the page as it is now.
        former: its plan as it was.
        standing: modules that a plan file fixes.
        copies: the page's stories; they get headline sizes that the former plan needs.
    """
    fixed = {module.id: module for module in standing}
    entries = {entry.id: entry for entry in desk.room.page.entries}
    was = {module.id: module for module in former.modules if module.id not in fixed}
    now = fixed | {
        name: module
        for name, module in was.items()
        if name in entries and _stays(desk, module, entries[name], fixed, copies)
    }
    changed = {name: module.cells for name, module in was.items() if name not in now}
    changed |= {f"\0{name} {cells}": cells for name, cells in sorted(set(desk.blocks) ^ set(former.blocks))}
    new = frozenset(name for name in entries if name not in now and name not in was)
    if not changed and not new:
        return Resettled(filled=desk.standing(tuple(now.values()), former.cost))
    costs = {module.id: module.cost for module in former.modules}
    anew: frozenset[str] = frozenset()
    # Each change by itself where that is enough; all of them at once where copy has come or gone.
    together = bool(new) or any(name not in entries for name in changed)
    while changed or new:
        seeds = tuple(changed) if together else tuple(changed)[:1]
        made = _refill(desk, seeds, changed, now, new, frozenset(fixed), costs)
        if made is None and not together:
            together = True
            continue
        if made is None:
            return None
        now, anew, new = dict(made.modules), anew | made.anew, frozenset()
        changed = {name: cells for name, cells in changed.items() if name not in made.anew and name not in seeds}
    return Resettled(filled=desk.priced(desk.standing(tuple(now.values()), 0)), anew=anew)


def _refill(
    desk: Desk,
    seeds: Sequence[str],
    changed: Mapping[str, Cells],
    now: Mapping[str, Module],
    new: frozenset[str],
    fixed: frozenset[str],
    costs: Mapping[str, int],
) -> Refill | None:
    """Return the part of the least price around `seeds`, looking no further once one is good enough; None without."""
    entries = {entry.id: entry for entry in desk.room.page.entries}
    best: Refill | None = None
    parts = [part for part in _parts(desk, [changed[name] for name in seeds], changed, now) if not part.held & fixed]
    for number, part in enumerate(parts[:TRIES]):
        members = [entry for name, entry in entries.items() if name in part.held or name in new]
        made = _fill(desk, part, members, changed, now)
        if made is None:
            continue
        names = frozenset(entry.id for entry in members)
        worse = sum(made[entry.id].cost - max(costs.get(entry.id, 0), _least(desk, entry)) for entry in members)
        refill = Refill(worse + MOVED * len(names), number, made, names)
        best = min(best, refill, key=lambda one: one[:2]) if best else refill
        if worse <= WORSE:
            return best
    return best


def _least(desk: Desk, entry: Entry) -> int:
    """Return the price of an entry's cheapest setting: a story that has become dearer is so wherever it stands."""
    return min((ways[0].cost for depths in desk.closing(entry).table.values() for ways in depths.values()), default=0)


def _stays(desk: Desk, module: Module, entry: Entry, fixed: Mapping[str, Module], copies: dict[str, Copy]) -> bool:
    """Return whether a module can stand as it was: its text closes, its pin says nothing else, its place is free."""
    cells, pin = module.cells, entry.pin
    if not cells.within(desk.room.area) or not closes(module.variant):
        return False
    if pin is not None:
        foot = cells.bottom == desk.room.area.bottom
        head = module.variant.head.size if module.variant.head else None
        asked = (pin.column, pin.columns, pin.line, pin.lines, pin.head)
        has = (cells.column + 1, cells.columns, cells.line + 1, cells.lines - foot, head)
        if any(one is not None and one != other for one, other in zip(asked, has, strict=True)):
            return False
    taken = [*(other for _, other in desk.blocks), *(other.cells for other in fixed.values())]
    if any(cells.overlaps(other) for other in taken):
        return False
    return settle(entry, module.variant, copies, desk.room) is None


def _parts(desk: Desk, seeds: Sequence[Cells], changed: Mapping[str, Cells], now: Mapping[str, Module]) -> list[Part]:
    """Return the rectangles that hold the seeds and cut nothing apart, those of fewest modules first."""
    named = [*((name, one.cells) for name, one in now.items()), *changed.items()]
    whole = [*named, *desk.blocks]
    every = [*(cells for _, cells in whole), desk.room.area]
    columns = sorted({edge for cells in every for edge in (cells.column, cells.right)})
    lines = sorted({edge for cells in every for edge in (cells.line, cells.bottom)})
    left = min((cells.column for cells in seeds), default=desk.room.area.right)
    right = max((cells.right for cells in seeds), default=0)
    top = min((cells.line for cells in seeds), default=desk.room.area.bottom)
    bottom = max((cells.bottom for cells in seeds), default=0)
    found = []
    for column in (edge for edge in columns if edge <= left):
        for end in (edge for edge in columns if edge >= right and edge > column):
            for line in (edge for edge in lines if edge <= top):
                for foot in (edge for edge in lines if edge >= bottom and edge > line):
                    area = Cells(column, line, end - column, foot - line)
                    held = frozenset(name for name, cells in named if cells.within(area))
                    cut = any(cells.overlaps(area) and not cells.within(area) for _, cells in whole)
                    if held and not cut and len(held) <= MOST:
                        found.append(Part(area, held))
    return sorted(found, key=lambda part: (len(part.held), part.cells.columns * part.cells.lines, part.cells))


def _fill(
    desk: Desk, part: Part, members: Sequence[Entry], changed: Mapping[str, Cells], now: Mapping[str, Module]
) -> dict[str, Module] | None:
    """Return all modules with those of a part set anew, or None where they do not fill it exactly."""
    style = desk.room.style
    items = [desk.closing(entry) for entry in members]
    outside = {name: module for name, module in now.items() if name not in part.held}
    blocks = [*(cells for _, cells in desk.blocks), *(module.cells for module in outside.values())]
    free = part.cells.columns * part.cells.lines - sum(
        one.columns * one.lines for one in map(desk.to_foot, blocks) if one.within(part.cells)
    )
    areas = [[columns * depth for columns, depths in item.table.items() for depth in depths] for item in items]
    if not all(areas) or not sum(map(min, areas)) <= free <= sum(map(max, areas)):
        return None
    # What else has changed is still to come: its place is kept for it.
    blocks += [cells for name, cells in changed.items() if name not in part.held and not name.startswith("\0")]
    problem = Problem(
        columns=style.grid.columns,
        lines=style.grid.lines,
        items=tuple(items),
        blocks=tuple(Block(id=str(number), cells=cells) for number, cells in enumerate(blocks)),
        weights=style.weights,
        wishes=wishes_of(desk.room.page),
        budget=BUDGET,
    )
    [solution, *_] = solve(problem)
    made = {
        one.id: Module(id=one.id, cells=one.cells, variant=one.candidate.variant, cost=one.candidate.cost)
        for one in solution.placed
    }
    covered = sum(module.cells.columns * module.cells.lines for module in made.values())
    inside = all(module.cells.within(part.cells) for module in made.values())
    return outside | made if covered == free and inside and len(made) == len(members) else None

"""From a page's list of stories to its plan: tables, then the solver, then the plan.

Nothing is drawn here. What the plan says is exact: the composer sets it as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.geometry import Cells
from layout.page.copy import Copy, prepare_copy
from layout.page.furniture import page_blocks
from layout.page.group import forced_group, group_table
from layout.page.solver import solve
from layout.page.solver.problem import Block, Item, Problem, Solution
from layout.page.table import Table, frame_of
from layout.page.tables import forced_module, module_table
from layout.plan import Module, PagePlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.fontbook import Fontbook
    from layout.model import Entry, Issue, Page, Pin
    from layout.style import Style

BUDGET: Final = 160_000
"""Work units the solver may spend on one page; counted, never timed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planned:
    """A page's plan with the shaped copy of its stories, and the solver's other pages when asked for."""

    plan: PagePlan
    copies: Mapping[str, Copy]
    alternatives: tuple[PagePlan, ...] = ()
    work: int = 0


def plan_page(
    issue: Issue,
    page: Page,
    style: Style,
    book: Fontbook,
    story_styles: Mapping[str, Style] | None = None,
    alternatives: int = 1,
) -> Planned:
    """Return the best plan of a page, with up to `alternatives` in all; stories may have styles of their own."""
    own = story_styles or {}
    copies = {story.id: prepare_copy(story, own.get(story.id, style), book) for story in page.stories}
    blocks = page_blocks(issue, page, style)
    items = tuple(_item(entry, page, style, book, copies) for entry in page.entries)
    problem = Problem(
        columns=style.grid.columns,
        lines=style.grid.lines,
        items=items,
        blocks=tuple(Block(id=name, cells=cells) for name, cells in blocks),
        weights=style.weights,
        budget=BUDGET,
    )
    solutions = solve(problem, alternatives)
    plans = tuple(_plan(page, solution, blocks, style) for solution in solutions)
    return Planned(plan=plans[0], copies=copies, alternatives=plans[1:], work=solutions[0].work)


def entry_tables(
    entry: Entry,
    page: Page,
    style: Style,
    book: Fontbook,
    copies: Mapping[str, Copy],
    widths: tuple[int, ...],
) -> dict[int, Table]:
    """Return an entry's tables by width in columns."""
    tables = {}
    for columns in widths:
        if columns > style.grid.columns:
            continue
        if len(entry.stories) == 1 and entry.label is None:
            story = entry.stories[0]
            frame = frame_of(columns, style, boxed=story.box is not None)
            pinned = entry.pin is not None and entry.pin.columns is not None
            table = module_table(copies[story.id], frame, book, front=page.front, pinned=pinned)
        else:
            table = group_table([copies[story.id] for story in entry.stories], columns, style, book, front=page.front)
        if table:
            tables[columns] = table
    return tables


def _item(entry: Entry, page: Page, style: Style, book: Fontbook, copies: Mapping[str, Copy]) -> Item:
    pin = entry.pin
    widths = style.widths[entry.rank]
    if len(entry.stories) > 1:
        widths = tuple(range(2, style.grid.columns + 1))
    if pin is not None and pin.columns is not None:
        widths = (pin.columns,)
    tables = entry_tables(entry, page, style, book, copies, widths)
    if not tables:
        tables = entry_tables(entry, page, style, book, copies, tuple(range(1, style.grid.columns + 1)))
    if pin is not None and pin.lines is not None:
        _force_depth(tables, entry, pin, page, style, book, copies)
    return Item(
        id=entry.id,
        rank=entry.rank,
        table=tables,
        column=_from_zero(pin, "column"),
        columns=pin.columns if pin else None,
        line=_from_zero(pin, "line"),
        lines=pin.lines if pin else None,
        photo=any(story.photos for story in entry.stories),
    )


def _force_depth(
    tables: dict[int, Table],
    entry: Entry,
    pin: Pin,
    page: Page,
    style: Style,
    book: Fontbook,
    copies: Mapping[str, Copy],
) -> None:
    """Give a story the depth it is pinned to, where no setting closes there: blank or overset is reported later."""
    depth = pin.lines or 0
    if pin.line is not None and pin.line - 1 + depth == style.grid.lines:
        depth += 1  # the blank line under the type area
    grouped = len(entry.stories) > 1 or entry.label is not None
    members = [copies[story.id] for story in entry.stories]
    for columns, table in tables.items():
        if depth in table:
            continue
        if grouped:
            made = forced_group(members, columns, style, book, depth, front=page.front)
        else:
            frame = frame_of(columns, style, boxed=entry.stories[0].box is not None)
            made = forced_module(members[0], frame, book, depth, front=page.front)
        if made is not None:
            table[depth] = (made,)


def _from_zero(pin: Pin | None, name: str) -> int | None:
    value: int | None = getattr(pin, name) if pin is not None else None
    return None if value is None else value - 1


def _plan(page: Page, solution: Solution, blocks: tuple[tuple[str, Cells], ...], style: Style) -> PagePlan:
    modules = tuple(
        Module(id=placed.id, cells=placed.cells, variant=placed.candidate.variant, cost=placed.candidate.cost)
        for placed in sorted(solution.placed, key=lambda one: (one.cells.line, one.cells.column))
    )
    return PagePlan(
        page=page.id,
        modules=modules,
        blocks=blocks,
        unplaced=solution.unplaced,
        holes=free_cells(modules, blocks, style),
        cost=solution.cost,
    )


def free_cells(modules: tuple[Module, ...], blocks: tuple[tuple[str, Cells], ...], style: Style) -> tuple[Cells, ...]:
    """Return the empty rectangles of a page: runs of free lines, column by column, equal neighbours joined."""
    taken = [module.cells for module in modules] + [cells for _, cells in blocks]
    runs: list[Cells] = []
    for column in range(style.grid.columns):
        start: int | None = None
        for line in range(style.grid.lines + 1):
            free = line < style.grid.lines and not any(
                cells.column <= column < cells.right and cells.line <= line < cells.bottom for cells in taken
            )
            if free and start is None:
                start = line
            if not free and start is not None:
                if line - start > 1:
                    runs.append(Cells(column, start, 1, line - start))
                start = None
    joined: list[Cells] = []
    for run in runs:
        mate = next(
            (one for one in joined if one.right == run.column and (one.line, one.lines) == (run.line, run.lines)),
            None,
        )
        if mate is not None:
            joined[joined.index(mate)] = Cells(mate.column, mate.line, mate.columns + 1, mate.lines)
        else:
            joined.append(run)
    return tuple(joined)

"""From a page's list of stories to its plan: what stands, what is solved around it, what is left empty.

Nothing is drawn here. What the plan says is exact: the composer sets it as it stands. Where a given plan says all, no
table is made and nothing is searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layout.geometry import Cells
from layout.page.copy import prepare_copy
from layout.page.desk import Desk, entry_tables
from layout.page.edition import NO_LEAVE, Leave
from layout.page.former import resettle
from layout.page.furniture import page_blocks
from layout.page.keeping import Room, keep_given
from layout.page.variety import distinct
from layout.plan import Module, PagePlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Issue, Page
    from layout.page.copy import Copy
    from layout.page.desk import Filled
    from layout.style import Style

__all__ = ["Planned", "entry_tables", "free_cells", "plan_page"]

SPREAD: Final = 6
"""So many times the alternatives asked for are solved, to choose pages among that differ in more than a line."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planned:
    """A page's plan with the shaped copy of its stories, and the solver's other pages when asked for.

    `anew` are the entries that were set anew where a former plan was given, `moved` those that stand elsewhere than in
    it; both are None without one.
    """

    plan: PagePlan
    copies: Mapping[str, Copy]
    alternatives: tuple[PagePlan, ...] = ()
    work: int = 0
    findings: tuple[Diagnostic, ...] = ()
    anew: tuple[str, ...] | None = None
    moved: tuple[str, ...] | None = None


def plan_page(
    issue: Issue,
    page: Page,
    style: Style,
    book: Fontbook,
    story_styles: Mapping[str, Style] | None = None,
    alternatives: int = 1,
    given: PagePlan | None = None,
    former: PagePlan | None = None,
    leave: Leave = NO_LEAVE,
) -> Planned:
    """Return the best plan of a page.

    Args:
        issue: the issue.
        page: the page.
        style: its style.
        book: the faces.
        story_styles: styles of stories that have their own, by story id.
        alternatives: how many plans in all; the others are as good as they can be and differ from each other.
        given: the editor's plan: what it says is kept, the rest is found around it.
        former: an earlier plan: what can stay as it is there stays.
        leave: what the page may do to its stories' copy beyond what they offer.
    """
    own = story_styles or {}
    copies = {story.id: prepare_copy(story, own.get(story.id, style), book) for story in page.stories}
    blocks = page_blocks(issue, page, style)
    kept = keep_given(Room(page, style, book), given, copies, blocks)
    copies = dict(kept.copies)
    desk = Desk(room=Room(kept.page, style, book), copies=copies, blocks=blocks, leave=leave)
    again = resettle(desk, former, kept.modules, copies) if former is not None else None
    others: tuple[Filled, ...] = ()
    if again is not None:
        best = again.filled
    elif given is not None and {entry.id for entry in page.entries} == {module.id for module in kept.modules}:
        best = desk.standing(kept.modules, given.cost)
    else:
        [best] = desk.fill(kept.modules)
        if alternatives > 1:
            others = distinct(best, desk.fill(kept.modules, alternatives * SPREAD), alternatives)
    desk.say_broken(best.modules)
    anew = moved = None
    if former is not None:
        was = {module.id: module.cells for module in former.modules}
        moved = tuple(module.id for module in best.modules if was.get(module.id) != module.cells)
        anew = tuple(entry.id for entry in page.entries if again is None or entry.id in again.anew)
    return Planned(
        plan=_plan(page, best, blocks, style),
        copies=copies,
        alternatives=tuple(_plan(page, one, blocks, style) for one in others),
        work=best.work,
        findings=(*kept.findings, *desk.findings),
        anew=anew,
        moved=moved,
    )


def _plan(page: Page, filled: Filled, blocks: tuple[tuple[str, Cells], ...], style: Style) -> PagePlan:
    return PagePlan(
        page=page.id,
        modules=filled.modules,
        blocks=blocks,
        unplaced=filled.unplaced,
        holes=free_cells(filled.modules, blocks, style),
        cost=filled.cost,
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

"""One page on the desk: its entries' tables, made when they are asked for, and the solver's answers as modules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from layout.diagnostics import finding
from layout.page.edition import NO_LEAVE, Leave
from layout.page.frame import USUAL, WIDE, Reach, frame_of
from layout.page.goals import Aim, picture_goals
from layout.page.group import forced_group, group_table
from layout.page.pricing import Standing, price
from layout.page.solver import UNPLACED, solve
from layout.page.solver.problem import HEADLESS, Block, Candidate, Item, Problem
from layout.page.table import Table, head_class
from layout.page.tables import forced_module, module_table
from layout.page.wishes import broken, wishes_of
from layout.plan import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.geometry import Cells
    from layout.model import Entry, Page, Pin
    from layout.page.copy import Copy
    from layout.page.keeping import Room
    from layout.page.solver.problem import Solution
    from layout.plan import Variant
    from layout.style import Style

BUDGET: Final = 75_000
"""Work units the solver may spend on one page; counted, never timed."""

STANDING_BUDGET: Final = 160_000
"""Those for what is found around modules that stand: less fits there, and it takes longer to find."""

CHOICE: Final = 8
"""Pages that are looked at for the one that fulfils all wishes, or goes best with what stands."""

NEAR: Final = 2
"""Depths named below and above one at which a story does not close."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filled:
    """A way to fill a page, or what was free of it: the modules set, those that stood among them."""

    modules: tuple[Module, ...]
    unplaced: tuple[str, ...]
    cost: int
    work: int


@dataclass(slots=True, kw_only=True, eq=False)
class Desk:
    """A page being planned.

    `items` keeps the tables that were made, as far as the levers reach; `findings` what was found on the way.
    """

    room: Room
    copies: Mapping[str, Copy]
    blocks: tuple[tuple[str, Cells], ...]
    leave: Leave = NO_LEAVE
    reach: Reach = USUAL
    items: dict[str, Item] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def item(self, entry: Entry) -> Item:
        """Return an entry with its tables."""
        if entry.id not in self.items:
            self.items[entry.id] = self._item(entry)
        return self.items[entry.id]

    def fill(self, standing: Sequence[Module], alternatives: int = 1) -> list[Filled]:
        """Return up to `alternatives` ways to place all entries that do not stand, best first; at least one.

        Where the page does not close, the levers reach farther.
        """
        found = self._fill(standing, alternatives)
        if self.reach is USUAL and not _closed(found[0]):
            self.reach, usual = WIDE, self.items
            self.items = {}
            wide = self._fill(standing, alternatives)
            work = found[0].work + wide[0].work
            if wide[0].cost < found[0].cost:
                return [replace(wide[0], work=work), *wide[1:]]
            self.reach, self.items = USUAL, usual
            found[0] = replace(found[0], work=work)
        return found

    def _fill(self, standing: Sequence[Module], alternatives: int) -> list[Filled]:
        page, style = self.room.page, self.room.style
        wishes = wishes_of(page)
        named = {name for wish in wishes for name in (wish.one, wish.other)}
        # What stands is no longer to be moved: a block. Only where a wish speaks of it does the solver have to know it.
        known = [module for module in standing if module.id in named]
        fixed = {module.id: module for module in standing if module.id not in named}
        pinned = {module.id: self._standing_item(module) for module in known}
        items = tuple(pinned.get(entry.id) or self.item(entry) for entry in page.entries if entry.id not in fixed)
        problem = Problem(
            columns=style.grid.columns,
            lines=style.grid.lines,
            items=items,
            blocks=tuple(
                Block(id=name, cells=cells)
                for name, cells in (*self.blocks, *((name, one.cells) for name, one in fixed.items()))
            ),
            weights=style.weights,
            wishes=wishes,
            budget=STANDING_BUDGET if standing else BUDGET,
        )
        count = max(alternatives, CHOICE) if standing or wishes else alternatives
        found = [self._filled(solution, fixed) for solution in solve(problem, count)]
        if standing:
            found = sorted(map(self.priced, found), key=_order)
        if wishes:
            found.sort(key=lambda one: len(broken(wishes, {module.id: module.cells for module in one.modules})))
        return found[:alternatives]

    def priced(self, filled: Filled) -> Filled:
        """Return the page at the price of all that stands on it, with the heads that then cost least."""
        style = self.room.style
        entries = {entry.id: entry for entry in self.room.page.entries}
        ways = {module.id: self._ways(module, entries[module.id]) for module in filled.modules}
        made = price(
            [
                Standing(
                    module.id,
                    module.cells,
                    entries[module.id].rank,
                    any(story.photos for story in entries[module.id].stories),
                    ways[module.id],
                )
                for module in filled.modules
            ],
            [cells for _, cells in self.blocks],
            style.grid.columns,
            style.grid.lines,
            style.weights,
        )
        modules = tuple(
            _module(module.id, module.cells, ways[module.id][made.ways[module.id]]) for module in filled.modules
        )
        cost = made.cost + UNPLACED * len(filled.unplaced)
        return Filled(modules=modules, unplaced=filled.unplaced, cost=cost, work=filled.work)

    def closing(self, entry: Entry) -> Item:
        """Return an entry with those of its settings that leave nothing empty and nothing out."""
        item = self.item(entry)
        table = {
            columns: {
                depth: tuple(one for one in ways if closes(one.variant))
                for depth, ways in depths.items()
                if any(closes(one.variant) for one in ways)
            }
            for columns, depths in item.table.items()
        }
        return replace(item, table={columns: depths for columns, depths in table.items() if depths})

    def standing(self, modules: Iterable[Module], cost: int) -> Filled:
        """Return modules as the whole page; entries without one have found no place."""
        placed = in_order(modules)
        known = {module.id for module in placed}
        unplaced = tuple(entry.id for entry in self.room.page.entries if entry.id not in known)
        return Filled(modules=placed, unplaced=unplaced, cost=cost, work=0)

    def to_foot(self, cells: Cells) -> Cells:
        """Return cells with the blank line under the type area, where they end with that."""
        return replace(cells, lines=cells.lines + 1) if cells.bottom == self.room.style.grid.lines else cells

    def _filled(self, solution: Solution, fixed: Mapping[str, Module]) -> Filled:
        modules = [*fixed.values(), *(_module(one.id, one.cells, one.candidate) for one in solution.placed)]
        return Filled(modules=in_order(modules), unplaced=solution.unplaced, cost=solution.cost, work=solution.work)

    def _ways(self, module: Module, entry: Entry) -> tuple[Candidate, ...]:
        """Return the ways to set a module in its place: those of its table where that was made, else its own alone."""
        item = self.items.get(module.id)
        ways = item.table.get(module.cells.columns, {}).get(module.cells.lines, ()) if item else ()
        if any(one.variant == module.variant for one in ways):
            return tuple(ways)
        right = HEADLESS if module.variant.raised else None
        return (Candidate(module.cost, self._head(module.variant, entry), module.variant, right),)

    def _head(self, variant: Variant, entry: Entry) -> tuple[str, int]:
        if variant.parts:
            return "", 0
        boxed = entry.stories[0].box is not None
        return head_class(variant, self.room.style.box.pad_lines if boxed else 0)

    def _standing_item(self, module: Module) -> Item:
        entry = next(entry for entry in self.room.page.entries if entry.id == module.id)
        return Item(
            id=module.id,
            rank=entry.rank,
            table={module.cells.columns: {module.cells.lines: self._ways(module, entry)[:1]}},
            column=module.cells.column,
            line=module.cells.line,
            photo=any(story.photos for story in entry.stories),
        )

    def _item(self, entry: Entry) -> Item:
        page, style, book = self.room
        pin = entry.pin
        widths = style.widths[entry.rank]
        if len(entry.stories) > 1:
            widths = tuple(range(2, style.grid.columns + 1))
        if pin is not None and pin.columns is not None:
            widths = (pin.columns,)
        every = tuple(range(1, style.grid.columns + 1))
        if self.reach is WIDE and (pin is None or pin.columns is None):
            widths = every
        aim = Aim(picture_goals(page, self.copies, self.blocks, style), self.reach)
        tables = entry_tables(entry, page, style, book, self.copies, widths, self.leave, aim)
        if not tables:
            tables = entry_tables(entry, page, style, book, self.copies, every, self.leave, aim)
        if pin is not None and pin.head is not None:
            tables = self._with_head(tables, entry, pin.head)
        if pin is not None and pin.lines is not None:
            self._force_depth(tables, entry, pin)
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

    def _with_head(self, tables: dict[int, Table], entry: Entry, size: int) -> dict[int, Table]:
        """Return the settings whose headline has the size asked for; without any, all of them, which is said."""
        kept = {
            columns: {
                depth: chosen
                for depth, ways in table.items()
                if (chosen := tuple(one for one in ways if one.variant.head and one.variant.head.size == size))
            }
            for columns, table in tables.items()
        }
        kept = {columns: table for columns, table in kept.items() if any(map(_closing_ways, table.values()))}
        if kept:
            return kept
        problem, problem_zh = f"no headline of {size / 1000:g} pt", f"排不出 {size / 1000:g} 磅的标题"
        self._say("W462", entry, name=entry.id, problem=problem, problem_zh=problem_zh)
        return tables

    def _force_depth(self, tables: dict[int, Table], entry: Entry, pin: Pin) -> None:
        """Give a story the depth it is pinned to, where no setting closes there: blank or overset is reported later."""
        page, style, book = self.room
        depth = pin.lines or 0
        foot = pin.line is not None and pin.line - 1 + depth == style.grid.lines
        depth += foot  # the blank line under the type area
        if tables and not any(_closing_ways(table.get(depth, ())) for table in tables.values()):
            self._say_nearest(tables, entry, depth, shown=depth - foot)
        grouped = len(entry.stories) > 1 or entry.label is not None
        members = [self.copies[story.id] for story in entry.stories]
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

    def _say_nearest(self, tables: Mapping[int, Table], entry: Entry, depth: int, shown: int) -> None:
        columns, table = min(tables.items())
        depths = [one - depth + shown for one, ways in sorted(table.items()) if _closing_ways(ways)]
        near = [*[one for one in depths if one < shown][-NEAR:], *[one for one in depths if one > shown][:NEAR]]
        problem, problem_zh = "no depth closes at this width", "这个栏宽没有能排满的行数"
        if near:
            listed = ", ".join(map(str, near))
            problem, problem_zh = f"the nearest depths that close are {listed}", f"能排满的最近行数是 {listed}"
        self._say(
            "W463",
            entry,
            name=entry.id,
            columns=str(columns),
            lines=str(shown),
            problem=problem,
            problem_zh=problem_zh,
        )

    def _say(self, code: str, entry: Entry, **values: str) -> None:
        self.findings.append(finding(code, span=entry.span, page=self.room.page.id, story=entry.id, **values))

    def say_broken(self, modules: Iterable[Module]) -> None:
        """Add a finding for every wish that a page does not fulfil."""
        entries = {entry.id: entry for entry in self.room.page.entries}
        for wish in broken(wishes_of(self.room.page), {module.id: module.cells for module in modules}):
            above = wish.where == "above"
            problem = f"it does not stand {'above' if above else 'beside'} `{wish.other}`"
            problem_zh = f"没有排在 `{wish.other}` 的{'上方' if above else '旁边'}"
            self._say("W462", entries[wish.one], name=wish.one, problem=problem, problem_zh=problem_zh)


def entry_tables(
    entry: Entry,
    page: Page,
    style: Style,
    book: Fontbook,
    copies: Mapping[str, Copy],
    widths: tuple[int, ...],
    leave: Leave = NO_LEAVE,
    aim: Aim | None = None,
) -> dict[int, Table]:
    """Return an entry's tables by width in columns; only a story that stands by itself may go on elsewhere."""
    aim = aim or Aim({})
    tables = {}
    for columns in widths:
        if columns > style.grid.columns:
            continue
        if len(entry.stories) == 1 and entry.label is None:
            story = entry.stories[0]
            frame = aim.frame(columns, style, story)
            pinned = entry.pin is not None and entry.pin.columns is not None
            alone = replace(leave, turn=True)
            table = module_table(copies[story.id], frame, book, front=page.front, pinned=pinned, leave=alone)
        else:
            members = [copies[story.id] for story in entry.stories]
            table = group_table(members, columns, style, book, front=page.front, leave=leave)
        if table:
            tables[columns] = table
    return tables


def closes(variant: Variant) -> bool:
    """Return whether a setting leaves nothing empty and nothing out."""
    return not variant.blank and not variant.over


def _closed(filled: Filled) -> bool:
    return not filled.unplaced and all(closes(module.variant) for module in filled.modules)


def in_order(modules: Iterable[Module]) -> tuple[Module, ...]:
    """Return modules from the head of the page to its foot, from left to right."""
    return tuple(sorted(modules, key=lambda one: (one.cells.line, one.cells.column)))


def _closing_ways(ways: Iterable[Candidate]) -> bool:
    return any(closes(one.variant) for one in ways)


def _module(name: str, cells: Cells, way: Candidate) -> Module:
    return Module(id=name, cells=cells, variant=way.variant, cost=way.cost)


def _from_zero(pin: Pin | None, name: str) -> int | None:
    value: int | None = getattr(pin, name) if pin is not None else None
    return None if value is None else value - 1


def _order(filled: Filled) -> tuple[int, int, int]:
    """Order ways to fill a page: everything placed, the least left blank, then by what they cost."""
    covered = sum(module.cells.columns * module.cells.lines for module in filled.modules)
    return len(filled.unplaced), -covered, filled.cost

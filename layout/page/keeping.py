"""What a plan file keeps of a page: modules that still set as they stand, and what becomes of the others.

A module whose story has changed keeps its place and is set anew; one whose place an advert has taken looks for
another. Both are said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from layout.diagnostics import finding
from layout.geometry import Cells
from layout.model import Pin
from layout.page.given import unsettled, with_head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layout.diagnostics import Diagnostic
    from layout.fontbook import Fontbook
    from layout.model import Entry, Page
    from layout.page.copy import Copy
    from layout.page.given import Problem
    from layout.plan import Module, PagePlan, Variant, Wanted
    from layout.style import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stands, the page with the pins of what does not, and what is to be said; `copies` have pinned heads."""

    modules: tuple[Module, ...]
    page: Page
    copies: Mapping[str, Copy]
    findings: tuple[Diagnostic, ...] = ()


class Room(NamedTuple):
    """What stories are set with on a page."""

    page: Page
    style: Style
    book: Fontbook

    @property
    def area(self) -> Cells:
        """All cells of the page, with the blank line under the type area."""
        return Cells(0, 0, self.style.grid.columns, self.style.grid.lines + 1)


def keep_given(
    room: Room, given: PagePlan | None, copies: Mapping[str, Copy], blocks: Sequence[tuple[str, Cells]]
) -> Kept:
    """Return what a plan keeps of a page, and the page's own pins with the plan's laid over them."""
    page, entries = room.page, {entry.id: entry for entry in room.page.entries}
    copies = dict(copies)
    modules: list[Module] = []
    pins: dict[str, Wanted | Pin] = {wanted.id: wanted for wanted in given.wanted} if given else {}
    findings: list[Diagnostic] = []
    for module in given.modules if given else ():
        name = module.id
        if name not in entries:
            continue  # a second part or a filler that is not here this time
        other = next((block for block, cells in blocks if module.cells.overlaps(cells)), None)
        if other is not None:
            findings.append(finding("W461", span=module.span, page=page.id, story=name, name=name, other=other))
            continue
        problem = settle(entries[name], module.variant, copies, room)
        if problem is None:
            modules.append(module)
            continue
        pins[name] = whole_pin(module.cells, room.style)
        findings.append(
            finding(
                "W460", span=module.span, page=page.id, story=name, name=name, problem=problem[0], problem_zh=problem[1]
            )
        )
    laid = tuple(_laid(entry, pins.get(entry.id)) for entry in page.entries)
    for entry in laid:
        if entry.pin is not None and entry.pin.head is not None and len(entry.stories) == 1:
            story = entry.stories[0].id
            copies[story] = with_head(copies[story], entry.pin.head)
    return Kept(modules=tuple(modules), page=replace(page, entries=laid), copies=copies, findings=tuple(findings))


def settle(entry: Entry, variant: Variant, copies: dict[str, Copy], room: Room) -> Problem | None:
    """Return why an entry cannot be set as a plan has it; its copy gets the plan's headline size where it needs one."""
    own = [copies[story.id] for story in entry.stories]
    problem = unsettled(entry, variant, own, room.style, room.book, front=room.page.front)
    if problem is None or variant.head is None or len(own) > 1:
        return problem
    sized = with_head(own[0], variant.head.size)
    if unsettled(entry, variant, [sized], room.style, room.book, front=room.page.front) is None:
        copies[own[0].story.id] = sized
        return None
    return problem


def whole_pin(cells: Cells, style: Style) -> Pin:
    """Return a module's cells as the pin that gives them; a blank line under the type area goes without saying."""
    lines = cells.lines - (cells.bottom > style.grid.lines)
    return Pin(column=cells.column + 1, columns=cells.columns, line=cells.line + 1, lines=lines)


def _laid(entry: Entry, over: Wanted | Pin | None) -> Entry:
    """Return an entry with what a plan says of its place laid over what the issue says."""
    if over is None:
        return entry
    pin = over if isinstance(over, Pin) else over.pin
    span = entry.span if isinstance(over, Pin) else over.span
    own = entry.pin or Pin()
    merged = Pin(
        column=pin.column or own.column,
        columns=pin.columns or own.columns,
        line=pin.line or own.line,
        lines=pin.lines or own.lines,
        head=pin.head or own.head,
        above=pin.above or own.above,
        beside=pin.beside or own.beside,
    )
    return replace(entry, pin=merged, span=span)
